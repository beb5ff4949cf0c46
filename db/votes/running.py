"""A vote that is being carried out, for who runs it and for its tellers."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables.votes import Vote, VoteRight
from db.votes.scope import need_teller, stage_of, vote_locked
from domain.errors import N_, FieldError, Refused
from domain.people import Actor, Right
from domain.votes import Stage

PAPER_STAGES = (Stage.OPEN, Stage.COUNTING)  # paper that came in time is keyed after the close


def running(session: Session, actor: Actor, now: datetime, code: str, *stages: Stage) -> Vote:
    """A vote that this person runs, alone with it until the transaction ends.

    Raises:
        NotAllowed, NotFound: see `db.votes.scope.vote_seen`.
        Refused: it stands at none of `stages`.
    """
    actor.need(Right.RUN_VOTES)
    return _locked(session, actor, now, code, stages)


def as_teller(session: Session, actor: Actor, now: datetime, code: str) -> Vote:
    """The same for a named teller, while paper is keyed.

    Raises:
        NotAllowed, NotFound: it is another's vote, or this person is not among its tellers.
        Refused: nothing is keyed before it opens or once it is counted.
    """
    actor.need(Right.FIGURES)
    vote = _locked(session, actor, now, code, PAPER_STAGES)
    need_teller(session, actor, vote)
    return vote


def _locked(
    session: Session, actor: Actor, now: datetime, code: str, stages: tuple[Stage, ...]
) -> Vote:
    vote = vote_locked(session, actor, code)
    if stages and stage_of(vote, now) not in stages:
        if stage_of(vote, now) in (Stage.PREPARING, Stage.NOTICED):
            raise Refused(N_("Open the vote first: the roll is fixed only then."))
        raise Refused(N_("The vote has moved on: this is not possible any more. Open it again."))
    return vote


def right_of(session: Session, vote: Vote, right_id: int) -> VoteRight:
    """A right of this vote.

    Raises:
        FieldError: it is none.
    """
    right = session.scalar(
        select(VoteRight).where(VoteRight.id == right_id, VoteRight.vote_id == vote.id)
    )
    if right is None:
        raise FieldError("right", N_("This right is not on the roll of this vote. Choose again."))
    return right

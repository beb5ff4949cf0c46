"""Which votes a person may touch: each is loaded and its estate checked in one place."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.events import lock_chain, record
from db.scope import code_typed
from db.tables import Account
from db.tables.votes import Question, Teller, Vote
from db.votes.box import chain_of
from domain.errors import N_, NotAllowed, NotFound, Refused
from domain.people import Actor, Right
from domain.votes import Stage, stage


def no_such_vote() -> NotFound:
    """The answer for a vote that is not there and for one that is not yours."""
    return NotFound(N_("There is no such vote, or it is not yours to see."))


def vote_seen(session: Session, actor: Actor, code: str) -> Vote:
    """A vote whose figures this person may see.

    Raises:
        NotFound: it is not there or in another estate.
    """
    actor.need(Right.FIGURES)
    vote = session.scalar(select(Vote).where(Vote.code == code_typed(code)))
    if vote is None or not actor.sees_estate(vote.estate_id):
        raise no_such_vote()
    return vote


def vote_to_change(
    session: Session, actor: Actor, now: datetime, code: str, *stages: Stage
) -> Vote:
    """A vote that this person runs, locked, and standing at one of `stages`.

    Raises:
        NotAllowed, NotFound: see `vote_seen`.
        Refused: it stands elsewhere.
    """
    actor.need(Right.RUN_VOTES)
    vote = vote_locked(session, actor, code)
    if stages and stage_of(vote, now) not in stages:
        raise Refused(N_("The vote has moved on: this is not possible any more. Open it again."))
    return vote


def vote_locked(session: Session, actor: Actor, code: str) -> Vote:
    """A vote of this person's estates; others who change it wait until the transaction ends.

    Its chain is locked before any of its rows, as the ballot box does. Whoever took a row
    first would, on PostgreSQL, wait for the box while the box waits for them.

    Raises:
        NotFound: it is not there or in another estate.
    """
    query = select(Vote.code, Vote.estate_id).where(Vote.code == code_typed(code))
    found = session.execute(query).one_or_none()
    if found is None or not actor.sees_estate(found.estate_id):
        raise no_such_vote()
    lock_chain(session, chain_of(found.code))
    # Read only now: whoever held the lock may have changed it.
    fresh = select(Vote).where(Vote.code == found.code).execution_options(populate_existing=True)
    return session.scalars(fresh).one()


def stage_of(vote: Vote, now: datetime) -> Stage:
    """Where the vote stands."""
    return stage(
        now,
        noticed_on=vote.noticed_on,
        opened_at=vote.opened_at,
        closes_at=vote.closes_at,
        counted_at=vote.counted_at,
        published_at=vote.published_at,
        cancelled_at=vote.cancelled_at,
    )


def is_teller(session: Session, actor: Actor, vote: Vote) -> bool:
    """Whether the person is one of this vote's named tellers, with a live account."""
    if actor.account_id is None:
        return False
    query = select(Teller.id).join(Account, Account.id == Teller.account_id)
    named = query.where(Teller.vote_id == vote.id, Teller.account_id == actor.account_id)
    return session.execute(named.limit(1)).first() is not None


def need_teller(session: Session, actor: Actor, vote: Vote) -> None:
    """Refuse whoever is not a named teller of this vote.

    Raises:
        NotAllowed: being in the office is not enough.
    """
    if not is_teller(session, actor, vote):
        raise NotAllowed(N_("Only this vote's named tellers may do this."))


def asked(session: Session, vote: Vote) -> list[Question]:
    """The questions that are asked, in order; of an election the candidates who stand."""
    query = select(Question).where(Question.vote_id == vote.id, Question.withdrawn_at.is_(None))
    return list(session.scalars(query.order_by(Question.position)))


def note(
    session: Session,
    actor: Actor,
    now: datetime,
    vote: Vote,
    kind: str,
    **facts: Any,
) -> None:
    """Append an event to the vote's own chain."""
    record(session, actor, now, kind, chain=chain_of(vote.code), vote=vote.id, **facts)

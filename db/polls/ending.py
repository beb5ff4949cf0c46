"""What a move of the file means for its polls: a decision waits for their end, and ends them."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.events import record
from db.tables import Case
from db.tables.polls import Poll, PollAnswer
from domain.errors import N_, Refused
from domain.moves import State
from domain.people import Actor

# Wherever else a file goes, nobody needs to be asked about it any more.
STILL_ASKS = frozenset({State.DELIBERATING, State.COORDINATING, State.ASKED, State.SUSPENDED})


def need_no_open_poll(session: Session, case: Case, now: datetime) -> None:
    """Refuse to decide while households are still being asked.

    Raises:
        Refused: a poll of this round is open.
    """
    if open_poll_of(session, case, now) is not None:
        raise Refused(
            N_("The poll on this file is still open. Decide when it has closed, or withdraw it.")
        )


def open_poll_of(session: Session, case: Case, now: datetime) -> Poll | None:
    """The poll of the file that takes answers now."""
    query = select(Poll).where(
        Poll.case_id == case.id, Poll.withdrawn_at.is_(None), Poll.closes_at > now
    )
    return session.scalar(query.order_by(Poll.id.desc()).limit(1))


def decided(session: Session, case: Case, decision_id: int) -> dict[str, int]:
    """Note the decision on this round's polls; returns the last one's turnout for the event."""
    query = select(Poll).where(
        Poll.case_id == case.id,
        Poll.round == case.round,
        Poll.withdrawn_at.is_(None),
        Poll.decision_id.is_(None),
    )
    facts: dict[str, int] = {}
    for poll in session.scalars(query.order_by(Poll.id)):
        poll.decision_id = decision_id
        answered = select(func.count()).where(PollAnswer.poll_id == poll.id)
        facts = {
            "poll": poll.id,
            "answered": session.scalar(answered) or 0,
            "asked": poll.asked,
        }
    return facts


def stop(session: Session, actor: Actor, now: datetime, case: Case) -> None:
    """Withdraw the open poll of a file that has left deliberation without a decision."""
    poll = open_poll_of(session, case, now)
    if poll is not None:
        poll.withdrawn_at = now
        record(session, actor, now, "poll_withdrawn", case_id=case.id, poll=poll.id)

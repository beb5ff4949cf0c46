"""The committees' rows as other modules find them: in a person's scope, on a day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.events import record
from db.tables.elections import CommitteeMember, CommitteeTerm
from domain.errors import N_, NotFound
from domain.people import Actor, Right


def term_to_change(session: Session, actor: Actor, term_id: int) -> CommitteeTerm:
    """A committee that this person may change, locked.

    Raises:
        NotFound: there is none, or it is another estate's.
    """
    actor.need(Right.RUN_VOTES)
    term = session.scalar(
        select(CommitteeTerm).where(CommitteeTerm.id == term_id).with_for_update()
    )
    if term is None or not actor.sees_estate(term.estate_id):
        raise no_such_committee()
    return term


def term_on(session: Session, estate_id: int, day: date) -> CommitteeTerm | None:
    """The committee in office on a day."""
    query = (
        select(CommitteeTerm)
        .where(
            CommitteeTerm.estate_id == estate_id,
            CommitteeTerm.begins_on <= day,
            CommitteeTerm.ends_on >= day,
        )
        .order_by(CommitteeTerm.begins_on.desc(), CommitteeTerm.id.desc())
    )
    return session.scalars(query.limit(1)).first()


def sitting_on(session: Session, term: CommitteeTerm, day: date) -> list[CommitteeMember]:
    """Who sits on a day, in the list's order."""
    return [
        row
        for row in members_of(session, term.id)
        if row.sits_from is not None
        and row.sits_from <= day
        and (row.left_on is None or row.left_on > day)
    ]


def members_of(session: Session, term_id: int) -> list[CommitteeMember]:
    """The whole list in its order, those who left included."""
    query = select(CommitteeMember).where(CommitteeMember.term_id == term_id)
    return list(session.scalars(query.order_by(CommitteeMember.position)))


def note_term(
    session: Session,
    actor: Actor,
    now: datetime,
    kind: str,
    term: CommitteeTerm,
    **facts: Any,
) -> None:
    """An event of the house: a committee outlives the chain of its election."""
    record(session, actor, now, kind, estate=term.estate_id, term=term.id, **facts)


def no_such_committee() -> NotFound:
    """The answer for a committee that is not there and for one that is not yours."""
    return NotFound(N_("There is no such committee, or it is not yours."))

"""Whose errands a person may see and change: the row is loaded and checked in one place."""

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from db.tables.errands import Errand
from domain.errors import N_, NotFound
from domain.people import Actor, Right


def no_such_entry() -> NotFound:
    """The answer for what is not there and for what is not yours."""
    return NotFound(N_("There is no such entry, or it is not yours to see."))


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """The condition that an errand is in the person's scope.

    The office sees its estate's; whoever else takes in, what they took in themselves.
    """
    if not actor.may(Right.HANDLE):
        return Errand.taken_by == actor.account_id
    return true() if actor.estate_id is None else Errand.estate_id == actor.estate_id


def errand_seen(session: Session, actor: Actor, code: str, *, lock: bool = False) -> Errand:
    """An errand by code.

    Raises:
        NotAllowed: this person takes nothing in.
        NotFound: none in scope has that code.
    """
    actor.need(Right.TAKE_IN)
    query = select(Errand).where(Errand.code == code, in_sight(actor))
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise no_such_entry()
    return row

"""Whose roll a person may touch."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Estate
from domain.errors import N_, NotFound
from domain.people import Actor, Right


def need_roll(session: Session, actor: Actor, estate_id: int, *, lock: bool = False) -> Estate:
    """The estate whose roll it is; locked, whoever else changes this roll waits.

    Raises:
        NotAllowed: this person may not see owners' names.
        NotFound: no such estate in this person's scope.
    """
    actor.need(Right.READ_ROLL)
    query = select(Estate).where(Estate.id == estate_id)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None or not actor.sees_estate(estate_id):
        raise no_such_entry()
    return found


def no_such_entry() -> NotFound:
    """The answer for what is not there and for what is another estate's."""
    return NotFound(N_("This entry is not there any more. Load the page again."))

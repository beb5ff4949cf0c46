"""Which volunteers a person may see and change: the row is loaded and checked in one place."""

import re

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from db.tables.volunteers import VolunteerRow
from domain.errors import N_, NotAllowed, NotFound
from domain.people import Actor, Right
from domain.volunteers import Squad

_CODE = re.compile(r"[A-Za-z0-9_-]{1,100}")


def no_such_entry() -> NotFound:
    """The answer for what is not there and for what is not yours."""
    return NotFound(N_("There is no such entry, or it is not yours to see."))


def is_code(text: str) -> bool:
    """Whether it can be a code at all: an address may hold what no database takes."""
    return _CODE.fullmatch(text) is not None


def code_of(text: str) -> str:
    """The code.

    Raises:
        NotFound: it cannot be one.
    """
    if not is_code(text):
        raise no_such_entry()
    return text


def is_office(actor: Actor) -> bool:
    """Whether the person answers for all squads."""
    return actor.may(Right.DISPATCH) and actor.may(Right.HANDLE)


def me(session: Session, actor: Actor) -> VolunteerRow | None:
    """The volunteer whom this account stands for."""
    if actor.account_id is None:
        return None
    return session.scalar(select(VolunteerRow).where(VolunteerRow.account_id == actor.account_id))


def own_row(session: Session, actor: Actor) -> VolunteerRow:
    """The same, for what only a volunteer has.

    Raises:
        NotAllowed: the account may not serve, or is nobody's of the squads.
    """
    actor.need(Right.SERVE)
    row = me(session, actor)
    if row is None:
        raise NotAllowed(N_("Your account belongs to no volunteer yet. Ask the community office."))
    return row


def squad_led(session: Session, actor: Actor) -> Squad | None:
    """The squad that a leader answers for."""
    row = me(session, actor)
    return row.squad if row is not None and row.leader and row.left_on is None else None


def need_squad(session: Session, actor: Actor, squad: Squad) -> None:
    """Refuse the call unless the person answers for that squad.

    Raises:
        NotAllowed: a leader of another squad, or of none.
    """
    actor.need(Right.DISPATCH)
    if not is_office(actor) and squad_led(session, actor) is not squad:
        raise NotAllowed(N_("This is another squad's. Ask its leader or the community office."))


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """The condition that a volunteer is in the person's scope."""
    if actor.estate_id is None:
        return true()
    return VolunteerRow.estate_id == actor.estate_id


def volunteer_seen(session: Session, actor: Actor, code: str) -> VolunteerRow:
    """A volunteer by code, for reading.

    Raises:
        NotAllowed: the person does not dispatch.
        NotFound: there is none in scope.
    """
    actor.need(Right.DISPATCH)
    row = session.scalar(
        select(VolunteerRow).where(VolunteerRow.code == code_of(code), in_sight(actor))
    )
    if row is None:
        raise no_such_entry()
    return row


def volunteer_managed(session: Session, actor: Actor, code: str) -> VolunteerRow:
    """A volunteer by code, locked; only the office and the squad's own leader get one.

    Raises:
        NotAllowed: a leader of another squad.
        NotFound: there is none in scope.
    """
    row = volunteer_seen(session, actor, code)
    need_squad(session, actor, row.squad)
    session.refresh(row, with_for_update=True)
    return row


def need_other(actor: Actor, person: VolunteerRow) -> None:
    """Refuse to confirm or verify what is one's own.

    Raises:
        NotAllowed: it is.
    """
    if actor.account_id is not None and person.account_id == actor.account_id:
        raise NotAllowed(N_("Nobody confirms their own. Ask another leader or the office."))

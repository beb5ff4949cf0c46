"""The rooms and places that activities and classes are held in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.activities.bookings import need_planner
from db.engine import read, write
from db.events import record
from db.numbers import new_code
from db.tables.activities import ActivityRoom
from domain.activities import MOST_PLACES
from domain.errors import N_, FieldError, NotFound
from domain.names import clean_line, clean_name
from domain.people import Actor, Right
from domain.texts import clean

LONGEST_SPOT = 60


@dataclass(frozen=True, slots=True)
class RoomView:
    """One room; `seats` is None where nobody counts them, as in a pavilion."""

    id: int
    code: str
    name: str
    spot: str
    seats: int | None
    active: bool


def rooms(actor: Actor) -> tuple[RoomView, ...]:
    """All rooms, those in use first."""
    need_planner(actor)
    with read() as session:
        rows = session.scalars(
            select(ActivityRoom).order_by(ActivityRoom.active.desc(), ActivityRoom.id)
        )
        return tuple(
            RoomView(row.id, row.code, row.name, row.spot, row.seats, row.active) for row in rows
        )


def add_room(
    actor: Actor, now: datetime, *, name: str, spot: str = "", seats: int | None = None
) -> int:
    """A new room; returns its row id. A second sending is told that the name is in use.

    Raises:
        FieldError: no name, a name in use, a number of seats that cannot be.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        row = ActivityRoom(code=new_code(), active=True)
        _fill(session, row, name, spot, seats)
        session.add(row)
        session.flush()
        record(session, actor, now, "room_added", room=row.id)
        return row.id


def change_room(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    name: str,
    spot: str = "",
    seats: int | None = None,
    active: bool = True,
) -> None:
    """Change a room; one that is not in use any more keeps the bookings it has.

    Raises:
        FieldError: no name, a name in use, a number of seats that cannot be.
        NotFound: no such room.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        row = session.scalar(select(ActivityRoom).where(ActivityRoom.code == clean(code)))
        if row is None:
            raise NotFound(N_("There is no such room. Choose one from the list."))
        _fill(session, row, name, spot, seats)
        row.active = active
        record(session, actor, now, "room_changed", room=row.id)


def _fill(session: Session, row: ActivityRoom, name: str, spot: str, seats: int | None) -> None:
    named = clean_name("name", name, 30)
    with session.no_autoflush:
        other = session.scalar(select(ActivityRoom).where(ActivityRoom.name == named))
    if other is not None and other is not row:
        raise FieldError("name", N_("There is a room of this name already."))
    if seats is not None and not 1 <= seats <= MOST_PLACES:
        raise FieldError("seats", N_("Choose a number from 1 to {most}."), most=MOST_PLACES)
    row.name, row.spot, row.seats = named, clean_line(spot)[:LONGEST_SPOT], seats

"""Rooms are booked and released inside the transaction of what they are booked for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.engine import read
from db.tables.activities import ActivityRoom, RoomBooking, RoomSlot
from db.upsert import upsert
from domain.bookings import quarters
from domain.days import local_time
from domain.errors import N_, FieldError, Refused
from domain.people import Actor, Right

LONGEST_TITLE = 60
MOST_SHOWN = 500


class RoomTaken(Refused):
    """Somebody else has the room at that time; the words say who and until when."""


@dataclass(frozen=True, slots=True)
class Booked:
    """One booking of a room."""

    id: int
    room_id: int
    room: str
    starts_at: datetime
    ends_at: datetime
    title: str


def book(
    session: Session,
    room_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    title: str,
    actor: Actor,
) -> int:
    """Book a room, in the caller's transaction; returns the booking's row id, for `release`.

    Whoever comes second waits for the first one's commit and is refused then: a quarter hour
    of a room is one row, and can be there once.

    Args:
        title: what for, shown to everybody who plans; nobody's name.

    Raises:
        RoomTaken: the room has another booking at some of that time.
        FieldError: no such room in use, or an end before the beginning.
    """
    span = quarters(starts_at, ends_at)
    room = session.get(ActivityRoom, room_id)
    if room is None or not room.active:
        raise FieldError("room", N_("Choose a room from the list."))
    booking = RoomBooking(
        room_id=room_id,
        starts_at=starts_at,
        ends_at=ends_at,
        title=title[:LONGEST_TITLE],
        booked_by=actor.account_id,
    )
    session.add(booking)
    session.flush()
    # In order of time, so that two who want the same hours do not wait for each other.
    rows = [{"room_id": room_id, "quarter": quarter, "booking_id": booking.id} for quarter in span]
    taken = session.execute(
        upsert(session, RoomSlot).values(rows).on_conflict_do_nothing().returning(RoomSlot.quarter)
    ).all()
    if len(taken) < len(span):
        raise _taken(session, room, span, booking.id)
    return booking.id


def release(session: Session, booking_id: int | None) -> None:
    """Give a room back, in the caller's transaction; None and what is gone are let pass.

    The caller takes its own reference to the booking away first.
    """
    if booking_id is None:
        return
    session.flush()
    session.execute(delete(RoomSlot).where(RoomSlot.booking_id == booking_id))
    session.execute(delete(RoomBooking).where(RoomBooking.id == booking_id))


def bookings(actor: Actor, first: datetime, until: datetime) -> tuple[Booked, ...]:
    """All bookings that lie in some time, in its order, for who plans."""
    need_planner(actor)
    query = (
        select(RoomBooking, ActivityRoom.name)
        .join(ActivityRoom, ActivityRoom.id == RoomBooking.room_id)
        .where(RoomBooking.starts_at < until, RoomBooking.ends_at > first)
        .order_by(RoomBooking.starts_at, RoomBooking.id)
        .limit(MOST_SHOWN)
    )
    with read() as session:
        return tuple(
            Booked(row.id, row.room_id, room, row.starts_at, row.ends_at, row.title)
            for row, room in session.execute(query)
        )


def need_planner(actor: Actor) -> None:
    """The calendar and its rooms are seen by whoever takes in or handles.

    Raises:
        NotAllowed: this is somebody else.
    """
    if not actor.may(Right.HANDLE):
        actor.need(Right.TAKE_IN)


def _taken(session: Session, room: ActivityRoom, span: range, own: int) -> RoomTaken:
    """Who has it. The names of days differ by language, so only the clock is told."""
    other = session.scalars(
        select(RoomBooking)
        .join(RoomSlot, RoomSlot.booking_id == RoomBooking.id)
        .where(
            RoomSlot.room_id == room.id,
            RoomSlot.quarter >= span.start,
            RoomSlot.quarter < span.stop,
            RoomSlot.booking_id != own,
        )
        .order_by(RoomSlot.quarter)
        .limit(1)
    ).first()
    if other is None:  # released at this very moment
        return RoomTaken(N_("The room was taken just now. Try again."))
    begins, ends = local_time(other.starts_at), local_time(other.ends_at)
    return RoomTaken(
        N_(
            "{room} is taken on {day} from {begins} to {ends}: {title}. "
            "Choose another room or another time."
        ),
        room=room.name,
        day=f"{begins:%Y-%m-%d}",
        begins=f"{begins:%H:%M}",
        ends=f"{ends:%H:%M}",
        title=other.title,
    )

"""What is entered about an activity, checked and put into its row."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.activities.bookings import book, release
from db.activities.scope import standing_sign_ups
from db.tables import Unit
from db.tables.activities import Activity, ActivityRoom
from domain import texts
from domain.activities import MOST_PLACES, ActivityKind
from domain.errors import N_, FieldError
from domain.names import clean_line, clean_name
from domain.people import Actor

LONGEST_TITLE = 40  # as it stands on a poster
LONGEST_WORDS = 600


@dataclass(frozen=True, slots=True)
class ActivityWords:
    """What is held, where, and for whom.

    Args:
        room_id: a room of the centre, booked for the time; else `place` says where.
        public: shown on the public list and in the public calendar.
        sign_up: whether places are given out by signing up; else people just come.
        capacity: places; None: as many as come.
        unit_id: the unit that holds it, if it is not the community.
    """

    kind: ActivityKind
    title: str
    words: str = ""
    room_id: int | None = None
    place: str = ""
    public: bool = True
    sign_up: bool = False
    capacity: int | None = None
    unit_id: int | None = None


def fill(session: Session, row: Activity, entered: ActivityWords) -> None:
    """Put what was entered into the row.

    Raises:
        FieldError: a field that must be mended.
    """
    title = clean_name("title", entered.title, LONGEST_TITLE)
    words = texts.fitting("words", entered.words, LONGEST_WORDS)
    place = clean_line(texts.fitting("place", entered.place, 60))
    if entered.room_id is None and not place:
        raise FieldError("room", N_("Choose a room, or write where it is held."))
    _check_capacity(session, row, entered)
    if entered.unit_id is not None and session.get(Unit, entered.unit_id) is None:
        raise FieldError("unit", N_("Choose a unit from the list."))
    row.kind, row.title, row.words = entered.kind, title, words
    row.room_id, row.place = entered.room_id, "" if entered.room_id else place
    row.public, row.sign_up, row.capacity = entered.public, entered.sign_up, entered.capacity
    row.unit_id = entered.unit_id


def entered_of(row: Activity) -> ActivityWords:
    """What was entered about an activity that stands."""
    return ActivityWords(
        row.kind,
        row.title,
        row.words,
        row.room_id,
        row.place,
        row.public,
        row.sign_up,
        row.capacity,
        row.unit_id,
    )


def give_up_room(session: Session, row: Activity) -> None:
    """Release the room, in the caller's transaction."""
    booking, row.booking_id = row.booking_id, None
    release(session, booking)


def take_room(session: Session, actor: Actor, row: Activity) -> None:
    """Book the room that the row names, in the caller's transaction.

    Raises:
        RoomTaken: it has another booking at that time.
    """
    if row.room_id is not None:
        row.booking_id = book(
            session, row.room_id, row.starts_at, row.ends_at, title=row.title, actor=actor
        )


def _check_capacity(session: Session, row: Activity, entered: ActivityWords) -> None:
    capacity = entered.capacity
    if capacity is None:
        return
    if not 1 <= capacity <= MOST_PLACES:
        raise FieldError("capacity", N_("Choose a number from 1 to {most}."), most=MOST_PLACES)
    room = session.get(ActivityRoom, entered.room_id) if entered.room_id else None
    if room is not None and room.seats is not None and capacity > room.seats:
        raise FieldError(
            "capacity",
            N_("{room} has {seats} seats. Choose fewer places or another room."),
            room=room.name,
            seats=room.seats,
        )
    if row.id is not None:
        seated = sum(one.seated_at is not None for one in standing_sign_ups(session, row.id))
        if capacity < seated:
            raise FieldError(
                "capacity",
                N_("{seated} people have a place already; there cannot be fewer places."),
                seated=seated,
            )

"""Rooms are booked once, whoever tries at the same moment."""

import threading
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from db.activities.bookings import RoomTaken, book, bookings, release
from db.activities.rooms import add_room, change_room, rooms
from db.engine import Database, write
from db.tables.activities import RoomSlot
from domain.errors import FieldError, NotAllowed
from tests.support.cast import Cast
from tests.support.clock import TestClock

THREADS = 16
HOUR = timedelta(hours=1)


def take(cast: Cast, room: int, starts: datetime, title: str = "沙龙") -> int:
    with write() as session:
        return book(session, room, starts, starts + HOUR, title=title, actor=cast.secretary)


def storm(cast: Cast, room: int, starts: datetime) -> list[int]:
    """Sixteen people at one moment, each for an hour that overlaps with all the others'."""
    together, made = threading.Barrier(THREADS), list[int]()

    def one(number: int) -> None:
        together.wait()
        with suppress(RoomTaken):
            made.append(take(cast, room, starts + timedelta(minutes=3 * number), f"第{number}场"))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return made


def test_sixteen_at_one_moment_make_one_booking(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    room = add_room(cast.secretary, clock.now, name="文化活动中心", seats=40)
    made = storm(cast, room, clock.now)
    assert len(made) == 1
    kept = bookings(cast.secretary, clock.now - HOUR, clock.now + 3 * HOUR)
    assert [row.id for row in kept] == made
    with pytest.raises(RoomTaken) as refused:
        take(cast, room, clock.now + timedelta(minutes=30))
    assert refused.value.params["title"] == kept[0].title
    with write() as session:
        release(session, made[0])
    assert take(cast, room, clock.now)
    take(cast, room, clock.now + HOUR)  # where one ends the next may begin


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_without_the_key_all_sixteen_would_have_the_room(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    """The control: it is the key that refuses, not the code before it."""
    room = add_room(cast.secretary, clock.now, name="文化活动中心")
    with database.write() as session:
        session.execute(text(f"DROP TABLE {RoomSlot.__tablename__}"))
        session.execute(
            text("CREATE TABLE room_slots (room_id INTEGER, quarter INTEGER, booking_id INTEGER)")
        )
    assert len(storm(cast, room, clock.now)) == THREADS


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_rooms_are_the_offices_and_one_that_is_closed_takes_no_more(
    cast: Cast, clock: TestClock
) -> None:
    room = add_room(cast.secretary, clock.now, name="睦邻亭", spot="中心花园")
    with pytest.raises(NotAllowed):
        add_room(cast.committee, clock.now, name="别处")
    with pytest.raises(FieldError, match="already"):
        add_room(cast.social_worker, clock.now, name=" 睦邻亭 ")
    with pytest.raises(FieldError):
        add_room(cast.social_worker, clock.now, name="大厅", seats=0)
    (seen,) = rooms(cast.committee)
    change_room(cast.secretary, clock.now, seen.code, name="睦邻亭", active=False)
    with pytest.raises(FieldError, match="Choose a room"):
        take(cast, room, clock.now)

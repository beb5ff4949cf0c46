"""The demo's activities: 52 weeks with two gaps, whenever it is loaded."""

import random
from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from sqlalchemy import func, select

from db.activities.public import upcoming
from db.activities.reads import activity
from db.activities.rhythm import rhythm
from db.categories import categories
from db.demo import estates, people, units
from db.demo.activities import enliven
from db.demo.diary import Diary
from db.demo.settled import Settled
from db.engine import Database, batch
from db.seeding import seed_defaults
from db.tables.activities import Activity, RoomSlot
from domain.days import local_day
from domain.people import SYSTEM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


@pytest.mark.parametrize("arrived", ["2026-02-20T08:00", "2028-03-01T09:00"])
def test_a_year_of_weeks_has_two_gaps(database: Database, arrived: str) -> None:
    now = datetime.fromisoformat(arrived).replace(tzinfo=UTC)
    begun = now - timedelta(days=345)
    spent = 0.0
    with batch() as session:
        seed_defaults(session)
        known = units.found(begun)
        built = estates.build(begun, known, random.Random(163))
        hired = people.hire(begun, known, built.ids)
        kinds = {category.slug: category.id for category in categories(SYSTEM)}
        diary = Diary(now)
        before = process_time()
        enliven(diary, Settled(known, built, hired, kinds))
        diary.play(lambda _done, _total: None)
        spent = process_time() - before
        slots = session.scalar(select(func.count()).select_from(RoomSlot))
        assert slots is not None
        assert session.scalar(select(func.count(Activity.id)))
    assert spent < 3, spent
    today = local_day(now)
    year = rhythm(SYSTEM, now, today - timedelta(days=365), today)
    assert len(year.weeks) >= 51
    assert len(year.weeks_missed) == 2
    full = next(view for view in upcoming(now) if view.capacity == 12)
    assert (full.counts.seated, full.counts.waiting, full.free) == (12, 3, 0)
    salon = next(view for view in upcoming(now) if view.sign_up and view.capacity == 20)
    assert activity(SYSTEM, now, salon.code).series is not None

"""The work calendar: the library's days, the office's corrections, and years nobody knows."""

from datetime import date

import chinese_calendar
import pytest

from db import work_calendar
from db.engine import Database
from db.seeding import seed
from domain.errors import FieldError, NotAllowed
from domain.people import SYSTEM
from domain.workdays import library_days
from tests.support.cast import Cast
from tests.support.clock import TestClock

UNKNOWN = next(year for year in range(2026, 2100) if library_days(year) is None)


def _calendar(database: Database, first: date, last: date):  # type: ignore[no-untyped-def]
    with database.read() as session:
        return work_calendar.work_calendar(session, first, last)


@pytest.mark.parametrize("seeded", [False, True])
def test_every_day_of_a_known_year_is_as_the_state_council_said(
    database: Database, seeded: bool
) -> None:
    if seeded:
        seed()
    calendar = _calendar(database, date(2025, 3, 1), date(2025, 3, 2))
    for ordinal in range(date(2025, 1, 1).toordinal(), date(2026, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        assert calendar.is_working(day) is chinese_calendar.is_workday(day), day


def test_the_years_around_are_known_without_seeding(database: Database) -> None:
    calendar = _calendar(database, date(2024, 12, 1), date(UNKNOWN, 1, 5))
    assert calendar.unknown_years(date(2024, 1, 1), date(UNKNOWN, 1, 5)) == (UNKNOWN,)
    assert not calendar.is_working(date(2025, 10, 1))


def test_a_year_that_nobody_knows_follows_the_week_and_is_warned_of(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    day = date(UNKNOWN, 10, 1)
    assert _calendar(database, day, day).is_working(day) is (day.weekday() < 5)
    assert work_calendar.unknown_years(cast.secretary, day, day) == (UNKNOWN,)
    work_calendar.set_day(cast.administrator, clock.now, day, False, "国庆节")
    # One day entered is not a year entered.
    assert work_calendar.unknown_years(cast.secretary, day, day) == (UNKNOWN,)
    work_calendar.confirm_year(cast.administrator, clock.now, UNKNOWN)
    assert work_calendar.unknown_years(cast.secretary, day, day) == ()
    assert not _calendar(database, day, day).is_working(day)
    work_calendar.confirm_year(cast.administrator, clock.now, UNKNOWN, complete=False)
    assert work_calendar.unknown_years(cast.secretary, day, day) == (UNKNOWN,)


@pytest.mark.parametrize("seeded", [False, True])
def test_a_corrected_day_counts_until_it_is_taken_back(
    cast: Cast, clock: TestClock, database: Database, seeded: bool
) -> None:
    if seeded:
        seed()
    holiday = date(2025, 10, 1)
    work_calendar.set_day(cast.administrator, clock.now, holiday, True, "值班")
    work_calendar.set_day(cast.administrator, clock.now, holiday, True, "全员值班")
    if seeded:
        seed()  # seeding again changes nothing that the office set
    assert _calendar(database, holiday, holiday).is_working(holiday)
    view = work_calendar.year_view(cast.administrator, 2025)
    shown = next(day for day in view.days if day.day == holiday)
    assert (shown.working, shown.name, shown.edited) == (True, "全员值班", True)
    work_calendar.clear_day(cast.administrator, clock.now, holiday)
    assert not _calendar(database, holiday, holiday).is_working(holiday)
    assert _calendar(database, holiday, holiday).knows(2025)


def test_only_who_sets_up_edits_the_calendar(cast: Cast, clock: TestClock) -> None:
    day = date(2026, 5, 1)
    for person in (cast.secretary, cast.viewer):
        with pytest.raises(NotAllowed):
            work_calendar.set_day(person, clock.now, day, True)
        with pytest.raises(NotAllowed):
            work_calendar.clear_day(person, clock.now, day)
        with pytest.raises(NotAllowed):
            work_calendar.confirm_year(person, clock.now, 2026)
        with pytest.raises(NotAllowed):
            work_calendar.year_view(person, 2026)


@pytest.mark.parametrize("year", [1999, 2100])
def test_a_year_out_of_reach_is_refused(clock: TestClock, database: Database, year: int) -> None:
    with pytest.raises(FieldError):
        work_calendar.set_day(SYSTEM, clock.now, date(year, 1, 1), True)

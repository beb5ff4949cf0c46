"""Working days, holidays, make-up workdays and years that nobody knows yet."""

from datetime import date

import pytest

from domain.workdays import DayBasis, WorkCalendar, later, library_days
from tests.domain.calendar_2025 import CALENDAR, DAYS_OFF, EMPTY, MAKE_UP, days, works

NATURAL, WORKING = DayBasis.NATURAL, DayBasis.WORKING


@pytest.mark.parametrize(
    ("day", "n", "basis", "expected"),
    [
        (date(2026, 4, 3), 0, NATURAL, date(2026, 4, 3)),
        (date(2026, 4, 3), 7, NATURAL, date(2026, 4, 10)),
        (date(2024, 2, 28), 1, NATURAL, date(2024, 2, 29)),
        (date(2024, 2, 22), 7, NATURAL, date(2024, 2, 29)),
        (date(2025, 2, 22), 7, NATURAL, date(2025, 3, 1)),
        (date(2025, 12, 31), 1, NATURAL, date(2026, 1, 1)),
        # 2025: off from 1 to 8 October, at work on Sunday 28 September and Saturday 11 October.
        (date(2025, 9, 26), 1, WORKING, date(2025, 9, 28)),
        (date(2025, 9, 27), 0, WORKING, date(2025, 9, 28)),
        (date(2025, 9, 28), 0, WORKING, date(2025, 9, 28)),
        (date(2025, 9, 30), 0, WORKING, date(2025, 9, 30)),
        (date(2025, 9, 30), 1, WORKING, date(2025, 10, 9)),
        (date(2025, 9, 30), 3, WORKING, date(2025, 10, 11)),
        (date(2025, 10, 1), 0, WORKING, date(2025, 10, 9)),
        (date(2025, 10, 1), 1, WORKING, date(2025, 10, 9)),
        (date(2025, 10, 10), 1, WORKING, date(2025, 10, 11)),
        (date(2025, 10, 10), 2, WORKING, date(2025, 10, 13)),
        # New Year: off from 1 to 3 January, at work on Sunday the 4th.
        (date(2025, 12, 31), 1, WORKING, date(2026, 1, 4)),
        (date(2025, 12, 31), 7, WORKING, date(2026, 1, 12)),
    ],
)
def test_the_nth_day_after(day: date, n: int, basis: DayBasis, expected: date) -> None:
    assert later(day, n, basis, CALENDAR) == expected


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2031, 9, 30), 1, date(2031, 10, 1)),  # a Wednesday that nobody knows to be off
        (date(2031, 10, 3), 1, date(2031, 10, 6)),
        (date(2031, 10, 4), 0, date(2031, 10, 6)),
    ],
)
def test_an_unknown_year_follows_the_week(day: date, n: int, expected: date) -> None:
    assert later(day, n, WORKING, CALENDAR) == expected
    assert not CALENDAR.knows(2031)


def test_a_limit_into_the_past_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        later(date(2026, 4, 1), -1, NATURAL, CALENDAR)


@pytest.mark.parametrize(
    ("first", "last", "unknown"),
    [
        (date(2025, 1, 1), date(2026, 12, 31), ()),
        (date(2024, 12, 31), date(2026, 1, 1), (2024,)),
        (date(2026, 12, 31), date(2026, 12, 31), ()),
        (date(2026, 12, 31), date(2028, 1, 1), (2027, 2028)),
    ],
)
def test_a_page_learns_which_years_to_warn_of(
    first: date, last: date, unknown: tuple[int, ...]
) -> None:
    assert CALENDAR.unknown_years(first, last) == unknown


def test_a_day_edited_by_hand_counts_even_in_an_unknown_year() -> None:
    closed = WorkCalendar({date(2031, 10, 1): False}, frozenset())
    assert later(date(2031, 9, 30), 1, WORKING, closed) == date(2031, 10, 2)
    assert later(date(2031, 9, 30), 1, WORKING, EMPTY) == date(2031, 10, 1)


def test_the_library_agrees_with_the_notices() -> None:
    named = {**(library_days(2025) or {}), **(library_days(2026) or {})}
    from_library = WorkCalendar({day: at_work for day, (at_work, _) in named.items()}, frozenset())
    for day in days(date(2025, 9, 1), date(2026, 3, 31)):
        assert from_library.is_working(day) is works(day), day
    assert named.keys() >= DAYS_OFF | MAKE_UP


@pytest.mark.parametrize(
    ("day", "at_work", "name"),
    [
        (date(2025, 9, 28), True, "National Day"),
        (date(2025, 10, 1), False, "National Day"),
        (date(2025, 10, 6), False, "Mid-autumn Festival"),
        (date(2026, 2, 17), False, "Spring Festival"),
    ],
)
def test_a_library_day_has_its_name(day: date, at_work: bool, name: str) -> None:
    assert (library_days(day.year) or {})[day] == (at_work, name)


def test_the_library_lists_no_ordinary_weekend() -> None:
    assert date(2025, 10, 18) not in (library_days(2025) or {})


@pytest.mark.parametrize("year", [2003, 2099])
def test_a_year_that_the_library_does_not_know_is_none_and_no_error(year: int) -> None:
    assert library_days(year) is None

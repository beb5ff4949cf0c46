"""The class's days, places and hours, by hand-made tables."""

from datetime import date, timedelta

import pytest

from domain.classes import (
    Hours,
    Presence,
    check_all_home,
    check_course,
    check_fetched,
    check_term,
    days_typed,
    fetchers_typed,
    lesson_days,
    may_begin,
    share,
    teaches,
    to_erase,
)
from domain.days import day_end, day_start
from domain.errors import FieldError, Refused
from domain.workdays import WorkCalendar, library_days
from tests.support.clock import MONDAY_NINE

# The State Council's year 2025: 1–5 May and 31 May–2 June are holidays, 27 April is a make-up
# workday (a Sunday).
CALENDAR_2025 = WorkCalendar(
    {day: working for day, (working, _) in (library_days(2025) or {}).items()}, frozenset({2025})
)
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


@pytest.mark.parametrize(
    ("weekday", "first", "last", "free", "days"),
    [
        (MONDAY, "2025-04-14", "2025-05-12", [], ["04-14", "04-21", "04-28", "05-12"]),
        # 1 May is a Thursday.
        (THURSDAY, "2025-04-21", "2025-05-15", [], ["04-24", "05-08", "05-15"]),
        (THURSDAY, "2025-04-21", "2025-05-15", ["2025-05-08"], ["04-24", "05-15"]),
        # A make-up workday on a Sunday moves nothing; 1 June is in the Dragon Boat holidays.
        (SUNDAY, "2025-04-20", "2025-04-27", [], ["04-20", "04-27"]),
        (SUNDAY, "2025-05-25", "2025-06-08", [], ["05-25", "06-08"]),
        (SATURDAY, "2025-05-10", "2025-05-10", [], ["05-10"]),
        (SATURDAY, "2025-05-11", "2025-05-16", [], []),
    ],
)
def test_lessons_come_every_week_of_the_term_without_holidays(
    weekday: int, first: str, last: str, free: list[str], days: list[str]
) -> None:
    found = lesson_days(
        weekday,
        date.fromisoformat(first),
        date.fromisoformat(last),
        CALENDAR_2025,
        [date.fromisoformat(day) for day in free],
    )
    assert [f"{day:%m-%d}" for day in found] == days


def test_lessons_are_the_term_days_that_a_slow_search_finds() -> None:
    first, last = date(2025, 2, 17), date(2025, 7, 4)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for weekday in range(7):
        slow = tuple(
            day
            for day in span
            if day.weekday() == weekday and CALENDAR_2025.days.get(day) is not False
        )
        assert lesson_days(weekday, first, last, CALENDAR_2025) == slow


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((0, 990, 1080), (0, 1080, 1140), False),
        ((0, 990, 1080), (0, 1079, 1140), True),
        ((0, 990, 1080), (0, 900, 991), True),
        ((0, 990, 1080), (1, 990, 1080), False),
    ],
)
def test_two_courses_meet_if_nobody_could_be_at_both(
    one: tuple[int, int, int], other: tuple[int, int, int], meet: bool
) -> None:
    assert Hours(*one).meets(Hours(*other)) is meet
    assert Hours(*other).meets(Hours(*one)) is meet


@pytest.mark.parametrize(
    ("weekday", "start", "end", "places"),
    [(7, 990, 1080, 5), (0, 990, 990, 5), (0, 990, 1441, 5), (0, 990, 1080, 0), (0, 990, 1080, 61)],
)
def test_a_course_that_no_week_holds_is_refused(
    weekday: int, start: int, end: int, places: int
) -> None:
    check_course(0, 990, 1440, 60)
    with pytest.raises(FieldError):
        check_course(weekday, start, end, places)


def test_a_term_ends_after_it_starts_and_within_the_year() -> None:
    first = date(2025, 2, 17)
    check_term(first, first)
    check_term(first, first + timedelta(days=240))
    for days in (-1, 241):
        with pytest.raises(FieldError):
            check_term(first, first + timedelta(days=days))


def test_a_child_is_handed_over_once_and_only_if_it_is_here() -> None:
    check_fetched(Presence.PRESENT, None)
    for presence, at in ((None, None), (Presence.ABSENT, None), (Presence.PRESENT, MONDAY_NINE)):
        with pytest.raises(Refused):
            check_fetched(presence, at)
    check_all_home(0)
    with pytest.raises(Refused):
        check_all_home(1)


def test_a_lesson_begins_an_hour_before_its_time_at_the_earliest() -> None:
    starts = MONDAY_NINE + timedelta(hours=1)
    assert may_begin(starts, MONDAY_NINE)
    assert not may_begin(starts, MONDAY_NINE - timedelta(microseconds=1))


def test_a_teacher_sees_the_children_from_a_week_before_until_the_last_day() -> None:
    first, last = date(2025, 2, 17), date(2025, 7, 4)
    moment = timedelta(microseconds=1)
    assert not teaches(first, last, day_start(date(2025, 2, 10)) - moment)
    assert teaches(first, last, day_start(date(2025, 2, 10)))
    assert teaches(first, last, day_end(last) - moment)
    assert not teaches(first, last, day_end(last))


def test_data_go_when_sixty_days_after_the_term_are_over() -> None:
    last = date(2025, 7, 4)
    assert not to_erase(last, day_end(date(2025, 9, 2)) - timedelta(microseconds=1))
    assert to_erase(last, day_end(date(2025, 9, 2)))


@pytest.mark.parametrize(
    ("came", "noted", "percent"), [(0, 0, None), (0, 5, 0), (2, 3, 67), (7, 7, 100)]
)
def test_a_share_names_what_it_is_of(came: int, noted: int, percent: int | None) -> None:
    assert share(came, noted) == percent


def test_who_may_fetch_is_typed_one_a_line() -> None:
    assert fetchers_typed("张奶奶 13800000000\n\n  李叔叔\nAunt Mary 0591-8300000") == (
        ("张奶奶", "13800000000"),
        ("李叔叔", ""),
        ("Aunt Mary", "0591-8300000"),
    )


def test_free_days_are_typed_one_a_line() -> None:
    assert days_typed("2026-04-06\n 2026-05-04\n") == (date(2026, 4, 6), date(2026, 5, 4))
    for wrong in ("6 April", "2026-02-30"):
        with pytest.raises(FieldError):
            days_typed(wrong)

"""One meeting a month, one activity a week: which were missed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rhythm import missed_months, missed_weeks, months, weeks

# Thursday 1 January 2026: its week began on 29 December and belongs to 2026.
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("today", "over"),
    [
        (date(2026, 1, 4), 0),  # Sunday: the week is not over
        (date(2026, 1, 5), 1),
        (date(2026, 1, 11), 1),
        (date(2026, 1, 12), 2),
        (date(2027, 6, 1), 53),
    ],
)
def test_a_week_counts_when_it_is_over(today: date, over: int) -> None:
    assert len(weeks(*YEAR, today)) == over


@pytest.mark.parametrize(
    ("today", "over"),
    [
        (date(2026, 1, 31), 0),
        (date(2026, 2, 1), 1),
        (date(2026, 12, 31), 11),
        (date(2027, 1, 1), 12),
    ],
)
def test_a_month_counts_when_it_is_over(today: date, over: int) -> None:
    assert len(months(*YEAR, today)) == over


def test_what_is_missing_is_named_by_its_first_day() -> None:
    today = date(2026, 3, 2)
    held = [date(2026, 1, 4), date(2026, 1, 5), date(2026, 1, 25)]
    missing = missed_weeks(date(2026, 1, 1), date(2026, 1, 31), held, today)
    assert missing == (date(2026, 1, 12), date(2026, 1, 26))
    assert missed_months(*YEAR, [date(2026, 2, 28)], today) == (date(2026, 1, 1),)


some_days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(some_days, some_days, some_days, st.lists(some_days, max_size=40))
def test_two_periods_side_by_side_count_no_week_and_no_month_twice(
    first: date, middle: date, today: date, held: list[date]
) -> None:
    first, middle = sorted((first, middle))
    last = date(2027, 12, 31)
    next_day = middle + timedelta(days=1)
    for missed in (missed_weeks, missed_months):
        parts = missed(first, middle, held, today) + missed(next_day, last, held, today)
        assert parts == missed(first, last, held, today)

"""Weekly series: holidays left out, and a change in the middle that keeps the past."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import FieldError
from domain.series import MOST_WEEKS, Held, Plan, change, monday, planned, skipped
from domain.workdays import WorkCalendar

NINE = time(9, 0)
FIRST = date(2026, 1, 5)  # a Monday
NO_HOLIDAYS = WorkCalendar({}, frozenset({2026}))
# A holiday over a weekend, and the Saturday that is worked for it.
FREE = {date(2026, 2, 16) + timedelta(days=n): False for n in range(7)} | {date(2026, 2, 14): True}
SPRING = WorkCalendar(FREE, frozenset({2026}))
LAST = date(2026, 3, 29)


@pytest.mark.parametrize(
    ("weekday", "skips", "dates", "left_out"),
    [
        (2, True, 11, [date(2026, 2, 18)]),
        (2, False, 12, []),
        (5, True, 11, [date(2026, 2, 21)]),  # a Saturday within the holiday, and only that one
        (0, True, 11, [date(2026, 2, 16)]),
    ],
)
def test_holidays_are_left_out_and_ordinary_weekends_are_none(
    weekday: int, skips: bool, dates: int, left_out: list[date]
) -> None:
    plan = Plan(weekday, NINE, 60, skips)
    assert len(planned(plan, FIRST, LAST, SPRING)) == dates
    assert list(skipped(plan, FIRST, LAST, SPRING)) == left_out


def test_a_series_without_a_date_and_one_of_years_are_refused() -> None:
    plan = Plan(3, NINE, 60)
    with pytest.raises(FieldError):
        planned(plan, FIRST, FIRST + timedelta(days=2), NO_HOLIDAYS)
    with pytest.raises(FieldError):
        planned(plan, FIRST, FIRST + timedelta(weeks=MOST_WEEKS + 1), NO_HOLIDAYS)


def test_a_change_moves_what_comes_and_keeps_what_was() -> None:
    held = planned(Plan(4, NINE, 60), FIRST, LAST, SPRING)
    since = date(2026, 2, 4)  # a Wednesday
    changed = change(held, Plan(0, time(14, 0), 90), since, LAST, SPRING)
    by_week = {one.week: one for one in changed.after}
    assert by_week[date(2026, 1, 26)].day == date(2026, 1, 30)  # the past
    # That week's Monday is over already, so its Friday stays as it was.
    assert by_week[date(2026, 2, 2)] == Held(date(2026, 2, 2), date(2026, 2, 6), NINE, 60)
    assert by_week[date(2026, 2, 9)].day == date(2026, 2, 9)
    assert by_week[date(2026, 2, 9)].starts == time(14, 0)
    assert date(2026, 2, 16) not in by_week  # now on a holiday as before


def test_one_date_moved_by_hand_stays_where_it_was_put() -> None:
    held = list(planned(Plan(4, NINE, 60), FIRST, LAST, NO_HOLIDAYS))
    held[5] = Held(held[5].week, held[5].day + timedelta(days=1), NINE, 60, by_hand=True)
    changed = change(held, Plan(2, NINE, 60), FIRST, LAST, NO_HOLIDAYS)
    assert held[5] in changed.stays
    assert len(changed.moved) == len(held) - 1


def test_an_end_drops_what_lies_behind_it() -> None:
    held = planned(Plan(1, NINE, 60), FIRST, LAST, NO_HOLIDAYS)
    changed = change(held, Plan(1, NINE, 60), date(2026, 2, 1), date(2026, 2, 28), NO_HOLIDAYS)
    assert [one.day for one in changed.dropped] == [date(2026, 3, day) for day in (3, 10, 17, 24)]
    assert changed.moved == changed.added == ()


plans = st.builds(
    Plan,
    st.integers(0, 6),
    st.sampled_from([NINE, time(14, 30), time(19, 0)]),
    st.sampled_from([60, 90]),
    st.booleans(),
)
days = st.integers(0, 90).map(lambda n: FIRST + timedelta(days=n))
holidays = st.frozensets(days, max_size=20)


@given(plans, plans, days, days, holidays, st.data())
def test_whatever_changes_the_past_stays_and_no_week_has_two(
    old: Plan, new: Plan, since: date, last: date, free: frozenset[date], data: st.DataObject
) -> None:
    calendar = WorkCalendar(dict.fromkeys(free, False), frozenset({2026}))
    try:
        held = list(planned(old, FIRST, LAST, calendar))
    except FieldError:
        return
    for place in data.draw(st.sets(st.integers(0, len(held) - 1), max_size=3)):
        one, days_on = held[place], data.draw(st.integers(-3, 3))
        held[place] = Held(one.week, one.day + timedelta(days=days_on), NINE, 30, by_hand=True)
    changed = change(held, new, since, last, calendar)
    after = changed.after
    weeks = [one.week for one in after]
    assert [one for one in after if one in held and one.day < since] == [
        one for one in held if one.day < since
    ]
    assert len(weeks) == len(set(weeks))
    # Told one by one, and by plain loops: each day of the new plan is there, and no other.
    for one in after:
        if one not in held:
            assert since <= one.day <= last
            assert one.day.weekday() == new.weekday
            assert (one.starts, one.minutes) == (new.starts, new.minutes)
            assert not (new.skips_holidays and one.day in free)
    day = since
    while day <= last:
        free_day = new.skips_holidays and day in free
        if day.weekday() == new.weekday and not free_day:
            assert monday(day) in weeks
        day += timedelta(days=1)
    gone = {one.week for one in changed.dropped}
    assert gone | set(weeks) >= {one.week for one in held}
    assert not gone & set(weeks)

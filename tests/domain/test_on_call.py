"""On call: whose hour it is, and which hours are nobody's, to the minute and across midnight."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.days import COMMUNITY_ZONE
from domain.errors import Refused
from domain.on_call import (
    COVER,
    LACK,
    Duty,
    Lack,
    check_shift,
    gaps,
    monday_of,
    on_call,
    shift_times,
)
from domain.volunteers import Squad

MONDAY = date(2026, 3, 2)


def at(text: str) -> datetime:
    """Day and clock, such as “1 23:00”: days from a Monday."""
    day, clock = text.split()
    hours, minutes = clock.split(":")
    start = datetime(2026, 3, 2, tzinfo=COMMUNITY_ZONE)
    return start + timedelta(days=int(day), hours=int(hours), minutes=int(minutes))


def duty(start: str, end: str, *posts: int, squad: Squad = Squad.HEALTH) -> Duty:
    return Duty(squad, at(start), at(end), dict(enumerate(posts)))


@pytest.mark.parametrize(
    ("now", "who"),
    [
        ("0 19:59", ()),
        ("0 20:00", (7, 8)),
        ("0 23:59", (7, 8)),
        ("1 00:00", (7, 8)),
        ("1 07:59", (7, 8)),
        ("1 08:00", (9,)),
        ("1 20:00", ()),
    ],
)
def test_a_night_shift_goes_on_after_midnight(now: str, who: tuple[int, ...]) -> None:
    duties = [
        duty("0 20:00", "1 08:00", 7, 8),
        duty("1 08:00", "1 20:00", 9),
        duty("0 00:00", "2 00:00", 1, squad=Squad.SAFETY),
    ]
    assert on_call(duties, Squad.HEALTH, at(now)) == who


def test_backups_follow_in_their_order_when_the_primary_is_missing() -> None:
    shift = Duty(Squad.HEALTH, at("0 00:00"), at("1 00:00"), {3: 30, 1: 10})
    assert on_call([shift], Squad.HEALTH, at("0 12:00")) == (10, 30)


WHOLE = [duty(f"{n} 00:00", f"{n + 1} 00:00", 1, 2) for n in range(3)]


@pytest.mark.parametrize(
    ("duties", "missing"),
    [
        (WHOLE, []),
        (WHOLE[:1], [("1 00:00", "2 00:00", Lack.NOBODY)]),
        # The minute before midnight is somebody's, the minute after it nobody's.
        (
            [duty("0 00:00", "1 00:00", 1, 2), duty("1 00:01", "2 00:00", 1, 2)],
            [("1 00:00", "1 00:01", Lack.NOBODY)],
        ),
        (
            [duty("0 00:00", "0 20:00", 1, 2), duty("0 22:00", "2 00:00", 1)],
            [("0 20:00", "0 22:00", Lack.NOBODY), ("0 22:00", "2 00:00", Lack.BACKUP)],
        ),
        # A shift without a primary is nobody's, however many backups it has.
        (
            [Duty(Squad.HEALTH, at("0 00:00"), at("2 00:00"), {1: 5, 2: 6})],
            [("0 00:00", "2 00:00", Lack.NOBODY)],
        ),
        ([], [("0 00:00", "2 00:00", Lack.NOBODY)]),
    ],
)
def test_hours_that_are_nobodys_are_gaps(
    duties: list[Duty], missing: list[tuple[str, str, Lack]]
) -> None:
    found = [gap for gap in gaps(duties, at("0 00:00"), at("2 00:00")) if gap.squad is Squad.HEALTH]
    assert [(gap.starts_at, gap.ends_at, gap.lack) for gap in found] == [
        (at(start), at(end), lack) for start, end, lack in missing
    ]


def test_a_squad_that_rests_at_night_has_no_gap_there() -> None:
    found = [gap for gap in gaps([], at("0 12:00"), at("1 09:00")) if gap.squad is Squad.HARMONY]
    assert [(gap.starts_at, gap.ends_at) for gap in found] == [
        (at("0 12:00"), at("0 20:00")),
        (at("1 08:00"), at("1 09:00")),
    ]


shifts = st.lists(
    st.builds(
        lambda squad, start, length, posts: Duty(
            squad,
            at("0 00:00") + timedelta(minutes=start),
            at("0 00:00") + timedelta(minutes=start + length),
            dict.fromkeys(posts, 1),
        ),
        st.sampled_from(Squad),
        st.integers(-600, 3000),
        st.integers(1, 1440),
        st.sets(st.integers(0, 2)),
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(shifts)
def test_gaps_are_the_minutes_that_a_slow_look_finds(duties: list[Duty]) -> None:
    first, until = at("0 05:00"), at("1 23:00")
    found = gaps(duties, first, until)
    for squad in Squad:
        start, end = COVER[squad]
        for minute in range(5 * 60, 47 * 60):
            now = at("0 00:00") + timedelta(minutes=minute)
            held = [one.posts for one in duties if one.squad is squad and one.holds(now)]
            led = [posts for posts in held if 0 in posts]
            want = None
            if start <= minute % 1440 < end:
                if not led:
                    want = Lack.NOBODY
                elif not any(len(posts) > 1 for posts in led):
                    want = Lack.BACKUP
            seen = [g.lack for g in found if g.squad is squad and g.starts_at <= now < g.ends_at]
            assert seen == ([want] if want else []), now


@pytest.mark.parametrize(
    ("start", "end", "good"),
    [
        ("0 08:00", "0 20:00", True),
        ("0 20:00", "1 20:00", True),
        ("0 20:00", "1 20:01", False),
        ("0 20:00", "0 20:00", False),
        ("0 20:00", "0 19:00", False),
    ],
)
def test_a_shift_is_at_most_a_day_long(start: str, end: str, good: bool) -> None:
    if good:
        check_shift(at(start), at(end))
    else:
        with pytest.raises(Refused):
            check_shift(at(start), at(end))


@pytest.mark.parametrize(
    ("start", "end", "times"),
    [
        (480, 1200, ("0 08:00", "0 20:00")),
        (1200, 480, ("0 20:00", "1 08:00")),
        (0, 0, ("0 00:00", "1 00:00")),
        (0, 1440, ("0 00:00", "1 00:00")),
    ],
)
def test_an_end_that_is_not_later_is_in_the_next_morning(
    start: int, end: int, times: tuple[str, str]
) -> None:
    assert shift_times(MONDAY, start, end) == (at(times[0]), at(times[1]))


def test_a_week_begins_on_monday() -> None:
    assert monday_of(date(2026, 3, 8)) == MONDAY
    assert monday_of(MONDAY) == MONDAY
    assert set(LACK) == set(Lack)

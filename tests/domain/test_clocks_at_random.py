"""The four clocks beside a slow second reckoning, minute by minute."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.clocks import (
    ClockSettings,
    Promise,
    meet,
    pause,
    resume,
    standing,
    start,
    void,
)
from domain.days import COMMUNITY_ZONE
from domain.workdays import DayBasis
from tests.domain.calendar_2025 import CALENDAR, works
from tests.domain.slow_clocks import SlowClock

NATURAL, WORKING = DayBasis.NATURAL, DayBasis.WORKING
SETTINGS = ClockSettings()
TICK = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def minutes(at: datetime) -> int:
    return (at - EPOCH) // timedelta(minutes=1)


def instant(minute: int) -> datetime:
    return EPOCH + timedelta(minutes=minute)


FIRST_MINUTE = minutes(datetime(2025, 9, 20, tzinfo=COMMUNITY_ZONE))
PROMISES = {
    Promise.FIRST_ANSWER: (24, None),
    Promise.VOTE_OPENED: (None, 0),
    Promise.DECISION: (None, 1),
    Promise.DONE: (None, 7),
}
# Steps of any minute, and often ones that land on or beside the edges of hours and days.
STEPS = st.one_of(
    st.integers(0, 3000),
    st.builds(
        lambda n, unit, by: max(0, n * unit + by),
        st.integers(0, 4),
        st.sampled_from([60, 1440]),
        st.sampled_from([-1, 0, 1]),
    ),
)
DEEDS = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "pause", "resume", "meet", "void"]), STEPS),
    max_size=8,
)


@given(
    promise=st.sampled_from(Promise),
    basis=st.sampled_from(DayBasis),
    begun=st.integers(0, 150 * 1440) | st.builds(lambda d: d * 1440, st.integers(0, 150)),
    deeds=DEEDS,
    after=STEPS,
)
@example(Promise.VOTE_OPENED, NATURAL, 480, [("pause", 570), ("resume", 840)], 60)
@example(Promise.FIRST_ANSWER, NATURAL, 0, [("pause", 1440), ("meet", 5000)], 0)
@example(Promise.FIRST_ANSWER, NATURAL, 0, [("pause", 1441), ("resume", 5000)], 0)
@settings(deadline=None, max_examples=600)
def test_every_story_ends_as_in_the_slow_clock(
    promise: Promise,
    basis: DayBasis,
    begun: int,
    deeds: list[tuple[str, int]],
    after: int,
) -> None:
    now = FIRST_MINUTE + begun
    hours, days = PROMISES[promise]
    slow = SlowClock(hours, days, works if basis is WORKING else None, now)
    clock = start(promise, instant(now), basis, CALENDAR, SETTINGS)
    assert minutes(clock.due_at) == slow.due
    for deed, step in deeds:
        now += step
        slow.do(deed, now)
        earlier = clock
        match deed:
            case "pause":
                clock = pause(clock, instant(now))
            case "resume":
                clock = resume(clock, instant(now), CALENDAR)
            case "meet":
                clock = meet(clock, instant(now), CALENDAR)
            case _:
                clock = void(clock, instant(now))
        assert standing(clock, instant(now)) == slow.standing()
        assert earlier.result in (None, clock.result)
        assert clock.due_at >= earlier.due_at
        if slow.result != "void":
            assert minutes(clock.due_at) == slow.due
        if clock.paused_at is None:
            assert clock.paused_seconds == slow.paused_minutes * 60
    now += after
    if slow.result is None:
        slow.live_until(now)
    assert standing(clock, instant(now)) == slow.standing()


@given(
    promise=st.sampled_from(Promise),
    basis=st.sampled_from(DayBasis),
    begun=st.integers(0, 150 * 1440),
    since=st.integers(0, 10 * 86400 * 10**6),
    length=st.integers(0, 5 * 86400 * 10**6),
)
@settings(deadline=None)
def test_a_pause_leaves_the_standing_as_it_was(
    promise: Promise, basis: DayBasis, begun: int, since: int, length: int
) -> None:
    clock = start(promise, instant(FIRST_MINUTE + begun), basis, CALENDAR, SETTINGS)
    stop = clock.started_at + since * TICK
    before = standing(clock, stop)
    again = resume(pause(clock, stop), stop + length * TICK, CALENDAR)
    assert standing(again, stop + length * TICK) is before
    assert replace(again, due_at=clock.due_at, paused_seconds=0, resumed_at=None) == clock

"""The ladder of reminders, in duty hours."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.clocks import Clock, ClockSettings, Promise, meet, pause, resume, start, void
from domain.days import COMMUNITY_ZONE, local_time
from domain.reminders import DutyHours, DutyHoursWrong, Rung, due_rungs, rung_times
from domain.workdays import DayBasis
from tests.domain.calendar_2025 import CALENDAR, works
from tests.domain.slow_clocks import SlowDuty, slow_rungs

DUTY = DutyHours(time(9), time(18))
OFFICE = DutyHours(time(9), time(18), only_working_days=True)
SETTINGS = ClockSettings()
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def local(text: str) -> datetime:
    """An instant as the community's clocks show it."""
    return datetime.fromisoformat(text).replace(tzinfo=COMMUNITY_ZONE)


def begin(promise: Promise, at: str, limit: int | None = None) -> Clock:
    return start(promise, local(at), DayBasis.NATURAL, CALENDAR, SETTINGS, limit=limit)


def ladder(clock: Clock, duty: DutyHours) -> list[str]:
    times = rung_times(clock, duty, CALENDAR)
    return [f"{rung} {local_time(at):%m-%d %H:%M}" for rung, at in times.items()]


@pytest.mark.parametrize(
    ("promise", "at", "duty", "rungs"),
    [
        # Due at 24:00: the warning moves back from 20:00, the rest on to the mornings.
        (
            Promise.DONE,
            "2025-11-03 10:00",
            DUTY,
            ["before 11-10 17:00", "due 11-11 09:00", "chase 11-12 09:00", "agenda 11-14 09:00"],
        ),
        # Due within duty hours: nothing moves.
        (
            Promise.FIRST_ANSWER,
            "2025-11-03 14:30",
            DUTY,
            ["before 11-04 10:30", "due 11-04 14:30", "chase 11-05 14:30", "agenda 11-07 14:30"],
        ),
        # Due early: the warning goes back to the evening before.
        (
            Promise.FIRST_ANSWER,
            "2025-11-03 09:30",
            DUTY,
            ["before 11-03 17:00", "due 11-04 09:30", "chase 11-05 09:30", "agenda 11-07 09:30"],
        ),
        # Begun at 17:30, when the warning's hour is over: it comes at once, duty is still on.
        (
            Promise.VOTE_OPENED,
            "2025-11-03 17:30",
            DUTY,
            ["before 11-03 17:30", "due 11-04 09:00", "chase 11-05 09:00", "agenda 11-07 09:00"],
        ),
        # Begun when duty is over, due before it begins again: no warning can be read.
        (
            Promise.VOTE_OPENED,
            "2025-11-03 18:00",
            DUTY,
            ["due 11-04 09:00", "chase 11-05 09:00", "agenda 11-07 09:00"],
        ),
        # Begun in the evening, due the next: the warning keeps its hour.
        (
            Promise.FIRST_ANSWER,
            "2025-11-03 19:00",
            DUTY,
            ["before 11-04 15:00", "due 11-05 09:00", "chase 11-06 09:00", "agenda 11-08 09:00"],
        ),
        # Due in the holidays: warned on the last working day, chased only a day after it was due.
        (
            Promise.DONE,
            "2025-09-26 10:00",
            OFFICE,
            ["before 09-30 17:00", "due 10-09 09:00", "chase 10-10 09:00", "agenda 10-13 09:00"],
        ),
        # The make-up workdays are duty.
        (
            Promise.DECISION,
            "2025-09-26 10:00",
            OFFICE,
            ["before 09-26 17:00", "due 09-28 09:00", "chase 09-29 09:00", "agenda 10-09 09:00"],
        ),
    ],
)
def test_the_ladder_climbs_in_duty_hours(
    promise: Promise, at: str, duty: DutyHours, rungs: list[str]
) -> None:
    assert ladder(begin(promise, at), duty) == rungs


@pytest.mark.parametrize(
    ("hours", "first"),
    [(15, "due 11-04 09:00"), (16, "before 11-04 09:00")],
)
def test_a_warning_comes_before_the_due_time_or_not_at_all(hours: int, first: str) -> None:
    clock = begin(Promise.FIRST_ANSWER, "2025-11-03 18:00", limit=hours)
    assert ladder(clock, DUTY)[0] == first


def test_a_clock_that_does_not_run_raises_nothing() -> None:
    clock = begin(Promise.DONE, "2025-11-03 10:00")
    stop, late = local("2025-11-04 10:00"), local("2025-12-01 10:00")
    for still in (pause(clock, stop), meet(clock, stop, CALENDAR), void(clock, stop)):
        assert rung_times(still, DUTY, CALENDAR) == {}
        assert due_rungs(still, late, set(), DUTY, CALENDAR) == ()
    assert due_rungs(clock, late, set(), DUTY, CALENDAR) != ()


def test_a_missed_clock_that_is_paused_or_void_raises_nothing() -> None:
    clock = begin(Promise.VOTE_OPENED, "2025-11-03 10:00")
    late = local("2025-11-20 10:00")
    assert due_rungs(pause(clock, local("2025-11-05 10:00")), late, set(), DUTY, CALENDAR) == ()
    assert due_rungs(void(clock, local("2025-11-05 10:00")), late, set(), DUTY, CALENDAR) == ()


def test_a_resumed_clock_climbs_toward_its_new_due_time() -> None:
    clock = pause(begin(Promise.DONE, "2025-11-03 10:00"), local("2025-11-04 10:00"))
    clock = resume(clock, local("2025-11-06 10:00"), CALENDAR)
    assert ladder(clock, DUTY)[:2] == ["before 11-12 17:00", "due 11-13 09:00"]


@pytest.mark.parametrize(
    ("now", "raised", "rungs"),
    [
        # before 11-10 17:00, due 11-11 09:00, chase 11-12 09:00, agenda 11-14 09:00
        ("2025-11-10 16:59:59.999999", set(), ()),
        ("2025-11-10 17:00", set(), (Rung.BEFORE,)),
        ("2025-11-10 17:00", {Rung.BEFORE}, ()),
        ("2025-11-10 17:59:59.999999", set(), (Rung.BEFORE,)),
        ("2025-11-10 18:00", set(), ()),  # off duty
        ("2025-11-11 00:00", {Rung.BEFORE}, ()),
        ("2025-11-11 08:59:59.999999", {Rung.BEFORE}, ()),
        ("2025-11-11 09:00", {Rung.BEFORE}, (Rung.DUE,)),
        ("2025-11-11 09:00", set(), (Rung.DUE,)),  # a warning would be untrue by now
        ("2025-11-12 09:00", {Rung.BEFORE, Rung.DUE}, (Rung.CHASE,)),
        ("2025-11-14 08:59:59.999999", {Rung.BEFORE, Rung.DUE, Rung.CHASE}, ()),
        ("2025-11-14 09:00", {Rung.BEFORE, Rung.DUE, Rung.CHASE}, (Rung.AGENDA,)),
        ("2025-11-20 12:00", set(), (Rung.DUE, Rung.CHASE, Rung.AGENDA)),
        ("2025-11-20 12:00", {Rung.DUE}, (Rung.CHASE, Rung.AGENDA)),
        ("2025-11-20 12:00", set(Rung), ()),
        ("2025-11-20 23:00", set(), ()),
    ],
)
def test_a_rung_is_raised_once_and_in_duty_hours(
    now: str, raised: set[Rung], rungs: tuple[Rung, ...]
) -> None:
    clock = begin(Promise.DONE, "2025-11-03 10:00")
    assert due_rungs(clock, local(now), raised, DUTY, CALENDAR) == rungs


def test_a_holiday_raises_nothing_where_only_working_days_are_duty() -> None:
    clock = begin(Promise.VOTE_OPENED, "2025-09-30 10:00")
    holiday = local("2025-10-03 10:00")
    assert due_rungs(clock, holiday, set(), OFFICE, CALENDAR) == ()
    assert due_rungs(clock, holiday, set(), DUTY, CALENDAR) == (Rung.DUE, Rung.CHASE)


@pytest.mark.parametrize(
    ("begins", "ends", "allowed"),
    [
        (time(6), time(22), True),
        (time(5, 59), time(22), False),
        (time(6), time(22, 1), False),
        (time(9), time(9), False),
        (time(18), time(9), False),
        (time(9), time(9, 1), True),
    ],
)
def test_duty_keeps_out_of_the_night(begins: time, ends: time, allowed: bool) -> None:
    if allowed:
        assert DutyHours(begins, ends).start == begins
    else:
        with pytest.raises(DutyHoursWrong):
            DutyHours(begins, ends)


FIRST_MINUTE = (local("2025-09-20 00:00") - EPOCH) // MINUTE


@given(
    promise=st.sampled_from(Promise),
    basis=st.sampled_from(DayBasis),
    begun=st.integers(0, 120 * 1440),
    opens=st.integers(6 * 60, 21 * 60),
    hours=st.integers(1, 16 * 60),
    office=st.booleans(),
)
@settings(deadline=None, max_examples=150)
def test_every_ladder_stands_where_walking_finds_it(
    promise: Promise, basis: DayBasis, begun: int, opens: int, hours: int, office: bool
) -> None:
    shuts = min(22 * 60, opens + hours)
    duty = DutyHours(time(*divmod(opens, 60)), time(*divmod(shuts, 60)), office)
    slow_duty = SlowDuty(opens, shuts, works if office else None)
    clock = start(promise, EPOCH + (FIRST_MINUTE + begun) * MINUTE, basis, CALENDAR, SETTINGS)
    times = rung_times(clock, duty, CALENDAR)
    due = (clock.due_at - EPOCH) // MINUTE
    found = {str(rung): (at - EPOCH) // MINUTE for rung, at in times.items()}
    assert found == slow_rungs(FIRST_MINUTE + begun, due, slow_duty)
    assert list(times.values()) == sorted(times.values())
    assert all(duty.is_on(at, CALENDAR) for at in times.values())


@given(
    begun=st.integers(0, 60 * 1440),
    ticks=st.lists(st.integers(1, 2000), max_size=60),
    office=st.booleans(),
)
@settings(deadline=None)
def test_a_tick_at_any_time_climbs_in_order_and_never_at_night(
    begun: int, ticks: list[int], office: bool
) -> None:
    duty = OFFICE if office else DUTY
    now = EPOCH + (FIRST_MINUTE + begun) * MINUTE
    clock = start(Promise.DECISION, now, DayBasis.NATURAL, CALENDAR, SETTINGS)
    raised: list[Rung] = []
    for step in ticks:
        now += step * MINUTE
        rungs = due_rungs(clock, now, set(raised), duty, CALENDAR)
        assert not rungs or time(9) <= local_time(now).time() < time(18)
        raised += rungs
    assert raised == [rung for rung in Rung if rung in raised]

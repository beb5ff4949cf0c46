"""The four clocks: limits, pauses, results."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.clocks import (
    Clock,
    ClockSettings,
    EarlierThanClock,
    LimitOutOfRange,
    Promise,
    Standing,
    meet,
    pause,
    remaining,
    resume,
    standing,
    start,
    void,
)
from domain.days import COMMUNITY_ZONE
from domain.workdays import DayBasis, WorkCalendar
from tests.domain.calendar_2025 import CALENDAR, EMPTY

NATURAL, WORKING = DayBasis.NATURAL, DayBasis.WORKING
SETTINGS = ClockSettings()
TICK = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def local(text: str) -> datetime:
    """An instant as the community's clocks show it."""
    return datetime.fromisoformat(text).replace(tzinfo=COMMUNITY_ZONE)


def begin(promise: Promise, at: str, basis: DayBasis = NATURAL, limit: int | None = None) -> Clock:
    return start(promise, local(at), basis, CALENDAR, SETTINGS, limit=limit)


def paused(clock: Clock, since: str, until: str) -> Clock:
    return resume(pause(clock, local(since)), local(until), CALENDAR)


@pytest.mark.parametrize(
    ("promise", "at", "due"),
    [
        (Promise.FIRST_ANSWER, "2026-04-01 09:05:00.000007", "2026-04-02 09:05:00.000007"),
        (Promise.FIRST_ANSWER, "2024-02-28 12:00", "2024-02-29 12:00"),
        (Promise.FIRST_ANSWER, "2025-12-31 23:59:59.999999", "2026-01-01 23:59:59.999999"),
        (Promise.VOTE_OPENED, "2026-04-01 00:00", "2026-04-02 00:00"),
        (Promise.VOTE_OPENED, "2026-04-01 23:59:59.999999", "2026-04-02 00:00"),
        (Promise.VOTE_OPENED, "2025-12-31 12:00", "2026-01-01 00:00"),
        (Promise.DECISION, "2026-04-01 00:00", "2026-04-03 00:00"),
        (Promise.DECISION, "2026-04-01 23:59:59.999999", "2026-04-03 00:00"),
        (Promise.DECISION, "2024-02-28 08:00", "2024-03-01 00:00"),
        (Promise.DONE, "2026-04-01 00:00", "2026-04-09 00:00"),
        (Promise.DONE, "2026-04-01 23:59:59.999999", "2026-04-09 00:00"),
        (Promise.DONE, "2024-02-22 08:00", "2024-03-01 00:00"),
        (Promise.DONE, "2025-12-25 08:00", "2026-01-02 00:00"),
    ],
)
def test_a_promise_is_due_in_natural_days(promise: Promise, at: str, due: str) -> None:
    clock = begin(promise, at)
    assert clock.due_at == local(due)
    assert clock.due_at.tzinfo is UTC
    assert standing(clock, local(at)) is Standing.RUNNING


@pytest.mark.parametrize(
    ("promise", "at", "due"),
    [
        # 2025: off from 1 to 8 October, at work on Sunday 28 September and Saturday 11 October.
        (Promise.FIRST_ANSWER, "2025-10-01 08:00", "2025-10-02 08:00"),
        (Promise.VOTE_OPENED, "2025-09-28 08:00", "2025-09-29 00:00"),
        (Promise.VOTE_OPENED, "2025-10-01 00:00", "2025-10-10 00:00"),
        (Promise.VOTE_OPENED, "2025-10-11 23:59:59.999999", "2025-10-12 00:00"),
        (Promise.VOTE_OPENED, "2025-10-12 00:00", "2025-10-14 00:00"),
        (Promise.DECISION, "2025-09-30 23:59:59.999999", "2025-10-10 00:00"),
        (Promise.DECISION, "2025-10-10 08:00", "2025-10-12 00:00"),
        (Promise.DONE, "2025-09-30 08:00", "2025-10-17 00:00"),
        (Promise.DONE, "2025-12-31 08:00", "2026-01-13 00:00"),
    ],
)
def test_a_promise_is_due_in_working_days(promise: Promise, at: str, due: str) -> None:
    assert begin(promise, at, WORKING).due_at == local(due)


def test_an_unknown_year_still_has_a_due_time() -> None:
    clock = start(Promise.DECISION, local("2031-10-03 10:00"), WORKING, EMPTY, SETTINGS)
    assert clock.due_at == local("2031-10-07 00:00")


@pytest.mark.parametrize(
    ("promise", "at", "met", "result"),
    [
        (Promise.FIRST_ANSWER, "2026-04-01 09:05", "2026-04-01 09:05", Standing.MET),
        (Promise.FIRST_ANSWER, "2026-04-01 09:05", "2026-04-02 09:04:59.999999", Standing.MET),
        (Promise.FIRST_ANSWER, "2026-04-01 09:05", "2026-04-02 09:05:00", Standing.MET),
        (Promise.FIRST_ANSWER, "2026-04-01 09:05", "2026-04-02 09:05:00.000001", Standing.MET_LATE),
        (Promise.VOTE_OPENED, "2026-04-01 09:05", "2026-04-01 23:59:59.999999", Standing.MET),
        (Promise.VOTE_OPENED, "2026-04-01 09:05", "2026-04-02 00:00:00", Standing.MET_LATE),
        (Promise.DECISION, "2026-04-01 09:05", "2026-04-02 23:59:59.999999", Standing.MET),
        (Promise.DECISION, "2026-04-01 09:05", "2026-04-03 00:00:00", Standing.MET_LATE),
        (Promise.DONE, "2026-04-01 09:05", "2026-04-08 23:59:59.999999", Standing.MET),
        (Promise.DONE, "2026-04-01 09:05", "2026-04-09 00:00:00", Standing.MET_LATE),
    ],
)
def test_in_time_ends_with_the_last_hour_or_before_midnight(
    promise: Promise, at: str, met: str, result: Standing
) -> None:
    clock = begin(promise, at)
    overdue = Standing.RUNNING if result is Standing.MET else Standing.MISSED
    assert standing(clock, local(met)) is overdue
    settled = meet(clock, local(met), CALENDAR)
    assert (settled.result, settled.met_at) == (result, local(met))
    assert standing(settled, local("2030-01-01 00:00")) is result


def test_the_zone_of_the_server_changes_nothing() -> None:
    at = local("2026-04-01 00:30")
    assert start(Promise.DONE, at, NATURAL, CALENDAR, SETTINGS) == start(
        Promise.DONE, at.astimezone(UTC), NATURAL, CALENDAR, SETTINGS
    )


@pytest.mark.parametrize(
    ("promise", "at", "since", "until", "due"),
    [
        # Hours move by the pause; a begun second counts.
        (
            Promise.FIRST_ANSWER,
            "2026-04-01 09:00",
            "2026-04-01 10:00",
            "2026-04-01 12:30",
            "2026-04-02 11:30",
        ),
        (
            Promise.FIRST_ANSWER,
            "2026-04-01 09:00",
            "2026-04-01 10:00",
            "2026-04-01 10:00:00.000001",
            "2026-04-02 09:00:01",
        ),
        # Paused in the last instant, it comes back with none left, but not missed.
        (
            Promise.FIRST_ANSWER,
            "2026-04-01 09:00",
            "2026-04-02 09:00",
            "2026-04-05 09:00",
            "2026-04-05 09:00",
        ),
        # An hour within the day buys nothing, an hour over midnight one day.
        (
            Promise.DONE,
            "2026-04-01 10:00",
            "2026-04-02 10:00",
            "2026-04-02 11:00",
            "2026-04-09 00:00",
        ),
        (
            Promise.DONE,
            "2026-04-01 23:00",
            "2026-04-02 10:00",
            "2026-04-02 10:59:59.000001",
            "2026-04-10 00:00",
        ),
        (
            Promise.DONE,
            "2026-04-01 23:00",
            "2026-04-02 10:00",
            "2026-04-02 10:59:59",
            "2026-04-09 00:00",
        ),
        (
            Promise.DONE,
            "2026-04-01 10:00",
            "2026-04-03 10:00",
            "2026-04-06 10:00",
            "2026-04-12 00:00",
        ),
        # Suspended over night: begun later by 14 h it would have been due last midnight.
        (
            Promise.VOTE_OPENED,
            "2026-04-01 08:00",
            "2026-04-01 17:30",
            "2026-04-02 07:30",
            "2026-04-03 00:00",
        ),
        # The pause begins too late and moves nothing.
        (
            Promise.VOTE_OPENED,
            "2026-04-01 23:00",
            "2026-04-02 00:00",
            "2026-04-05 00:00",
            "2026-04-02 00:00",
        ),
        (
            Promise.FIRST_ANSWER,
            "2026-04-01 09:00",
            "2026-04-02 09:00:00.000001",
            "2026-04-05 09:00",
            "2026-04-02 09:00",
        ),
    ],
)
def test_a_pause_moves_the_due_time(
    promise: Promise, at: str, since: str, until: str, due: str
) -> None:
    assert paused(begin(promise, at), since, until).due_at == local(due)


def test_a_working_clock_resumed_on_a_holiday_has_the_next_working_day() -> None:
    clock = begin(Promise.VOTE_OPENED, "2025-09-30 08:00", WORKING)
    clock = paused(clock, "2025-09-30 20:00", "2025-10-01 07:00")
    assert clock.due_at == local("2025-10-10 00:00")


def test_every_instant_is_kept_in_utc() -> None:
    clock = paused(begin(Promise.DONE, "2026-04-01 09:00"), "2026-04-02 09:00", "2026-04-03 09:00")
    clock = pause(clock, local("2026-04-04 09:00"))
    gone = void(clock, local("2026-04-05 09:00"))
    met = meet(clock, local("2026-04-05 09:00"), CALENDAR)
    kept = (clock.started_at, clock.due_at, clock.paused_at, clock.resumed_at)
    for at in (*kept, gone.voided_at, met.met_at, met.due_at):
        assert at is not None
        assert at.tzinfo is UTC


def test_pauses_add_up() -> None:
    clock = begin(Promise.FIRST_ANSWER, "2026-04-01 09:00")
    clock = paused(clock, "2026-04-01 10:00", "2026-04-01 11:00")
    clock = paused(clock, "2026-04-01 11:00", "2026-04-01 11:00:30")
    assert clock.paused_seconds == 3630
    assert clock.due_at == local("2026-04-02 10:00:30")


def test_a_paused_clock_is_not_missed_while_it_stands() -> None:
    clock = pause(begin(Promise.VOTE_OPENED, "2026-04-01 08:00"), local("2026-04-01 20:00"))
    for now in ("2026-04-01 20:00", "2026-04-02 00:00", "2026-05-01 00:00"):
        assert standing(clock, local(now)) is Standing.PAUSED
        assert remaining(clock, local(now)) == timedelta(hours=4)


def test_a_missed_clock_stays_missed_through_any_pause() -> None:
    clock = begin(Promise.VOTE_OPENED, "2026-04-01 23:00")
    stopped = pause(clock, local("2026-04-02 00:30"))
    assert standing(stopped, local("2026-04-02 01:00")) is Standing.MISSED
    assert remaining(stopped, local("2026-04-02 01:00")) == timedelta(hours=-1)
    again = resume(stopped, local("2026-04-02 02:00"), CALENDAR)
    assert standing(again, local("2026-04-02 02:00")) is Standing.MISSED
    assert meet(again, local("2026-04-02 03:00"), CALENDAR).result is Standing.MET_LATE
    assert meet(stopped, local("2026-04-02 03:00"), CALENDAR).result is Standing.MET_LATE


def test_a_clock_met_while_paused_counts_the_pause_up_to_then() -> None:
    clock = pause(begin(Promise.FIRST_ANSWER, "2026-04-01 09:00"), local("2026-04-02 08:00"))
    clock = meet(clock, local("2026-04-03 08:00"), CALENDAR)
    assert clock.result is Standing.MET
    assert clock.paused_seconds == 24 * 3600
    assert clock.due_at == local("2026-04-03 09:00")
    assert clock.paused_at is None


def test_repeats_leave_the_first_value() -> None:
    first = begin(Promise.DONE, "2026-04-01 09:00")
    assert resume(first, local("2026-04-02 09:00"), CALENDAR) is first
    stopped = pause(first, local("2026-04-02 09:00"))
    assert pause(stopped, local("2026-04-03 09:00")) is stopped
    met = meet(first, local("2026-04-02 09:00"), CALENDAR)
    gone = void(first, local("2026-04-02 09:00"))
    late = local("2026-05-01 09:00")
    for settled in (met, gone):
        assert meet(settled, late, CALENDAR) is settled
        assert void(settled, late) is settled
        assert pause(settled, late) is settled
        assert resume(settled, late, CALENDAR) is settled
        assert remaining(settled, late) is None


@pytest.mark.parametrize(
    ("at", "result"),
    [
        ("2026-04-01 23:59:59.999999", Standing.VOID),
        ("2026-04-02 00:00:00", Standing.MISSED),
    ],
)
def test_a_void_clock_counts_no_miss_but_hides_none(at: str, result: Standing) -> None:
    clock = void(begin(Promise.VOTE_OPENED, "2026-04-01 08:00"), local(at))
    assert (clock.result, clock.voided_at, clock.met_at) == (result, local(at), None)


def test_a_clock_voided_while_paused_counts_the_pause() -> None:
    clock = pause(begin(Promise.VOTE_OPENED, "2026-04-01 08:00"), local("2026-04-01 20:00"))
    clock = void(clock, local("2026-04-02 20:00"))
    assert (clock.result, clock.paused_seconds) == (Standing.VOID, 24 * 3600)


@pytest.mark.parametrize("seconds_early", [1e-6, 1, 86400])
def test_time_does_not_go_backwards(seconds_early: float) -> None:
    early = timedelta(seconds=seconds_early)
    fresh = begin(Promise.DONE, "2026-04-01 09:00")
    stopped = pause(fresh, local("2026-04-02 09:00"))
    again = resume(stopped, local("2026-04-03 09:00"), CALENDAR)
    for clock, last in (
        (fresh, "2026-04-01 09:00"),
        (stopped, "2026-04-02 09:00"),
        (again, "2026-04-03 09:00"),
    ):
        for deed in (
            lambda c, at: meet(c, at, CALENDAR),
            void,
            (lambda c, at: resume(c, at, CALENDAR)) if clock is stopped else pause,
        ):
            with pytest.raises(EarlierThanClock) as refused:
                deed(clock, local(last) - early)
            assert refused.value.params == {"last": f"{last}:00"}
            deed(clock, local(last))


@pytest.mark.parametrize(
    ("promise", "limit", "allowed"),
    [
        (Promise.FIRST_ANSWER, 0, False),
        (Promise.FIRST_ANSWER, 1, True),
        (Promise.FIRST_ANSWER, 8784, True),
        (Promise.FIRST_ANSWER, 8785, False),
        (Promise.DONE, -1, False),
        (Promise.DONE, 0, True),
        (Promise.DONE, 366, True),
        (Promise.DONE, 367, False),
    ],
)
def test_a_category_may_have_its_own_limit(promise: Promise, limit: int, allowed: bool) -> None:
    if allowed:
        assert begin(promise, "2026-04-01 09:00", limit=limit).limit == limit
    else:
        with pytest.raises(LimitOutOfRange):
            begin(promise, "2026-04-01 09:00", limit=limit)


def test_new_settings_move_no_promise_already_given() -> None:
    clock = begin(Promise.DONE, "2026-04-01 09:00")
    assert (clock.limit, clock.round) == (7, 1)
    clock = paused(clock, "2026-04-02 09:00", "2026-04-03 09:00")
    assert clock.due_at == local("2026-04-10 00:00")


def test_a_calendar_edited_meanwhile_brings_no_due_time_forward() -> None:
    closed = WorkCalendar({date(2026, 4, 2): False}, frozenset())
    clock = start(Promise.DECISION, local("2026-04-01 09:00"), WORKING, closed, SETTINGS)
    clock = pause(clock, local("2026-04-01 10:00"))
    assert resume(clock, local("2026-04-01 11:00"), EMPTY).due_at == local("2026-04-04 00:00")

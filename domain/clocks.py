"""The clocks of a file: one per promise and round, how pauses move them, and where they stand."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.days import as_utc, day_end, local_day, local_time
from domain.errors import N_, Refused
from domain.workdays import DayBasis, WorkCalendar, later

SECOND = timedelta(seconds=1)
# Longer than a year is not a promise to a resident any more, but a slip of the finger.
LONGEST_DAYS = 366


class Promise(StrEnum):
    """What the community promises; each has its own clock in every round."""

    FIRST_ANSWER = "first_answer"
    VOTE_OPENED = "vote_opened"
    DECISION = "decision"
    DONE = "done"


class Standing(StrEnum):
    """Where a clock stands, computed and never stored while it runs."""

    RUNNING = "running"
    PAUSED = "paused"
    MISSED = "missed"
    MET = "met"
    MET_LATE = "met_late"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """The limits that are promised unless a category has its own.

    Args:
        first_answer_hours: a person has really been in touch; exact hours, day and night.
        vote_days: the poll is open: 0 days after the file was sent to it, the same day.
        decision_days: who leads by when is decided: by the end of the next day.
        done_days: the work is done: within a week.
    """

    first_answer_hours: int = 24
    vote_days: int = 0
    decision_days: int = 1
    done_days: int = 7

    def limit(self, promise: Promise) -> int:
        """The limit of a promise, in hours for the first answer and in days for the others."""
        return {
            Promise.FIRST_ANSWER: self.first_answer_hours,
            Promise.VOTE_OPENED: self.vote_days,
            Promise.DECISION: self.decision_days,
            Promise.DONE: self.done_days,
        }[promise]


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise in one round of a file.

    Args:
        round: 1 for the first run of the file, one more with each reopening 重办.
        limit: hours for the first answer, days for the others; kept on the clock, so that a
            change of the settings moves no promise already given.
        due_at: for hours the last instant in time, for days the first instant too late (24:00).
        paused_at: since when it has been paused; None while it is not.
        paused_seconds: what the finished pauses come to.
        result: MET, MET_LATE, MISSED or VOID once it is settled, never changed afterwards.
        resumed_at: the end of the last pause.
    """

    promise: Promise
    round: int
    basis: DayBasis
    limit: int
    started_at: datetime
    due_at: datetime
    paused_at: datetime | None = None
    paused_seconds: int = 0
    met_at: datetime | None = None
    voided_at: datetime | None = None
    result: Standing | None = None
    resumed_at: datetime | None = None


class EarlierThanClock(Refused):
    """A step on a clock was dated before the step that is already there."""

    def __init__(self, last: datetime) -> None:
        super().__init__(
            N_("This time lies before the last entry ({last}). Enter a later one."),
            last=f"{local_time(last):%Y-%m-%d %H:%M:%S}",
        )


class LimitOutOfRange(Refused):
    """A limit that no clock can have."""

    def __init__(self, lowest: int, highest: int) -> None:
        super().__init__(
            N_("A time limit must lie between {lowest} and {highest}. Correct the number."),
            lowest=lowest,
            highest=highest,
        )


def start(
    promise: Promise,
    at: datetime,
    basis: DayBasis,
    calendar: WorkCalendar,
    settings: ClockSettings,
    round: int = 1,
    limit: int | None = None,
) -> Clock:
    """A new clock; a reopened file starts new ones and leaves the old as they are.

    Args:
        limit: a category's own limit, in hours for the first answer and else in days.

    Raises:
        LimitOutOfRange: the limit is negative, zero hours, or longer than a year.
    """
    at = as_utc(at)
    limit = settings.limit(promise) if limit is None else limit
    check_limit(promise, limit)
    due = _due(promise, at, basis, limit, calendar)
    return Clock(promise, round, basis, limit, started_at=at, due_at=due)


def check_limit(promise: Promise, limit: int) -> None:
    """Refuse a limit that is none, for the settings' form and for `start`.

    Raises:
        LimitOutOfRange: it names the lowest and highest that are possible.
    """
    exact = is_exact(promise)
    lowest, highest = (1, LONGEST_DAYS * 24) if exact else (0, LONGEST_DAYS)
    if not lowest <= limit <= highest:
        raise LimitOutOfRange(lowest, highest)


def is_exact(promise: Promise) -> bool:
    """Whether the limit is exact hours; the others end with a day."""
    return promise is Promise.FIRST_ANSWER


def pause(clock: Clock, at: datetime) -> Clock:
    """Stop the clock, as when a file is suspended; a paused or settled one is left alone.

    Raises:
        EarlierThanClock: `at` lies before the clock's last step.
    """
    if clock.result is not None or clock.paused_at is not None:
        return clock
    return replace(clock, paused_at=_not_earlier(clock, at))


def resume(clock: Clock, at: datetime, calendar: WorkCalendar) -> Clock:
    """Let a paused clock run again; one that is not paused is left alone.

    The due time is that of a clock which began later by the paused time: so the promise stays
    the one that was given, a limit in days still ends at 24:00, and a pause of an hour does not
    buy a day unless it pushes the beginning over midnight. Two things are kept besides:

    - A clock that was in time when it was paused does not come back already missed: in days it
      has at least the day on which it is resumed (the next working day, where those count).
    - A pause that begins after the due time moves nothing, or it would undo a miss.

    Raises:
        EarlierThanClock: `at` lies before the clock's last step.
    """
    if clock.result is not None or clock.paused_at is None:
        return clock
    at = _not_earlier(clock, at)
    seconds = clock.paused_seconds + _pause_seconds(clock.paused_at, at)
    due = clock.due_at
    if in_time(clock, clock.paused_at):
        began = clock.started_at + seconds * SECOND
        # The old due time is a floor because the calendar may have been edited meanwhile.
        due = max(due, _due(clock.promise, began, clock.basis, clock.limit, calendar))
        if not is_exact(clock.promise):
            due = max(due, day_end(later(local_day(at), 0, clock.basis, calendar)))
    return replace(clock, due_at=due, paused_at=None, paused_seconds=seconds, resumed_at=at)


def meet(clock: Clock, at: datetime, calendar: WorkCalendar) -> Clock:
    """Record that the promise was kept, in time or late; a settled clock is left alone.

    A paused clock counts its pause up to then.

    Raises:
        EarlierThanClock: `at` lies before the clock's last step.
    """
    if clock.result is not None:
        return clock
    at = _not_earlier(clock, at)
    clock = resume(clock, at, calendar)
    result = Standing.MET if in_time(clock, at) else Standing.MET_LATE
    return replace(clock, met_at=at, result=result)


def void(clock: Clock, at: datetime) -> Clock:
    """End a clock whose promise no longer applies, as when its file is merged or withdrawn.

    One that was missed by then stays missed: merging must not be a way to lose a miss.

    Raises:
        EarlierThanClock: `at` lies before the clock's last step.
    """
    if clock.result is not None:
        return clock
    at = _not_earlier(clock, at)
    result = Standing.MISSED if standing(clock, at) is Standing.MISSED else Standing.VOID
    if clock.paused_at is not None:
        seconds = clock.paused_seconds + _pause_seconds(clock.paused_at, at)
        clock = replace(clock, paused_at=None, paused_seconds=seconds, resumed_at=at)
    return replace(clock, voided_at=at, result=result)


def standing(clock: Clock, now: datetime) -> Standing:
    """Where the clock stands at `now`; the only place that decides what is overdue."""
    if clock.result is not None:
        return clock.result
    if not in_time(clock, clock.paused_at or now):
        return Standing.MISSED
    return Standing.RUNNING if clock.paused_at is None else Standing.PAUSED


def remaining(clock: Clock, now: datetime) -> timedelta | None:
    """Time left until due; below zero how late it is, frozen in a pause, None once settled."""
    if clock.result is not None:
        return None
    if clock.paused_at is not None and in_time(clock, clock.paused_at):
        return clock.due_at - clock.paused_at
    return clock.due_at - as_utc(now)


def in_time(clock: Clock, at: datetime) -> bool:
    """Whether a deed at that instant keeps the promise, by the due time as it now is.

    Hours are met at the very end of the last one; 24:00 already belongs to the next day.
    """
    at = as_utc(at)
    return at <= clock.due_at if is_exact(clock.promise) else at < clock.due_at


def _due(
    promise: Promise, began: datetime, basis: DayBasis, limit: int, calendar: WorkCalendar
) -> datetime:
    # Hours run through nights and holidays in both bases: "within 24 h" was said to a person.
    if is_exact(promise):
        return began + timedelta(hours=limit)
    return day_end(later(local_day(began), limit, basis, calendar))


def _pause_seconds(since: datetime, until: datetime) -> int:
    # A begun second counts as paused, so that rounding never takes time from a promise.
    return -((since - until) // SECOND)


def _not_earlier(clock: Clock, at: datetime) -> datetime:
    at = as_utc(at)
    steps = (clock.started_at, clock.paused_at, clock.resumed_at)
    last = max(as_utc(step) for step in steps if step is not None)
    if at < last:
        raise EarlierThanClock(last)
    return at

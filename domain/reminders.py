"""The ladder of reminders: before due, due, written chase (催办), next joint conference."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.clocks import Clock, in_time
from domain.days import as_utc, at_local, local_day
from domain.errors import N_, Refused
from domain.workdays import ONE_DAY, WorkCalendar

# Half a working day: enough to make a call or send somebody, near enough to be taken seriously.
BEFORE = timedelta(hours=4)
# A warning in the last minute of duty is read next morning, when it may be too late; so it comes
# while an hour of duty is left.
BEFORE_LEAVES = timedelta(hours=1)
# The next two rungs count from the rung below and not from the due time: after a long holiday
# nobody is chased before they had the chance to read that it was due.
CHASE_AFTER = timedelta(hours=24)
AGENDA_AFTER = timedelta(hours=48)
# Duty hours lie outside of the night (the same 22:00 to 06:00 that counts double for volunteers).
NIGHT_ENDS = time(6)
NIGHT_BEGINS = time(22)


class DutyHoursWrong(Refused):
    """Duty hours that are empty or reach into the night."""

    def __init__(self) -> None:
        super().__init__(
            N_("Duty hours must begin before they end and lie between {earliest} and {latest}."),
            earliest=f"{NIGHT_ENDS:%H:%M}",
            latest=f"{NIGHT_BEGINS:%H:%M}",
        )


@dataclass(frozen=True, slots=True)
class DutyHours:
    """When the desk may be reminded, on the community's wall clock.

    Args:
        start: first moment of duty.
        end: first moment off duty.
        only_working_days: whether weekends and holidays are off duty.

    Raises:
        DutyHoursWrong: the hours are empty or reach into the night.
    """

    start: time = time(9)
    end: time = time(18)
    only_working_days: bool = False

    def __post_init__(self) -> None:
        if not NIGHT_ENDS <= self.start < self.end <= NIGHT_BEGINS:
            raise DutyHoursWrong

    def is_duty_day(self, day: date, calendar: WorkCalendar) -> bool:
        """Whether there is any duty on that day."""
        return not self.only_working_days or calendar.is_working(day)

    def is_on(self, at: datetime, calendar: WorkCalendar) -> bool:
        """Whether that instant lies in duty hours."""
        return self.next(at, calendar) == as_utc(at)

    def next(self, at: datetime, calendar: WorkCalendar) -> datetime:
        """The first instant of duty at or after `at`."""
        at, day = as_utc(at), local_day(at)
        while not self.is_duty_day(day, calendar) or at >= at_local(day, self.end):
            day += ONE_DAY
        return max(at, at_local(day, self.start))


class Rung(StrEnum):
    """One step of the ladder, from below."""

    BEFORE = "before"
    DUE = "due"
    CHASE = "chase"
    AGENDA = "agenda"


def rung_times(clock: Clock, duty: DutyHours, calendar: WorkCalendar) -> dict[Rung, datetime]:
    """When each rung is to be raised, in order, always in duty hours.

    The warning is missing where no duty lies between the clock's start and its due time.
    A clock that is paused or settled has no rungs; resumed, it has those of its new due time.
    """
    if clock.paused_at is not None or clock.result is not None:
        return {}
    due = duty.next(clock.due_at, calendar)
    chase = duty.next(due + CHASE_AFTER, calendar)
    agenda = duty.next(chase + AGENDA_AFTER, calendar)
    after = {Rung.DUE: due, Rung.CHASE: chase, Rung.AGENDA: agenda}
    before = _before(clock, duty, calendar)
    return after if before is None else {Rung.BEFORE: before, **after}


def _before(clock: Clock, duty: DutyHours, calendar: WorkCalendar) -> datetime | None:
    wanted = clock.due_at - BEFORE
    day = local_day(wanted)
    # Back, not forward: after the due time it would be no warning.
    while day >= local_day(clock.started_at):
        opens = at_local(day, duty.start)
        moment = min(wanted, max(opens, at_local(day, duty.end) - BEFORE_LEAVES))
        if duty.is_duty_day(day, calendar) and moment >= max(opens, clock.started_at):
            return moment
        day -= ONE_DAY
    # Begun too late for that: the first duty there is still warns, if it comes before the due
    # time. Otherwise the rung "due" is the first that a person on duty could read.
    moment = duty.next(clock.started_at, calendar)
    return moment if moment < clock.due_at else None


def due_rungs(
    clock: Clock,
    now: datetime,
    raised: AbstractSet[Rung],
    duty: DutyHours,
    calendar: WorkCalendar,
) -> tuple[Rung, ...]:
    """The rungs to raise now, lowest first; none outside of duty hours.

    Args:
        raised: what was raised for this clock already.

    After a time without reminders (a server that stood still) every rung since is raised but
    the warning, which would be untrue once the due time has passed.
    """
    if not duty.is_on(now, calendar):
        return ()
    now = as_utc(now)
    return tuple(
        rung
        for rung, at in rung_times(clock, duty, calendar).items()
        if at <= now and rung not in raised and (rung is not Rung.BEFORE or in_time(clock, now))
    )

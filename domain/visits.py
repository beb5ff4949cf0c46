"""Care visits 探访关爱: who is due when, what is overdue, and the month's rate.

The one definition of all three: lists, plans, figures and reminders ask here.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.days import as_utc, day_end, day_start, local_day, month_bounds
from domain.errors import N_

EVENT_WITHIN = timedelta(hours=24)
# So far ahead a visitor sees whom to visit, and may look at what is needed at the door: whoever
# is visited every week stands there always.
AHEAD = timedelta(days=8)
FAILURES_ALARM = 2  # attempts in a row that reached nobody ask for a look on the same day


class Tier(StrEnum):
    """How often a person agreed to be visited."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    EVENT = "event"  # only within 24 hours of a major event


TIER: Mapping[Tier, str] = {
    Tier.WEEKLY: N_("every week"),
    Tier.MONTHLY: N_("every month"),
    Tier.QUARTERLY: N_("every three months"),
    Tier.EVENT: N_("within 24 hours of a major event"),
}


class EventKind(StrEnum):
    """What makes somebody look in on everybody."""

    STORM = "storm"
    COLD = "cold"
    HEAT = "heat"
    OUTAGE = "outage"  # of power or water


EVENT_KIND: Mapping[EventKind, str] = {
    EventKind.STORM: N_("rainstorm or typhoon"),
    EventKind.COLD: N_("cold wave"),
    EventKind.HEAT: N_("great heat"),
    EventKind.OUTAGE: N_("power or water is out"),
}


class Reason(StrEnum):
    """Why a visit is due; the first that is due decides."""

    CHECK = "check"  # two attempts in a row failed
    EVENT = "event"
    TIER = "tier"


REASON: Mapping[Reason, str] = {
    Reason.CHECK: N_("nobody answered twice: look in today"),
    Reason.EVENT: N_("major event"),
    Reason.TIER: N_("regular visit"),
}


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a person is not visited; `until` is the first day on which they are again."""

    start: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether that day lies in the pause."""
        return self.start <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One visit, and whether the person was met."""

    at: datetime
    met: bool


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One person who agreed to be visited.

    Args:
        ended_on: the first day on which they are no longer enrolled.
        attempts: in order of time.
        events: when each major event that includes them was called.
    """

    id: int
    tier: Tier
    enrolled_on: date
    ended_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    events: tuple[datetime, ...] = ()

    def is_enrolled(self, day: date) -> bool:
        """Whether they are enrolled on that day, paused or not."""
        return self.enrolled_on <= day and (self.ended_on is None or day < self.ended_on)

    def is_paused(self, day: date) -> bool:
        """Whether visits rest on that day."""
        return any(pause.covers(day) for pause in self.pauses)

    @property
    def last_met(self) -> datetime | None:
        """The last visit on which the person was met; failed attempts change nothing in it."""
        return max((one.at for one in self.attempts if one.met), default=None)

    @property
    def failures(self) -> tuple[datetime, ...]:
        """The failed attempts since, in order."""
        last = self.last_met
        return tuple(
            one.at for one in self.attempts if not one.met and (last is None or one.at > last)
        )


@dataclass(frozen=True, slots=True)
class Due:
    """The next visit to a person: why, and until when it is in time (`at` itself is late)."""

    reason: Reason
    at: datetime

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is late."""
        return as_utc(now) >= self.at

    def is_today(self, now: datetime) -> bool:
        """Whether it belongs to today's round.

        What is due by the end of today or overdue does, and at once what an event or two
        failures ask for.
        """
        return self.reason is not Reason.TIER or self.at <= day_end(local_day(now))


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last: 31 January + 1 is 28 February."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def next_day(tier: Tier, day: date) -> date | None:
    """The last day for the visit that follows one on `day`; None: only events call for one."""
    if tier is Tier.WEEKLY:
        return day + timedelta(days=7)
    if tier is Tier.EVENT:
        return None
    return add_months(day, 1 if tier is Tier.MONTHLY else 3)


def due(person: Enrolled, now: datetime) -> Due | None:
    """The next visit that is due; None while paused, after leaving, or without any plan.

    The regular one counts from the last successful visit, at first from enrolment, and after a
    pause from its end at the earliest. An event asks for a visit within 24 hours of its call,
    two failures in a row for a look by the end of the day of the second.
    """
    today = local_day(now)
    if not person.is_enrolled(today) or person.is_paused(today):
        return None
    last = person.last_met
    wanted = []
    if len(person.failures) >= FAILURES_ALARM:
        second = person.failures[FAILURES_ALARM - 1]
        wanted.append(Due(Reason.CHECK, day_end(local_day(second))))
    called = [at for at in person.events if at <= now and (last is None or last < at)]
    if called:
        wanted.append(Due(Reason.EVENT, as_utc(min(called)) + EVENT_WITHIN))
    following = next_day(person.tier, _counted_from(person, today))
    if following is not None:
        wanted.append(Due(Reason.TIER, day_end(following)))
    return min(wanted, key=lambda one: one.at, default=None)


def _counted_from(person: Enrolled, today: date) -> date:
    last = person.last_met
    days = [local_day(last) if last else person.enrolled_on]
    days += [one.until for one in person.pauses if one.until is not None and one.until <= today]
    return max(days)


def plan(person: Enrolled, month: date, now: datetime) -> tuple[date, ...]:
    """The last days for this person's visits in a month, if each is made on its last day.

    What is overdue stands on today, as it cannot be made any earlier.
    """
    first = due(person, now)
    if first is None:
        return ()
    begins, ends = month_bounds(month)
    today = local_day(now)
    day: date | None = max(local_day(first.at - timedelta(microseconds=1)), today)
    days = []
    while day is not None and day_start(day) < ends:
        if day_start(day) >= begins and person.is_enrolled(day) and not person.is_paused(day):
            days.append(day)
        day = next_day(person.tier, day)
    return tuple(days)


@dataclass(frozen=True, slots=True)
class Rate:
    """A month's visits: people who were met, of those who were to be."""

    met: int
    enrolled: int
    paused: int

    @property
    def of(self) -> int:
        """The denominator: enrolled − paused."""
        return self.enrolled - self.paused


def rate(people: Iterable[Enrolled], month: date, now: datetime) -> Rate:
    """The month's rate as of now, or as of its last day when it is over.

    Whoever is paused on that day counts neither above nor below the line.
    """
    begins, ends = month_bounds(month)
    last_day = local_day(ends - timedelta(microseconds=1))
    day = min(local_day(now), last_day)
    enrolled = [one for one in people if one.is_enrolled(day)]
    visited = [one for one in enrolled if not one.is_paused(day)]
    met = sum(
        any(one.met and begins <= as_utc(one.at) < ends for one in person.attempts)
        for person in visited
    )
    return Rate(met, len(enrolled), len(enrolled) - len(visited))

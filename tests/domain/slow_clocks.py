"""The clocks and reminders a second time, slowly: minute by minute, in whole numbers.

Written from the rules and not from domain/, of which it imports nothing. An instant is the
number of minutes since 1970-01-01 00:00 in UTC; the community's clocks are 480 minutes ahead.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

AHEAD = 480
DAY = 1440
Works = Callable[[date], bool]


def day_number(minute: int) -> int:
    """The local day as a count of days since 1970-01-01."""
    return (minute + AHEAD) // DAY


def minute_of_day(minute: int) -> int:
    """Minutes since local midnight."""
    return (minute + AHEAD) % DAY


def as_date(number: int) -> date:
    """The calendar date of a day number."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + number)


def last_day(began: int, days: int, works: Works | None) -> int:
    """The day number of the last day in time; `works` is None where every day counts."""
    day = day_number(began)
    counts = [day]  # what has been counted, the first being "the same day"
    if works is not None and not works(as_date(day)):
        # A day off is no day: with a limit of some days the count begins with the next one,
        # with none the next working day stands for the same day.
        counts = [] if days == 0 else [day]
    while len(counts) <= days:
        day += 1
        if works is None or works(as_date(day)):
            counts.append(day)
    return counts[-1]


@dataclass
class SlowClock:
    """One clock that lives through time one minute after the other."""

    hours: int | None
    days: int | None
    works: Works | None
    now: int
    begun: int = 0
    due: int = 0
    paused: bool = False
    paused_minutes: int = 0
    missed: bool = False
    result: str | None = None
    grace: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begun = self.now
        self.due = self._due()

    def _due(self) -> int:
        if self.hours is not None:
            return self.begun + 60 * self.hours
        assert self.days is not None
        last = last_day(self.begun, self.days, self.works)
        return max([(last + 1) * DAY - AHEAD, *self.grace])

    def live_until(self, minute: int) -> None:
        """Let the time pass up to that minute."""
        while self.now < minute:
            self.now += 1
            if self.paused:
                self.paused_minutes += 1
                if not self.missed:
                    self.begun += 1
            else:
                self._look()

    def _look(self) -> None:
        if self.result is None:
            late = self.now > self.due if self.hours is not None else self.now >= self.due
            self.missed = self.missed or late

    def do(self, deed: str, minute: int) -> None:
        """Live until that minute, then pause, resume, meet or void."""
        if self.result is None:
            self.live_until(minute)
            getattr(self, f"_{deed}")()

    def _pause(self) -> None:
        self.paused = True

    def _resume(self) -> None:
        if self.paused and not self.missed:
            if self.hours is None:
                self.grace.append((last_day(self.now, 0, self.works) + 1) * DAY - AHEAD)
            self.due = self._due()
        self.paused = False

    def _meet(self) -> None:
        self._resume()
        self._look()
        self.result = "met_late" if self.missed else "met"

    def _void(self) -> None:
        self.paused = False
        self.result = "missed" if self.missed else "void"

    def standing(self) -> str:
        """The word for where it stands now."""
        if self.result is not None:
            return self.result
        if self.missed:
            return "missed"
        return "paused" if self.paused else "running"


@dataclass(frozen=True)
class SlowDuty:
    """Duty hours as minutes since local midnight."""

    opens: int
    shuts: int
    works: Works | None

    def on(self, minute: int) -> bool:
        """Whether that minute is duty."""
        works = self.works is None or self.works(as_date(day_number(minute)))
        return works and self.opens <= minute_of_day(minute) < self.shuts

    def first_from(self, minute: int) -> int:
        """Walk on to the first minute of duty."""
        while not self.on(minute):
            minute += 1
        return minute

    def warns(self, minute: int) -> bool:
        """Whether a warning may stand there: on duty with an hour left, or at its opening."""
        return self.on(minute) and (
            minute_of_day(minute) <= self.shuts - 60 or minute_of_day(minute) == self.opens
        )


def slow_rungs(start: int, due: int, duty: SlowDuty) -> dict[str, int]:
    """The ladder of a running clock, found by walking."""
    rungs: dict[str, int] = {}
    back = due - 4 * 60
    while back >= start and not duty.warns(back):
        back -= 1
    if back < start:
        back = duty.first_from(start)
    if back < due:
        rungs["before"] = back
    rungs["due"] = duty.first_from(due)
    rungs["chase"] = duty.first_from(rungs["due"] + 24 * 60)
    rungs["agenda"] = duty.first_from(rungs["chase"] + 48 * 60)
    return rungs

"""When a volunteer may be asked 可服务时间: hours of the week, and quiet hours of the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.days import local_time
from domain.errors import N_, FieldError

DAY = 24 * 60  # minutes
NIGHT_FROM = 22 * 60  # night is 22:00–06:00, see dispatch.md
NIGHT_TO = 6 * 60


class Part(StrEnum):
    """The two parts that people tick: by day 06–22, by night 22–06 of the next morning."""

    DAY = "day"
    NIGHT = "night"


@dataclass(frozen=True, slots=True, order=True)
class Weekly:
    """Hours that come every week.

    Args:
        weekday: 0 for Monday, on which the hours begin.
        start, end: minutes from that day's 00:00; the end is not in them, and may lie in
            the next day (22:00–06:00 is 1320–1800).
    """

    weekday: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.weekday < 7 and 0 <= self.start < DAY and self.start < self.end):
            raise FieldError("free", N_("The hours must end after they begin."))
        if self.end - self.start > DAY:
            raise FieldError("free", N_("Hours of one day cannot be longer than 24."))

    def holds(self, weekday: int, minute: int) -> bool:
        """Whether that minute of that weekday is in them."""
        if weekday == self.weekday and self.start <= minute < self.end:
            return True
        return weekday == (self.weekday + 1) % 7 and minute < self.end - DAY


def weekly(weekday: int, part: Part) -> Weekly:
    """The hours of one ticked box."""
    if part is Part.DAY:
        return Weekly(weekday, NIGHT_TO, NIGHT_FROM)
    return Weekly(weekday, NIGHT_FROM, DAY + NIGHT_TO)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of every day in which nobody wants to be asked; they may cross midnight.

    Args:
        start, end: minutes of the day; equal ones would mean always or never, so are refused.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY and 0 <= self.end < DAY) or self.start == self.end:
            raise FieldError("quiet", N_("Quiet hours need a beginning and another end."))

    def holds(self, now: datetime) -> bool:
        """Whether the moment is in them, on the community's clock."""
        minute = minute_of_day(now)
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


def minute_of_day(now: datetime) -> int:
    """Minutes since 00:00 on the community's clock."""
    clock = local_time(now)
    return clock.hour * 60 + clock.minute


def is_free(free: Iterable[Weekly], now: datetime) -> bool:
    """Whether the moment is in one of the hours."""
    clock = local_time(now)
    weekday, minute = clock.weekday(), clock.hour * 60 + clock.minute
    return any(one.holds(weekday, minute) for one in free)

"""Natural and working days: holidays and make-up workdays (调休), as the desk knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType

import chinese_calendar

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class DayBasis(StrEnum):
    """Which days a limit counts."""

    NATURAL = "natural"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The days that differ from Monday to Friday, and the years for which they are known.

    Args:
        days: True for a make-up workday, False for a holiday; other days follow the week.
        years: the years whose holidays were entered. Any other year follows the week too,
            because a deadline that is roughly right beats an error; pages warn of it with
            `unknown_years`.
    """

    days: Mapping[date, bool]
    years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Whether people work on that day."""
        return self.days.get(day, day.weekday() < SATURDAY)

    def knows(self, year: int) -> bool:
        """Whether the holidays of that year were entered."""
        return year in self.years

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years between two days (both included) that only follow the week."""
        return tuple(year for year in range(first.year, last.year + 1) if not self.knows(year))


@cache  # the library looks for its first and last day at each question
def library_days(year: int) -> Mapping[date, tuple[bool, str]] | None:
    """The named days of a year: whether people work, and the holiday in English.

    The source is the library chinesecalendar, which follows the State Council's notices.
    Ordinary weekends are not in it. The names are message ids.

    Returns:
        None where the library does not know the year (the notice comes each November).
    """
    named: dict[date, tuple[bool, str]] = {}
    day = date(year, 1, 1)
    try:
        while day.year == year:
            is_holiday, name = chinese_calendar.get_holiday_detail(day)
            if name is not None:
                named[day] = (not is_holiday, name)
            day += ONE_DAY
    except NotImplementedError:
        return None
    return MappingProxyType(named)


def later(day: date, n: int, basis: DayBasis, calendar: WorkCalendar) -> date:
    """The n-th natural or working day after `day`, which is itself not counted.

    With n = 0 it is the day itself, or, where only working days count and it is none, the next
    working day: whatever begins on a holiday begins, for the office, on the first day back.

    Raises:
        ValueError: n is negative.
    """
    if n < 0:
        raise ValueError("deadlines lie ahead: n must not be negative")
    if basis is DayBasis.NATURAL:
        return day + n * ONE_DAY
    if n == 0:
        while not calendar.is_working(day):
            day += ONE_DAY
    for _ in range(n):
        day += ONE_DAY
        while not calendar.is_working(day):
            day += ONE_DAY
    return day

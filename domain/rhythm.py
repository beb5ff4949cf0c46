"""一月一会议、一周一活动: the months without a meeting and the weeks without an activity.

Only what is over can be missed: the month and the week that are still going on count from
their end. A week belongs to the period in which its Thursday lies (ISO 8601), a month to the
one in which it begins, so that two periods side by side count none twice.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from domain.series import WEEK, monday

_TO_THURSDAY = timedelta(days=3)


def weeks(first: date, last: date, today: date) -> tuple[date, ...]:
    """The Mondays of the weeks of a period that are over."""
    start = monday(first)
    if start + _TO_THURSDAY < first:
        start += WEEK
    found = []
    while start + _TO_THURSDAY <= last and start + WEEK <= today:
        found.append(start)
        start += WEEK
    return tuple(found)


def months(first: date, last: date, today: date) -> tuple[date, ...]:
    """The first days of the months of a period that are over."""
    start = first if first.day == 1 else _next(first)
    found = []
    while start <= last and _next(start) <= today:
        found.append(start)
        start = _next(start)
    return tuple(found)


def missed_weeks(
    first: date, last: date, activities: Iterable[date], today: date
) -> tuple[date, ...]:
    """The Mondays of the weeks that are over and had no activity on any day."""
    met = {monday(day) for day in activities}
    return tuple(week for week in weeks(first, last, today) if week not in met)


def missed_months(
    first: date, last: date, meetings: Iterable[date], today: date
) -> tuple[date, ...]:
    """The first days of the months that are over and had no meeting on any day."""
    met = {day.replace(day=1) for day in meetings}
    return tuple(month for month in months(first, last, today) if month not in met)


def _next(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)

"""Weekly series: their dates, holidays left out; a change in the middle keeps the past."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from domain.errors import N_, FieldError
from domain.workdays import WorkCalendar

WEEK = timedelta(days=7)
MOST_WEEKS = 60  # a year and its edges; then it is planned anew


@dataclass(frozen=True, slots=True)
class Plan:
    """When a series is held.

    Args:
        weekday: 0 is Monday.
        skips_holidays: leaves out the days that the work calendar calls holidays; ordinary
            weekends are none.
    """

    weekday: int
    starts: time
    minutes: int
    skips_holidays: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """One date of a series.

    Args:
        week: Monday of the week that it was planned for, which stays when it is moved.
        by_hand: moved or cancelled by itself, so that a change of the series leaves it alone.
    """

    week: date
    day: date
    starts: time
    minutes: int
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of a series does to its dates; `stays` has the past."""

    stays: tuple[Held, ...]
    moved: tuple[Held, ...]
    added: tuple[Held, ...]
    dropped: tuple[Held, ...]

    @property
    def after(self) -> tuple[Held, ...]:
        """The dates as they are after the change, by week."""
        return tuple(sorted((*self.stays, *self.moved, *self.added), key=lambda one: one.week))


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def is_holiday(day: date, calendar: WorkCalendar) -> bool:
    """Whether the calendar names the day as free, weekends within a holiday included."""
    return calendar.days.get(day) is False


def planned(plan: Plan, first: date, last: date, calendar: WorkCalendar) -> tuple[Held, ...]:
    """The dates from `first` to `last`, both included.

    Raises:
        FieldError: there is none, or there are more than `MOST_WEEKS`.
    """
    dates = tuple(
        Held(monday(day), day, plan.starts, plan.minutes)
        for day in _weekdays(plan, first, last)
        if not (plan.skips_holidays and is_holiday(day, calendar))
    )
    if not dates:
        raise FieldError("last_on", N_("There is no date between these two days. Choose later."))
    return dates


def skipped(plan: Plan, first: date, last: date, calendar: WorkCalendar) -> tuple[date, ...]:
    """The holidays that the series leaves out."""
    if not plan.skips_holidays:
        return ()
    return tuple(day for day in _weekdays(plan, first, last) if is_holiday(day, calendar))


def change(
    held: Iterable[Held], plan: Plan, since: date, last: date, calendar: WorkCalendar
) -> Change:
    """Hold the series by `plan` from `since` to `last`; what lies before stays as it was.

    A week never gets a second date: one that was held, moved or cancelled by hand in that week
    stands for it. A date whose new day would lie before the change stays as it was.
    """
    wanted = {
        monday(day): Held(monday(day), day, plan.starts, plan.minutes)
        for day in _weekdays(plan, since, last)
        if not (plan.skips_holidays and is_holiday(day, calendar))
    }
    stays, moved, dropped = [], [], []
    known = set()
    for one in held:
        known.add(one.week)
        fresh = wanted.get(one.week)
        turned = one.week + timedelta(days=plan.weekday)
        if one.day < since or (one.by_hand and one.week <= last) or fresh == one:
            stays.append(one)
        elif fresh is not None:
            moved.append(replace(fresh, by_hand=False))
        elif turned < since and one.day <= last:
            stays.append(one)
        else:
            dropped.append(one)
    added = [one for week, one in wanted.items() if week not in known]
    return Change(tuple(stays), tuple(moved), tuple(added), tuple(dropped))


def _weekdays(plan: Plan, first: date, last: date) -> list[date]:
    start = first + timedelta(days=(plan.weekday - first.weekday()) % 7)
    weeks = (last - start).days // 7 + 1 if start <= last else 0
    if weeks > MOST_WEEKS:
        raise FieldError("last_on", N_("Plan at most {weeks} weeks at once."), weeks=MOST_WEEKS)
    return [start + number * WEEK for number in range(weeks)]

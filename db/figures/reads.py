"""The figures as pages read them: from the sums alone, so that a million files cost no more."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.engine import read
from db.figures.made import MARK
from db.lists import need_estate
from db.tables.figures import ALL, DaySum, DurationBucket, FigureMark, FigureSum, FrozenSum
from domain.days import local_day
from domain.durations import Stretch, percentile
from domain.figure_words import AGES, PROMISES, RATES, Counts, Figure, drawn_classes
from domain.figures import Rate
from domain.people import Actor, Right

TREND_MONTHS = 12
WEEKS = 12
_MINUTES_AN_HOUR = 60
_KEYS = frozenset({"estate", "category", "unit", "month"})
_COLUMNS = tuple(column.name for column in FigureSum.__table__.columns if column.name not in _KEYS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the figures are narrowed to.

    Args:
        first, last: the first days of the first and the last month in which files were opened.
        estate_id, category_id, unit_id: None for all.
    """

    first: date
    last: date
    estate_id: int | None = None
    category_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A rate with what it is made of.

    Args:
        now: the same as the facts say today, where a frozen month says something else.
    """

    hit: int
    due: int
    now: tuple[int, int] | None = None

    @property
    def value(self) -> float | None:
        """None where there is nothing to be a share of."""
        return Rate(self.hit, self.due).value


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the trend, frozen where it is.

    Args:
        still_open: of its files, as the facts say today.
    """

    month: date
    frozen: bool
    received: int
    still_open: int
    shares: Mapping[Figure, Share]


@dataclass(frozen=True, slots=True)
class Durations:
    """From opening to done; hours are approximate, see `domain.durations`.

    Args:
        classes: files in each class of `domain.figure_words.CLASSES_DAYS`.
    """

    n: int
    median: float | None
    p75: float | None
    p90: float | None
    classes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Files that came in and were closed in the seven days from this Monday."""

    monday: date
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category's files in the period, and how often each promise was missed there."""

    category_id: int
    received: int
    missed: Mapping[Figure, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the page and the council view show of files.

    Args:
        as_of: up to when the facts are in it; None while nothing has been counted yet.
        received_now: as the facts say today, where frozen months say something else.
        frozen: months of the period that are frozen.
        oldest_days: community days since the oldest open file was opened.
        ages: open files by the classes of `domain.figure_words.AGES`.
    """

    as_of: datetime | None
    received: int
    received_now: int | None
    shares: Mapping[Figure, Share]
    frozen: tuple[date, ...]
    trend: tuple[Month, ...]
    wall: Durations
    net: Durations
    backlog: int
    oldest_days: int | None
    ages: tuple[int, ...]
    weeks: tuple[Week, ...]
    categories: tuple[CategoryLine, ...]


def overview(actor: Actor, now: datetime, wanted: Wanted) -> Overview:
    """All figures under that filter.

    Raises:
        NotAllowed: this person may not see figures.
        NotFound: an estate that is not theirs.
    """
    place = place_of(actor, wanted)
    today = local_day(now)
    since = min(wanted.first, months_before(wanted.last, TREND_MONTHS - 1))
    with read() as session:
        live, frozen = _months(session, place, since, wanted.last)
        months = [month for month in sorted({*live, *frozen}) if month >= wanted.first]
        shown = _added(frozen.get(month, live.get(month, {})) for month in months)
        facts = _added(live.get(month, {}) for month in months)
        backlog, oldest, ages = _backlog(session, place, today)
        mark = session.get(FigureMark, MARK)
        return Overview(
            as_of=mark.as_of if mark else None,
            received=shown["received"],
            received_now=_other(facts["received"], shown["received"]),
            shares={name: _share(counts, shown, facts) for name, counts in RATES.items()},
            frozen=tuple(month for month in months if month in frozen),
            trend=_trend(live, frozen, wanted.last),
            wall=_durations(session, place, wanted, Stretch.WALL),
            net=_durations(session, place, wanted, Stretch.NET),
            backlog=backlog,
            oldest_days=oldest,
            ages=ages,
            weeks=_weeks(session, place, today),
            categories=_categories(session, place, wanted),
        )


def place_of(actor: Actor, wanted: Wanted) -> tuple[int, int, int]:
    """The sums' key for that filter; whoever is limited to one estate sees its sums.

    Raises:
        NotAllowed, NotFound: as `overview`.
    """
    actor.need(Right.FIGURES)
    if wanted.estate_id is not None:
        need_estate(actor, wanted.estate_id)
    estate = actor.estate_id if wanted.estate_id is None else wanted.estate_id
    return estate or ALL, wanted.category_id or ALL, wanted.unit_id or ALL


def months_before(month: date, count: int) -> date:
    """The first day of the month that lies so many months earlier (later if below zero)."""
    whole = month.year * 12 + month.month - 1 - count
    return date(whole // 12, whole % 12 + 1, 1)


def at_place(table: Any, place: tuple[int, int, int]) -> tuple[ColumnElement[bool], ...]:
    """The rows of a table of sums under that filter."""
    estate, category, unit = place
    return table.estate == estate, table.category == category, table.unit == unit


Sums = dict[str, int]


def _months(
    session: Session, place: tuple[int, int, int], first: date, last: date
) -> tuple[dict[date, Sums], dict[date, Sums]]:
    """The months' sums as the facts say today, and as they were frozen.

    A month is frozen as a whole: where it says nothing of a filter, it said nothing of it then.
    """
    live = {
        row.month: {name: getattr(row, name) for name in _COLUMNS}
        for row in session.scalars(
            select(FigureSum).where(
                *at_place(FigureSum, place), FigureSum.month.between(first, last)
            )
        )
    }
    whole = select(FrozenSum.month).where(
        *at_place(FrozenSum, (ALL, ALL, ALL)), FrozenSum.month.between(first, last)
    )
    frozen: dict[date, Sums] = {month: {} for month in session.scalars(whole)}
    rows = select(FrozenSum.month, FrozenSum.sums).where(
        *at_place(FrozenSum, place), FrozenSum.month.between(first, last)
    )
    frozen |= {month: json.loads(sums) for month, sums in session.execute(rows)}
    return live, frozen


def _added(months: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for sums in months:
        total.update(sums)
    return total


def _other(now: int, shown: int) -> int | None:
    return now if now != shown else None


def _share(counts: Counts, shown: Mapping[str, int], facts: Mapping[str, int]) -> Share:
    hit, due = shown[counts.hit], shown[counts.due]
    today = facts[counts.hit], facts[counts.due]
    return Share(hit, due, today if today != (hit, due) else None)


def _trend(live: Mapping[date, Sums], frozen: Mapping[date, Sums], last: date) -> tuple[Month, ...]:
    trend = []
    for back in range(TREND_MONTHS - 1, -1, -1):
        month = months_before(last, back)
        facts = Counter(live.get(month, {}))
        shown = Counter(frozen[month]) if month in frozen else facts
        shares = {name: _share(counts, shown, facts) for name, counts in RATES.items()}
        trend.append(Month(month, month in frozen, shown["received"], facts["is_open"], shares))
    return tuple(trend)


def _durations(
    session: Session, place: tuple[int, int, int], wanted: Wanted, stretch: Stretch
) -> Durations:
    rows = session.execute(
        select(DurationBucket.bucket, func.sum(DurationBucket.files))
        .where(
            *at_place(DurationBucket, place),
            DurationBucket.month.between(wanted.first, wanted.last),
            DurationBucket.stretch == stretch,
        )
        .group_by(DurationBucket.bucket)
    )
    buckets = {bucket: int(files) for bucket, files in rows if files}

    def hours(percent: int) -> float | None:
        minutes = percentile(buckets, percent)
        return None if minutes is None else minutes / _MINUTES_AN_HOUR

    classes = tuple(drawn_classes(buckets.items()))
    return Durations(sum(buckets.values()), hours(50), hours(75), hours(90), classes)


def _backlog(
    session: Session, place: tuple[int, int, int], today: date
) -> tuple[int, int | None, tuple[int, ...]]:
    rows = session.execute(
        select(DaySum.day, DaySum.still_open).where(*at_place(DaySum, place), DaySum.still_open > 0)
    ).all()
    ages = [0] * len(AGES)
    for day, files in rows:
        age = max((today - day).days, 0)
        place_in = next(i for i, (_, end) in enumerate(AGES) if end is None or age <= end)
        ages[place_in] += files
    oldest = (today - min(day for day, _ in rows)).days if rows else None
    return sum(ages), oldest, tuple(ages)


def _weeks(session: Session, place: tuple[int, int, int], today: date) -> tuple[Week, ...]:
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    rows = session.scalars(select(DaySum).where(*at_place(DaySum, place), DaySum.day >= mondays[0]))
    opened: Counter[date] = Counter()
    closed: Counter[date] = Counter()
    for row in rows:
        of_week = row.day - timedelta(days=row.day.weekday())
        opened[of_week] += row.opened
        closed[of_week] += row.closed
    return tuple(Week(day, opened[day], closed[day]) for day in mondays)


def _categories(
    session: Session, place: tuple[int, int, int], wanted: Wanted
) -> tuple[CategoryLine, ...]:
    """As the facts say today; the category in the filter narrows it to itself."""
    estate, category, unit = place
    chosen = FigureSum.category == category if category else FigureSum.category != ALL
    rows = session.scalars(
        select(FigureSum).where(
            FigureSum.estate == estate,
            FigureSum.unit == unit,
            FigureSum.month.between(wanted.first, wanted.last),
            chosen,
        )
    )
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row.category].update({name: getattr(row, name) for name in _COLUMNS})
    lines = [
        CategoryLine(
            key,
            sums["received"],
            {name: sums[RATES[name].due] - sums[RATES[name].hit] for name in PROMISES},
        )
        for key, sums in found.items()
        if sums["received"]
    ]
    return tuple(sorted(lines, key=lambda line: (-line.received, line.category_id)))

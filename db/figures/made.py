"""The figures are made: files that changed are counted anew, and their sums follow."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from db.engine import write
from db.events import facts_of
from db.metrics import known_of
from db.tables import Case, Event
from db.tables.figures import (
    ALL,
    BuildingSum,
    CaseFigure,
    DaySum,
    DurationBucket,
    FigureMark,
    FigureSum,
)
from db.upsert import upsert
from domain.case_figures import COUNTS, FLAGS, Counted, counted
from domain.days import local_day
from domain.durations import Stretch, bucket_of

MARK = "cases"
EVENTS_AT_ONCE = 5_000  # one transaction's worth; a writer waits no longer than this takes
FILES_AT_ONCE = 500
_IDS_AT_ONCE = 5_000

Key = tuple[int, int, int]  # estate, category, unit; 0 for all
_KEY = ("estate", "category", "unit")


@dataclass(frozen=True, slots=True)
class Made:
    """What one run did: files counted anew, and whether events are left for the next."""

    files: int
    more: bool


def make(now: datetime) -> int:
    """Bring the figures up to now; returns how many files were counted anew."""
    files = 0
    while True:
        with write() as session:
            done = make_some(session, now)
        files += done.files
        if not done.more:
            return files


def make_some(session: Session, now: datetime) -> Made:
    """One portion: the files of the next events, and those whose limits have passed."""
    mark = session.get(FigureMark, MARK)
    last = mark.event_id if mark else 0
    events = session.execute(
        select(Event.id, Event.case_id)
        .where(Event.id > last)
        .order_by(Event.id)
        .limit(EVENTS_AT_ONCE)
    ).all()
    more = len(events) == EVENTS_AT_ONCE
    changed = {row.case_id for row in events if row.case_id is not None}
    if not more:
        changed |= set(
            session.scalars(select(CaseFigure.case_id).where(CaseFigure.changes_at <= now))
        )
    upto = events[-1].id if events else last
    changed |= _roots(session, changed | _left(session, last, upto))
    for start in range(0, len(changed), FILES_AT_ONCE):
        _count(session, sorted(changed)[start : start + FILES_AT_ONCE], now)
    values = {"event_id": upto, "as_of": now}
    session.execute(
        upsert(session, FigureMark)
        .values(name=MARK, **values)
        .on_conflict_do_update(index_elements=[FigureMark.name], set_=values)
    )
    return Made(len(changed), more)


def _left(session: Session, last: int, upto: int) -> set[int]:
    """The files that others were taken out of again: their reports are counted there no more."""
    query = select(Event.payload).where(
        Event.id > last,
        Event.id <= upto,
        Event.kind == "moved",
        Event.payload.contains('"out_of":', autoescape=True),
    )
    files = (facts_of(payload)["out_of"] for payload in session.scalars(query))
    return {file for file in files if isinstance(file, int)}


def _roots(session: Session, changed: Collection[int]) -> set[int]:
    """The files that changed ones are merged into: their reports are counted there."""
    roots: set[int] = set()
    ids = sorted(changed)
    for start in range(0, len(ids), _IDS_AT_ONCE):
        query = select(Case.root_id).where(Case.id.in_(ids[start : start + _IDS_AT_ONCE]))
        roots |= {root for root in session.scalars(query) if root is not None}
    return roots


def _count(session: Session, ids: Sequence[int], now: datetime) -> None:
    before = {
        row.case_id: row
        for row in session.scalars(select(CaseFigure).where(CaseFigure.case_id.in_(ids)))
    }
    places: dict[int, Key] = {}
    buildings: dict[int, int] = {}
    where = select(
        Case.id, Case.estate_id, Case.category_id, Case.lead_unit_id, Case.building_id
    ).where(Case.id.in_(ids))
    for key, estate, category, unit, building in session.execute(where):
        places[key] = (estate or ALL, category or ALL, unit or ALL)
        buildings[key] = building or ALL
    opened = dict(
        session.execute(
            select(Case.id, Case.opened_at).where(Case.id.in_(ids), Case.opened_at <= now)
        ).all()
    )
    after = [counted(facts, now) for facts in known_of(session, opened, now)]
    sums = _Sums()
    for row in before.values():
        sums.add((row.estate, row.category, row.unit), _kept(row), -1, row.building)
    rows = []
    for one in after:
        place, at = places[one.case_id], buildings[one.case_id]
        sums.add(place, one, 1, at)
        rows.append(_row(one, place, at))
    session.expunge_all()
    session.execute(delete(CaseFigure).where(CaseFigure.case_id.in_(ids)))
    if rows:
        session.execute(insert(CaseFigure), rows)
    sums.keep(session)


def _kept(row: CaseFigure) -> Counted:
    return Counted(**{name: getattr(row, name) for name in Counted.__slots__})


def _row(one: Counted, place: Key, building: int = ALL) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in Counted.__slots__}
    return values | dict(zip(_KEY, place, strict=True)) | {"building": building}


class _Sums:
    """Changes of sums, gathered over many files."""

    def __init__(self) -> None:
        self.months: dict[tuple[Key, date], Counter[str]] = defaultdict(Counter)
        self.days: dict[tuple[Key, date], Counter[str]] = defaultdict(Counter)
        self.buckets: Counter[tuple[Key, date, Stretch, int]] = Counter()
        self.buildings: Counter[tuple[int, int, date, int]] = Counter()

    def add(self, place: Key, one: Counted, sign: int, building: int = ALL) -> None:
        """A file counts here from now on (1), or no more (-1)."""
        day = local_day(one.opened_at)
        for key in rollups(place):
            month = self.months[key, one.month]
            month["received"] += sign
            month["is_open"] += sign * one.is_open
            for name in FLAGS:
                hit = getattr(one, name)
                if hit is not None:
                    month[f"{name}_hit"] += sign * hit
                    month[f"{name}_due"] += sign
            for name in COUNTS:
                month[name] += sign * getattr(one, name)
            self.days[key, day].update(opened=sign, still_open=sign * one.is_open)
            if one.closed_on is not None:
                self.days[key, one.closed_on]["closed"] += sign
            for stretch in Stretch:
                minutes = getattr(one, stretch.column)
                if minutes is not None:
                    self.buckets[key, one.month, stretch, bucket_of(minutes)] += sign
        if building != ALL:
            estate, category, _unit = place
            for at in dict.fromkeys(product((estate, ALL), (category, ALL))):
                self.buildings[*at, one.month, building] += sign

    def keep(self, session: Session) -> None:
        """Add all changes to the rows."""
        _add(session, FigureSum, (*_KEY, "month"), self._rows(self.months))
        _add(session, DaySum, (*_KEY, "day"), self._rows(self.days))
        buckets = (
            ((*key, month, stretch, bucket), {"files": files})
            for (key, month, stretch, bucket), files in self.buckets.items()
            if files
        )
        _add(session, DurationBucket, (*_KEY, "month", "stretch", "bucket"), buckets)
        buildings = ((key, {"received": n}) for key, n in self.buildings.items() if n)
        _add(session, BuildingSum, ("estate", "category", "month", "building"), buildings)

    @staticmethod
    def _rows(
        changes: Mapping[tuple[Key, date], Counter[str]],
    ) -> Iterator[tuple[tuple[Any, ...], dict[str, int]]]:
        for (key, at), values in changes.items():
            if any(values.values()):
                yield (*key, at), dict(values)


def rollups(place: Key) -> Iterator[Key]:
    """Every choice of filter under which a file at this place is counted, each once."""
    estate, category, unit = place
    yield from dict.fromkeys(product((estate, ALL), (category, ALL), (unit, ALL)))


def _add(
    session: Session,
    table: Any,
    names: Sequence[str],
    rows: Iterable[tuple[tuple[Any, ...], dict[str, int]]],
) -> None:
    """Add to rows that may not be there yet; each column's sum is made in SQL."""
    columns = [column.name for column in table.__table__.columns if column.name not in names]
    values = [
        dict(zip(names, key, strict=True)) | {name: change.get(name, 0) for name in columns}
        for key, change in sorted(rows, key=lambda row: row[0])
    ]
    if not values:
        return
    fresh = upsert(session, table)
    session.execute(
        fresh.on_conflict_do_update(
            index_elements=[getattr(table, name) for name in names],
            set_={name: getattr(table, name) + fresh.excluded[name] for name in columns},
        ),
        values,
    )


def is_behind(session: Session) -> int:
    """How many events the figures have not seen yet; for the checks of the house."""
    mark = session.get(FigureMark, MARK)
    newest = session.scalar(select(func.max(Event.id))) or 0
    return newest - (mark.event_id if mark else 0)

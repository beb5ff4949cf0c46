"""The files behind a figure: exactly as many rows as it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select

from db.cursors import cursor, read_cursor
from db.engine import read
from db.figures.reads import Wanted, place_of
from db.lines import lines
from db.tables.figures import ALL, CaseFigure
from db.views import CaseLine, Page
from domain.days import day_end, day_start, local_day
from domain.figure_words import AGES, RATES, Figure, Part
from domain.people import Actor, Right

PORTION = 50
EXPORTED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """Which list: a figure, which part of it, which class of ages, which building."""

    figure: Figure
    part: Part = Part.DUE
    age: int | None = None
    building_id: int | None = None


def listed(
    actor: Actor,
    now: datetime,
    wanted: Wanted,
    which: Listed,
    after: str | None = None,
    limit: int = PORTION,
) -> Page[CaseLine]:
    """The files that a figure counts, the newest first, as the facts say today.

    Where a figure counts ratings or reporters, a file stands there once for each of them; a
    portion then holds `limit` files and may have more rows.

    Raises:
        NotAllowed: this person may see figures but no files.
        NotFound: an estate that is not theirs.
    """
    actor.need(Right.READ_CASES)
    place = place_of(actor, wanted)
    with read() as session:
        rows = session.execute(
            _query(place, wanted, which, local_day(now), read_cursor(after)).limit(limit + 1)
        ).all()
        shown = rows[:limit]
        found = {line.id: line for line in lines(session, [row.case_id for row in shown], now)}
        last = shown[-1] if len(rows) > limit else None
        return Page(
            tuple(found[row.case_id] for row in shown for _ in range(row.times)),
            cursor(last.opened_at, last.case_id) if last else None,
        )


def all_listed(actor: Actor, now: datetime, wanted: Wanted, which: Listed) -> Iterator[CaseLine]:
    """The whole list, for a file to download.

    Raises:
        NotAllowed, NotFound: as `listed`.
    """
    after: str | None = None
    while True:
        page = listed(actor, now, wanted, which, after, EXPORTED_AT_ONCE)
        yield from page.lines
        if (after := page.next_cursor) is None:
            return


def _query(
    place: tuple[int, int, int],
    wanted: Wanted,
    which: Listed,
    today: date,
    after: tuple[datetime, int] | None,
) -> Select[int, datetime, int]:
    passes, times = _of(which)
    columns = (CaseFigure.estate, CaseFigure.category, CaseFigure.unit)
    if which.building_id is not None:
        place = (*place[:2], ALL)  # as in the sums of buildings
    keys = zip(columns, place, strict=True)
    query = select(CaseFigure.case_id, CaseFigure.opened_at, times.label("times")).where(
        passes, *(column == key for column, key in keys if key != ALL)
    )
    if which.figure is Figure.BACKLOG:
        query = query.where(*_of_age(which.age, today))
    else:
        query = query.where(CaseFigure.month.between(wanted.first, wanted.last))
    if after is not None:
        at, key = after
        earlier = and_(CaseFigure.opened_at == at, CaseFigure.case_id < key)
        query = query.where(
            CaseFigure.month <= local_day(at).replace(day=1),
            or_(CaseFigure.opened_at < at, earlier),
        )
    # The month goes first because the index does; it never disagrees with the opening.
    return query.order_by(
        CaseFigure.month.desc(), CaseFigure.opened_at.desc(), CaseFigure.case_id.desc()
    )


def _of(which: Listed) -> tuple[ColumnElement[bool], ColumnElement[int]]:
    """Which files pass, and how many rows each has."""
    once: ColumnElement[int] = literal(1)
    if which.figure is Figure.RECEIVED:
        if which.building_id is not None:
            return CaseFigure.building == which.building_id, once
        return CaseFigure.case_id.is_not(None), once
    if which.figure is Figure.BACKLOG:
        return and_(CaseFigure.is_open), once
    if which.figure is Figure.DURATION:
        return CaseFigure.wall_minutes.is_not(None), once
    counts = RATES[which.figure]
    if counts.each_file:
        flag = getattr(CaseFigure, which.figure.value)
        if which.part is Part.DUE:
            return flag.is_not(None), once
        return flag == (1 if which.part is Part.HIT else 0), once
    hit, due = getattr(CaseFigure, counts.hit), getattr(CaseFigure, counts.due)
    times = {Part.HIT: hit, Part.DUE: due, Part.MISS: due - hit}[which.part]
    return times > 0, times


def _of_age(age: int | None, today: date) -> list[ColumnElement[bool]]:
    if age is None or not 0 <= age < len(AGES):
        return []
    youngest, oldest = AGES[age]
    # What was opened after today's midnight by a clock that ran ahead is of today.
    limits = []
    if youngest > 0:
        limits.append(CaseFigure.opened_at < day_end(today - timedelta(days=youngest)))
    if oldest is not None:
        limits.append(CaseFigure.opened_at >= day_start(today - timedelta(days=oldest)))
    return limits

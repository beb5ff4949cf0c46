"""A month on the public board: what was published, counted with what it is a part of."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from db.board import FEWEST_RATINGS, BoardItem, board
from db.engine import read
from db.tables import Case, ClockRow, Rating, Task, Unit
from domain.clocks import Promise, Standing
from domain.closing import Outcome
from domain.days import month_bounds
from domain.figures import SATISFIED_FROM
from domain.moves import State

MOST = 60  # matters on a sheet; more are read on the board


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many."""

    n: int
    of: int


@dataclass(frozen=True, slots=True)
class MonthBoard:
    """One month.

    Args:
        raised: files that were opened in it and were no other's duplicate.
        published: those that were published in it, whenever they were opened.
        solved: of these, solved entirely.
        in_time: of these, done by the day that was promised.
        satisfied: of the ratings on these; None below `FEWEST_RATINGS`.
        units: who worked on these, with how many each, the most first.
        items: the latest of these, `MOST` at most.
    """

    month: date
    raised: int
    published: int
    solved: Part
    in_time: Part
    satisfied: Part | None
    units: tuple[tuple[str, int], ...]
    items: tuple[BoardItem, ...]


def month_board(month: date) -> MonthBoard:
    """All of a month; nothing of it is hidden from anybody.

    Args:
        month: any day of it.
    """
    start, end = month_bounds(month)
    shown = and_(
        Case.published_at >= start,
        Case.published_at < end,
        Case.summary.is_not(None),
        Case.state != State.MERGED,
    )
    with read() as session:
        raised = session.scalar(
            select(func.count()).where(
                Case.opened_at >= start, Case.opened_at < end, Case.state != State.MERGED
            )
        )
        published, solved = session.execute(
            select(func.count(), _how_many(Case.outcome == Outcome.SOLVED)).where(shown)
        ).one()
        done, in_time = session.execute(
            select(func.count(), _how_many(ClockRow.result == Standing.MET))
            .join(Case, and_(Case.id == ClockRow.case_id, Case.round == ClockRow.round))
            .where(shown, ClockRow.promise == Promise.DONE, ClockRow.met_at.is_not(None))
        ).one()
        rated, satisfied = session.execute(
            select(func.count(), _how_many(Rating.level >= SATISFIED_FROM))
            .join(Case, and_(Case.id == Rating.case_id, Case.round == Rating.round))
            .where(shown)
        ).one()
        units = _units(session, shown)
    return MonthBoard(
        month=month.replace(day=1),
        raised=raised or 0,
        published=published,
        solved=Part(solved or 0, published),
        in_time=Part(in_time or 0, done),
        satisfied=Part(satisfied or 0, rated) if rated >= FEWEST_RATINGS else None,
        units=units,
        items=_items(month),
    )


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int | None]:
    return func.sum(case((condition, 1), else_=0))


def _units(session: Session, shown: ColumnElement[bool]) -> tuple[tuple[str, int], ...]:
    """Leading and assisting units alike: each has done its part."""
    rows = session.execute(
        select(Unit.name, func.count(Case.id.distinct()))
        .join(Task, Task.unit_id == Unit.id)
        .join(Case, and_(Case.id == Task.case_id, Case.round == Task.round))
        .where(shown, Task.recalled_at.is_(None), Task.done_at.is_not(None))
        .group_by(Unit.id, Unit.name)
    )
    counted: Counter[str] = Counter(dict(rows.all()))
    return tuple(sorted(counted.items(), key=lambda row: (-row[1], row[0])))


def _items(month: date) -> tuple[BoardItem, ...]:
    found: list[BoardItem] = []
    after: str | None = None
    while len(found) < MOST:
        page = board(month=month, after=after)
        found += page.items
        if (after := page.after) is None:
            break
    return tuple(found[:MOST])

"""Files as lines of a list: all that a line shows, in four queries whatever its length."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.standings import clock_view, unsettled
from db.steps import step_of
from db.tables import Building, Case, Category, ClockRow, Estate, Place, Report, Unit
from db.views import CaseLine, CategoryName, ClockView, Where
from domain.clocks import Standing
from domain.moves import State


def lines(session: Session, ids: Sequence[int], now: datetime) -> tuple[CaseLine, ...]:
    """The files with these ids, in this order; the caller has checked that they may be seen."""
    if not ids:
        return ()
    query = (
        select(Case, Estate.name, Building.name, Place.name, Category, Unit.name)
        .outerjoin(Estate, Estate.id == Case.estate_id)
        .outerjoin(Building, Building.id == Case.building_id)
        .outerjoin(Place, Place.id == Case.place_id)
        .outerjoin(Category, Category.id == Case.category_id)
        .outerjoin(Unit, Unit.id == Case.lead_unit_id)
        .where(Case.id.in_(ids))
    )
    rows = {row[0].id: row for row in session.execute(query)}
    clocks = _clocks(session, ids, now)
    channels = _channels(session, ids)
    reporters = _reporters(session, [row[0] for row in rows.values()])
    found = []
    for key in ids:
        if key not in rows:
            continue
        case, estate, building, place, category, unit = rows[key]
        running = clocks.get(key, [])
        found.append(
            CaseLine(
                id=case.id,
                code=case.code,
                number=case.number,
                title=case.title,
                state=case.state,
                step=step_of(case.state, case.came_from),
                round=case.round,
                where=Where(estate, building, place),
                channel=channels.get(key),
                reporters=reporters.get(key, 0),
                category=category_name(category),
                lead_unit=unit,
                opened_at=case.opened_at,
                clock=min(running, key=lambda clock: clock.due_at, default=None),
                overdue=any(clock.standing is Standing.MISSED for clock in running),
                merged=case.state is State.MERGED,
            )
        )
    return tuple(found)


def category_name(category: Category | None) -> CategoryName | None:
    """The category's name, or None."""
    return CategoryName(category.id, category.name_zh, category.name_en) if category else None


def _clocks(session: Session, ids: Sequence[int], now: datetime) -> dict[int, list[ClockView]]:
    query = select(ClockRow).where(ClockRow.case_id.in_(ids), unsettled())
    running: dict[int, list[ClockView]] = {}
    for row in session.scalars(query):
        running.setdefault(row.case_id, []).append(clock_view(row, now))
    return running


def _channels(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """By which door each file's first report came."""
    query = select(Report.case_id, Report.channel).where(Report.case_id.in_(ids))
    first: dict[int, str] = {}
    for case_id, channel in session.execute(query.order_by(Report.id)):
        first.setdefault(case_id or 0, channel)
    return first


def _reporters(session: Session, rows: Iterable[Case]) -> dict[int, int]:
    """How many reports each file has, with those of the files that were merged into it."""
    roots: list[int] = []
    merged: list[int] = []
    for case in rows:
        (merged if case.root_id not in (None, case.id) else roots).append(case.id)
    query = (
        select(Case.root_id, func.count())
        .join(Report, Report.case_id == Case.id)
        .where(Case.root_id.in_(roots))
        .group_by(Case.root_id)
    )
    own = select(Report.case_id, func.count()).where(Report.case_id.in_(merged))
    counted = [*session.execute(query), *session.execute(own.group_by(Report.case_id))]
    return {case_id: n for case_id, n in counted if case_id is not None}

"""Files as lines of a list: all that a line shows, in four queries whatever its length."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from db.standings import CLOCK_COLUMNS, unsettled, view_of
from db.steps import step_of
from db.tables import Building, Case, Category, ClockRow, Estate, Place, Report, Unit
from db.views import CaseLine, CategoryName, ClockView, Where
from domain.clocks import Clock, Standing
from domain.moves import State

# Columns and not rows of the mapper, and built once: a list is shown with every click.
_ROWS = (
    select(
        *(Case.id, Case.code, Case.number, Case.title, Case.state, Case.came_from, Case.round),
        *(Case.root_id, Case.category_id, Case.opened_at),
        *(Category.name_zh, Category.name_en, Unit.name.label("unit")),
        *(Estate.name.label("estate"), Building.name.label("building"), Place.name.label("place")),
    )
    .outerjoin(Estate, Estate.id == Case.estate_id)
    .outerjoin(Building, Building.id == Case.building_id)
    .outerjoin(Place, Place.id == Case.place_id)
    .outerjoin(Category, Category.id == Case.category_id)
    .outerjoin(Unit, Unit.id == Case.lead_unit_id)
    .where(Case.id.in_(bindparam("ids", expanding=True)))
)
_CLOCKS = select(ClockRow.case_id, *CLOCK_COLUMNS).where(
    ClockRow.case_id.in_(bindparam("ids", expanding=True)), unsettled()
)
_CHANNELS = (
    select(Report.case_id, Report.channel)
    .where(Report.case_id.in_(bindparam("ids", expanding=True)))
    .order_by(Report.id)
)
_VOICES = (
    select(Case.root_id, func.count())
    .join(Report, Report.case_id == Case.id)
    .where(Case.root_id.in_(bindparam("ids", expanding=True)))
    .group_by(Case.root_id)
)
_OWN_VOICES = (
    select(Report.case_id, func.count())
    .where(Report.case_id.in_(bindparam("ids", expanding=True)))
    .group_by(Report.case_id)
)


def lines(session: Session, ids: Sequence[int], now: datetime) -> tuple[CaseLine, ...]:
    """The files with these ids, in this order; the caller has checked that they may be seen."""
    if not ids:
        return ()
    rows = {row.id: row for row in session.execute(_ROWS, {"ids": list(ids)})}
    clocks = _clocks(session, ids, now)
    channels = _channels(session, ids)
    reporters = _reporters(session, [(row.id, row.root_id) for row in rows.values()])
    found = []
    for key in ids:
        if (row := rows.get(key)) is None:
            continue
        running = clocks.get(key, [])
        found.append(
            CaseLine(
                id=row.id,
                code=row.code,
                number=row.number,
                title=row.title,
                state=row.state,
                step=step_of(row.state, row.came_from),
                round=row.round,
                where=Where(row.estate, row.building, row.place),
                channel=channels.get(key),
                reporters=reporters.get(key, 0),
                category=None
                if row.category_id is None
                else CategoryName(row.category_id, row.name_zh, row.name_en),
                lead_unit=row.unit,
                opened_at=row.opened_at,
                clock=min(running, key=lambda clock: clock.due_at, default=None),
                overdue=any(clock.standing is Standing.MISSED for clock in running),
                merged=row.state is State.MERGED,
            )
        )
    return tuple(found)


def category_name(category: Category | None) -> CategoryName | None:
    """The category's name, or None."""
    return CategoryName(category.id, category.name_zh, category.name_en) if category else None


def _clocks(session: Session, ids: Sequence[int], now: datetime) -> dict[int, list[ClockView]]:
    running: dict[int, list[ClockView]] = {}
    for case_id, *clock in session.execute(_CLOCKS, {"ids": list(ids)}):
        running.setdefault(case_id, []).append(view_of(Clock(*clock), now))
    return running


def _channels(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """By which door each file's first report came."""
    first: dict[int, str] = {}
    for case_id, channel in session.execute(_CHANNELS, {"ids": list(ids)}):
        first.setdefault(case_id or 0, channel)
    return first


def _reporters(session: Session, files: Iterable[tuple[int, int | None]]) -> dict[int, int]:
    """How many reports each file has, with those of the files that were merged into it."""
    roots: list[int] = []
    merged: list[int] = []
    for case_id, root_id in files:
        (merged if root_id not in (None, case_id) else roots).append(case_id)
    counted = [*session.execute(_VOICES, {"ids": roots})]
    if merged:
        counted += session.execute(_OWN_VOICES, {"ids": merged})
    return {case_id: n for case_id, n in counted}  # noqa: C416 – typed so

"""What the micro-list says of each file, in a few queries whatever the length of the list."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, case, func, select
from sqlalchemy.orm import Session

from db.lines import lines
from db.standings import CLOCK_COLUMNS
from db.tables import Case, Category, ClockRow, Rating, Task, Unit
from domain.clocks import Clock, Promise, standing
from domain.figures import SATISFIED_FROM
from domain.micro_list import Matter

_ABOUT = (
    select(
        *(Case.id, Case.outcome, Case.summary, Case.published_at, Case.done_at, Case.closed_at),
        Category.service_class,
        *CLOCK_COLUMNS,
    )
    .outerjoin(Category, Category.id == Case.category_id)
    .outerjoin(
        ClockRow,
        and_(
            ClockRow.case_id == Case.id,
            ClockRow.round == Case.round,
            ClockRow.promise == Promise.DONE,
        ),
    )
    .where(Case.id.in_(bindparam("ids", expanding=True)))
)
_HELPERS = (
    select(Task.case_id, Unit.name)
    .join(Unit, Unit.id == Task.unit_id)
    .join(Case, and_(Case.id == Task.case_id, Case.round == Task.round))
    .where(
        Task.case_id.in_(bindparam("ids", expanding=True)),
        ~Task.lead,
        Task.recalled_at.is_(None),
    )
    .order_by(Task.id)
)
_RATINGS = (
    select(
        Rating.case_id,
        func.count(),
        func.sum(case((Rating.level >= SATISFIED_FROM, 1), else_=0)),
    )
    .join(Case, and_(Case.id == Rating.case_id, Case.round == Rating.round))
    .where(Rating.case_id.in_(bindparam("ids", expanding=True)))
    .group_by(Rating.case_id)
)
_CLOCK_FROM = 7  # where the clock's columns begin in `_ABOUT`


def matters_in(session: Session, ids: Sequence[int], now: datetime) -> tuple[Matter, ...]:
    """The files with these ids, in this order; the caller has checked that they may be seen."""
    if not ids:
        return ()
    asked = {"ids": list(ids)}
    about = {row[0]: row for row in session.execute(_ABOUT, asked)}
    helpers: dict[int, list[str]] = {}
    for case_id, name in session.execute(_HELPERS, asked):
        helpers.setdefault(case_id, []).append(name)
    ratings = {key: (n, int(good)) for key, n, good in session.execute(_RATINGS, asked)}
    found = []
    for line in lines(session, ids, now):
        row = about[line.id]
        clock = Clock(*row[_CLOCK_FROM:]) if row[_CLOCK_FROM] is not None else None
        n, satisfied = ratings.get(line.id, (0, 0))
        found.append(
            Matter(
                code=line.code,
                number=line.number,
                title=line.title,
                service=row.service_class.value if row.service_class else None,
                category_zh=line.category.zh if line.category else None,
                category_en=line.category.en if line.category else None,
                estate=line.where.estate,
                channel=line.channel,
                reports=line.reporters,
                lead=line.lead_unit,
                helpers=tuple(helpers.get(line.id, ())),
                state=line.state,
                step=line.step,
                opened_at=line.opened_at,
                limit_at=clock.due_at if clock else None,
                kept=standing(clock, now) if clock else None,
                done_at=row.done_at,
                outcome=row.outcome,
                summary=row.summary if row.published_at else None,
                closed_at=row.closed_at,
                ratings=n,
                satisfied=satisfied,
            )
        )
    return tuple(found)

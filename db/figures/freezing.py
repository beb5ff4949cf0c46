"""A month is frozen 31 days after its end: what it says then is never rewritten."""

import json
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select

from db.engine import read, write
from db.figures.made import FILES_AT_ONCE, Key, rollups
from db.metrics import known_of
from db.tables import Case
from db.tables.figures import ALL, FigureSum, FrozenSum
from db.upsert import advisory_lock
from domain.case_figures import COUNTS, FLAGS, Counted, counted
from domain.days import month_bounds

FROZEN_AFTER = timedelta(days=31)


def frozen_at(month: date) -> datetime:
    """The moment as of which a month is frozen: 31 days after its end."""
    return month_bounds(month)[1] + FROZEN_AFTER


def freeze(now: datetime) -> int:
    """Freeze every month whose time has come; returns how many.

    The figures are counted from the facts as they were known at that moment, so that a server
    which stood still freezes the same. A file's estate, category and unit are today's.
    """
    due = [month for month in _waiting() if frozen_at(month) <= now]
    for month in due:
        _keep(month, _counted_then(month))
    return len(due)


def _waiting() -> list[date]:
    """Months with files that are not frozen."""
    with read() as session:
        frozen = select(FrozenSum.month).where(
            FrozenSum.estate == ALL, FrozenSum.category == ALL, FrozenSum.unit == ALL
        )
        query = select(FigureSum.month).where(
            FigureSum.estate == ALL,
            FigureSum.category == ALL,
            FigureSum.unit == ALL,
            FigureSum.received > 0,
            FigureSum.month.not_in(frozen),
        )
        return list(session.scalars(query.order_by(FigureSum.month)))


def _counted_then(month: date) -> dict[Key, Counter[str]]:
    at = frozen_at(month)
    start, end = month_bounds(month)
    sums: dict[Key, Counter[str]] = defaultdict(Counter)
    with read() as session:
        rows = session.execute(
            select(
                Case.id, Case.opened_at, Case.estate_id, Case.category_id, Case.lead_unit_id
            ).where(Case.opened_at >= start, Case.opened_at < end)
        ).all()
        for begin in range(0, len(rows), FILES_AT_ONCE):
            portion = rows[begin : begin + FILES_AT_ONCE]
            places = {
                row.id: (row.estate_id or ALL, row.category_id or ALL, row.lead_unit_id or ALL)
                for row in portion
            }
            opened = {row.id: row.opened_at for row in portion}
            for facts in known_of(session, opened, at):
                share = _share(counted(facts, at))
                for key in rollups(places[facts.case_id]):
                    sums[key].update(share)
            session.expunge_all()
    # A month whose files were all merged away later is frozen too, as nothing.
    sums[ALL, ALL, ALL].update({})
    return sums


def _share(one: Counted) -> Counter[str]:
    share = Counter({"received": 1, "is_open": int(one.is_open)})
    for name in FLAGS:
        hit = getattr(one, name)
        if hit is not None:
            share[f"{name}_hit"] = hit
            share[f"{name}_due"] = 1
    for name in COUNTS:
        share[name] = getattr(one, name)
    return share


def _keep(month: date, sums: dict[Key, Counter[str]]) -> None:
    with write() as session:
        advisory_lock(session, "freeze_figures")
        if session.get(FrozenSum, (ALL, ALL, ALL, month)) is not None:
            return  # another server was faster
        rows = [
            {
                "estate": estate,
                "category": category,
                "unit": unit,
                "month": month,
                "frozen_at": frozen_at(month),
                "sums": json.dumps(values, sort_keys=True, separators=(",", ":")),
            }
            for (estate, category, unit), values in sums.items()
        ]
        session.execute(insert(FrozenSum), rows)

"""The sums that pages read are those of the files behind them."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from db.figures.reads import at_place
from db.tables.figures import ALL, CaseFigure, DurationBucket, FigureSum
from db.verify_cases import Finding
from domain.case_figures import COUNTS, FLAGS
from domain.durations import Stretch
from domain.errors import N_

WHOLE = (ALL, ALL, ALL)
Sums = dict[date, dict[str, int]]


def faults_of_figures(session: Session) -> Iterator[Finding]:
    """Every month's sums over all filters, counted once more from its files."""
    kept, counted = _kept(session), _counted(session)
    for month in sorted(kept.keys() | counted.keys()):
        one, other = kept.get(month, {}), counted.get(month, {})
        for name in sorted(one.keys() | other.keys()):
            if one.get(name, 0) != other.get(name, 0):
                yield Finding(
                    N_("Figures of {month}: {name} is {kept}, and its files come to {counted}."),
                    {
                        "month": f"{month:%Y-%m}",
                        "name": name,
                        "kept": one.get(name, 0),
                        "counted": other.get(name, 0),
                    },
                )


def _kept(session: Session) -> Sums:
    names = [one.name for one in FigureSum.__table__.columns if not one.primary_key]
    found: Sums = {
        row.month: {name: getattr(row, name) for name in names}
        for row in session.scalars(select(FigureSum).where(*at_place(FigureSum, WHOLE)))
    }
    buckets = (
        select(DurationBucket.month, DurationBucket.stretch, func.sum(DurationBucket.files))
        .where(*at_place(DurationBucket, WHOLE))
        .group_by(DurationBucket.month, DurationBucket.stretch)
    )
    for month, stretch, files in session.execute(buckets):
        found.setdefault(month, {})[stretch.column] = int(files)
    return found


def _counted(session: Session) -> Sums:
    columns = {
        "received": func.count(CaseFigure.case_id),
        "is_open": func.sum(cast(CaseFigure.is_open, Integer)),
    }
    for name in FLAGS:
        columns[f"{name}_hit"] = func.sum(getattr(CaseFigure, name))
        columns[f"{name}_due"] = func.count(getattr(CaseFigure, name))
    columns |= {name: func.sum(getattr(CaseFigure, name)) for name in COUNTS}
    columns |= {one.column: func.count(getattr(CaseFigure, one.column)) for one in Stretch}
    query = select(CaseFigure.month, *columns.values()).group_by(CaseFigure.month)
    return {
        month: {name: int(value or 0) for name, value in zip(columns, values, strict=True)}
        for month, *values in session.execute(query)
    }

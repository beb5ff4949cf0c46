"""Durations to the minute, for what is taken along; pages show them from classes, marked ≈."""

from dataclasses import dataclass

from sqlalchemy import func, select

from db.engine import read
from db.figures.reads import Wanted, place_of
from db.tables.figures import ALL, CaseFigure
from domain.durations import Stretch
from domain.people import Actor

PERCENTS = (50, 75, 90)
_MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Exact:
    """Nearest-rank hours of one stretch, one for each of `PERCENTS`; None where none is known."""

    n: int
    hours: tuple[float | None, ...]


def exact_durations(actor: Actor, wanted: Wanted, stretch: Stretch) -> Exact:
    """One stretch over the files of the period; it looks at each of them.

    Raises:
        NotAllowed, NotFound: as `db.figures.reads.overview`.
    """
    columns = (CaseFigure.estate, CaseFigure.category, CaseFigure.unit)
    place = place_of(actor, wanted)
    minutes = getattr(CaseFigure, stretch.column)
    known = select(minutes).where(
        minutes.is_not(None),
        CaseFigure.month.between(wanted.first, wanted.last),
        *(column == key for column, key in zip(columns, place, strict=True) if key != ALL),
    )
    with read() as session:
        n = session.scalar(select(func.count()).select_from(known.subquery())) or 0
        hours = []
        for percent in PERCENTS:
            rank = max(-(-percent * n // 100), 1)
            one = session.scalar(known.order_by(minutes).offset(rank - 1).limit(1))
            hours.append(None if one is None else round(one / _MINUTES_AN_HOUR, 2))
    return Exact(n, tuple(hours))

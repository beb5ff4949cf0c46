"""Where time goes: at each of the six steps, and over the months, from the sums alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from db.engine import read
from db.figures.reads import Wanted, at_place, place_of
from db.tables.figures import DurationBucket
from domain.durations import STEP_STRETCHES, Stretch, percentile
from domain.moves import Step
from domain.people import Actor

_MINUTES_AN_HOUR = 60
Group = TypeVar("Group")


@dataclass(frozen=True, slots=True)
class StepTime:
    """One step; hours are approximate, see `domain.durations`.

    Args:
        n: files that have left it in their first round.
    """

    step: Step
    n: int
    median: float | None
    p90: float | None


def step_times(actor: Actor, wanted: Wanted) -> tuple[StepTime, ...]:
    """The six steps, in order.

    Raises:
        NotAllowed, NotFound: as `db.figures.reads.overview`.
    """
    found = _buckets(actor, wanted, DurationBucket.stretch, STEP_STRETCHES)
    return tuple(
        StepTime(Step(one.value), sum(of.values()), _hours(of, 50), _hours(of, 90))
        for one in STEP_STRETCHES
        for of in (found[one],)
    )


def monthly_medians(actor: Actor, wanted: Wanted) -> dict[date, tuple[int, float]]:
    """Files done and the median hours from opening to done, by month of opening.

    Raises:
        NotAllowed, NotFound: as `db.figures.reads.overview`.
    """
    found = _buckets(actor, wanted, DurationBucket.month, (Stretch.WALL,))
    medians = {month: (sum(of.values()), _hours(of, 50)) for month, of in found.items()}
    return {month: (n, hours) for month, (n, hours) in medians.items() if hours is not None}


def _buckets(
    actor: Actor,
    wanted: Wanted,
    group: InstrumentedAttribute[Group],
    stretches: Sequence[Stretch],
) -> defaultdict[Group, dict[int, int]]:
    place = place_of(actor, wanted)
    query = (
        select(group, DurationBucket.bucket, func.sum(DurationBucket.files))
        .where(
            *at_place(DurationBucket, place),
            DurationBucket.month.between(wanted.first, wanted.last),
            DurationBucket.stretch.in_(stretches),
        )
        .group_by(group, DurationBucket.bucket)
    )
    found: defaultdict[Group, dict[int, int]] = defaultdict(dict)
    with read() as session:
        for key, bucket, files in session.execute(query):
            if files:
                found[key][bucket] = int(files)
    return found


def _hours(buckets: dict[int, int], percent: int) -> float | None:
    minutes = percentile(buckets, percent)
    return None if minutes is None else minutes / _MINUTES_AN_HOUR

"""Which buildings report what, from the sums alone."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from db.engine import read
from db.figures.reads import Wanted, place_of
from db.tables import Building, Estate
from db.tables.figures import ALL, BuildingSum
from domain.people import Actor

MOST_BUILDINGS = 8


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """Files of the period at one building, in all and by category; those without one count in
    all alone."""

    building_id: int
    estate: str
    building: str
    received: int
    categories: Mapping[int, int]


def by_building(actor: Actor, wanted: Wanted) -> tuple[BuildingLine, ...]:
    """The buildings with most files, as the facts say today; the filter's unit is left aside.

    Raises:
        NotAllowed, NotFound: as `db.figures.reads.overview`.
    """
    estate, category, _unit = place_of(actor, wanted)
    period = BuildingSum.estate == estate, BuildingSum.month.between(wanted.first, wanted.last)
    files = func.sum(BuildingSum.received)
    with read() as session:
        most = session.execute(
            select(BuildingSum.building, files)
            .where(*period, BuildingSum.category == category)
            .group_by(BuildingSum.building)
            .having(files > 0)
            .order_by(files.desc(), BuildingSum.building)
            .limit(MOST_BUILDINGS)
        ).all()
        received = {building: int(n) for building, n in most}
        chosen = BuildingSum.category == category if category else BuildingSum.category != ALL
        parts: dict[int, Counter[int]] = defaultdict(Counter)
        for building, kind, n in session.execute(
            select(BuildingSum.building, BuildingSum.category, files)
            .where(*period, chosen, BuildingSum.building.in_(received))
            .group_by(BuildingSum.building, BuildingSum.category)
        ):
            if n:
                parts[building][kind] = int(n)
        names = {
            key: (of, name)
            for key, of, name in session.execute(
                select(Building.id, Estate.name, Building.name)
                .join(Estate, Estate.id == Building.estate_id)
                .where(Building.id.in_(received))
            )
        }
    return tuple(
        BuildingLine(key, *names.get(key, ("", "–")), n, dict(parts[key]))
        for key, n in received.items()
    )


def building_files(actor: Actor, wanted: Wanted, building_id: int) -> int:
    """The files of one building that the list behind it has.

    Raises:
        NotAllowed, NotFound: as `db.figures.reads.overview`.
    """
    estate, category, _unit = place_of(actor, wanted)
    query = select(func.coalesce(func.sum(BuildingSum.received), 0)).where(
        BuildingSum.estate == estate,
        BuildingSum.category == category,
        BuildingSum.building == building_id,
        BuildingSum.month.between(wanted.first, wanted.last),
    )
    with read() as session:
        return int(session.scalar(query) or 0)

"""Who was told of a vote, unit by unit: recorded many at once, added up by building."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.roll.live import label_of
from db.tables import Building
from db.tables.elections import Outreach
from db.tables.roll import RollUnit
from db.tables.votes import Service, Vote, VoteUnit
from db.upsert import upsert
from db.votes.scope import note, vote_seen, vote_to_change
from domain.days import local_day
from domain.errors import N_, FieldError
from domain.outreach import RECORDED, Contacted, Coverage, Reach, one_unit, reach_of
from domain.people import Actor, Right
from domain.rights import Kind
from domain.services import Proof
from domain.votes import Stage

WHILE = (Stage.PREPARING, Stage.NOTICED, Stage.OPEN)


@dataclass(frozen=True, slots=True)
class UnitReached:
    """One unit, by its place on the roll and never by its owners."""

    id: int
    label: str
    ways: tuple[Contacted, ...]

    @property
    def reach(self) -> Reach:
        """How far it was reached."""
        return reach_of(self.ways)


@dataclass(frozen=True, slots=True)
class BuildingReached:
    """One building with its units; `id` is None for units that lie in none."""

    id: int | None
    name: str
    coverage: Coverage
    units: tuple[UnitReached, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """The coverage of a vote.

    Args:
        ways: how many units were told in which way; one unit may stand in several.
    """

    buildings: tuple[BuildingReached, ...]
    total: Coverage
    ways: dict[Contacted, int]


def record_outreach(
    actor: Actor,
    now: datetime,
    code: str,
    unit_ids: Collection[int],
    way: Contacted,
    on: date,
    key: str | None = None,
) -> int:
    """Record that these units were told on a day; returns how many rows are new.

    Raises:
        FieldError: nothing chosen, a unit of another estate, a day to come.
    """
    chosen = sorted(set(unit_ids))
    with write() as session:
        vote = vote_to_change(session, actor, now, code, *WHILE)
        if once.claim(session, key, "told", now) is not None:
            return 0
        if way not in RECORDED:
            raise FieldError("way", N_("Opened links are known by themselves."))
        if on > local_day(now):
            raise FieldError("on", N_("This day is still to come."))
        known = {unit.id for unit in _units(session, vote.estate_id)}
        if not chosen or set(chosen) - known:
            raise FieldError("units", N_("Choose units of this estate."))
        added = session.execute(
            upsert(session, Outreach)
            .values(
                [
                    {
                        "vote_id": vote.id,
                        "roll_unit_id": one,
                        "way": way,
                        "on": on,
                        "recorded_at": now,
                        "recorded_by": actor.account_id,
                    }
                    for one in chosen
                ]
            )
            .on_conflict_do_nothing()
            .returning(Outreach.id)
        ).all()
        if added:
            note(session, actor, now, vote, "units_told", way=way.value, units=len(added))
        return len(added)


def coverage(actor: Actor, code: str) -> Map:
    """The map of one vote, by building in their order; parking and the developer's left out.

    Raises:
        NotFound: there is no such vote, or it is not yours.
    """
    actor.need(Right.RUN_VOTES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        units = _units(session, vote.estate_id)
        ways = _ways(session, vote, units)
    by_building: dict[int | None, list[tuple[_Unit, UnitReached]]] = defaultdict(list)
    for unit in units:
        reached = UnitReached(unit.id, unit.label, tuple(sorted(ways.get(unit.id, ()))))
        by_building[unit.building_id].append((unit, reached))
    buildings = tuple(
        BuildingReached(
            id=key,
            name=rows[0][0].building,
            coverage=_sum([reached for _, reached in rows]),
            units=tuple(reached for _, reached in rows),
        )
        for key, rows in by_building.items()
    )
    counts = Counter(way for found in ways.values() for way in found)
    total = sum((one.coverage for one in buildings), Coverage())
    return Map(buildings, total, dict(counts))


def _sum(units: Sequence[UnitReached]) -> Coverage:
    return sum((one_unit(one.reach) for one in units), Coverage())


@dataclass(frozen=True, slots=True)
class _Unit:
    id: int
    label: str
    building_id: int | None
    building: str


def _units(session: Session, estate_id: int) -> list[_Unit]:
    query = (
        select(RollUnit.id, RollUnit.room, RollUnit.building_id, Building.name)
        .outerjoin(Building, Building.id == RollUnit.building_id)
        .where(
            RollUnit.estate_id == estate_id,
            RollUnit.active,
            ~RollUnit.developer,
            RollUnit.kind != Kind.PARKING,
        )
        .order_by(Building.position.is_(None), Building.position, RollUnit.room, RollUnit.id)
    )
    return [
        _Unit(key, label_of(name, room), building, name or "")
        for key, room, building, name in session.execute(query)
    ]


def _ways(session: Session, vote: Vote, units: Sequence[_Unit]) -> dict[int, set[Contacted]]:
    wanted = {unit.id for unit in units}
    found: dict[int, set[Contacted]] = defaultdict(set)
    told = select(Outreach.roll_unit_id, Outreach.way).where(Outreach.vote_id == vote.id)
    for unit, way in session.execute(told):
        if unit in wanted:
            found[unit].add(way)
    # The frozen roll calls a unit as the live one did on the day of the opening.
    by_label = {unit.label: unit.id for unit in units}
    opened = (
        select(VoteUnit.label)
        .join(Service, Service.vote_unit_id == VoteUnit.id)
        .where(Service.vote_id == vote.id, Service.proof == Proof.LINK_OPENED)
        .distinct()
    )
    for label in session.scalars(opened):
        if label in by_label:
            found[by_label[label]].add(Contacted.LINK)
    return found

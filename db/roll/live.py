"""The roll as it is now: its units with their owners, for whoever counts, freezes or lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.tables import Building
from db.tables.roll import EstateRule, Owner, Ownership, OwnerVerdict, RollUnit
from domain.rights import Kind
from domain.roll_matching import Doubt, Matched, Mention, match

_NUMBERS = re.compile(r"([^0-9]*)([0-9]{0,12})")
# Units without a building, such as parking, come last.
_AT_THE_END = 1 << 40


@dataclass(frozen=True, slots=True)
class LiveUnit:
    """One unit of the roll; area in 0.01 m².

    Args:
        owner_ids: in ascending order; the developer's units may have none.
        doubt: why a person must look before the unit may count, see `domain.roll_matching`.
    """

    id: int
    label: str
    building_id: int | None
    building_name: str
    building_position: int
    household_id: int | None
    kind: Kind
    area: int
    developer: bool
    owner_ids: tuple[int, ...]
    doubt: Doubt | None


def live_units(session: Session, estate_id: int) -> list[LiveUnit]:
    """All units of the estate's roll, by building and room, as people count them."""
    rows = session.execute(
        select(
            RollUnit.id,
            RollUnit.room,
            RollUnit.building_id,
            Building.name,
            Building.position,
            RollUnit.household_id,
            RollUnit.kind,
            RollUnit.area,
            RollUnit.developer,
        )
        .outerjoin(Building, Building.id == RollUnit.building_id)
        .where(RollUnit.estate_id == estate_id, RollUnit.active)
    ).all()
    owned = owners_by_unit(session, estate_id)
    doubtful = doubts_of(session, estate_id)
    units = [
        LiveUnit(
            id=row.id,
            label=label_of(row.name, row.room),
            building_id=row.building_id,
            building_name=row.name or "",
            building_position=_AT_THE_END if row.position is None else row.position,
            household_id=row.household_id,
            kind=row.kind,
            area=row.area,
            developer=row.developer,
            owner_ids=owned.get(row.id, ()),
            doubt=None
            if row.developer
            else next((doubtful[one] for one in owned.get(row.id, ()) if one in doubtful), None),
        )
        for row in rows
    ]
    return sorted(units, key=lambda unit: (unit.building_position, counted(unit.label), unit.id))


def counted(label: str) -> tuple[tuple[str, int], ...]:
    """A key that sorts rooms as people count them: 101 before 1001."""
    parts = _NUMBERS.findall(label)
    return tuple((words, int(number or 0)) for words, number in parts)


def label_of(building: str | None, room: str) -> str:
    """A unit's place in words: 1号楼 101."""
    return f"{building} {room}" if building else room


def owners_by_unit(session: Session, estate_id: int) -> dict[int, tuple[int, ...]]:
    """Ids of the owners of each active unit, ascending."""
    query = (
        select(Ownership.roll_unit_id, Ownership.owner_id)
        .join(RollUnit, RollUnit.id == Ownership.roll_unit_id)
        .where(RollUnit.estate_id == estate_id, RollUnit.active)
        .order_by(Ownership.owner_id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for unit_id, owner_id in session.execute(query):
        found[unit_id] = (*found.get(unit_id, ()), owner_id)
    return found


def doubts_of(session: Session, estate_id: int) -> Mapping[int, Doubt]:
    """Owners of whom it is not known whether they are somebody else on the roll."""
    return matched(session, estate_id).doubts


def matched(session: Session, estate_id: int) -> Matched:
    """What the roll's own facts and people's verdicts say about who is who."""
    return match(mentions(session, estate_id), different_pairs(session, estate_id))


def mentions(session: Session, estate_id: int) -> list[Mention]:
    """Every place of the roll where an owner is named, and what owners were named before.

    The developer's buyers have no vote of their own yet; parking raises doubts where the
    estate's rules counted it at any time, as nobody knows here of which day a vote is.
    """
    parking = parking_counts(session, estate_id)
    current = (
        select(
            Owner.id,
            Owner.name,
            Ownership.phone,
            Owner.document_hash,
            ~RollUnit.developer & ((RollUnit.kind != Kind.PARKING) | parking),
        )
        .join(Ownership, Ownership.owner_id == Owner.id)
        .join(RollUnit, RollUnit.id == Ownership.roll_unit_id)
        .where(Owner.estate_id == estate_id, Owner.erased_at.is_(None), RollUnit.active)
        .order_by(Owner.id)
    )
    found = [
        Mention(owner, name, phone, document, bool(counts))
        for owner, name, phone, document, counts in session.execute(current)
    ]
    own = {one.owner: False for one in found} | {one.owner: True for one in found if one.counts}
    earlier = select(Owner.merged_into_id, Owner.name, Owner.phone, Owner.document_hash).where(
        Owner.estate_id == estate_id, Owner.merged_into_id.is_not(None)
    )
    return found + [
        Mention(root, name, phone, document, own[root])
        for root, name, phone, document in session.execute(earlier)
        if root in own
    ]


def parking_counts(session: Session, estate_id: int) -> bool:
    """Whether any of the estate's rules, of whatever day, counts parking."""
    query = select(EstateRule.id).where(EstateRule.estate_id == estate_id, EstateRule.count_parking)
    return session.execute(query.limit(1)).first() is not None


def different_pairs(session: Session, estate_id: int) -> frozenset[tuple[int, int]]:
    """Owners of whom a person said that they are two people, as whom they count now."""
    first, second = aliased(Owner), aliased(Owner)
    query = (
        select(
            func.coalesce(first.merged_into_id, first.id),
            func.coalesce(second.merged_into_id, second.id),
        )
        .select_from(OwnerVerdict)
        .join(first, first.id == OwnerVerdict.first_id)
        .join(second, second.id == OwnerVerdict.second_id)
        .where(first.estate_id == estate_id, ~OwnerVerdict.same)
    )
    return frozenset((one, other) for one, other in session.execute(query) if one != other)

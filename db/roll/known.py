"""The roll as an import meets it: units by their place, with all that their owners are known by."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.roll.live import label_of
from db.tables import Building, Household
from db.tables.roll import Owner, Ownership, RollUnit
from domain.names import key_of, loose_key
from domain.roll_changes import KnownOwner, KnownUnit, OwnerFact
from domain.roll_rows import room_key


@dataclass(frozen=True, slots=True)
class Known:
    """What there is of an estate.

    Args:
        buildings: id and name by the loose key of the name.
        homes: households by building and room.
        units: by their key, those that left the roll too.
        holders: companies that hold units as the developer, by key, with how many.
    """

    buildings: dict[str, tuple[int, str]]
    homes: dict[tuple[int, str], int]
    units: dict[str, KnownUnit]
    holders: Counter[str]


def known(session: Session, estate_id: int) -> Known:
    """Everything that the estate's roll holds."""
    units = dict(_units(session, estate_id))
    buildings = session.execute(
        select(Building.name, Building.id).where(Building.estate_id == estate_id)
    )
    homes = session.execute(
        select(Household.building_id, Household.room, Household.id)
        .join(Building, Building.id == Household.building_id)
        .where(Building.estate_id == estate_id)
    )
    return Known(
        buildings={loose_key(name): (key, name) for name, key in buildings},
        homes={(building, room_key(room)): key for building, room, key in homes},
        units=units,
        holders=Counter(
            key_of(name)
            for name in session.scalars(
                select(Owner.name)
                .join(Ownership, Ownership.owner_id == Owner.id)
                .join(RollUnit, RollUnit.id == Ownership.roll_unit_id)
                .where(
                    RollUnit.estate_id == estate_id,
                    RollUnit.active,
                    RollUnit.developer,
                    Owner.company,
                )
            )
        ),
    )


def known_unit(session: Session, estate_id: int, unit_id: int) -> KnownUnit | None:
    """One unit of the estate."""
    return next((unit for _, unit in _units(session, estate_id, unit_id)), None)


def _units(
    session: Session, estate_id: int, unit_id: int | None = None
) -> list[tuple[str, KnownUnit]]:
    one = RollUnit.id == unit_id if unit_id is not None else RollUnit.estate_id == estate_id
    owners = _owners(session, estate_id, unit_id)
    rows = session.execute(
        select(
            RollUnit.key,
            RollUnit.id,
            Building.name,
            RollUnit.room,
            RollUnit.kind,
            RollUnit.area,
            RollUnit.developer,
            RollUnit.note,
            RollUnit.active,
        )
        .outerjoin(Building, Building.id == RollUnit.building_id)
        .where(RollUnit.estate_id == estate_id, one)
    )
    return [
        (
            row.key,
            KnownUnit(
                id=row.id,
                label=label_of(row.name, row.room),
                kind=row.kind,
                area=row.area,
                developer=row.developer,
                note=row.note,
                active=row.active,
                owners=tuple(owners.get(row.id, ())),
            ),
        )
        for row in rows
    ]


def _owners(session: Session, estate_id: int, unit_id: int | None) -> dict[int, list[KnownOwner]]:
    earlier: dict[int, list[tuple[str, str | None, str | None]]] = defaultdict(list)
    for root, name, phone, document in session.execute(
        select(Owner.merged_into_id, Owner.name, Owner.phone, Owner.document_hash).where(
            Owner.estate_id == estate_id, Owner.merged_into_id.is_not(None)
        )
    ):
        if root is not None:
            earlier[root].append((name, phone, document))
    query = (
        select(
            Ownership.roll_unit_id,
            Owner.id,
            Owner.name,
            Ownership.phone,
            Owner.document_hash,
            Owner.document_tail,
        )
        .join(Owner, Owner.id == Ownership.owner_id)
        .where(Owner.estate_id == estate_id)
        .order_by(Ownership.roll_unit_id, Owner.id)
    )
    if unit_id is not None:
        query = query.where(Ownership.roll_unit_id == unit_id)
    found: dict[int, list[KnownOwner]] = defaultdict(list)
    for unit, owner, name, phone, document, tail in session.execute(query):
        others = earlier.get(owner, ())
        found[unit].append(
            KnownOwner(
                OwnerFact(owner, name, phone, document, tail),
                frozenset({key_of(name), *(key_of(other) for other, _, _ in others)}),
                _known(document, *(paper for _, _, paper in others)),
                _known(phone, *(number for _, number, _ in others)),
            )
        )
    return found


def _known(*texts: str | None) -> frozenset[str]:
    return frozenset(text for text in texts if text is not None)

"""What an import would do, worked out before anything is written: preview and import share it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.roll.documents import hasher
from db.roll.known import Known, known
from db.roll.live import different_pairs, mentions, parking_counts
from db.tables.roll import Owner, Ownership, RollUnit
from domain.errors import N_
from domain.names import key_of, loose_key
from domain.rights import Kind
from domain.roll_cells import is_company
from domain.roll_changes import Change, Facts, KnownUnit, changes, facts_of
from domain.roll_matching import Matched, Mention, match
from domain.roll_rows import RollSheet, UnitRow, developer_names, unit_key
from domain.sheet_rows import BadRow, RefusedRow

# Owners that have no row yet are numbered from here, above every row's id.
FIRST_NEW = 1 << 60


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that the roll has not."""

    row: UnitRow
    facts: Facts


@dataclass(frozen=True, slots=True)
class ChangedUnit:
    """A unit that the sheet says something else of."""

    known: KnownUnit
    facts: Facts
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Plan:
    """Every row of a sheet, sorted by what becomes of it.

    Args:
        absent: how many units of the roll the sheet does not name; they stay.
    """

    known: Known
    new: list[NewUnit] = field(default_factory=list)
    changed: list[ChangedUnit] = field(default_factory=list)
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    absent: int = 0


def plan(session: Session, estate_id: int, sheet: RollSheet, *, may_write: bool) -> Plan:
    """Compare the sheet with the roll."""
    there = known(session, estate_id)
    hashed = hasher(session, may_write=may_write)
    developers = developer_names(sheet.rows, there.holders)
    made = Plan(there, refused=[*sheet.refused])
    seen: dict[str, int] = {}
    for row in sheet.rows:
        building = there.buildings.get(loose_key(row.building)) if row.building else None
        # A building that is yet to be made can hold no unit of the roll.
        bare = unit_key(None, place_of(row))
        key = unit_key(building[0], row.room) if building else bare
        # It may have been taken in before somebody entered its building.
        key = bare if key not in there.units and bare in there.units else key
        unit = there.units.get(key)
        try:
            if seen.setdefault(key, row.line) != row.line:
                raise BadRow(N_("Row {line} names this unit already."), line=seen[key])
            facts = facts_of(
                row, unit, hashed, developers=developers, has_developer=sheet.has_developer
            )
        except BadRow as bad:
            made.refused.append(RefusedRow(row.line, bad.template, bad.params))
            continue
        if unit is None:
            made.new.append(NewUnit(row, facts))
        elif different := changes(row.line, unit, facts):
            made.changed.append(ChangedUnit(unit, facts, different))
        else:
            made.unchanged += 1
    made.refused.sort(key=lambda one: one.line)
    made.absent = sum(one.active for key, one in there.units.items() if key not in seen)
    return made


def place_of(row: UnitRow) -> str:
    """Where a unit lies, in words, when the estate has no such building."""
    return f"{row.building} {row.room}" if row.building else row.room


@dataclass(frozen=True, slots=True)
class People:
    """Who is who, once a plan is carried out.

    Args:
        numbers: the owners of each new or changed unit, in the order of its facts; rows of the
            roll, or numbers from `FIRST_NEW` on.
        matched: what all mentions together prove.
        mentions: those of the owners that have no row yet.
        tails: the last characters of the papers, by their hash.
    """

    numbers: tuple[tuple[int, ...], ...]
    matched: Matched
    mentions: tuple[Mention, ...]
    tails: Mapping[str, str | None]


def people(session: Session, estate_id: int, facts: Iterable[Facts]) -> People:
    """Number the owners that have no row yet, and match them with all others."""
    numbers: list[tuple[int, ...]] = []
    fresh: list[Mention] = []
    tails: dict[str, str | None] = {}
    parking = parking_counts(session, estate_id)
    holders = _holders(session, estate_id)
    for unit in facts:
        own = []
        counts = not unit.developer and (unit.kind is not Kind.PARKING or parking)
        for one in unit.owners:
            number = one.owner
            if number is None and unit.developer and is_company(one.name):
                # All the developer's units are one head: its name alone says who it is.
                number = holders.setdefault(key_of(one.name), FIRST_NEW + len(fresh))
            elif number is None:
                number = FIRST_NEW + len(fresh)
            if one.owner is None:
                fresh.append(Mention(number, one.name, one.phone, one.document, counts))
            if one.document is not None:
                tails[one.document] = one.tail
            own.append(number)
        numbers.append(tuple(own))
    known = [*mentions(session, estate_id), *fresh]
    matched = match(known, different_pairs(session, estate_id))
    return People(tuple(numbers), matched, tuple(fresh), tails)


def _holders(session: Session, estate_id: int) -> dict[str, int]:
    """The companies among the developer's owners, by key."""
    query = (
        select(Owner.name, func.min(Owner.id))
        .join(Ownership, Ownership.owner_id == Owner.id)
        .join(RollUnit, RollUnit.id == Ownership.roll_unit_id)
        .where(RollUnit.estate_id == estate_id, RollUnit.developer, Owner.company)
        .group_by(Owner.name)
    )
    return {key_of(name): owner for name, owner in session.execute(query)}

"""What a row of a sheet says against what the roll holds: the same, or changes old → new."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.areas import show_area
from domain.errors import N_
from domain.names import key_of
from domain.rights import Kind
from domain.roll_cells import OwnerCell
from domain.roll_rows import UnitRow
from domain.sheet_rows import BadRow


class Field(StrEnum):
    """What of a unit can change."""

    ACTIVE = "active"
    AREA = "area"
    KIND = "kind"
    DEVELOPER = "developer"
    OWNERS = "owners"
    NAME = "name"
    PHONE = "phone"
    DOCUMENT = "document"
    NOTE = "note"


FIELDS: dict[Field, str] = {
    Field.ACTIVE: N_("On the roll"),
    Field.AREA: N_("Floor area (m²)"),
    Field.KIND: N_("Use"),
    Field.DEVELOPER: N_("Held by the developer"),
    Field.OWNERS: N_("Owners"),
    Field.NAME: N_("Owner's name"),
    Field.PHONE: N_("Telephone"),
    Field.DOCUMENT: N_("Document"),
    Field.NOTE: N_("Note"),
}


@dataclass(frozen=True, slots=True)
class OwnerFact:
    """One owner of a unit as it is to be.

    Args:
        owner: the row of the roll's owners; None for somebody who is new to the unit.
        phone: the number given with this unit.
        document: the keyed hash of the paper's number; `tail` its last characters.
    """

    owner: int | None
    name: str
    phone: str | None = None
    document: str | None = None
    tail: str | None = None


@dataclass(frozen=True, slots=True)
class KnownOwner:
    """One owner of a unit as it is, with all that the same person is known by.

    Args:
        names: keys of the names under which the roll has had this person.
        documents, phones: likewise; `phones` with this unit alone.
    """

    fact: OwnerFact
    names: frozenset[str]
    documents: frozenset[str]
    phones: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """One unit as it is."""

    id: int
    label: str
    kind: Kind
    area: int
    developer: bool
    note: str | None
    active: bool
    owners: tuple[KnownOwner, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A unit as a row wants it to be."""

    kind: Kind
    area: int
    developer: bool
    note: str | None
    owners: tuple[OwnerFact, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a row says differently; `old` and `new` are as they are kept.

    Areas are written in m², owners by name, yes and no as 1 and 0, documents by their tail.
    """

    line: int
    label: str
    field: Field
    old: str
    new: str


def facts_of(
    row: UnitRow,
    known: KnownUnit | None,
    hashed: Callable[[str], str],
    *,
    developers: Collection[str],
    has_developer: bool,
) -> Facts:
    """What the row makes of the unit; whatever it does not say stays as it is.

    Args:
        hashed: makes the keyed hash of a document's number.
        developers: keys of the names that mean the developer.
        has_developer: whether the sheet says who holds a unit, so that an empty cell says no.

    Raises:
        BadRow: the row contradicts itself.
    """
    owners = tuple(_fact(cell, known, hashed) for cell in row.owners)
    if not owners and known is not None and known.developer:
        owners = tuple(one.fact for one in known.owners)
    kept = known is not None and known.developer and not _other_owners(known, owners)
    return Facts(
        kind=row.kind or (known.kind if known else Kind.DWELLING),
        area=row.area,
        developer=_developer(row, developers, kept and not has_developer),
        note=row.note or None if row.note is not None or known is None else known.note,
        owners=owners,
    )


def _developer(row: UnitRow, developers: Collection[str], kept: bool) -> bool:
    named = bool(row.owners) and all(key_of(one.name) in developers for one in row.owners)
    if named and row.developer is False:
        raise BadRow(
            N_("The owner is the developer, but the row says that the developer does not hold it.")
        )
    return named or kept if row.developer is None else row.developer


def _fact(cell: OwnerCell, known: KnownUnit | None, hashed: Callable[[str], str]) -> OwnerFact:
    document = hashed(cell.document) if cell.document else None
    tail = cell.document[-4:] if cell.document else None
    owner = None
    for one in known.owners if known else ():
        if document in one.documents:
            owner = one.fact.owner
            break
        if key_of(cell.name) in one.names and not (document and one.documents):
            owner = one.fact.owner
    return OwnerFact(owner, cell.name, cell.phone, document, tail)


def _other_owners(known: KnownUnit, owners: Collection[OwnerFact]) -> bool:
    return {one.fact.owner for one in known.owners} != {one.owner for one in owners}


def changes(line: int, known: KnownUnit, facts: Facts) -> tuple[Change, ...]:
    """What is different, in the order in which it is told; nothing when the row says the same."""
    found: list[tuple[Field, str, str]] = []
    if not known.active:
        found.append((Field.ACTIVE, "0", "1"))
    if known.area != facts.area:
        found.append((Field.AREA, show_area(known.area), show_area(facts.area)))
    if known.kind is not facts.kind:
        found.append((Field.KIND, known.kind.value, facts.kind.value))
    if known.developer != facts.developer:
        found.append((Field.DEVELOPER, str(int(known.developer)), str(int(facts.developer))))
    if _other_owners(known, facts.owners):
        before = [one.fact for one in known.owners]
        found.append((Field.OWNERS, *_told_apart(before, facts.owners)))
    else:
        by_id = {one.fact.owner: one for one in known.owners}
        for fact in facts.owners:
            found += _details(by_id[fact.owner], fact)
    if (known.note or None) != facts.note:
        found.append((Field.NOTE, known.note or "", facts.note or ""))
    return tuple(Change(line, known.label, *one) for one in found)


def _details(known: KnownOwner, fact: OwnerFact) -> list[tuple[Field, str, str]]:
    found = []
    if key_of(fact.name) not in known.names:
        found.append((Field.NAME, known.fact.name, fact.name))
    if fact.phone is not None and fact.phone not in known.phones:
        found.append((Field.PHONE, known.fact.phone or "", fact.phone))
    if fact.document is not None and fact.document not in known.documents:
        found.append((Field.DOCUMENT, known.fact.tail or "", fact.tail or ""))
    return found


def _told_apart(before: Collection[OwnerFact], after: Collection[OwnerFact]) -> tuple[str, str]:
    """Both sets of names; with the papers' ends where the names alone would look the same."""
    old, new = ("、".join(one.name for one in owners) for owners in (before, after))
    if key_of(old) != key_of(new):
        return old, new
    told = (
        "、".join(f"{one.name} …{one.tail or '?'}" for one in owners) for owners in (before, after)
    )
    first, second = told
    return first, second

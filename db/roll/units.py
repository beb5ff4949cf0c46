"""One unit of the roll: looked at, given new facts by hand, taken off the roll."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import read, write
from db.events import record
from db.roll.changing import change_units
from db.roll.documents import hasher
from db.roll.known import known_unit
from db.roll.live import LiveUnit, counted, label_of, live_units
from db.roll.merging import merge_proven
from db.roll.plan import ChangedUnit, people
from db.roll.scope import need_roll, no_such_entry
from db.roll.writing import keep_owners
from db.tables import Building
from db.tables.roll import Owner, Ownership, RollUnit
from domain import roll_cells
from domain.errors import N_, FieldError
from domain.people import Actor
from domain.private_text import mask_phone
from domain.rights import Kind
from domain.roll_changes import changes, facts_of
from domain.roll_matching import Doubt
from domain.roll_rows import UnitRow
from domain.sheet_rows import BadRow
from domain.texts import fitting


@dataclass(frozen=True, slots=True)
class OwnerView:
    """One owner of a unit; `phone` masked, `others` the places of what else they own."""

    id: int
    name: str
    phone: str
    tail: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit with its owners; area in 0.01 m²."""

    id: int
    label: str
    kind: Kind
    area: int
    developer: bool
    note: str
    doubt: Doubt | None
    owners: tuple[OwnerView, ...]


@dataclass(frozen=True, slots=True)
class UnitForm:
    """What somebody typed of a unit, as the columns of a sheet; empty numbers stay as they are."""

    area: str
    kind: Kind
    developer: bool
    owners: str
    phones: str = ""
    documents: str = ""
    note: str = ""


def roll_unit(actor: Actor, estate_id: int, unit_id: int) -> UnitView:
    """One unit of the estate's roll.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
    """
    with read() as session:
        need_roll(session, actor, estate_id)
        units = live_units(session, estate_id)
        found = next((unit for unit in units if unit.id == unit_id), None)
        if found is None:
            raise no_such_entry()
        row = session.get_one(RollUnit, unit_id)
        return UnitView(
            id=found.id,
            label=found.label,
            kind=found.kind,
            area=found.area,
            developer=found.developer,
            note=row.note or "",
            doubt=found.doubt,
            owners=tuple(_owner(session, owner, found, units) for owner in found.owner_ids),
        )


def _owner(session: Session, owner: int, unit: LiveUnit, units: list[LiveUnit]) -> OwnerView:
    row = session.get_one(Owner, owner)
    given = session.get_one(Ownership, (unit.id, owner)).phone
    return OwnerView(
        id=owner,
        name=row.name,
        phone=mask_phone(given or row.phone or ""),
        tail=row.document_tail or "",
        others=tuple(one.label for one in units if owner in one.owner_ids and one is not unit),
    )


def edit_unit(actor: Actor, now: datetime, estate_id: int, unit_id: int, form: UnitForm) -> bool:
    """Give a unit new facts; what they were stands in the event. False when all is the same.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
        FieldError: a field that must be mended.
    """
    row = _row(form)
    with write() as session:
        need_roll(session, actor, estate_id, lock=True)
        known = known_unit(session, estate_id, unit_id)
        if known is None:
            raise no_such_entry()
        hashed = hasher(session, may_write=True)
        facts = facts_of(row, known, hashed, developers=frozenset(), has_developer=True)
        different = changes(0, known, facts)
        if not different:
            return False
        who = people(session, estate_id, [facts])
        ids = keep_owners(session, estate_id, who)
        unit = ChangedUnit(known, facts, different)
        owners = tuple(ids[number] for number in who.numbers[0])
        change_units(session, actor, now, estate_id, [(unit, owners)])
        session.flush()
        session.expire_all()
        merge_proven(session, actor, now, estate_id)
        return True


def _row(form: UnitForm) -> UnitRow:
    try:
        area = roll_cells.area(form.area)
    except BadRow as bad:
        raise FieldError("area", bad.template, **bad.params) from None
    try:
        owners = roll_cells.owners(form.owners, form.documents, form.phones)
    except BadRow as bad:
        raise FieldError("owners", bad.template, **bad.params) from None
    if not owners and not form.developer:
        raise FieldError("owners", N_("The unit has no owner. Write a name."))
    note = fitting("note", form.note)
    return UnitRow(0, "", "", area, form.kind, owners, form.developer, note)


def take_off(actor: Actor, now: datetime, estate_id: int, unit_id: int) -> None:
    """Take a unit off the roll; an import or an edit brings it back.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
    """
    with write() as session:
        need_roll(session, actor, estate_id, lock=True)
        row = session.get(RollUnit, unit_id)
        if row is None or row.estate_id != estate_id or not row.active:
            raise no_such_entry()
        row.active = False
        record(session, actor, now, "roll_unit_removed", estate=estate_id, roll_unit=unit_id)


def unit_choices(actor: Actor, estate_id: int) -> dict[int, str]:
    """The units of the roll by id, with their place in words.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
    """
    with read() as session:
        need_roll(session, actor, estate_id)
        rows = session.execute(
            select(RollUnit.id, Building.name, RollUnit.room, Building.position)
            .outerjoin(Building, Building.id == RollUnit.building_id)
            .where(RollUnit.estate_id == estate_id, RollUnit.active)
        ).all()
    last = max((row.position or 0 for row in rows), default=0) + 1
    ordered = sorted(
        rows, key=lambda row: (last if row.position is None else row.position, counted(row.room))
    )
    return {row.id: label_of(row.name, row.room) for row in ordered}

"""Units of the roll get new facts; what they were stands in the event, in numbers and ids."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from db.events import record
from db.roll.plan import ChangedUnit
from db.tables.roll import Owner, Ownership, RollUnit
from domain.initials import pinyin_initials
from domain.people import Actor
from domain.roll_cells import is_company
from domain.roll_changes import Field

AT_ONCE = 5_000  # far below what either database takes as parameters of one statement

Changed = tuple[ChangedUnit, tuple[int, ...]]


def change_units(
    session: Session,
    actor: Actor,
    now: datetime,
    estate_id: int,
    changed: Sequence[Changed],
) -> None:
    """Make the units what their facts say; the caller holds the estate's lock.

    Args:
        changed: each with the rows of its owners, in the order of its facts.
    """
    session.execute(
        update(RollUnit),
        [
            {
                "id": unit.known.id,
                "kind": unit.facts.kind,
                "area": unit.facts.area,
                "developer": unit.facts.developer,
                "note": unit.facts.note,
                "active": True,
            }
            for unit, _ in changed
        ],
    )
    _new_owners(session, [one for one in changed if _says(one[0], Field.OWNERS)])
    _details(session, [one for one in changed if not _says(one[0], Field.OWNERS)])
    for unit, owners in changed:
        before, after = unit.known, unit.facts
        record(
            session,
            actor,
            now,
            "roll_unit_changed",
            estate=estate_id,
            roll_unit=before.id,
            area=after.area,
            area_before=before.area,
            use=after.kind.value,
            use_before=before.kind.value,
            developer=after.developer,
            developer_before=before.developer,
            owners=sorted(set(owners)),
            owners_before=sorted(one.fact.owner or 0 for one in before.owners),
        )


def _says(unit: ChangedUnit, what: Field) -> bool:
    return any(one.field is what for one in unit.changes)


def _new_owners(session: Session, changed: Sequence[Changed]) -> None:
    for some in _portions([unit.known.id for unit, _ in changed]):
        session.execute(delete(Ownership).where(Ownership.roll_unit_id.in_(some)))
    values: dict[tuple[int, int], str | None] = {}
    for unit, owners in changed:
        numbers = {one.fact.owner: one.fact.phone for one in unit.known.owners}
        for fact, owner in zip(unit.facts.owners, owners, strict=True):
            values.setdefault((unit.known.id, owner), fact.phone or numbers.get(fact.owner))
    if values:
        session.execute(
            insert(Ownership),
            [
                {"roll_unit_id": unit, "owner_id": owner, "phone": phone}
                for (unit, owner), phone in values.items()
            ],
        )


def _details(session: Session, changed: Sequence[Changed]) -> None:
    """Names, numbers and papers of the same owners."""
    rows: dict[int, Owner] = {}
    for some in _portions(sorted({owner for _, owners in changed for owner in owners})):
        rows |= {row.id: row for row in session.scalars(select(Owner).where(Owner.id.in_(some)))}
    numbers = []
    for unit, owners in changed:
        known = {one.fact.owner: one for one in unit.known.owners}
        for fact, owner in zip(unit.facts.owners, owners, strict=True):
            row, before = rows[owner], known[fact.owner]
            if _says(unit, Field.NAME) and fact.name != row.name:
                row.name, row.initials = fact.name, pinyin_initials(fact.name)
                row.company = is_company(fact.name)
            if fact.document is not None and not before.documents:
                row.document_hash, row.document_tail = fact.document, fact.tail
            if fact.phone is not None and fact.phone not in before.phones:
                numbers.append({"unit": unit.known.id, "owner": owner, "number": fact.phone})
                row.phone = fact.phone if row.phone in (None, before.fact.phone) else row.phone
    if numbers:
        session.flush()
        table = Ownership.__table__
        session.connection().execute(
            update(table)  # type: ignore[arg-type]
            .where(
                table.c.roll_unit_id == bindparam("unit"), table.c.owner_id == bindparam("owner")
            )
            .values(phone=bindparam("number")),
            numbers,
        )


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]

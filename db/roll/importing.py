"""The roll from a sheet: what is new goes in, what differs is shown and waits to be confirmed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.engine import read, write
from db.estates import building_in
from db.events import record
from db.roll.changing import change_units
from db.roll.live import live_units
from db.roll.merging import merge_proven
from db.roll.plan import NewUnit, People, Plan, people, place_of, plan
from db.roll.scope import need_roll
from db.roll.writing import keep_owners
from db.tables.roll import Ownership, RollUnit
from domain.names import loose_key
from domain.people import Actor
from domain.rights import Kind
from domain.roll_changes import Change
from domain.roll_rows import RollSheet, room_key, unit_key
from domain.sheet_rows import RefusedRow

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class RollResult:
    """What an import did, or, as a preview, would do.

    Args:
        changed: units that the sheet says something else of; `changes` says what.
        applied: whether the changes were made too.
        absent: units of the roll that the sheet does not name; they stay.
        doubtful: units whose owner may be another one of the roll, afterwards.
    """

    imported: int
    changed: int
    changes: tuple[Change, ...]
    applied: bool
    unchanged: int
    refused: tuple[RefusedRow, ...]
    absent: int
    doubtful: int
    skipped_empty: int


def preview_roll(actor: Actor, estate_id: int, sheet: RollSheet) -> RollResult:
    """What `import_roll` would do without the changes; writes nothing.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
    """
    with read() as session:
        need_roll(session, actor, estate_id)
        made = plan(session, estate_id, sheet, may_write=False)
        who = people(session, estate_id, (one.facts for one in made.new))
        doubts = who.matched.doubts
        fresh = sum(
            1
            for one, owners in zip(made.new, who.numbers, strict=True)
            if not one.facts.developer
            and any(who.matched.same.get(owner, owner) in doubts for owner in owners)
        )
        there = sum(
            1
            for unit in live_units(session, estate_id)
            if not unit.developer and any(owner in doubts for owner in unit.owner_ids)
        )
        return _result(made, sheet, fresh + there, applied=False)


def import_roll(
    actor: Actor,
    now: datetime,
    estate_id: int,
    sheet: RollSheet,
    *,
    apply_changes: bool = False,
    progress: Progress | None = None,
) -> RollResult:
    """Take the new units in, with buildings that are missing; running it twice adds nothing.

    All of it is one transaction: who is who can only be told of the whole sheet.

    Args:
        apply_changes: also make what is known say what the sheet says.
        progress: told the finished share.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
    """
    tell = progress or (lambda _share: None)
    with write() as session:
        need_roll(session, actor, estate_id, lock=True)
        made = plan(session, estate_id, sheet, may_write=True)
        tell(0.3)
        changed = made.changed if apply_changes else []
        who = people(
            session, estate_id, [one.facts for one in made.new] + [one.facts for one in changed]
        )
        ids = keep_owners(session, estate_id, who)
        tell(0.5)
        units = _units(session, actor, now, estate_id, made)
        _ownerships(session, made.new, units, who, ids)
        tell(0.7)
        if changed:
            owners = [tuple(ids[one] for one in unit) for unit in who.numbers[len(made.new) :]]
            change_units(session, actor, now, estate_id, list(zip(changed, owners, strict=True)))
        if made.new or changed:
            session.flush()
            merge_proven(session, actor, now, estate_id)
            record(
                session,
                actor,
                now,
                "roll_imported",
                estate=estate_id,
                units=len(made.new),
                changed=len(changed),
            )
        tell(0.9)
        doubtful = sum(unit.doubt is not None for unit in live_units(session, estate_id))
        result = _result(made, sheet, doubtful, applied=apply_changes)
    tell(1.0)
    return result


def _result(made: Plan, sheet: RollSheet, doubtful: int, *, applied: bool) -> RollResult:
    return RollResult(
        imported=len(made.new),
        changed=len(made.changed),
        changes=tuple(change for unit in made.changed for change in unit.changes),
        applied=applied,
        unchanged=made.unchanged + sheet.repeated,
        refused=tuple(made.refused),
        absent=made.absent,
        doubtful=doubtful,
        skipped_empty=sheet.skipped_empty,
    )


def _units(session: Session, actor: Actor, now: datetime, estate_id: int, made: Plan) -> list[int]:
    """The new units' row ids, in their order."""
    if not made.new:
        return []
    values = []
    for one in made.new:
        building = _building(session, actor, now, estate_id, made, one)
        room = one.row.room if building is not None else place_of(one.row)
        values.append(
            {
                "estate_id": estate_id,
                "building_id": building,
                "household_id": made.known.homes.get((building, room_key(room)))
                if building is not None
                else None,
                "key": unit_key(building, room),
                "room": room,
                "kind": one.facts.kind,
                "area": one.facts.area,
                "developer": one.facts.developer,
                "note": one.facts.note,
                "active": True,
            }
        )
    table = RollUnit.__table__
    rows = session.connection().execute(
        insert(table).returning(table.c.id, table.c.key),  # type: ignore[arg-type]
        values,
    )
    by_key = {key: row_id for row_id, key in rows}
    return [by_key[str(one["key"])] for one in values]


def _building(
    session: Session, actor: Actor, now: datetime, estate_id: int, made: Plan, one: NewUnit
) -> int | None:
    """The unit's building, added where it is missing; a garage is no building of its own."""
    name = one.row.building
    if not name:
        return None
    found = made.known.buildings.get(loose_key(name))
    if found is None and one.facts.kind is not Kind.PARKING:
        found = building_in(session, actor, now, estate_id, name)[0], name
        made.known.buildings[loose_key(name)] = found
    return found[0] if found is not None else None


def _ownerships(
    session: Session, new: list[NewUnit], units: list[int], who: People, ids: dict[int, int]
) -> None:
    values: dict[tuple[int, int], str | None] = {}
    for one, unit, owners in zip(new, units, who.numbers, strict=False):
        for fact, owner in zip(one.facts.owners, owners, strict=True):
            values.setdefault((unit, ids[owner]), fact.phone)
    if values:
        session.connection().execute(
            insert(Ownership.__table__),  # type: ignore[arg-type]
            [
                {"roll_unit_id": unit, "owner_id": owner, "phone": phone}
                for (unit, owner), phone in values.items()
            ],
        )

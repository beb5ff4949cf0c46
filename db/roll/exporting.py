"""The roll as rows for Excel, in the columns that the import reads."""

from datetime import datetime

from sqlalchemy import select

from db.engine import write
from db.events import record
from db.roll.live import live_units
from db.roll.scope import need_roll
from db.tables.roll import Owner, Ownership, RollUnit
from domain.people import Actor, Right
from domain.private_text import mask_phone
from domain.rights import Kind

KINDS = {Kind.DWELLING: "住宅", Kind.SHOP: "商铺", Kind.PARKING: "车位"}
COLUMNS = ("楼栋", "房号", "建筑面积(m²)", "用途", "产权人", "证件号", "电话", "开发商持有", "备注")


def export_roll(actor: Actor, now: datetime, estate_id: int) -> list[tuple[object, ...]]:
    """A row for each unit, as `COLUMNS` names them; that it was taken out is recorded.

    Whoever may not see numbers gets them masked. Of documents the last characters are all
    that is kept.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
    """
    with write() as session:
        need_roll(session, actor, estate_id)
        units = live_units(session, estate_id)
        people = {
            row.id: row
            for row in session.execute(
                select(Owner.id, Owner.name, Owner.document_tail).where(
                    Owner.estate_id == estate_id
                )
            )
        }
        rooms = dict(
            session.execute(
                select(RollUnit.id, RollUnit.room).where(RollUnit.estate_id == estate_id)
            ).all()
        )
        notes = dict(
            session.execute(
                select(RollUnit.id, RollUnit.note).where(RollUnit.estate_id == estate_id)
            ).all()
        )
        numbers = {
            (unit, owner): phone
            for unit, owner, phone in session.execute(
                select(Ownership.roll_unit_id, Ownership.owner_id, Ownership.phone)
                .join(RollUnit, RollUnit.id == Ownership.roll_unit_id)
                .where(RollUnit.estate_id == estate_id)
            )
        }
        record(session, actor, now, "roll_exported", estate=estate_id, units=len(units))
        whole = actor.may(Right.REVEAL)
        return [
            (
                unit.building_name,
                rooms[unit.id],
                unit.area / 100,
                KINDS[unit.kind],
                "、".join(people[owner].name for owner in unit.owner_ids),
                _papers([people[owner].document_tail for owner in unit.owner_ids]),
                _phones([numbers.get((unit.id, owner)) for owner in unit.owner_ids], whole),
                "是" if unit.developer else "否",
                notes[unit.id] or "",
            )
            for unit in units
        ]


def _papers(tails: list[str | None]) -> str:
    return "、".join(f"****{tail or ''}" for tail in tails) if any(tails) else ""


def _phones(numbers: list[str | None], whole: bool) -> str:
    if not any(numbers):
        return ""
    return "、".join((one if whole else mask_phone(one)) if one else "****" for one in numbers)

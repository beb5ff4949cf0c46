"""Units: the branches, property companies and partner units that files are given to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db import once
from db.engine import read, write
from db.events import record
from db.lists import existing, insert_named, name_taken, need_signed_in
from db.numbers import new_code
from db.tables import Unit, UnitKind
from domain.initials import pinyin_initials
from domain.names import clean_name
from domain.people import Actor, Right


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit."""

    id: int
    code: str
    name: str
    initials: str
    kind: UnitKind
    active: bool


def units(actor: Actor, inactive: bool = False) -> list[UnitView]:
    """All units by kind and name; those no longer active only where asked for."""
    need_signed_in(actor)
    query = select(Unit).order_by(Unit.kind, Unit.initials, Unit.id)
    if not inactive:
        query = query.where(Unit.active)
    with read() as session:
        return [
            UnitView(row.id, row.code, row.name, row.initials, row.kind, row.active)
            for row in session.scalars(query)
        ]


def add_unit(
    actor: Actor, now: datetime, *, name: str, kind: UnitKind, once_key: str | None = None
) -> int:
    """A new unit; returns its id.

    Raises:
        FieldError: no name, or one that is taken.
    """
    actor.need(Right.SET_UP)
    name, code = clean_name("name", name), new_code()
    with write() as session:
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return session.execute(select(Unit.id).where(Unit.code == earlier)).scalar_one()
        row = insert_named(
            session,
            Unit,
            code=code,
            name=name,
            initials=pinyin_initials(name),
            kind=kind,
            active=True,
        )
        record(session, actor, now, "unit_added", unit=row.id, unit_kind=kind.value)
        return row.id


def change_unit(
    actor: Actor,
    now: datetime,
    unit_id: int,
    *,
    name: str | None = None,
    kind: UnitKind | None = None,
    active: bool | None = None,
) -> None:
    """Rename a unit, correct its kind, or retire it; files that it has stay with it.

    Raises:
        FieldError: the name is taken.
    """
    actor.need(Right.SET_UP)
    with write() as session:
        row = existing(session, Unit, unit_id)
        if name is not None:
            name = clean_name("name", name)
            same = select(Unit.id).where(Unit.name == name, Unit.id != unit_id)
            if session.execute(same).first() is not None:
                raise name_taken()
            row.name, row.initials = name, pinyin_initials(name)
        if kind is not None:
            row.kind = kind
        if active is not None:
            row.active = active
        record(session, actor, now, "unit_changed", unit=unit_id, active=row.active)

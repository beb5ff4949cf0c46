"""Estates 小区 and their buildings 楼栋."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.events import record
from db.lists import existing, insert_named, name_taken, need_estate, need_signed_in
from db.numbers import new_code
from db.tables import Building, Estate, EstateKind, Household, Unit, UnitKind
from domain.errors import N_, FieldError
from domain.names import clean_name
from domain.people import Actor, Right

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class EstateView:
    """One estate with the units that serve it."""

    id: int
    code: str
    name: str
    kind: EstateKind
    branch_id: int | None
    property_id: int | None


@dataclass(frozen=True, slots=True)
class BuildingView:
    """One building and how many households are known of it."""

    id: int
    estate_id: int
    name: str
    households: int


def estates(actor: Actor) -> list[EstateView]:
    """The estates in this person's scope, in the order they were entered."""
    need_signed_in(actor)
    with read() as session:
        return [
            EstateView(row.id, row.code, row.name, row.kind, row.branch_id, row.property_id)
            for row in session.scalars(select(Estate).order_by(Estate.id))
            if actor.sees_estate(row.id)
        ]


def buildings(actor: Actor, estate_id: int | None = None) -> list[BuildingView]:
    """The buildings of one estate, or of all in scope, as people count them."""
    need_signed_in(actor)
    homes = (
        select(Household.building_id, func.count().label("n"))
        .group_by(Household.building_id)
        .subquery()
    )
    query = (
        select(Building.id, Building.estate_id, Building.name, func.coalesce(homes.c.n, 0))
        .outerjoin(homes, homes.c.building_id == Building.id)
        .order_by(Building.estate_id, Building.position, Building.name)
    )
    if estate_id is not None:
        query = query.where(Building.estate_id == estate_id)
    with read() as session:
        return [BuildingView(*row) for row in session.execute(query) if actor.sees_estate(row[1])]


def add_estate(
    actor: Actor,
    now: datetime,
    *,
    name: str,
    kind: EstateKind,
    branch_id: int | None = None,
    property_id: int | None = None,
    once_key: str | None = None,
) -> int:
    """A new estate; returns its id.

    Raises:
        FieldError: no name, one that is taken, or a unit of another kind.
    """
    actor.need(Right.SET_UP)
    name, code = clean_name("name", name), new_code()
    with write() as session:
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return session.execute(select(Estate.id).where(Estate.code == earlier)).scalar_one()
        _check_units(session, branch_id, property_id)
        row = insert_named(
            session,
            Estate,
            code=code,
            name=name,
            kind=kind,
            branch_id=branch_id,
            property_id=property_id,
        )
        record(session, actor, now, "estate_added", estate=row.id)
        return row.id


def change_estate(
    actor: Actor,
    now: datetime,
    estate_id: int,
    *,
    name: str,
    kind: EstateKind,
    branch_id: int | None,
    property_id: int | None,
) -> None:
    """Rename an estate or name other units for it.

    Raises:
        FieldError: no name, one that is taken, or a unit of another kind.
    """
    actor.need(Right.SET_UP)
    name = clean_name("name", name)
    with write() as session:
        row = existing(session, Estate, estate_id)
        need_estate(actor, estate_id)
        same = select(Estate.id).where(Estate.name == name, Estate.id != estate_id)
        if session.execute(same).first() is not None:
            raise name_taken()
        _check_units(session, branch_id, property_id)
        row.name, row.kind = name, kind
        row.branch_id, row.property_id = branch_id, property_id
        record(
            session,
            actor,
            now,
            "estate_changed",
            estate=estate_id,
            branch=branch_id,
            property=property_id,
        )


def _check_units(session: Session, branch_id: int | None, property_id: int | None) -> None:
    for field, key, kind in (
        ("branch", branch_id, UnitKind.BRANCH),
        ("property", property_id, UnitKind.PROPERTY),
    ):
        unit = session.get(Unit, key) if key is not None else None
        if key is not None and (unit is None or unit.kind is not kind):
            raise FieldError(field, N_("Choose a unit from the list."))


def add_buildings(actor: Actor, now: datetime, estate_id: int, names: str) -> int:
    """Add buildings, one name a line (or with commas); returns how many were new.

    Raises:
        FieldError: nothing was written, or a name is too long.
    """
    actor.need(Right.SET_UP)
    wanted = [part for part in re.split(r"[\n,，、;；]+", names) if part.strip()]
    if not wanted:
        raise FieldError("buildings", N_("Write at least one building, one a line."))
    with write() as session:
        existing(session, Estate, estate_id)
        need_estate(actor, estate_id)
        return sum(building_in(session, actor, now, estate_id, name)[1] for name in wanted)


def building_in(
    session: Session, actor: Actor, now: datetime, estate_id: int, name: str
) -> tuple[int, bool]:
    """The building of that name, added where it is missing; its id, and whether it is new."""
    name = clean_name("buildings", name)
    found = session.scalar(
        select(Building.id).where(Building.estate_id == estate_id, Building.name == name)
    )
    if found is not None:
        return found, False
    row = insert_named(
        session, Building, estate_id=estate_id, name=name, position=_position(session, name)
    )
    record(session, actor, now, "building_added", estate=estate_id, building=row.id)
    return row.id, True


def _position(session: Session, name: str) -> int:
    """Buildings go by the number in their name; those without one come last, as entered."""
    number = _NUMBER.search(name)
    if number is not None and len(number.group()) < 6:
        return int(number.group())
    last = session.scalar(select(func.max(Building.id))) or 0
    return 1_000_000 + last


def rename_building(actor: Actor, now: datetime, building_id: int, name: str) -> None:
    """Give a building another name.

    Raises:
        FieldError: no name, or one that its estate has already.
    """
    actor.need(Right.SET_UP)
    name = clean_name("name", name)
    with write() as session:
        row = existing(session, Building, building_id)
        need_estate(actor, row.estate_id)
        same = select(Building.id).where(
            Building.estate_id == row.estate_id,
            Building.name == name,
            Building.id != building_id,
        )
        if session.execute(same).first() is not None:
            raise name_taken()
        row.name, row.position = name, _position(session, name)
        record(session, actor, now, "building_renamed", building=building_id)

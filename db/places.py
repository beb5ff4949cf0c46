"""Places with a QR poster: each code presets where and what a report is about."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.events import record
from db.lists import existing, need_estate
from db.numbers import ALPHABET
from db.tables import Building, Category, Estate, Place
from domain.errors import N_, FieldError, NotAllowed
from domain.names import clean_name
from domain.people import Actor, Right

# 29^8, about 39 bits: nothing secret stands behind it, it only must not be guessed in passing.
PLACE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place, with the names that its poster shows."""

    id: int
    code: str
    name: str
    estate_id: int
    estate: str
    building_id: int | None
    building: str | None
    category_id: int | None
    active: bool


def places(actor: Actor, estate_id: int | None = None, inactive: bool = False) -> list[PlaceView]:
    """The places in this person's scope, by estate and name.

    Raises:
        NotAllowed: the person neither sets up places nor takes in reports.
    """
    if not actor.may(Right.SET_UP) and not actor.may(Right.TAKE_IN):
        raise NotAllowed(N_("Your role may not do this. Ask the community office."))
    query = (
        select(Place, Estate.name, Building.name)
        .join(Estate, Estate.id == Place.estate_id)
        .outerjoin(Building, Building.id == Place.building_id)
        .order_by(Place.estate_id, Building.position, Place.name, Place.id)
    )
    if estate_id is not None:
        query = query.where(Place.estate_id == estate_id)
    if not inactive:
        query = query.where(Place.active)
    with read() as session:
        return [
            PlaceView(
                row.id,
                row.code,
                row.name,
                row.estate_id,
                estate,
                row.building_id,
                building,
                row.category_id,
                row.active,
            )
            for row, estate, building in session.execute(query)
            if actor.sees_estate(row.estate_id)
        ]


def add_place(
    actor: Actor,
    now: datetime,
    *,
    name: str,
    estate_id: int,
    building_id: int | None = None,
    category_id: int | None = None,
    once_key: str | None = None,
) -> str:
    """A new place; returns its code.

    Raises:
        FieldError: no name, or a building of another estate.
    """
    actor.need(Right.SET_UP)
    name, code = clean_name("name", name), new_place_code()
    with write() as session:
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        need_estate(actor, estate_id)
        _check(session, estate_id, building_id, category_id)
        row = Place(
            code=code,
            name=name,
            estate_id=estate_id,
            building_id=building_id,
            category_id=category_id,
            active=True,
        )
        session.add(row)
        session.flush()
        record(session, actor, now, "place_added", place=row.id, estate=estate_id)
        return code


def change_place(
    actor: Actor,
    now: datetime,
    place_id: int,
    *,
    name: str | None = None,
    category_id: int | None = None,
    active: bool | None = None,
) -> None:
    """Rename a place, give it another category, or retire its poster.

    The code stays: it hangs on walls. A retired place answers like an unknown one.
    """
    actor.need(Right.SET_UP)
    with write() as session:
        row = existing(session, Place, place_id)
        need_estate(actor, row.estate_id)
        if name is not None:
            row.name = clean_name("name", name)
        if category_id is not None:
            _check(session, row.estate_id, None, category_id)
            row.category_id = category_id
        if active is not None:
            row.active = active
        record(session, actor, now, "place_changed", place=place_id, active=row.active)


def new_place_code() -> str:
    """A short random code that can be typed from a poster."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PLACE_LENGTH))


def _check(
    session: Session, estate_id: int, building_id: int | None, category_id: int | None
) -> None:
    if session.get(Estate, estate_id) is None:
        raise FieldError("estate", N_("Choose an estate from the list."))
    if building_id is not None:
        building = session.get(Building, building_id)
        if building is None or building.estate_id != estate_id:
            raise FieldError("building", N_("This building is not in that estate. Choose again."))
    if category_id is not None and session.get(Category, category_id) is None:
        raise FieldError("category", N_("Choose a category from the list."))

"""The resident's door: what a poster presets, what can be chosen, and how a flood is held back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from db import rates
from db.engine import read, write
from db.settings import settings_in
from db.tables import Building, Category, Estate, Place
from domain.errors import N_, NotFound
from domain.texts import clean

# A family tells several things at once; more within minutes is a script or a quarrel, and a
# person at the desk looks first. Many people stand behind one address of a phone network.
FLOOD_WITHIN = timedelta(minutes=10)
FLOOD_FROM_ADDRESS = 5
FLOOD_ON_PLACE = 20

# Misses alone are counted. 29^10 codes are far more than any number of tries finds.
MISSES_WITHIN = timedelta(minutes=10)
MISSES_FROM_ADDRESS = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from; `key` is what the form sends."""

    key: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Door:
    """What the report form shows.

    Args:
        place_code: the poster's; None when the resident came without one.
        place, estate, building: their names, as far as they are known.
        category: key of the preset category.
        buildings: of the chosen estate, when no poster says where.
        first_answer_hours: within which the community promises to answer.
    """

    place_code: str | None
    place: str | None
    estate_id: int | None
    estate_code: str | None
    estate: str | None
    building: str | None
    category: str | None
    categories: tuple[Choice, ...]
    buildings: tuple[Choice, ...]
    first_answer_hours: int


def door_of_place(code: str) -> Door:
    """The form behind a poster.

    Raises:
        NotFound: unknown, malformed or no longer in use; the answer is the same.
    """
    with read() as session:
        found = session.execute(
            select(Place, Estate, Building.name, Category.slug)
            .join(Estate, Estate.id == Place.estate_id)
            .outerjoin(Building, Building.id == Place.building_id)
            .outerjoin(Category, (Category.id == Place.category_id) & Category.active)
            .where(Place.code == clean(code), Place.active)
        ).one_or_none()
        if found is None:
            raise NotFound(N_("This poster is no longer in use. Please report without it."))
        place, estate, building, category = found
        return Door(
            place_code=place.code,
            place=place.name,
            estate_id=estate.id,
            estate_code=estate.code,
            estate=estate.name,
            building=building,
            category=category,
            categories=_categories(session.scalars(_CATEGORIES).all()),
            buildings=(),
            first_answer_hours=settings_in(session).first_answer_hours,
        )


def door_of_estate(code: str | None) -> Door:
    """The form without a poster, for one estate; None for a matter of no estate.

    Raises:
        NotFound: no such estate.
    """
    with read() as session:
        estate = session.scalar(select(Estate).where(Estate.code == clean(code))) if code else None
        if code and estate is None:
            raise NotFound(N_("There is no such estate. Choose one from the list."))
        buildings = (
            session.scalars(
                select(Building)
                .where(Building.estate_id == estate.id)
                .order_by(Building.position, Building.id)
            ).all()
            if estate
            else ()
        )
        return Door(
            place_code=None,
            place=None,
            estate_id=estate.id if estate else None,
            estate_code=estate.code if estate else None,
            estate=estate.name if estate else None,
            building=None,
            category=None,
            categories=_categories(session.scalars(_CATEGORIES).all()),
            buildings=tuple(Choice(str(row.id), row.name, row.name) for row in buildings),
            first_answer_hours=settings_in(session).first_answer_hours,
        )


def estates() -> tuple[Choice, ...]:
    """All estates by their public code."""
    with read() as session:
        rows = session.scalars(select(Estate).order_by(Estate.id))
        return tuple(Choice(row.code, row.name, row.name) for row in rows)


def categories() -> tuple[Choice, ...]:
    """All categories in use, by slug."""
    with read() as session:
        return _categories(session.scalars(_CATEGORIES).all())


def category_id(slug: str) -> int | None:
    """The category's row; None for a slug that is not in use."""
    with read() as session:
        return session.scalar(
            select(Category.id).where(Category.slug == clean(slug), Category.active)
        )


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a report goes straight in: `held_for` says why not. `hits` can be given back."""

    held_for: str | None
    hits: tuple[int, ...]


def admit(now: datetime, address: str, place_code: str | None) -> Admission:
    """Count one report of this address and on this place, before it is written.

    A report beyond the limits is kept too, but waits for the desk.
    """
    counters = [("report:address", address, FLOOD_FROM_ADDRESS)]
    if place_code is not None:
        counters.append(("report:place", place_code, FLOOD_ON_PLACE))
    hits: list[int] = []
    with write() as session:
        for kind, whom, limit in counters:
            name = rates.bucket(kind, whom)
            try:
                hits.append(rates.take(session, name, now, limit=limit, within=FLOOD_WITHIN))
            except rates.TooMany:
                return Admission(f"flood:{kind.partition(':')[2]}", tuple(hits))
    return Admission(None, tuple(hits))


def give_back(admission: Admission) -> None:
    """The report was a repeat of one that is already here, or was refused: do not count it."""
    if admission.hits:
        with write() as session:
            rates.give_back(session, list(admission.hits))


def check_guessing(now: datetime, address: str) -> None:
    """Refuse to look up codes for an address that missed too often.

    Raises:
        TooMany: with the time to wait.
    """
    with read() as session:
        name = rates.bucket("follow:address", address)
        misses = rates.count(session, name, now, MISSES_WITHIN)
    if misses >= MISSES_FROM_ADDRESS:
        raise rates.TooMany(MISSES_WITHIN)


def note_miss(now: datetime, address: str) -> None:
    """Count one wrong code."""
    with write() as session:
        rates.take(
            session,
            rates.bucket("follow:address", address),
            now,
            limit=MISSES_FROM_ADDRESS + 1,
            within=MISSES_WITHIN,
        )


_CATEGORIES = select(Category).where(Category.active).order_by(Category.position, Category.id)


def _categories(rows: Sequence[Category]) -> tuple[Choice, ...]:
    return tuple(Choice(row.slug, row.name_zh, row.name_en) for row in rows)

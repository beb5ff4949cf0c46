"""Find the household at the errand desk: by room, phone, name or pinyin initials."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, literal_column, select
from sqlalchemy.orm import Session, aliased

from db.engine import read
from db.inbox_query import CaseFilter, select_ids
from db.lines import lines
from db.scope import no_such_file
from db.tables import Building, Case, Estate, Household, Report, Reporter, Resident
from db.views import CaseLine
from domain.initials import pinyin_initials
from domain.moves import OPEN_STATES
from domain.names import clean_line, key_of
from domain.people import Actor, Right
from domain.private_text import mask_phone, normal_phone

SHOWN_FILES = 5
# 3号楼, 3幢, 第3栋 … are the same building; a name is looked up by all its spellings.
BEFORE_NUMBER = ("", "第")
AFTER_NUMBER = ("", "号楼", "号", "栋", "幢", "座", "楼", "#")
_NUMBERS = re.compile(r"[0-9]+|[a-z](?![a-z])")
_LETTERS = re.compile(r"[a-z]+")
_SHORT_NUMBER = re.compile(r"[0-9]{4}")
# Written as in its index, without parameters, or SQLite would not use it.
_LAST_FOUR: ColumnElement[str] = literal_column(
    "substr(residents.phone, length(residents.phone) - 3)"
)


@dataclass(frozen=True, slots=True)
class ResidentView:
    """A person of a household, the phone masked."""

    id: int
    name: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class HouseholdHit:
    """A household that fits what was typed.

    Args:
        residents: empty for a reader who may not know who reports.
        open_files: open files that somebody of the household reported; likewise.
        building_files: the building's newest open files.
    """

    id: int
    estate_id: int
    estate: str
    building_id: int
    building: str
    room: str
    residents: tuple[ResidentView, ...]
    open_files: tuple[CaseLine, ...]
    building_files: tuple[CaseLine, ...]


def find_household(
    actor: Actor, typed: str, now: datetime, limit: int = 10
) -> tuple[HouseholdHit, ...]:
    """The households that fit: 3-2-501, 3号楼501, a phone or its last four, a name, initials.

    Raises:
        NotAllowed: only who takes in reports may look people up.
    """
    actor.need(Right.TAKE_IN)
    with read() as session:
        return _shown(session, actor, _found(session, actor, typed, limit), now)


def household(actor: Actor, household_id: int, now: datetime) -> HouseholdHit:
    """One household.

    Raises:
        NotFound: there is none in this person's scope.
    """
    actor.need(Right.TAKE_IN)
    with read() as session:
        shown = _shown(session, actor, [household_id], now)
    if not shown:
        raise no_such_file()
    return shown[0]


def homes_by_room(
    actor: Actor, typed: str, estate_id: int | None = None, limit: int = 2
) -> tuple[int, ...]:
    """Ids of the homes whose room is meant; people are never looked up.

    Args:
        typed: building and room, as `find_household` takes them; a room alone finds nothing.
        estate_id: look in this estate only.
    """
    actor.need(Right.TAKE_IN)
    key = key_of(clean_line(typed)[:60])
    numbers = _NUMBERS.findall(key)
    if len(numbers) < 2 or not actor.sees_estate(estate_id or actor.estate_id):
        return ()
    there = replace(actor, estate_id=estate_id or actor.estate_id)
    with read() as session:
        return tuple(_rooms(session, there, key, numbers, limit))


def _found(session: Session, actor: Actor, typed: str, limit: int) -> list[int]:
    """Ids of fitting households; people are looked up only for who may know who reports."""
    text = clean_line(typed)[:60]
    key = key_of(text)
    if not key:
        return []
    sees_people = actor.may(Right.REVEAL)
    if sees_people and (phone := normal_phone(text)) is not None:
        own = select(Resident.household_id).where(Resident.phone == phone)
        voices = select(Reporter.household_id).where(
            Reporter.phone == phone, Reporter.household_id.is_not(None)
        )
        found = [*session.scalars(own.limit(limit)), *session.scalars(voices.limit(limit))]
        return list(dict.fromkeys(one for one in found if one is not None))[:limit]
    if sees_people and _SHORT_NUMBER.fullmatch(key):
        return _people(session, _LAST_FOUR.in_([key]), limit)
    if sees_people and _LETTERS.fullmatch(key):
        return _people(session, _begins(session, key), limit)
    numbers = _NUMBERS.findall(key)
    if len(numbers) >= 2:
        return _rooms(session, actor, key, numbers, limit)
    if sees_people and not numbers:
        # The index is over initials; the name itself is compared afterwards.
        same = _begins(session, pinyin_initials(text))
        return _people(session, same & Resident.name.startswith(text, autoescape=True), limit)
    return []


def _people(session: Session, condition: ColumnElement[bool], limit: int) -> list[int]:
    query = select(Resident.household_id).where(condition).distinct().limit(limit)
    return list(session.scalars(query))


def _begins(session: Session, initials: str) -> ColumnElement[bool]:
    """The prefix search that the index on initials answers; initials hold no wildcards."""
    if session.get_bind().dialect.name == "sqlite":
        return Resident.initials.op("GLOB", is_comparison=True)(f"{initials}*")
    return Resident.initials.like(f"{initials}%")


def _rooms(
    session: Session, actor: Actor, key: str, numbers: Sequence[str], limit: int
) -> list[int]:
    """Rooms by the numbers in what was typed: building, perhaps entrance, room."""
    estates = select(Estate)
    if actor.estate_id is not None:
        estates = estates.where(Estate.id == actor.estate_id)
    known = list(session.scalars(estates))
    named = [(row, said) for row in known if (said := _said(row.name, key))]
    for _, said in named:
        # The digits of 菖蒲2区 are none of a building.
        rest = _NUMBERS.findall(key.replace(said, "", 1))
        numbers = rest if len(rest) >= 2 else numbers
    names = [f"{before}{numbers[0]}{after}" for before in BEFORE_NUMBER for after in AFTER_NUMBER]
    names += [name.upper() for name in names]
    buildings = select(Building.id).where(
        Building.estate_id.in_([row.id for row, _ in named] or [row.id for row in known]),
        Building.name.in_(names),
    )
    ids = list(session.scalars(buildings.order_by(Building.estate_id, Building.position)))
    query = select(Household.id, Household.room).where(
        Household.building_id.in_(ids), Household.room.contains(numbers[-1], autoescape=True)
    )
    wanted = list(numbers[1:])
    found = []
    for household_id, room in session.execute(query.order_by(Household.id)):
        if _NUMBERS.findall(key_of(room))[-len(wanted) :] == wanted:
            found.append(household_id)
    return found[:limit]


def _said(name: str, key: str) -> str:
    """The part of what was typed that names the estate, or nothing."""
    whole = key_of(name)
    return next((part for part in (whole, whole.removesuffix("小区")) if part in key), "")


def _shown(
    session: Session, actor: Actor, ids: Sequence[int], now: datetime
) -> tuple[HouseholdHit, ...]:
    query = (
        select(Household, Building, Estate)
        .join(Building, Building.id == Household.building_id)
        .join(Estate, Estate.id == Building.estate_id)
        .where(Household.id.in_(ids))
        .order_by(Estate.id, Building.position, Household.room)
    )
    rows = [row for row in session.execute(query) if actor.sees_estate(row[2].id)]
    own = [home.id for home, _, _ in rows]
    residents = _residents(session, own) if actor.may(Right.REVEAL) else {}
    reported = _reported(session, actor, own) if actor.may(Right.REVEAL) else {}
    near = {
        building.id: select_ids(
            session, actor, CaseFilter(building_id=building.id), now, SHOWN_FILES
        )
        for _, building, _ in rows
    }
    wanted = {key for keys in [*near.values(), *reported.values()] for key in keys}
    files = {line.id: line for line in lines(session, sorted(wanted), now)}
    return tuple(
        HouseholdHit(
            id=home.id,
            estate_id=estate.id,
            estate=estate.name,
            building_id=building.id,
            building=building.name,
            room=home.room,
            residents=residents.get(home.id, ()),
            open_files=tuple(files[key] for key in reported.get(home.id, ())),
            building_files=tuple(files[key] for key in near[building.id]),
        )
        for home, building, estate in rows
    )


def _residents(session: Session, ids: Iterable[int]) -> dict[int, tuple[ResidentView, ...]]:
    query = select(Resident).where(Resident.household_id.in_(list(ids))).order_by(Resident.id)
    found: dict[int, tuple[ResidentView, ...]] = {}
    for row in session.scalars(query):
        view = ResidentView(row.id, row.name, mask_phone(row.phone) if row.phone else None)
        found[row.household_id] = (*found.get(row.household_id, ()), view)
    return found


def _reported(session: Session, actor: Actor, ids: Iterable[int]) -> dict[int, list[int]]:
    """Open files by the household whose people reported them; a merged one is its root."""
    first, root = aliased(Case), aliased(Case)
    query = (
        select(Reporter.household_id, root.id, root.opened_at)
        .join(Report, Report.reporter_id == Reporter.id)
        .join(first, first.id == Report.case_id)
        .join(root, root.id == first.root_id)
        .where(Reporter.household_id.in_(list(ids)), root.state.in_(OPEN_STATES))
        .distinct()
        .order_by(root.opened_at.desc(), root.id.desc())
    )
    if actor.estate_id is not None:
        query = query.where(root.estate_id == actor.estate_id)
    found: dict[int, list[int]] = {}
    for household_id, case_id, _ in session.execute(query):
        found.setdefault(household_id or 0, []).append(case_id)
    return found

"""Households and their residents from a sheet: what is new goes in, what is wrong is named."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count, islice
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import read, write
from db.estates import building_in
from db.events import record
from db.tables import Building, Estate, Household, Resident
from domain.errors import N_
from domain.household_rows import Roll, RollRow
from domain.initials import pinyin_initials
from domain.names import loose_key
from domain.people import Actor, Right
from domain.sheet_rows import RefusedRow

# One transaction holds this many rows: long enough to be quick, short enough for other writers.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class RollResult:
    """What an import did, or, as a preview, would do."""

    buildings: int = 0
    households: int = 0
    persons: int = 0
    phones: int = 0  # of persons who were there, filled in or changed
    already_there: int = 0
    skipped_empty: int = 0
    refused: tuple[RefusedRow, ...] = ()


def preview_households(actor: Actor, roll: Roll) -> RollResult:
    """What `import_households` would do, and the rows that it would refuse; writes nothing."""
    actor.need(Right.SET_UP)
    with read() as session:
        known = _Known(session, actor)
        counted, paper = _Counts(), _Paper()
        refused = [*roll.refused]
        for row in roll.rows:
            estate_id = known.estate(row)
            if isinstance(estate_id, RefusedRow):
                refused.append(estate_id)
            else:
                known.keep(paper, estate_id, row, counted)
        return counted.result(roll, refused)


def import_households(
    actor: Actor,
    now: datetime,
    roll: Roll,
    progress: Callable[[float], None] | None = None,
) -> RollResult:
    """Take the rows in, with buildings that are missing; running twice adds nothing.

    Estates must exist; buildings and rooms are found under other spellings too (3号楼, 3栋).
    A telephone number that differs from the kept one replaces it: the sheet is newer.

    Args:
        progress: told the finished share, after each transaction.
    """
    actor.need(Right.SET_UP)
    refused = [*roll.refused]
    counted = _Counts()
    done = 0
    for chunk in _chunks(roll.rows):
        with write() as session:
            known = _Known(session, actor, lock=True)
            before = counted.copy()
            for row in chunk:
                estate_id = known.estate(row)
                if isinstance(estate_id, RefusedRow):
                    refused.append(estate_id)
                else:
                    known.keep(_Rows(session, actor, now), estate_id, row, counted)
            if counted.changed_since(before):
                record(
                    session,
                    actor,
                    now,
                    "households_imported",
                    households=counted.households - before.households,
                    persons=counted.persons - before.persons,
                    phones=counted.phones - before.phones,
                )
        done += len(chunk)
        if progress is not None:
            progress(done / len(roll.rows))
    return counted.result(roll, refused)


def _chunks(rows: Iterable[RollRow]) -> Iterator[list[RollRow]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


@dataclass(slots=True)
class _Counts:
    buildings: int = 0
    households: int = 0
    persons: int = 0
    phones: int = 0
    already_there: int = 0

    def copy(self) -> "_Counts":
        return replace(self)

    def changed_since(self, before: "_Counts") -> bool:
        return replace(self, already_there=0) != replace(before, already_there=0)

    def result(self, roll: Roll, refused: list[RefusedRow]) -> RollResult:
        return RollResult(
            self.buildings,
            self.households,
            self.persons,
            self.phones,
            self.already_there + roll.repeated,
            roll.skipped_empty,
            tuple(sorted(refused, key=lambda row: row.line)),
        )


class _Known:
    """What the database holds already, by the keys under which spellings meet.

    Args:
        lock: take the estates' rows, so that two imports at once follow one another.
    """

    def __init__(self, session: Session, actor: Actor, lock: bool = False) -> None:
        query = select(Estate).order_by(Estate.id)
        estates = list(session.scalars(query.with_for_update() if lock else query))
        self.estates = {loose_key(row.name): row.id for row in estates if actor.sees_estate(row.id)}
        self.buildings = {
            (row.estate_id, loose_key(row.name)): row.id
            for row in session.scalars(select(Building))
        }
        homes = session.execute(select(Household.id, Household.building_id, Household.room))
        self.homes = {(building, loose_key(room)): key for key, building, room in homes}
        people = session.execute(
            select(Resident.id, Resident.household_id, Resident.name, Resident.phone)
        )
        self.people = {(home, name): (key, phone) for key, home, name, phone in people}

    def estate(self, row: RollRow) -> int | RefusedRow:
        """The row's estate; a sheet without that column means the only one there is."""
        if not row.estate:
            if len(self.estates) == 1:
                return next(iter(self.estates.values()))
            return RefusedRow(
                row.line,
                N_("Which estate? Add a column {column} to the sheet."),
                {"column": "小区"},
            )
        found = self.estates.get(loose_key(row.estate))
        if found is not None:
            return found
        return RefusedRow(
            row.line,
            N_("There is no estate “{name}”. Correct the name, or add the estate first."),
            {"name": row.estate},
        )

    def keep(self, keeper: "_Keeper", estate_id: int, row: RollRow, counted: _Counts) -> None:
        """Put in what is missing of one row."""
        place = (estate_id, loose_key(row.building))
        if place not in self.buildings:
            self.buildings[place] = keeper.building(estate_id, row.building)
            counted.buildings += 1
        building = self.buildings[place]
        room = (building, loose_key(row.room))
        is_new = room not in self.homes
        if is_new:
            self.homes[room] = keeper.household(building, row.room)
            counted.households += 1
        person = (self.homes[room], row.name)
        if not row.name:
            counted.already_there += not is_new
        elif person not in self.people:
            self.people[person] = (keeper.resident(person[0], row), row.phone)
            counted.persons += 1
        elif row.phone is not None and self.people[person][1] != row.phone:
            key = self.people[person][0]
            keeper.phone(key, row.phone)
            self.people[person] = (key, row.phone)
            counted.phones += 1
        else:
            counted.already_there += 1


class _Keeper(Protocol):
    """Where new rows go; each function returns the new row's id."""

    def building(self, estate_id: int, name: str) -> int: ...
    def household(self, building_id: int, room: str) -> int: ...
    def resident(self, household_id: int, row: RollRow) -> int: ...
    def phone(self, resident_id: int, phone: str) -> None: ...


class _Paper:
    """The preview's: nothing is kept, and the ids are below zero."""

    def __init__(self) -> None:
        self._ids = count(-1, -1)

    def building(self, estate_id: int, name: str) -> int:
        return next(self._ids)

    def household(self, building_id: int, room: str) -> int:
        return next(self._ids)

    def resident(self, household_id: int, row: RollRow) -> int:
        return next(self._ids)

    def phone(self, resident_id: int, phone: str) -> None:
        return


@dataclass(frozen=True, slots=True)
class _Rows:
    """The import's: rows of the database."""

    session: Session
    actor: Actor
    now: datetime

    def building(self, estate_id: int, name: str) -> int:
        return building_in(self.session, self.actor, self.now, estate_id, name)[0]

    def household(self, building_id: int, room: str) -> int:
        home = Household(building_id=building_id, room=room)
        self.session.add(home)
        self.session.flush()
        return home.id

    def resident(self, household_id: int, row: RollRow) -> int:
        resident = Resident(
            household_id=household_id,
            name=row.name,
            initials=pinyin_initials(row.name),
            phone=row.phone,
        )
        self.session.add(resident)
        self.session.flush()
        return resident.id

    def phone(self, resident_id: int, phone: str) -> None:
        self.session.get_one(Resident, resident_id).phone = phone

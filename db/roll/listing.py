"""The roll as a page shows it: what it adds up to, what is doubtful, and its units by filter."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import read
from db.roll.live import LiveUnit, live_units, matched
from db.roll.rules import rules_of
from db.roll.scope import need_roll
from db.tables.roll import Owner
from domain.names import key_of
from domain.people import Actor
from domain.private_text import mask_phone
from domain.rights import DEVELOPER, Kind, right_name
from domain.roll_matching import Doubt


class Show(StrEnum):
    """Which units are listed."""

    ALL = "all"
    DOUBTFUL = "doubtful"
    MERGED = "merged"  # of rights with several units
    JOINT = "joint"
    DEVELOPER = "developer"
    PARKING = "parking"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in a list.

    Args:
        phone: the first owner's who has one, masked.
        right_units, right_area: of the whole right that the unit belongs to; 0 where it does
            not count.
    """

    id: int
    label: str
    kind: Kind
    area: int
    developer: bool
    owners: tuple[str, ...]
    phone: str
    doubt: Doubt | None
    right: str
    right_units: int
    right_area: int


@dataclass(frozen=True, slots=True)
class DoubtfulOwner:
    """One of those who may be one person; `units` by their place, `phone` masked."""

    id: int
    name: str
    phone: str
    tail: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Owners of whom somebody must say whether they are one person."""

    why: Doubt
    owners: tuple[DoubtfulOwner, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the roll adds up to; areas in 0.01 m², heads and area as votes count them today."""

    units: int
    heads: int
    area: int
    merged: int
    joint: int
    developer_units: int
    developer_area: int
    parking_units: int
    parking_area: int
    count_parking: bool
    doubtful_units: int


@dataclass(frozen=True, slots=True)
class RollPage:
    """One screen of the roll; `found` counts all units that the filter lets through."""

    totals: Totals
    questions: tuple[Question, ...]
    lines: tuple[UnitLine, ...]
    found: int


def roll(
    actor: Actor,
    on: date,
    estate_id: int,
    *,
    show: Show = Show.ALL,
    query: str = "",
    first: int = 0,
    limit: int = 50,
    questions: int = 10,
) -> RollPage:
    """The estate's roll; of the units those that fit, and the first open questions.

    Args:
        query: part of a room or a name, the initials of a name, or the end of a number.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
    """
    with read() as session:
        need_roll(session, actor, estate_id)
        units = live_units(session, estate_id)
        rules = rules_of(session, estate_id, on)
        people = _people(session, estate_id)
        rights = _Rights(units, rules.count_parking)
        fitting = [
            unit for unit in units if rights.shows(unit, show) and _fits(unit, query, people)
        ]
        if show is Show.MERGED:
            fitting.sort(key=lambda unit: (-rights.count[rights.of[unit.id]], rights.of[unit.id]))
        return RollPage(
            rights.totals(units),
            _questions(session, estate_id, units, people, questions),
            tuple(_line(unit, people, rights) for unit in fitting[first : first + limit]),
            len(fitting),
        )


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    initials: str
    phone: str | None
    tail: str | None


def _people(session: Session, estate_id: int) -> dict[int, _Person]:
    query = select(Owner.id, Owner.name, Owner.initials, Owner.phone, Owner.document_tail).where(
        Owner.estate_id == estate_id, Owner.merged_into_id.is_(None)
    )
    return {
        key: _Person(name, initials, phone, tail)
        for key, name, initials, phone, tail in session.execute(query)
    }


class _Rights:
    """The voting rights that the units make."""

    def __init__(self, units: Sequence[LiveUnit], count_parking: bool) -> None:
        self.count_parking = count_parking
        self.of = {unit.id: _right(unit) for unit in units}
        counted = [unit for unit in units if self.counts(unit)]
        self.count = Counter(self.of[unit.id] for unit in counted)
        self.area: dict[str, int] = defaultdict(int)
        for unit in counted:
            self.area[self.of[unit.id]] += unit.area

    def counts(self, unit: LiveUnit) -> bool:
        return self.count_parking or unit.kind is not Kind.PARKING

    def shows(self, unit: LiveUnit, show: Show) -> bool:
        if show is Show.DOUBTFUL:
            return unit.doubt is not None
        if show is Show.MERGED:
            return not unit.developer and self.counts(unit) and self.count[self.of[unit.id]] > 1
        if show is Show.JOINT:
            return not unit.developer and len(unit.owner_ids) > 1
        if show is Show.DEVELOPER:
            return unit.developer
        return show is Show.ALL or unit.kind is Kind.PARKING

    def totals(self, units: Sequence[LiveUnit]) -> Totals:
        own = [unit for unit in units if unit.developer]
        parking = [unit for unit in units if unit.kind is Kind.PARKING]
        return Totals(
            units=len(units),
            heads=len(self.count),
            area=sum(self.area.values()),
            merged=sum(n > 1 for right, n in self.count.items() if right != DEVELOPER),
            joint=sum("+" in right for right in self.count),
            developer_units=len(own),
            developer_area=sum(unit.area for unit in own),
            parking_units=len(parking),
            parking_area=sum(unit.area for unit in parking),
            count_parking=self.count_parking,
            doubtful_units=sum(unit.doubt is not None for unit in units),
        )


def _right(unit: LiveUnit) -> str:
    # A unit whose owners are not known makes a right of its own rather than none.
    owners = [str(owner) for owner in unit.owner_ids] or [f"unit {unit.id}"]
    return right_name(owners, unit.developer)


def _fits(unit: LiveUnit, query: str, people: Mapping[int, _Person]) -> bool:
    key = key_of(query[:60])
    if not key:
        return True
    if key in key_of(unit.label):
        return True
    for owner in unit.owner_ids:
        who = people[owner]
        if key in key_of(who.name) or who.initials.startswith(key):
            return True
        if key.isdecimal() and len(key) >= 4 and (who.phone or "").endswith(key):
            return True
    return False


def _line(unit: LiveUnit, people: Mapping[int, _Person], rights: _Rights) -> UnitLine:
    right = rights.of[unit.id]
    own = [people[owner] for owner in unit.owner_ids]
    phone = next((who.phone for who in own if who.phone), None)
    return UnitLine(
        id=unit.id,
        label=unit.label,
        kind=unit.kind,
        area=unit.area,
        developer=unit.developer,
        owners=tuple(who.name for who in own),
        phone=mask_phone(phone) if phone else "",
        doubt=unit.doubt,
        right=right,
        right_units=rights.count[right] if rights.counts(unit) else 0,
        right_area=rights.area[right] if rights.counts(unit) else 0,
    )


def _questions(
    session: Session,
    estate_id: int,
    units: Sequence[LiveUnit],
    people: Mapping[int, _Person],
    most: int,
) -> tuple[Question, ...]:
    groups = matched(session, estate_id).groups[:most] if most else ()
    wanted = {owner for group in groups for owner in group.owners}
    owned: dict[int, list[str]] = defaultdict(list)
    for unit in units:
        for owner in unit.owner_ids:
            if owner in wanted:
                owned[owner].append(unit.label)
    return tuple(
        Question(
            group.why,
            tuple(
                DoubtfulOwner(
                    owner,
                    people[owner].name,
                    mask_phone(people[owner].phone or ""),
                    people[owner].tail or "",
                    tuple(owned[owner]),
                )
                for owner in group.owners
            ),
        )
        for group in groups
    )

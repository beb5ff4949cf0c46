"""Whom a right belongs to, in words: its units, and its owners' names from the roll.

The pseudonyms of a vote never leave here beside names: who has both can read the bundle.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.roll.owners import contacts
from db.tables.votes import VoteOwner, VoteRight, VoteUnit
from domain.rights import DEVELOPER

_AT_ONCE = 2_000
T = TypeVar("T", int, str)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of a right; area in 0.01 m²."""

    id: int
    label: str
    area: int


def units_of(session: Session, rights: Collection[int]) -> dict[int, tuple[UnitLine, ...]]:
    """The units of each right, in the order of the roll."""
    found: dict[int, list[UnitLine]] = defaultdict(list)
    for some in _in_parts(rights):
        rows = session.execute(
            select(VoteUnit.right_id, VoteUnit.id, VoteUnit.label, VoteUnit.area)
            .where(VoteUnit.right_id.in_(some))
            .order_by(VoteUnit.id)
        )
        for right, unit, label, area in rows:
            found[right or 0].append(UnitLine(unit, label, area))
    return {right: tuple(units) for right, units in found.items()}


def names_of(session: Session, vote_id: int, rights: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The owners' names of each right; none for the developer."""
    keys: dict[int, str] = {}
    for some in _in_parts(rights):
        query = select(VoteRight.id, VoteRight.key).where(VoteRight.id.in_(some))
        keys |= dict(session.execute(query).all())
    return _named(session, vote_id, keys)


def _named(session: Session, vote_id: int, keys: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    wanted = {one for key in keys.values() if key != DEVELOPER for one in key.split("+")}
    owner_of: dict[str, int] = {}
    for some in _in_parts(wanted):
        query = select(VoteOwner.pseudonym, VoteOwner.owner_id).where(
            VoteOwner.vote_id == vote_id, VoteOwner.pseudonym.in_(some)
        )
        owner_of |= dict(session.execute(query).all())
    known = contacts(session, set(owner_of.values()))
    return {
        right: ()
        if key == DEVELOPER
        else tuple(known[owner_of[one]][0] for one in key.split("+") if owner_of[one] in known)
        for right, key in keys.items()
    }


def _in_parts(wanted: Collection[T]) -> list[list[T]]:
    rest = list(wanted)
    return [rest[start : start + _AT_ONCE] for start in range(0, len(rest), _AT_ONCE)]

"""Voting rights 投票权: units of the roll become heads, one for each set of owners."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_, DeskError
from domain.thresholds import Weight

DEVELOPER = "DEVELOPER"


class Kind(StrEnum):
    """What a unit is used for."""

    DWELLING = "dwelling"
    SHOP = "shop"
    PARKING = "parking"


class BadOwners(DeskError):
    """The owners of a unit make no voting right."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of the roll; area in 0.01 m².

    `developer`: unsold, or sold and not yet handed over. `served`: there is proof of service.
    """

    unit: str
    kind: Kind
    area: int
    owners: tuple[str, ...]
    developer: bool
    served: bool


@dataclass(frozen=True, slots=True)
class Right:
    """One head with the area of all its units; served when one of its units is."""

    name: str
    area: int
    served: bool


def right_name(owners: Iterable[str], developer: bool) -> str:
    """Name the right that a unit belongs to: its owner set, or the developer.

    Raises:
        BadOwners: no owner, or an id that could be taken for another's.
    """
    if developer:
        return DEVELOPER
    names = sorted(set(owners))
    if not names:
        raise BadOwners(N_("The unit has no owner. Name one, or mark it as the developer's."))
    for name in names:
        if not name or name != name.strip() or "+" in name or name == DEVELOPER:
            raise BadOwners(
                N_(
                    "“{value}” is no owner id. An id is not empty,"
                    " holds no + and no blank at its ends, and"
                    " is not DEVELOPER, which stands for the developer."
                ),
                value=name[:40],
            )
    return "+".join(names)


def merge(units: Iterable[Unit], count_parking: bool) -> dict[str, Right]:
    """Merge the counted units into rights, by name; parking counts only if the rules say so.

    Raises:
        BadOwners: see `right_name`; dropped units are checked as well.
    """
    areas: dict[str, int] = {}
    served: set[str] = set()
    for unit in units:
        name = right_name(unit.owners, unit.developer)
        if unit.kind is Kind.PARKING and not count_parking:
            continue
        areas[name] = areas.get(name, 0) + unit.area
        if unit.served:
            served.add(name)
    return {name: Right(name, area, name in served) for name, area in areas.items()}


def weigh(rights: Mapping[str, Right]) -> Weight:
    """Add up the frozen roll."""
    return Weight(sum(right.area for right in rights.values()), len(rights))

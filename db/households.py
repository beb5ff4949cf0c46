"""Find the household at the errand desk: by room, phone, name or pinyin initials."""

from dataclasses import dataclass
from datetime import datetime

from db.views import CaseLine
from domain.people import Actor


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
        open_files: open files that somebody of the household reported.
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
    raise NotImplementedError


def household(actor: Actor, household_id: int, now: datetime) -> HouseholdHit:
    """One household.

    Raises:
        NotFound: there is none in this person's scope.
    """
    raise NotImplementedError

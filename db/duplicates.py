"""Likely duplicates 疑似重复 of what is being typed, or of a file, with the reasons."""

from dataclasses import dataclass
from datetime import datetime

from db.views import Where
from domain.likeness import Reason
from domain.moves import State
from domain.people import Actor


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been typed so far; whatever is not known yet stays empty."""

    text: str = ""
    title: str = ""
    estate_id: int | None = None
    building_id: int | None = None
    category_id: int | None = None
    phone: str = ""
    household_id: int | None = None


@dataclass(frozen=True, slots=True)
class DuplicateHint:
    """An open file that may be about the same matter."""

    code: str
    number: str
    title: str
    state: State
    where: Where
    opened_at: datetime
    score: float
    reasons: tuple[Reason, ...]


def likely_duplicates(
    actor: Actor, draft: Draft, now: datetime, limit: int = 5
) -> tuple[DuplicateHint, ...]:
    """The open files most like what is being typed.

    Raises:
        NotAllowed: this person may not read files.
    """
    raise NotImplementedError


def duplicates_of(
    actor: Actor, code: str, now: datetime, limit: int = 5
) -> tuple[DuplicateHint, ...]:
    """The open files most like this one.

    Raises:
        NotFound: there is no such file in scope.
    """
    raise NotImplementedError

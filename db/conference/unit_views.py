"""What the pages of units are given."""

from dataclasses import dataclass
from datetime import date, datetime

from db.tables import ServiceClass, UnitKind
from db.views import Count


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the list, with what it did this quarter."""

    code: str
    name: str
    kind: UnitKind
    offers: int
    open: Count
    done: Count
    idle: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the unit offers."""

    code: str
    service_class: ServiceClass
    text: str
    offered_at: datetime


@dataclass(frozen=True, slots=True)
class Work:
    """A part of a file that the unit has or had.

    Args:
        title: without personal details where a unit reads it.
        asked: the words of the call that the unit answered of its own accord.
        conference: code and day of the conference that gave it.
        case_code: for readers of files; on_board: whether anybody can read of it.
    """

    task_code: str
    case_code: str
    number: str
    title: str
    lead: bool
    asked: str | None
    given_at: datetime
    due_at: datetime
    done_at: datetime | None
    late: bool
    conference: tuple[str, datetime] | None
    on_board: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A report to the conference; `heard_at` once one has heard it."""

    text: str
    at: datetime
    heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """An activity that the unit holds or has held."""

    code: str
    title: str
    starts_at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit: what it offers, what it promised and what it did.

    Args:
        own: whether the reader speaks for it.
        first, last: the present quarter; `idle` is about these days.
        present, held: conferences of the past year that it came to, and all of them.
    """

    code: str
    name: str
    kind: UnitKind
    own: bool
    offers: tuple[Offer, ...]
    promises: tuple[Work, ...]
    deeds: tuple[Work, ...]
    activities: tuple[Held, ...]
    reports: tuple[Heard, ...]
    first: date
    last: date
    idle: bool
    present: int
    held: int

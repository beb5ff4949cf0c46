"""Plain values that several pages are given: a file in a list, a clock, a portion of a list."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from domain.clocks import Promise, Standing
from domain.moves import State, Step
from domain.workdays import DayBasis

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; `more` means more than `n`, shown as "1000+"."""

    n: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.n}+" if self.more else str(self.n)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One portion of a list.

    Args:
        next_cursor: what to hand over as `after` for the next portion; None at the end.
    """

    lines: tuple[T, ...]
    next_cursor: str | None = None

    @property
    def has_more(self) -> bool:
        """Whether there is a next portion."""
        return self.next_cursor is not None


@dataclass(frozen=True, slots=True)
class CategoryName:
    """A category's name in both languages."""

    id: int
    zh: str
    en: str

    def name(self, language: str) -> str:
        """The name in that language (`zh_CN` or `en`)."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Where:
    """Where a matter is, by name; None where it was not said."""

    estate: str | None = None
    building: str | None = None
    place: str | None = None

    def __str__(self) -> str:
        return " · ".join(part for part in (self.estate, self.building, self.place) if part)


@dataclass(frozen=True, slots=True)
class ClockView:
    """One promise and where it stands now.

    Args:
        limit: hours for the first answer, days for the others.
        remaining: until due, below zero how late; None once it is settled.
    """

    promise: Promise
    round: int
    basis: DayBasis
    limit: int
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    paused: bool
    standing: Standing
    remaining: timedelta | None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A file in a list.

    Args:
        channel: by which door its first report came.
        reporters: reports of this file and of those merged into it (附议).
        clock: the unsettled promise that is due first.
        overdue: whether any unsettled promise of the present round was missed.
    """

    id: int
    code: str
    number: str
    title: str
    state: State
    step: Step
    round: int
    where: Where
    channel: str | None
    reporters: int
    category: CategoryName | None
    lead_unit: str | None
    opened_at: datetime
    clock: ClockView | None
    overdue: bool
    merged: bool

    @property
    def next_due_at(self) -> datetime | None:
        """When the first unsettled promise is due."""
        return self.clock.due_at if self.clock else None


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo, by the code in its address."""

    code: str
    width: int
    height: int
    public: bool

"""What the conference's pages are given."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.tables import UnitKind
from db.views import CaseLine
from domain.agenda import Result, Source


class Stage(StrEnum):
    """Where a conference stands; read from its times."""

    PLANNED = "planned"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit was given of a decision, or took by itself.

    Args:
        open: the file is still being worked on.
    """

    unit: str
    unit_code: str
    kind: UnitKind
    lead: bool
    due_at: datetime
    done_at: datetime | None
    late: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on an item, and how far each unit has come.

    Args:
        parts: the leading unit first; empty where the work was taken back since.
    """

    lead: str
    lead_kind: UnitKind
    due_at: datetime
    words: str
    parts: tuple[Part, ...]

    @property
    def done(self) -> bool:
        """Whether the leading unit has reported its work."""
        return any(part.lead and part.done_at is not None for part in self.parts)

    @property
    def late(self) -> bool:
        """Whether the leading unit is or was too late."""
        return any(part.lead and part.late for part in self.parts)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of an agenda.

    Args:
        ref: names it for the write functions, also where it has no row yet.
        code: of its row; None where it fills itself.
        line: its file; None for a unit's report and for words of the office.
        title: what stands on the agenda.
        said: what the unit reports, or what was said of it at the conference.
        conference: code of the conference it belongs to, with `held_at`.
    """

    ref: str
    code: str | None
    source: Source
    since: datetime
    title: str
    line: CaseLine | None
    unit: str | None
    reason: str | None
    result: Result | None
    said: str | None
    decided: Decided | None
    conference: str
    held_at: datetime


@dataclass(frozen=True, slots=True)
class Present:
    """A unit that takes part, and whether it was there."""

    id: int
    name: str
    kind: UnitKind
    there: bool


@dataclass(frozen=True, slots=True)
class ConferenceLine:
    """A conference in the list."""

    code: str
    meets_at: datetime
    opened_at: datetime | None
    place: str
    stage: Stage
    items: int
    decided: int
    present: int


@dataclass(frozen=True, slots=True)
class Coming:
    """The conference that is planned or running, without its agenda."""

    meets_at: datetime
    place: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class ConferenceView:
    """One conference as its page shows it.

    Args:
        code: None while none is planned: the agenda fills itself all the same.
        left_out: what was taken off, with reasons; for those who run it.
        earlier: what was decided before: all of the last time, and what is not done of others.
        runs: whether this person may run it.
    """

    code: str | None
    stage: Stage
    meets_at: datetime | None
    place: str
    opened_at: datetime | None
    ended_at: datetime | None
    guests: str
    items: tuple[ItemLine, ...]
    left_out: tuple[ItemLine, ...]
    earlier: tuple[ItemLine, ...]
    units: tuple[Present, ...]
    runs: bool

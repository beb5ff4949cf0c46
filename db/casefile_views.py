"""What the page of a file is given."""

from dataclasses import dataclass
from datetime import datetime

from db.tables import Channel
from db.views import CaseLine, ClockView, PhotoView
from domain.closing import Missing, Outcome
from domain.moves import Move, State
from domain.reminders import Rung


@dataclass(frozen=True, slots=True)
class ReporterView:
    """Who reported, for the office alone.

    Args:
        phone: masked; `db.reveal.reveal_phone` shows it whole, with a reason.
        household: the room, as far as it is known.
    """

    name: str | None
    phone: str | None
    household: str | None
    erased: bool


@dataclass(frozen=True, slots=True)
class ReportView:
    """One person's words.

    Args:
        from_file: number of the file that it came with, where that was merged into this one.
        reporter: None for a reader who may not know, and where nothing was left.
        recorded_by: who wrote it down, where it was not the reporter.
        extra: further columns of an imported ledger.
    """

    id: int
    text: str
    channel: Channel
    received_at: datetime
    from_file: str | None
    place: str | None
    reporter: ReporterView | None
    recorded_by: str | None
    extra: dict[str, str]
    photos: tuple[PhotoView, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened.

    Args:
        at: when it happened; `recorded_at` differs where it was written down later.
        kind: the event's name; a change of state is `moved` with `move` set.
        who: the account's name, None for a resident (`by_resident`) or the system.
        words: the note that belongs to it; `public` ones stand on the follow page.
        facts: the event's row ids, kinds and numbers.
    """

    at: datetime
    recorded_at: datetime
    kind: str
    move: Move | None
    who: str | None
    by_resident: bool
    words: str | None
    public: bool
    photos: tuple[PhotoView, ...]
    facts: dict[str, int | str | bool | list[int]]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Who leads, by when, as it was decided."""

    unit: str
    unit_id: int
    due_at: datetime
    words: str
    decided_at: datetime
    round: int


@dataclass(frozen=True, slots=True)
class TaskView:
    """What a unit was given of this file.

    Args:
        asked_due_at: the later day that it asks for.
        first_due_at: what was given first, where the day was moved since.
    """

    code: str
    unit: str
    unit_id: int
    lead: bool
    round: int
    given_at: datetime
    given_by: str | None
    due_at: datetime
    answered_at: datetime | None
    done_at: datetime | None
    done_by: str | None
    recalled_at: datetime | None
    asked_due_at: datetime | None
    first_due_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class RatingView:
    """A reporter's word on the result: `level` 5 (best) to 1, `solved` yes, partly or no."""

    report_id: int
    round: int
    level: int
    solved: str
    comment: str | None
    channel: Channel
    recorded_by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ContactView:
    """One attempt to reach a reporter."""

    report_id: int | None
    purpose: str
    round: int
    reached: bool
    words: str | None
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ReminderView:
    """One rung of a clock's ladder that was raised."""

    clock: ClockView
    rung: Rung
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """The gate of 销号: what this person would still lack to close the file.

    Args:
        missing: in the order of the form; empty when it may be closed.
    """

    missing: tuple[Missing, ...]
    has_evidence: bool
    has_public_summary: bool
    ratings: int
    failed_contacts: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One matter as its page shows it.

    Args:
        line: what the lists show of it.
        timeline: oldest first.
        decision: the last one of the present round.
        parent: the file that this one was merged into; `merged` those merged into this one.
        moves: what this person may do now, in the table's order; `main_move` the one button.
        closing: where it may be closed at all.
    """

    line: CaseLine
    came_from: State | None
    estate_id: int | None
    building_id: int | None
    place_id: int | None
    category_id: int | None
    lead_unit_id: int | None
    outcome: Outcome | None
    summary: str | None
    published_at: datetime | None
    done_at: datetime | None
    closed_at: datetime | None
    anonymised_at: datetime | None
    reports: tuple[ReportView, ...]
    photos: tuple[PhotoView, ...]
    timeline: tuple[TimelineEntry, ...]
    clocks: tuple[ClockView, ...]
    decision: DecisionView | None
    tasks: tuple[TaskView, ...]
    ratings: tuple[RatingView, ...]
    contacts: tuple[ContactView, ...]
    reminders: tuple[ReminderView, ...]
    parent: CaseLine | None
    merged: tuple[CaseLine, ...]
    moves: tuple[Move, ...]
    main_move: Move | None
    closing: Closing | None
    sees_reporters: bool

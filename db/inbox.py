"""The inbox 收件: the files of one's scope, filtered, newest first, in portions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.tables import Channel
from db.views import CaseLine, Count, Page
from domain.moves import State, Step
from domain.people import Actor

PORTION = 50
COUNT_TO = 1_000


class Which(StrEnum):
    """Which files to list, unless a step or a state says so."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the list is narrowed to; everything given must hold.

    Args:
        which: open ones, closed ones, or all; a `step` or `state` overrules it.
        step: open files that stand at this step (asked and suspended ones stand where they
            came from); `Step.CLOSED` the closed ones.
        unit_id: the unit that leads.
        overdue: a promise of the present round was missed and is not settled.
        query: words that the file holds, as `db.search` finds them.
        opened_from, opened_to: opened at or after, and before.
    """

    which: Which = Which.OPEN
    step: Step | None = None
    state: State | None = None
    estate_id: int | None = None
    building_id: int | None = None
    category_id: int | None = None
    unit_id: int | None = None
    channel: Channel | None = None
    overdue: bool = False
    query: str = ""
    opened_from: datetime | None = None
    opened_to: datetime | None = None


def inbox(
    actor: Actor,
    wanted: CaseFilter,
    now: datetime,
    after: str | None = None,
    limit: int = PORTION,
) -> Page[CaseLine]:
    """The newest files that the filter lets through, after the cursor of the portion before.

    A cursor that no list ever gave out begins at the beginning.

    Raises:
        NotAllowed: this person may not read files.
    """
    raise NotImplementedError


def count(actor: Actor, wanted: CaseFilter, now: datetime, most: int = COUNT_TO) -> Count:
    """How many files the filter lets through, counted up to `most`."""
    raise NotImplementedError

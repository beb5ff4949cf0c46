"""Where an owners' vote stands, and what still keeps it from being opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.days import local_day
from domain.errors import N_
from domain.thresholds import Lane, fewest_candidates


class Stage(StrEnum):
    """The stages of a vote in their order; cancelled stands beside them."""

    PREPARING = "preparing"
    NOTICED = "noticed"  # the notice is posted, its questions are fixed
    OPEN = "open"
    COUNTING = "counting"  # closed by the clock, not counted yet
    COUNTED = "counted"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


CLOSED = frozenset({Stage.COUNTING, Stage.COUNTED, Stage.PUBLISHED})


def stage(
    now: datetime,
    *,
    noticed_on: date | None,
    opened_at: datetime | None,
    closes_at: datetime | None,
    counted_at: datetime | None,
    published_at: datetime | None,
    cancelled_at: datetime | None,
) -> Stage:
    """Where a vote stands. The clock closes it; only a person opens it."""
    if cancelled_at is not None:
        return Stage.CANCELLED
    if published_at is not None:
        return Stage.PUBLISHED
    if counted_at is not None:
        return Stage.COUNTED
    if opened_at is not None:
        return Stage.OPEN if closes_at is None or now < closes_at else Stage.COUNTING
    return Stage.NOTICED if noticed_on is not None else Stage.PREPARING


class Need(StrEnum):
    """One line of the readiness list 开启前核对."""

    QUESTIONS = "questions"
    NOTICE = "notice"
    NOTICE_PERIOD = "notice_period"
    ROLL = "roll"
    DOUBTS = "doubts"
    TELLERS = "tellers"
    CLOSE = "close"
    OBJECTIONS = "objections"
    CANDIDATES = "candidates"
    CONFLICTS = "conflicts"
    GROUP = "group"
    RULES = "rules"


NEED_WORDS: dict[Need, str] = {
    Need.QUESTIONS: N_("At least one question is asked"),
    Need.NOTICE: N_("The notice is posted with these questions"),
    Need.NOTICE_PERIOD: N_("The legal period between notice and first day of voting has passed"),
    Need.ROLL: N_("The owners' roll of the estate is there"),
    Need.DOUBTS: N_("No doubtful owner is left on the roll"),
    Need.TELLERS: N_("Two tellers or more are named"),
    Need.CLOSE: N_("The voting period ends after it begins"),
    Need.OBJECTIONS: N_("Every objection is answered"),
    Need.CANDIDATES: N_("There are enough candidates, or it is written why not"),
    Need.CONFLICTS: N_("Every candidate's declaration is there and has no obstacle"),
    Need.GROUP: N_("The preparation group is named"),
    Need.RULES: N_("The estate's rules of counting are entered with their source"),
}


@dataclass(frozen=True, slots=True)
class Ready:
    """One line of the list: what is needed, and whether it is there.

    Args:
        found: a number that the page shows beside it, where one helps.
    """

    need: Need
    met: bool
    found: int | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What has been prepared of a vote.

    Args:
        candidates: in an election those who stand; `undeclared` of them lack their declaration
            or have an obstacle.
        group: members of the preparation group.
    """

    lane: Lane
    questions: int
    noticed_on: date | None
    meets_on: date | None
    notice_days: int
    closes_at: datetime | None
    rights: int
    doubts: int
    tellers: int
    open_objections: int
    has_rules: bool
    seats: int | None = None
    candidates: int = 0
    waived: bool = False
    undeclared: int = 0
    group: int = 0


FEWEST_TELLERS = 2  # two people key paper blind


def readiness(prepared: Prepared, now: datetime) -> tuple[Ready, ...]:
    """The list that a person sees before opening; all of it must be met."""
    return tuple(_lines(prepared, now))


def _lines(one: Prepared, now: datetime) -> Iterator[Ready]:
    today = local_day(now)
    yield Ready(Need.QUESTIONS, one.questions > 0, one.questions)
    yield Ready(Need.NOTICE, one.noticed_on is not None)
    yield Ready(
        Need.NOTICE_PERIOD,
        one.noticed_on is not None
        and one.meets_on is not None
        and (one.meets_on - one.noticed_on).days >= one.notice_days
        and today >= one.meets_on,
        one.notice_days,
    )
    yield Ready(Need.ROLL, one.rights > 0, one.rights)
    yield Ready(Need.DOUBTS, one.doubts == 0, one.doubts)
    yield Ready(Need.RULES, one.has_rules)
    yield Ready(Need.TELLERS, one.tellers >= FEWEST_TELLERS, one.tellers)
    yield Ready(Need.CLOSE, one.closes_at is not None and one.closes_at > now)
    yield Ready(Need.OBJECTIONS, one.open_objections == 0, one.open_objections)
    if one.lane is Lane.ELECTION:
        enough = one.seats is not None and one.candidates >= fewest_candidates(one.seats)
        yield Ready(Need.CANDIDATES, enough or (one.waived and one.candidates > 0), one.candidates)
        yield Ready(Need.CONFLICTS, one.undeclared == 0, one.undeclared)
        yield Ready(Need.GROUP, one.group > 0, one.group)

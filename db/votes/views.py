"""What reads of owners' votes return: plain values without a single choice of anybody."""

from dataclasses import dataclass
from datetime import date, datetime

from db.votes.results import Count
from domain.tally import Invalid, Silent
from domain.thresholds import Lane, Outcome, Weight
from domain.timeline_of_vote import Line
from domain.votes import Stage


@dataclass(frozen=True, slots=True)
class VoteLine:
    """One vote in a list.

    Args:
        roll, served, returned: sums over the frozen roll; nothing before the vote is open.
        shortfall: what quorum still lacks.
        outcomes: each question with its outcome, once it is counted.
    """

    code: str
    title: str
    estate: str
    lane: Lane
    matter: str
    stage: Stage
    created_at: datetime
    noticed_on: date | None
    meets_on: date | None
    opened_at: datetime | None
    closes_at: datetime | None
    counted_at: datetime | None
    published_at: datetime | None
    roll: Weight
    served: Weight
    returned: Weight
    shortfall: Weight
    outcomes: tuple[tuple[str, Outcome], ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question, or in an election one candidate."""

    position: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class BuildingTurnout:
    """How many rights of a building are served and have returned a ballot; 0: no building."""

    id: int
    name: str
    roll: Weight
    served: Weight
    returned: Weight


@dataclass(frozen=True, slots=True)
class FrozenRules:
    """How the vote is counted: frozen at its opening, before that as they hold today."""

    silent: Silent
    invalid: Invalid
    count_parking: bool
    source: str


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last event of the vote's own chain: its number and its hash."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class VoteView:
    """One vote without its result.

    Args:
        case_code, case_number: the file that it came from, for who reads files.
        cancelled_because: for who runs votes.
        may_run: whether this person may prepare, open, count, publish.
        is_teller: whether this person is one of its named tellers.
        may_look: whether this person may recount from the ballots.
    """

    line: VoteLine
    estate_id: int
    explanation: str
    seats: int | None
    questions: tuple[QuestionView, ...]
    timetable: tuple[Line, ...]
    buildings: tuple[BuildingTurnout, ...]
    tellers: tuple[tuple[int, str], ...]
    rules: FrozenRules
    questions_hash: str | None
    rules_hash: str | None
    roll_hash: str | None
    chain: ChainHead | None
    case_code: str | None
    case_number: str | None
    cancelled_because: str | None
    waived: str | None
    invalid_chosen: Invalid | None
    invalid_source: str | None
    open_objections: int
    papers_waiting: int
    may_run: bool
    is_teller: bool
    may_look: bool


@dataclass(frozen=True, slots=True)
class DrawView:
    """The draw that settled a tie, with its witnesses."""

    winners: tuple[str, ...]
    tied: tuple[str, ...]
    how: str
    witnesses: tuple[str, str]
    drawn_at: datetime


@dataclass(frozen=True, slots=True)
class ResultView:
    """The result of a counted vote.

    Args:
        differ: questions where the majority by area is another than by heads, so that silence
            follows nobody.
    """

    count: Count
    differ: frozenset[str]
    draw: DrawView | None


@dataclass(frozen=True, slots=True)
class PublishedVote:
    """A published result as everybody may read it."""

    code: str
    title: str
    estate: str
    lane: Lane
    published_at: datetime
    count: Count

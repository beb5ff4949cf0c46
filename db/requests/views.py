"""What pages read of requests, as plain values."""

from dataclasses import dataclass
from datetime import datetime

from domain.escalation import Rung
from domain.matching import LeftOut, Place
from domain.offers import Ended, OfferState, Why
from domain.requests import Called, RequestState, Source, Urgency
from domain.skills import SkillKind
from domain.volunteers import Squad


@dataclass(frozen=True, slots=True)
class Line:
    """One request in a list.

    Args:
        where: estate and building, as far as they are known; never the door.
        asked: how many volunteers were asked since offering began.
        open_offers: how many of them may still answer.
        volunteer: who holds it.
        next_step: the ladder's next rung and its time; None where nothing more comes.
    """

    code: str
    number: str
    state: RequestState
    urgency: Urgency
    source: Source
    need: str
    where: str
    made_at: datetime
    from_at: datetime | None
    held_for: str | None
    asked: int
    open_offers: int
    volunteer: str | None
    next_step: tuple[Rung, datetime] | None
    case_code: str | None


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer as the desk sees it."""

    code: str
    volunteer_id: int
    volunteer_code: str
    volunteer: str
    state: OfferState
    sent_at: datetime
    expires_at: datetime | None
    answered_at: datetime | None
    why: Why | None
    ended: Ended | None
    by_hand: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    """Who took a request, and how far they are."""

    code: str
    volunteer: str
    volunteer_code: str
    accepted_at: datetime
    set_out_at: datetime | None
    arrived_at: datetime | None
    left_at: datetime | None
    ended_at: datetime | None
    absent: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request as the desk sees it, without the person; see `looking.look`."""

    line: Line
    skill: SkillKind | None
    squad: Squad | None
    dangerous: bool
    strangers_only: bool
    estate_id: int | None
    building_id: int | None
    until_at: datetime | None
    called: Called | None
    unit: str | None
    reason: str | None
    same_as: str | None
    has_person: bool
    offers: tuple[OfferView, ...]
    tasks: tuple[TaskView, ...]
    rungs: tuple[tuple[Rung, datetime], ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Who could be asked, the first first, and who could not, with all reasons.

    Args:
        places, left_out: the first of them; `may` and `may_not` count all of them.
        unskilled: in a large community, how many more have no skill that fits.
    """

    places: tuple[Place, ...]
    left_out: tuple[LeftOut, ...]
    may: int
    may_not: int
    unskilled: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """An offer to oneself: what, where and until when; whom it is for is told who accepts."""

    code: str
    need: str
    where: str
    urgency: Urgency
    dangerous: bool
    skill: SkillKind | None
    from_at: datetime | None
    until_at: datetime | None
    sent_at: datetime
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class Mine:
    """The task that one holds now, or held."""

    code: str
    number: str
    need: str
    where: str
    urgency: Urgency
    state: RequestState
    called: Called | None
    from_at: datetime | None
    until_at: datetime | None
    accepted_at: datetime
    set_out_at: datetime | None
    arrived_at: datetime | None
    left_at: datetime | None
    note: str | None


@dataclass(frozen=True, slots=True)
class MyHelp:
    """A volunteer's own: what is asked, what they hold, and what they did last."""

    offers: tuple[Wanted, ...]
    task: Mine | None
    done: tuple[Mine, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the help is for. Shown once the look at it is recorded."""

    name: str | None
    phone: str | None
    door: str | None
    health: str | None


@dataclass(frozen=True, slots=True)
class Followed:
    """A request as whoever asked for it sees it."""

    number: str
    need: str
    where: str
    urgency: Urgency
    state: RequestState
    made_at: datetime
    from_at: datetime | None
    asked: int
    accepted_at: datetime | None
    set_out_at: datetime | None
    arrived_at: datetime | None
    left_at: datetime | None
    may_cancel: bool

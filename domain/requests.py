"""Requests for help 求助单: their states, and the one table of allowed acts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import N_, Refused


class Urgency(StrEnum):
    """How fast help must be at the door."""

    EMERGENCY = "emergency"
    ROUTINE = "routine"


class Source(StrEnum):
    """By which door a request came in."""

    CASE = "case"
    PHONE = "phone"
    PUBLIC = "public"
    UNIT = "unit"


class Called(StrEnum):
    """Who dialled 120 (or 110) before volunteers were asked: 危及生命先拨120."""

    FAMILY = "family"
    DESK = "desk"
    NOT_NEEDED = "not_needed"


class Authority(StrEnum):
    """Who takes over what is beyond neighbours."""

    AMBULANCE = "120"
    POLICE = "110"


class RequestState(StrEnum):
    """Where a request stands. The first eight are the line, the others stand beside it."""

    NEW = "new"
    TRIAGED = "triaged"
    OFFERING = "offering"
    ASSIGNED = "assigned"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    DONE = "done"
    CLOSED = "closed"
    UNFILLED = "unfilled"
    ESCALATED = "escalated"
    TRANSFERRED = "transferred"
    DUPLICATE = "duplicate"
    CANCELLED = "cancelled"


S = RequestState
LINE = (S.NEW, S.TRIAGED, S.OFFERING, S.ASSIGNED, S.EN_ROUTE, S.ON_SCENE, S.DONE, S.CLOSED)
# Nobody has come yet and somebody still must.
WAITING_STATES = frozenset({S.NEW, S.TRIAGED, S.OFFERING, S.UNFILLED, S.ESCALATED})
# Offers may stand and be accepted here.
ASKING_STATES = frozenset({S.OFFERING, S.ESCALATED})
# Somebody has taken it and is not finished.
HELD_STATES = frozenset({S.ASSIGNED, S.EN_ROUTE, S.ON_SCENE})
OPEN_STATES = WAITING_STATES | HELD_STATES | {S.DONE}


class Act(StrEnum):
    """What may be done with a request, as its event records it."""

    TRIAGE = "triage"  # 分诊: read, complete, and fit to be offered
    OFFER = "offer"
    ACCEPT = "accept"
    SET_OUT = "set_out"
    ARRIVE = "arrive"
    LEAVE = "leave"
    CLOSE = "close"
    RUN_OUT = "run_out"  # nobody is left to ask
    ESCALATE = "escalate"
    RELEASE = "release"  # who accepted cannot come after all
    TRANSFER = "transfer"  # to 120 or 110
    DUPLICATE = "duplicate"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    Args:
        sources: states that the act may start from.
        target: the state that it leads to.
        reason: whether words must say why.
    """

    sources: frozenset[RequestState]
    target: RequestState
    reason: bool = False


ACTS: dict[Act, Rule] = {
    Act.TRIAGE: Rule(frozenset({S.NEW}), S.TRIAGED),
    Act.OFFER: Rule(frozenset({S.TRIAGED, S.UNFILLED}), S.OFFERING),
    # The secretary is told and the offers stand: a late yes is still a yes.
    Act.ACCEPT: Rule(ASKING_STATES, S.ASSIGNED),
    Act.SET_OUT: Rule(frozenset({S.ASSIGNED}), S.EN_ROUTE),
    Act.ARRIVE: Rule(frozenset({S.EN_ROUTE}), S.ON_SCENE),
    Act.LEAVE: Rule(frozenset({S.ON_SCENE}), S.DONE),
    Act.CLOSE: Rule(frozenset({S.DONE, S.TRANSFERRED}), S.CLOSED),
    Act.RUN_OUT: Rule(frozenset({S.OFFERING}), S.UNFILLED),
    Act.ESCALATE: Rule(frozenset({S.OFFERING, S.UNFILLED}), S.ESCALATED),
    Act.RELEASE: Rule(frozenset({S.ASSIGNED, S.EN_ROUTE}), S.OFFERING, reason=True),
    Act.TRANSFER: Rule(WAITING_STATES | HELD_STATES, S.TRANSFERRED, reason=True),
    Act.DUPLICATE: Rule(WAITING_STATES, S.DUPLICATE),
    # Once somebody is at the door, it ends by leaving.
    Act.CANCEL: Rule(WAITING_STATES | {S.ASSIGNED, S.EN_ROUTE}, S.CANCELLED, reason=True),
}


class ActRefused(Refused):
    """The request does not stand where this act starts."""


def is_repeat(act: Act, state: RequestState) -> bool:
    """Whether the act was done already, so that doing it again changes nothing.

    An act of the line is a repeat as soon as the request has come to its target or past it;
    one to the side while the request stands there.
    """
    target = ACTS[act].target
    if act is Act.RELEASE:
        return False  # it goes back: to stand at its target says nothing
    if target in LINE and state in LINE:
        return LINE.index(state) >= LINE.index(target)
    return state is target


def after(act: Act, state: RequestState, reason: str = "") -> RequestState:
    """The state that `act` leads to; ask `is_repeat` first where a repeat is harmless.

    Raises:
        ActRefused: the table has no such act from here.
        Refused: a reason is missing.
    """
    rule = ACTS[act]
    if state not in rule.sources:
        raise ActRefused(
            N_("This is not possible as the request stands now. Look at the page again."),
            act=act.value,
            state=state.value,
        )
    if rule.reason and not reason.strip():
        raise Refused(N_("Write down why: this step is recorded with its reason."))
    return rule.target


def possible(state: RequestState) -> frozenset[Act]:
    """Every act that may start from `state`."""
    return frozenset(act for act, rule in ACTS.items() if state in rule.sources)


def by_urgency(urgency: Urgency, waits_since: datetime) -> tuple[bool, datetime]:
    """The order of the list: emergencies first, then whoever has waited longest."""
    return urgency is not Urgency.EMERGENCY, waits_since


# A request without an agreed time is reckoned to take so long, when tasks are compared.
USUAL_TIME = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Window:
    """When help is needed; the end is not in it."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Window") -> bool:
        """Whether nobody could do both."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def window(now: datetime, from_at: datetime | None, until_at: datetime | None) -> Window:
    """The time of a request: as agreed, or from now on for the usual time."""
    starts = max(from_at or now, now)
    return Window(starts, until_at if until_at and until_at > starts else starts + USUAL_TIME)

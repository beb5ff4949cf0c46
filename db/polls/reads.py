"""Polls as signed-in people see them: lists, one poll with its turnout by building."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from db.casefile import seen_case
from db.engine import read
from db.polls.scope import buildings_of, households_in, poll_seen
from db.polls.views import PollLine, poll_lines
from db.standings import clock_view
from db.tables import Account, Building, Case, ClockRow, Decision, Household, Note, Unit
from db.tables.polls import Poll, PollAnswer, PollLink
from db.views import ClockView
from domain.clocks import Promise
from domain.moves import State
from domain.people import Actor, Right

MOST = 200  # several years of one community's polls
MOST_WAITING = 10
# Nobody decides on an older one any more; and it keeps the index from being read through.
WAITS_AT_MOST = timedelta(days=30)
PROMISES = (Promise.VOTE_OPENED, Promise.DECISION)


@dataclass(frozen=True, slots=True)
class BuildingTurnout:
    """How many households of a building have answered; `slips` were printed for so many."""

    id: int
    name: str
    asked: int
    answered: int
    slips: int


@dataclass(frozen=True, slots=True)
class PollDecision:
    """What was decided after the poll."""

    unit: str
    due_at: datetime
    words: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class PollView:
    """One poll as its page shows it.

    Args:
        estate_id, building_id: whom it asks.
        clocks: the promises to open it and to decide, of the file's round.
        withdrawn_because: the reason, where one was given.
        may_run: whether this person may take answers down, print slips, withdraw it.
        may_decide: whether this person may decide on the file now that it is closed.
        lobby_code: of its posters' address; for who runs polls.
    """

    line: PollLine
    estate_id: int
    building_id: int | None
    opened_by: str | None
    buildings: tuple[BuildingTurnout, ...]
    clocks: tuple[ClockView, ...]
    decision: PollDecision | None
    withdrawn_because: str | None
    may_run: bool
    may_decide: bool
    lobby_code: str | None


def polls(
    actor: Actor, now: datetime, *, estate_id: int | None = None, limit: int = MOST
) -> list[PollLine]:
    """The polls in this person's scope, the newest first."""
    actor.need(Right.FIGURES)
    with read() as session:
        query = _in_scope(actor, select(Poll))
        if estate_id is not None:
            query = query.where(Poll.estate_id == estate_id)
        rows = session.scalars(query.order_by(Poll.id.desc()).limit(limit))
        return list(poll_lines(session, list(rows), now))


def polls_of_case(actor: Actor, now: datetime, case_code: str) -> tuple[PollLine, ...]:
    """The polls of one file, the newest first.

    Raises:
        NotFound: no such file in this person's scope.
    """
    actor.need(Right.READ_CASES)
    with read() as session:
        case = seen_case(session, actor, case_code)
        query = select(Poll).where(Poll.case_id == case.id).order_by(Poll.id.desc())
        return poll_lines(session, list(session.scalars(query)), now)


def poll_view(actor: Actor, now: datetime, code: str) -> PollView:
    """One poll.

    Raises:
        NotFound: there is none in this person's scope.
    """
    actor.need(Right.FIGURES)
    with read() as session:
        poll = poll_seen(session, actor, code)
        case = session.get_one(Case, poll.case_id)
        line = poll_lines(session, [poll], now)[0]
        runs = actor.may(Right.RUN_VOTES)
        note = session.get(Note, poll.withdrawn_note_id) if poll.withdrawn_note_id else None
        opener = session.get(Account, poll.opened_by) if poll.opened_by else None
        decides = case.state is State.DELIBERATING and case.round == poll.round
        return PollView(
            line=line,
            estate_id=poll.estate_id,
            building_id=poll.building_id,
            opened_by=opener.name if opener else None,
            buildings=_by_building(session, poll),
            clocks=_clocks(session, poll, now),
            decision=_decision(session, poll),
            withdrawn_because=note.text if note else None,
            may_run=runs,
            may_decide=decides and actor.may(Right.HANDLE) and actor.sees_estate(case.estate_id),
            lobby_code=poll.lobby_code if runs else None,
        )


def waiting(session: Session, actor: Actor, now: datetime) -> tuple[PollLine, ...]:
    """Open polls, soonest to close first, and closed ones on which nobody has decided yet."""
    query = (
        _in_scope(actor, select(Poll))
        .join(Case, Case.id == Poll.case_id)
        .where(
            Poll.withdrawn_at.is_(None),
            Poll.decision_id.is_(None),
            Poll.closes_at > now - WAITS_AT_MOST,
            or_(
                Poll.closes_at > now,
                (Case.state == State.DELIBERATING) & (Case.round == Poll.round),
            ),
        )
        .order_by(Poll.closes_at, Poll.id)
        .limit(MOST_WAITING)
    )
    return poll_lines(session, list(session.scalars(query)), now)


def _in_scope(actor: Actor, query: Select[Poll]) -> Select[Poll]:
    if actor.estate_id is None:
        return query
    return query.where(Poll.estate_id == actor.estate_id)


def _by_building(session: Session, poll: Poll) -> tuple[BuildingTurnout, ...]:
    asked = households_in(session, buildings_of(poll), poll.newest_household_id)
    names = dict(
        session.execute(select(Building.id, Building.name).where(buildings_of(poll))).all()
    )
    answered = _counted(session, PollAnswer, poll)
    slips = _counted(session, PollLink, poll)
    return tuple(
        BuildingTurnout(key, names[key], n, answered.get(key, 0), slips.get(key, 0))
        for key, n in asked.items()
    )


def _counted(
    session: Session, table: type[PollAnswer] | type[PollLink], poll: Poll
) -> dict[int, int]:
    query = (
        select(Household.building_id, func.count())
        .join(table, table.household_id == Household.id)
        .where(table.poll_id == poll.id)
        .group_by(Household.building_id)
    )
    return dict(session.execute(query).all())


def _clocks(session: Session, poll: Poll, now: datetime) -> tuple[ClockView, ...]:
    query = select(ClockRow).where(
        ClockRow.case_id == poll.case_id,
        ClockRow.round == poll.round,
        ClockRow.promise.in_(PROMISES),
    )
    found = {row.promise: clock_view(row, now) for row in session.scalars(query)}
    return tuple(found[promise] for promise in PROMISES if promise in found)


def _decision(session: Session, poll: Poll) -> PollDecision | None:
    query = (
        select(Unit.name, Decision.due_at, Note.text, Decision.decided_at)
        .join(Unit, Unit.id == Decision.lead_unit_id)
        .join(Note, Note.id == Decision.note_id)
        .where(Decision.id == poll.decision_id)
    )
    row = session.execute(query).one_or_none()
    return PollDecision(*row) if row is not None else None

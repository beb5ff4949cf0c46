"""Today 今日: what waits for this person, by deadline, and where all open files stand."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from db.calls import Call, calls_page, count_calls_in
from db.engine import read
from db.held import count_held_in
from db.inbox import COUNT_TO, CaseFilter, count_in
from db.lines import lines
from db.polls.reads import waiting as waiting_polls
from db.polls.views import PollLine
from db.standings import unsettled
from db.steps import in_state, states_at
from db.tables import Case, ClockRow, Reminder
from db.tasklist import TaskLine, task_page
from db.views import CaseLine, Count
from domain.moves import MAIN_MOVE, Move, State, Step, allowed_to
from domain.people import Actor, Right
from domain.reminders import Rung

SHOWN = 30  # more than anybody does in a day; the inbox has the rest
SHOWN_CALLS = 5
# Of so many latest reminders those are told that still hold; older ones show as overdue.
REMINDERS_LOOKED_AT = 300
# These files wait for a unit, a reporter, a vote or a date, and not for the desk.
WAIT_FOR_OTHERS = frozenset({State.DOING, State.ASKED, State.SUSPENDED, State.IN_VOTE})
OVERDUE = CaseFilter(overdue=True)
STEPS = tuple(step for step in Step if step is not Step.CLOSED)


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many open files stand at a step; `opens` is the inbox with exactly these rows."""

    step: Step
    count: Count
    opens: CaseFilter


@dataclass(frozen=True, slots=True)
class Reminded:
    """A file whose promise was reminded of: its highest rung, and since when."""

    line: CaseLine
    rung: Rung
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Today:
    """What waits.

    Args:
        steps: the six steps, in order; for whom figures are enough, all there is.
        overdue: open files with a missed promise; `overdue_opens` is their inbox.
        waiting: files whose next step is this person's (the committee: its estate's files),
            soonest due first, those without a running promise at the end.
        reminded: the highest rung first; only for the office.
        held: reports that flooding held back.
        calls: the first calls to make; `calls_count` all.
        tasks: a unit's own open tasks, soonest due first.
        polls: open ones, and closed ones that wait for a decision; soonest to close first.
    """

    as_of: datetime
    steps: tuple[StepCount, ...]
    overdue: Count
    overdue_opens: CaseFilter
    waiting: tuple[CaseLine, ...]
    reminded: tuple[Reminded, ...]
    held: Count
    calls: tuple[Call, ...]
    calls_count: Count
    tasks: tuple[TaskLine, ...]
    polls: tuple[PollLine, ...]


def today(actor: Actor, now: datetime) -> Today:
    """What waits for this person; a part that is not theirs is empty, for nobody an error."""
    office = actor.may(Right.HANDLE)
    reads = actor.may(Right.READ_CASES)
    tells = actor.may(Right.REVEAL)
    figures = reads or actor.may(Right.FIGURES)
    nothing = Count(0)
    with read() as session:
        waiting = _waiting(session, actor) if reads else []
        reminded = _reminded(session, actor) if office else []
        found = lines(session, [*waiting, *(case_id for case_id, _, _ in reminded)], now)
        by_id = {line.id: line for line in found}
        return Today(
            as_of=now,
            steps=step_counts(session, actor) if figures else (),
            overdue=count_in(session, actor, OVERDUE, now) if figures else nothing,
            overdue_opens=OVERDUE,
            waiting=tuple(by_id[key] for key in waiting),
            reminded=tuple(Reminded(by_id[case_id], rung, at) for case_id, rung, at in reminded),
            held=count_held_in(session, actor) if office else nothing,
            calls=calls_page(session, actor, None, SHOWN_CALLS).lines if tells else (),
            calls_count=count_calls_in(session, actor) if tells else nothing,
            tasks=task_page(session, actor, now, done=False, after=None, limit=SHOWN).lines
            if actor.may(Right.READ_OWN_TASKS)
            else (),
            polls=waiting_polls(session, actor, now) if actor.may(Right.RUN_VOTES) else (),
        )


def step_counts(session: Session, actor: Actor, most: int = COUNT_TO) -> tuple[StepCount, ...]:
    """The open files at each step, each state counted along its index up to `most`."""
    counted = session.execute(
        _counting(actor.estate_id is not None), {**_scope(actor), "limit": most + 1}
    ).one()
    sums = dict.fromkeys(STEPS, 0)
    for (step, _, _), n in zip(_PARTS, counted, strict=True):
        sums[step] += n
    return tuple(
        StepCount(step, Count(min(n, most), n > most), CaseFilter(step=step))
        for step, n in sums.items()
    )


# Statements are put together once and kept: doing it for every look at Today would take longer
# than the database does.
_PARTS = tuple(
    (step, state, came_from) for step in STEPS for state, came_from in states_at(step).items()
)
_LIMIT = bindparam("limit", type_=Integer())
_IN_SCOPE = Case.estate_id == bindparam("estate")


@lru_cache
def _counting(scoped: bool) -> Select[Any]:
    counts = []
    for _, state, came_from in _PARTS:
        files = select(Case.id).where(in_state(state, came_from))
        files = files.where(_IN_SCOPE) if scoped else files
        counts.append(
            select(func.count()).select_from(files.limit(_LIMIT).subquery()).scalar_subquery()
        )
    return select(*counts)


def _scope(actor: Actor) -> dict[str, int]:
    return {} if actor.estate_id is None else {"estate": actor.estate_id}


def _waiting(session: Session, actor: Actor) -> list[int]:
    if not actor.may(Right.HANDLE):
        # The committee does not move files; it wants to see what is promised to its estate.
        query = _promised(actor.estate_id is not None)
        return list(session.scalars(query, {**_scope(actor), "limit": SHOWN}))
    mine = tuple(
        state for state in State if state not in WAIT_FOR_OTHERS and _is_mine(actor, state)
    )
    found: list[int] = []
    for due in (True, False):
        if mine and len(found) < SHOWN:
            query = _soonest(mine, due, actor.estate_id is not None)
            found += session.scalars(query, {**_scope(actor), "limit": SHOWN - len(found)})
    return found


def _is_mine(actor: Actor, state: State) -> bool:
    move = MAIN_MOVE.get(state)
    settled = move in (Move.REOPEN, Move.UNMERGE)
    return not settled and move in allowed_to(actor, state)


@lru_cache
def _promised(scoped: bool) -> Select[int]:
    query = select(Case.id).where(Case.next_due_at.is_not(None))
    query = query.where(_IN_SCOPE) if scoped else query
    return query.order_by(Case.next_due_at, Case.id).limit(_LIMIT)


@lru_cache
def _soonest(states: tuple[State, ...], due: bool, scoped: bool) -> Select[int]:
    """One walk along the index for each state, merged."""
    condition = Case.next_due_at.is_not(None) if due else Case.next_due_at.is_(None)
    walks = []
    for state in states:
        walk = select(Case.id, Case.next_due_at).where(Case.state == state, condition)
        walk = walk.where(_IN_SCOPE) if scoped else walk
        part = walk.order_by(Case.next_due_at, Case.id).limit(_LIMIT).subquery()
        walks.append(select(part.c.id, part.c.next_due_at))
    merged = union_all(*walks).subquery()
    query = select(merged.c.id).order_by(merged.c.next_due_at, merged.c.id)
    return query.limit(_LIMIT)


def _reminded(session: Session, actor: Actor) -> list[tuple[int, Rung, datetime]]:
    """Files with the highest rung that their unsettled clocks have reached."""
    rungs = list(Rung)
    highest: dict[int, tuple[int, Rung, datetime]] = {}
    query = _latest_reminders(actor.estate_id is not None)
    for case_id, rung, raised_at in session.execute(query, _scope(actor)):
        before = highest.get(case_id)
        if before is None or rungs.index(rung) >= rungs.index(before[1]):
            highest[case_id] = (case_id, rung, raised_at)
    found = sorted(highest.values(), key=lambda row: (-rungs.index(row[1]), row[2], row[0]))
    return found[:SHOWN]


@lru_cache
def _latest_reminders(scoped: bool) -> Select[int, Rung, datetime]:
    latest = select(Reminder.id).order_by(Reminder.id.desc()).limit(REMINDERS_LOOKED_AT).subquery()
    query = (
        select(Reminder.case_id, Reminder.rung, Reminder.raised_at)
        .join(latest, latest.c.id == Reminder.id)
        .join(ClockRow, ClockRow.id == Reminder.clock_id)
        .where(unsettled(), ClockRow.paused_at.is_(None))
        .order_by(Reminder.id)
    )
    return query.join(Case, Case.id == Reminder.case_id).where(_IN_SCOPE) if scoped else query

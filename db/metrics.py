"""The figures of a period, computed from the facts as they were known at one moment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.clock_rows import calendar_around, clock_of
from db.engine import read
from db.events import facts_of
from db.tables import Case, ClockRow, Contact, Event, Rating, Reminder, Report, Task
from domain import clocks
from domain.clocks import Clock, ClockSettings, Promise
from domain.days import day_bounds, local_time
from domain.errors import N_, FieldError
from domain.figures import Figures, FileFacts, GivenRating, Rate, figures
from domain.moves import OPEN_STATES, PAUSED_STATES, STEP, Move, State, Step
from domain.people import Actor, Right
from domain.reminders import Rung

# Files are read in portions, so that a year of a large community fits into any memory.
PORTION = 500
# These end the work or stand in for it; a report sent back, or a reopening, takes that away.
_ENDS = frozenset({Move.DONE, Move.EXPLAIN, Move.PASS_ON, Move.DECLINE})
_ENDS_NOT = frozenset({Move.SEND_BACK, Move.REOPEN})


def figures_of(actor: Actor, first: date, last: date, as_of: datetime) -> Figures:
    """The figures of the files opened on these days, as they were known at `as_of`.

    Files that were merged into another one count as its reports and not as files.

    Raises:
        FieldError: the period ends before it begins.
    """
    actor.need(Right.FIGURES)
    if last < first:
        raise FieldError("to", N_("The period must not end before it begins."))
    with read() as session:
        return figures(_files(session, actor, first, last, as_of), as_of)


def as_json(counted: Figures, first: date, last: date, as_of: datetime) -> dict[str, Any]:
    """The figures as the command prints them."""
    return {
        "as_of": local_time(as_of).isoformat(),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "metrics": {
            "received": {"value": counted.received},
            "response": _rate(counted.response),
            "vote_same_day": _rate(counted.vote_same_day),
            "decision_next_day": _rate(counted.decision_next_day),
            "done_in_time": _rate(counted.done_in_time),
            "solved": _rate(counted.solved),
            "satisfied": _rate(counted.satisfied),
            "return_rate": _rate(counted.return_rate),
            "reopened": _rate(counted.reopened),
            "duration": {
                "n": len(counted.seconds),
                "median_hours": counted.hours(50),
                "p75_hours": counted.hours(75),
                "p90_hours": counted.hours(90),
            },
            "backlog": {"value": len(counted.ages), "oldest_days": counted.oldest_days},
        },
    }


def _rate(rate: Rate) -> dict[str, float | int | None]:
    return {"numerator": rate.numerator, "denominator": rate.denominator, "value": rate.value}


def _files(
    session: Session, actor: Actor, first: date, last: date, as_of: datetime
) -> Iterator[FileFacts]:
    start, end = day_bounds(first, last)
    query = (
        select(Case.id, Case.opened_at)
        .where(Case.opened_at >= start, Case.opened_at < end, Case.opened_at <= as_of)
        .order_by(Case.opened_at, Case.id)
    )
    if actor.estate_id is not None:
        query = query.where(Case.estate_id == actor.estate_id)
    for portion in session.execute(query.execution_options(yield_per=PORTION)).partitions():
        yield from known_of(session, {row.id: row.opened_at for row in portion}, as_of)


def known_of(session: Session, opened: dict[int, datetime], as_of: datetime) -> Iterator[FileFacts]:
    """What is known of these files at `as_of`; opening times by id, some hundreds at once."""
    ids = list(opened)
    stories = _stories(session, ids, as_of)
    rows: dict[int, dict[Promise, ClockRow]] = defaultdict(dict)
    for row in session.scalars(
        select(ClockRow).where(ClockRow.case_id.in_(ids), ClockRow.round == 1)
    ):
        rows[row.case_id][row.promise] = row
    ratings: dict[int, list[GivenRating]] = defaultdict(list)
    for rating in session.scalars(
        select(Rating).where(Rating.case_id.in_(ids), Rating.at <= as_of)
    ):
        said = GivenRating(rating.report_id, rating.at, rating.level, rating.solved)
        ratings[rating.case_id].append(said)
    reached = _reports_reached(session, ids, as_of)
    reports = _reports(session, ids, as_of)
    chased = _chased(session, ids, as_of)
    work = _work(session, ids, as_of)
    for key, at in opened.items():
        story = stories[key]
        if story.state is State.MERGED:
            continue
        kept = {promise: _then(session, row, story, as_of) for promise, row in rows[key].items()}
        yield FileFacts(
            case_id=key,
            opened_at=at,
            is_open=story.state in OPEN_STATES,
            first_answer=kept.get(Promise.FIRST_ANSWER),
            vote=kept.get(Promise.VOTE_OPENED),
            decision=kept.get(Promise.DECISION),
            done=kept.get(Promise.DONE),
            done_at=story.done_at,
            closings=story.closings,
            reopenings=story.reopenings,
            asked=_asked(reports[key], story),
            reached=frozenset(reached[key]),
            ratings=ratings[key],
            voted=story.voted,
            chased=key in chased,
            work_due_at=work[key].due_at if key in work else None,
            extended=key in work and work[key].extended,
            reports=len(reports[key]),
            steps=story.steps,
        )


@dataclass(slots=True)
class _Story:
    """What a file's events say up to the moment.

    Args:
        first_done_at: like `done_at`, for the first round alone.
        pauses: in the first round, when its clocks stood still (True) and ran again (False).
        later_pauses: whether there are more of them after the moment.
        at_step: the step of the first round at which it stands, and since when.
        steps: the time at those that it has left; side states stand where they were entered.
    """

    state: State = State.NEW
    done_at: datetime | None = None
    first_done_at: datetime | None = None
    asked_at: datetime | None = None
    closings: list[datetime] = field(default_factory=list)
    reopenings: list[datetime] = field(default_factory=list)
    pauses: list[tuple[datetime, bool]] = field(default_factory=list)
    later_pauses: bool = False
    voted: bool = False
    at_step: tuple[Step, datetime] | None = None
    steps: dict[Step, timedelta] = field(default_factory=dict)


def _stories(session: Session, ids: Sequence[int], as_of: datetime) -> dict[int, _Story]:
    stories = {key: _Story() for key in ids}
    query = (
        select(Event.case_id, Event.kind, Event.happened_at, Event.payload)
        .where(Event.case_id.in_(ids), Event.kind.in_(("opened", "moved", "imported_closed")))
        .order_by(Event.happened_at, Event.id)
    )
    for case_id, kind, at, payload in session.execute(query):
        if case_id is not None:
            _tell(stories[case_id], kind, at, facts_of(payload), as_of)
    return stories


def _tell(story: _Story, kind: str, at: datetime, facts: dict[str, Any], as_of: datetime) -> None:
    target = State(facts["to"])
    move = Move(facts["move"]) if kind == "moved" else None
    pausing = target in PAUSED_STATES
    changes_pause = move is not None and pausing != (State(facts["was"]) in PAUSED_STATES)
    first_round = facts.get("round", 1) == 1
    if at > as_of:
        story.later_pauses |= changes_pause and first_round
        return
    story.state = target
    if first_round:
        story.voted |= move is Move.TO_VOTE
        _step(story, kind, target, at)
    elif move is Move.REOPEN:
        _step(story, kind, State.CLOSED, at)
    if changes_pause and first_round:
        story.pauses.append((at, pausing))
    if move in _ENDS or kind == "imported_closed":
        story.done_at = at
        story.first_done_at = at if first_round else story.first_done_at
    elif move in _ENDS_NOT:
        story.done_at = None
        if move is Move.SEND_BACK and first_round:
            story.first_done_at = None
    if move is Move.SHOW:
        story.asked_at = at
    if target is State.CLOSED:
        story.closings.append(at)
    elif move is Move.REOPEN and facts["was"] == State.CLOSED:
        story.reopenings.append(at)


def _step(story: _Story, kind: str, target: State, at: datetime) -> None:
    if kind == "imported_closed":
        story.at_step = None  # an old ledger does not say how long each step took
        return
    step = STEP[target]
    if step is None or (story.at_step is not None and story.at_step[0] is step):
        return
    if story.at_step is not None:
        left, since = story.at_step
        story.steps[left] = story.steps.get(left, timedelta()) + (at - since)
    # Come back to a step, it has not left it yet.
    story.at_step = None if step is Step.CLOSED else (step, at)


def _then(session: Session, row: ClockRow, story: _Story, as_of: datetime) -> Clock | None:
    """The clock as it was known at the moment; None where it had not started."""
    clock = clock_of(row)
    if clock.started_at > as_of:
        return None
    if clock.promise is Promise.DONE and clock.met_at != story.first_done_at:
        # Reported done, sent back, reported again: at the moment the earlier report may hold.
        clock = replace(clock, met_at=story.first_done_at, result=None)
    if clock.met_at is not None and clock.met_at > as_of:
        clock = replace(clock, met_at=None, result=None)
    if clock.voided_at is not None and clock.voided_at > as_of:
        clock = replace(clock, voided_at=None, result=None)
    if story.later_pauses:
        clock = _before_later_pauses(session, clock, story)
    return clock


def _before_later_pauses(session: Session, clock: Clock, story: _Story) -> Clock:
    """The due time before pauses that were still to come moved it."""
    calendar = calendar_around(session, clock.started_at)
    then = clocks.start(
        clock.promise,
        clock.started_at,
        clock.basis,
        calendar,
        ClockSettings(),
        limit=clock.limit,
    )
    for at, pausing in story.pauses:
        if at >= clock.started_at:
            then = clocks.pause(then, at) if pausing else clocks.resume(then, at, calendar)
    return replace(clock, due_at=then.due_at, paused_at=then.paused_at, resumed_at=then.resumed_at)


def _reports_reached(
    session: Session, ids: Sequence[int], as_of: datetime
) -> defaultdict[int, set[int]]:
    """Whose reporters spoke with the desk about the rating."""
    query = select(Contact.case_id, Contact.report_id).where(
        Contact.case_id.in_(ids),
        Contact.purpose == "rating",
        Contact.reached,
        Contact.at <= as_of,
    )
    return _gathered((case, report) for case, report in session.execute(query) if report)


def _reports(
    session: Session, ids: Sequence[int], as_of: datetime
) -> defaultdict[int, dict[int, datetime]]:
    """When each report came in, with those of files that are merged into these today."""
    query = (
        select(Case.root_id, Report.id, Report.received_at)
        .join(Report, Report.case_id == Case.id)
        .where(Case.root_id.in_(ids), Report.received_at <= as_of)
    )
    found: defaultdict[int, dict[int, datetime]] = defaultdict(dict)
    for root, report, received in session.execute(query):
        if root is not None:
            found[root][report] = received
    return found


def _asked(reports: Mapping[int, datetime], story: _Story) -> frozenset[int]:
    """The reports of a file that came to 评事."""
    if story.asked_at is None:
        return frozenset()
    return frozenset(key for key, received in reports.items() if received <= story.asked_at)


def _chased(session: Session, ids: Sequence[int], as_of: datetime) -> set[int]:
    """The files that were chased in writing in their first round."""
    query = (
        select(Reminder.case_id)
        .join(ClockRow, ClockRow.id == Reminder.clock_id)
        .where(
            Reminder.case_id.in_(ids),
            Reminder.rung == Rung.CHASE,
            Reminder.raised_at <= as_of,
            ClockRow.round == 1,
        )
    )
    return set(session.scalars(query))


@dataclass(frozen=True, slots=True)
class _Work:
    """The day that the leading unit was first given, and whether it was moved by then."""

    due_at: datetime
    extended: bool


def _work(session: Session, ids: Sequence[int], as_of: datetime) -> dict[int, _Work]:
    """What the first round's leading units were given; of several, the one given last."""
    query = (
        select(Task)
        .where(Task.case_id.in_(ids), Task.round == 1, Task.lead, Task.given_at <= as_of)
        .order_by(Task.id)
    )
    return {
        task.case_id: _Work(
            task.first_due_at or task.due_at,
            task.extended_at is not None and task.extended_at <= as_of,
        )
        for task in session.scalars(query)
        if task.recalled_at is None or task.recalled_at > as_of
    }


def _gathered(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for case_id, report_id in pairs:
        found[case_id].add(report_id)
    return found

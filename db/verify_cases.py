"""Do the files say what their events say? State, round, dates and clocks, told once more."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.clock_rows import clock_of
from db.events import facts_of
from db.tables import Case, ClockRow, Event
from domain.clocks import Promise, Standing, in_time
from domain.errors import N_
from domain.moves import MOVES, PAUSED_STATES, Move, State

PORTION = 500
_KINDS = ("opened", "moved", "imported_closed")
# Every round promises these two; the others only where the file comes so far.
_ALWAYS = frozenset({Promise.FIRST_ANSWER, Promise.DONE})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not whole; the template is a message id, a field may be a finding."""

    template: str
    params: dict[str, Any]


def faults_of_cases(session: Session) -> Iterator[Finding]:
    """Every fault, with the file's number."""
    after = 0
    while True:
        query = select(Case).where(Case.id > after).order_by(Case.id).limit(PORTION)
        cases = list(session.scalars(query))
        if not cases:
            return
        after = cases[-1].id
        yield from _portion(session, cases)
        session.expunge_all()


def _portion(session: Session, cases: Sequence[Case]) -> Iterator[Finding]:
    ids = [case.id for case in cases]
    events: dict[int, list[Event]] = defaultdict(list)
    for event in session.scalars(
        select(Event).where(Event.case_id.in_(ids), Event.kind.in_(_KINDS)).order_by(Event.id)
    ):
        events[event.case_id or 0].append(event)
    clocks: dict[int, list[ClockRow]] = defaultdict(list)
    for row in session.scalars(select(ClockRow).where(ClockRow.case_id.in_(ids))):
        clocks[row.case_id].append(row)
    for case in cases:
        for fault in (*_story(case, events[case.id]), *_clocks(case, clocks[case.id])):
            yield Finding(N_("File {number}: {what}"), {"number": case.number, "what": fault})


def _story(case: Case, events: Sequence[Event]) -> Iterator[Finding]:
    state, round_ = None, 1
    for event in events:
        facts = facts_of(event.payload)
        target = State(str(facts["to"]))
        if event.kind == "opened":
            if state is not None:
                yield Finding(N_("was opened twice"), {})
        elif event.kind == "moved":
            move = Move(str(facts["move"]))
            if facts["was"] != state:
                yield Finding(
                    N_("event {event} starts where the file did not stand"), {"event": event.seq}
                )
            rule = MOVES[move]
            if state not in rule.sources or rule.target not in (None, target):
                yield Finding(N_("event {event} is no move of the table"), {"event": event.seq})
            round_ += move is Move.REOPEN
        state = target
    if state is None:
        yield Finding(N_("has no event of its opening"), {})
    elif state is not case.state:
        yield Finding(
            N_("stands at {state}, its events say {told}"), {"state": case.state, "told": state}
        )
    if round_ != case.round:
        yield Finding(
            N_("is in round {round}, its events say {told}"), {"round": case.round, "told": round_}
        )
    if (case.closed_at is not None) is not (case.state is State.CLOSED):
        yield Finding(N_("its date of closing does not fit its state"), {})
    if (case.merged_into_id is not None) is not (case.state is State.MERGED):
        yield Finding(N_("is merged without another file, or the other way round"), {})


def _clocks(case: Case, rows: Sequence[ClockRow]) -> Iterator[Finding]:
    for row in rows:
        which = {"promise": row.promise, "round": row.round}
        for fault in _clock_faults(case, row):
            what = Finding(fault, {})
            yield Finding(N_("clock {promise}, round {round}: {what}"), {**which, "what": what})
    for number in range(1, case.round + 1):
        for promise in sorted(_ALWAYS - {row.promise for row in rows if row.round == number}):
            which = {"promise": promise, "round": number}
            yield Finding(N_("clock {promise} of round {round} is missing"), which)
    running = [
        row.due_at
        for row in rows
        if row.round == case.round and row.result is None and row.paused_at is None
    ]
    if min(running, default=None) != case.next_due_at:
        yield Finding(N_("next_due_at is not the earliest of its running clocks"), {})


def _clock_faults(case: Case, row: ClockRow) -> Iterator[str]:
    clock = clock_of(row)
    settled = clock.met_at is not None or clock.voided_at is not None
    if settled is not (clock.result is not None):
        yield N_("its result does not fit its times")
    if clock.met_at is not None:
        if clock.met_at < clock.started_at:
            yield N_("was met before it began")
        expected = Standing.MET if in_time(clock, clock.met_at) else Standing.MET_LATE
        if clock.result is not expected:
            yield N_("its result does not fit its due time")
    elif settled and clock.result not in (Standing.VOID, Standing.MISSED):
        yield N_("its result does not fit its times")
    if not settled and case.state is State.CLOSED:
        yield N_("still runs in a closed file")
    if not settled and (clock.paused_at is not None) is not (case.state in PAUSED_STATES):
        yield N_("stands still, or runs, against the file's state")
    if clock.round > case.round:
        yield N_("belongs to a round that has not begun")

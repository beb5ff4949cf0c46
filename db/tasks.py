"""理事 and 办事: who leads by when, what a unit was given, its answer and its report of work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db import moving, once
from db.engine import write
from db.events import record
from db.numbers import new_code
from db.outbox.staff import tell_task_given
from db.photos import PhotoIn, store
from db.polls.ending import decided, need_no_open_poll
from db.scope import case_to_change, task_to_change
from db.tables import Case, Decision, Task, Unit
from domain import texts
from domain.closing import Outcome
from domain.days import day_end, local_day
from domain.errors import N_, FieldError, Refused
from domain.moves import Move, State
from domain.people import Actor, Right

# What a unit may say of its own work; the office settles the rest when it publishes.
WORK_OUTCOMES = (Outcome.SOLVED, Outcome.PARTLY_SOLVED)


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a decision or a hand-over."""

    state: State
    task_codes: tuple[str, ...]


def decide(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    lead_unit_id: int,
    due_on: date,
    words: str,
    assisting: Sequence[int] = (),
    give_now: bool = True,
    key: str | None = None,
) -> Given:
    """议定: record who leads by when, and as a rule hand the file over at once.

    Args:
        due_on: the last day of the work; it is due at that day's 24:00.
        assisting: partner units that help.

    Raises:
        FieldError: a field that must be mended.
        Refused: a poll on the file is still open.
    """
    actor.need(Right.HANDLE)
    text = texts.required("words", words, 2_000)
    with write() as session:
        case = case_to_change(session, actor, code)
        if once.claim(session, key, "decide", now) is not None:
            return Given(case.state, _open_tasks(session, case))
        need_no_open_poll(session, case, now)
        lead = _unit(session, "lead", lead_unit_id)
        due_at = _due(due_on, now)
        note = moving.add_note(session, actor, now, case, "decide", text, public=True)
        row = Decision(
            case_id=case.id,
            round=case.round,
            lead_unit_id=lead.id,
            due_at=due_at,
            note_id=note,
            decided_at=now,
        )
        session.add(row)
        session.flush()
        facts: dict[str, Any] = {"decision": row.id, "unit": lead.id} | decided(
            session, case, row.id
        )
        moving.apply(session, actor, now, case, Move.DECIDE, note_id=note, **facts)
        case.lead_unit_id = lead.id
        if give_now:
            _give(session, actor, now, case, lead.id, assisting, due_at)
        return Given(case.state, _open_tasks(session, case))


def give(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    unit_id: int,
    due_on: date,
    assisting: Sequence[int] = (),
    key: str | None = None,
) -> Given:
    """交办: hand a decided file to the unit that leads it, and to those that help.

    Raises:
        FieldError: no such unit, or a due day in the past.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        case = case_to_change(session, actor, code)
        if once.claim(session, key, "give", now) is None:
            unit = _unit(session, "lead", unit_id)
            case.lead_unit_id = unit.id
            _give(session, actor, now, case, unit.id, assisting, _due(due_on, now))
        return Given(case.state, _open_tasks(session, case))


def answer_task(
    actor: Actor,
    now: datetime,
    task_code: str,
    words: str,
    photos: Sequence[PhotoIn] = (),
    key: str | None = None,
) -> None:
    """The unit says how it stands, with words and photos; the file stays with it."""
    text = texts.required("words", words, 2_000)
    with write() as session:
        task, case = task_to_change(session, actor, task_code)
        if once.claim(session, key, "answer_task", now) is not None:
            return
        if case.state is not State.DOING:
            raise Refused(N_("This file is no longer being worked on. Call the community office."))
        note = _words(session, actor, now, case, "unit_answer", text, photos)
        task.answered_at = task.answered_at or now
        record(session, actor, now, "task_answered", case_id=case.id, task=task.id, note=note)


def report_done(
    actor: Actor,
    now: datetime,
    task_code: str,
    words: str,
    photos: Sequence[PhotoIn] = (),
    *,
    outcome: Outcome = Outcome.SOLVED,
    key: str | None = None,
) -> State:
    """The unit reports its part done; the lead's report moves the file to 晒事.

    Raises:
        FieldError: no words.
        Refused: the file is not being worked on any more.
    """
    text = texts.required("words", words, 2_000)
    if outcome not in WORK_OUTCOMES:
        raise FieldError("outcome", N_("Say whether it is solved or partly solved."))
    with write() as session:
        task, case = task_to_change(session, actor, task_code)
        if once.claim(session, key, "report_done", now) is not None or task.done_at is not None:
            return case.state
        if case.state is not State.DOING:
            raise Refused(N_("This file is no longer being worked on. Call the community office."))
        note = _words(session, actor, now, case, "unit_done", text, photos)
        task.answered_at = task.answered_at or now
        task.done_at, task.done_by = now, actor.account_id
        if task.lead:
            case.outcome = outcome
            moving.apply(
                session, actor, now, case, Move.DONE, note_id=note, task=task.id, unit=task.unit_id
            )
        else:
            record(session, actor, now, "task_done", case_id=case.id, task=task.id, note=note)
        return case.state


def _words(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    kind: str,
    text: str,
    photos: Sequence[PhotoIn],
) -> int:
    note = moving.add_note(session, actor, now, case, kind, text)
    for photo in photos:
        store(session, photo, now, case_id=case.id, note_id=note)
    return note


def _give(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    lead_id: int,
    assisting: Sequence[int],
    due_at: datetime,
) -> None:
    moving.apply(session, actor, now, case, Move.GIVE, unit=lead_id)
    session.execute(
        update(Task)
        .where(Task.case_id == case.id, Task.done_at.is_(None), Task.recalled_at.is_(None))
        .values(recalled_at=now)
    )
    helpers = [unit for unit in dict.fromkeys(assisting) if unit != lead_id]
    for unit_id in (lead_id, *helpers):
        _unit(session, "assisting", unit_id)
        task = Task(
            code=new_code(),
            case_id=case.id,
            unit_id=unit_id,
            round=case.round,
            lead=unit_id == lead_id,
            given_at=now,
            given_by=actor.account_id,
            due_at=due_at,
        )
        session.add(task)
        session.flush()
        record(session, actor, now, "task_given", case_id=case.id, task=task.id, unit=unit_id)
        tell_task_given(session, now, case, unit_id, due_at)


def _open_tasks(session: Session, case: Case) -> tuple[str, ...]:
    query = select(Task.code).where(
        Task.case_id == case.id, Task.round == case.round, Task.recalled_at.is_(None)
    )
    return tuple(session.scalars(query.order_by(Task.id)))


def _unit(session: Session, field: str, unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None or not unit.active:
        raise FieldError(field, N_("Choose a unit from the list."))
    return unit


def _due(due_on: date, now: datetime) -> datetime:
    if due_on < local_day(now):
        raise FieldError("due_on", N_("Choose today or a later day."))
    return day_end(due_on)

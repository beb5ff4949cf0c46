"""延期: the leading unit asks for a later day; the office grants it with a reason, or says no."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import moving, once
from db.engine import read, write
from db.events import record
from db.scope import task_to_change
from db.tables import Case, Task, Unit
from domain import texts
from domain.days import day_end, local_day
from domain.errors import N_, FieldError, Refused
from domain.moves import State
from domain.people import Actor, Right

SHOWN = 10  # of those that wait; settling one shows the next
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit that asks for a later day."""

    case_code: str
    title: str
    unit: str
    due_at: datetime
    asked_due_at: datetime


def ask_later(
    actor: Actor, now: datetime, task_code: str, due_on: date, words: str, key: str | None = None
) -> None:
    """The leading unit asks for a later day and says why; until it is granted nothing moves.

    Raises:
        FieldError: no words, or a day that is not later.
        Refused: it does not lead, or the work is over.
    """
    actor.need(Right.DO_TASKS)
    text = texts.required("words", words, _LONGEST)
    with write() as session:
        task, case = task_to_change(session, actor, task_code)
        if once.claim(session, key, "ask_later", now) is not None:
            return
        _need_running(task, case)
        task.asked_due_at = _later(task, due_on, now)
        note = moving.add_note(session, actor, now, case, "unit_asks_later", text)
        days = _days(task.due_at, task.asked_due_at)
        record(
            session, actor, now, "later_asked", case_id=case.id, task=task.id, note=note, days=days
        )


def grant_later(
    actor: Actor, now: datetime, task_code: str, due_on: date, words: str, key: str | None = None
) -> None:
    """Move the day of all who work on the file; the promise to residents stays where it is.

    Args:
        words: why; reporters read it on the follow page.

    Raises:
        FieldError: no words, or a day that is not later.
        Refused: the work is over.
    """
    actor.need(Right.HANDLE)
    text = texts.required("words", words, _LONGEST)
    with write() as session:
        task, case = task_to_change(session, actor, task_code)
        if once.claim(session, key, "grant_later", now) is not None:
            return
        _need_running(task, case)
        due_at = _later(task, due_on, now)
        days = _days(task.due_at, due_at)
        for one in _working(session, case):
            if one.due_at < due_at:
                one.first_due_at = one.first_due_at or one.due_at
                one.extended_at = one.extended_at or now
                one.due_at = due_at
            one.asked_due_at = None
        note = moving.add_note(session, actor, now, case, "later_granted", text, public=True)
        record(
            session,
            actor,
            now,
            "later_granted",
            case_id=case.id,
            task=task.id,
            note=note,
            days=days,
        )


def refuse_later(
    actor: Actor, now: datetime, task_code: str, words: str, key: str | None = None
) -> None:
    """The day stays; the unit reads why.

    Raises:
        FieldError: no words.
        Refused: nothing was asked for.
    """
    actor.need(Right.HANDLE)
    text = texts.required("words", words, _LONGEST)
    with write() as session:
        task, case = task_to_change(session, actor, task_code)
        if once.claim(session, key, "refuse_later", now) is not None:
            return
        if task.asked_due_at is None:
            raise Refused(N_("No later day is asked for any more."))
        task.asked_due_at = None
        note = moving.add_note(session, actor, now, case, "later_refused", text, public=True)
        record(session, actor, now, "later_refused", case_id=case.id, task=task.id, note=note)


def asked_later(actor: Actor) -> Sequence[Asked]:
    """The units that wait for an answer, the soonest due first."""
    actor.need(Right.HANDLE)
    query = (
        select(Case.code, Case.title, Unit.name, Task.due_at, Task.asked_due_at)
        .join(Case, Case.id == Task.case_id)
        .join(Unit, Unit.id == Task.unit_id)
        .where(
            Task.asked_due_at.is_not(None),
            Task.done_at.is_(None),
            Task.recalled_at.is_(None),
            Case.state == State.DOING,
        )
        .order_by(Task.due_at, Task.id)
        .limit(SHOWN)
    )
    if actor.estate_id is not None:
        query = query.where(Case.estate_id == actor.estate_id)
    with read() as session:
        return [
            Asked(code, title, unit, due_at, asked)
            for code, title, unit, due_at, asked in session.execute(query)
            if asked is not None
        ]


def _need_running(task: Task, case: Case) -> None:
    if case.state is not State.DOING or task.done_at is not None:
        raise Refused(N_("This file is no longer being worked on. Call the community office."))
    if not task.lead:
        raise Refused(N_("Only the unit that leads can have a later day. Talk to it."))


def _later(task: Task, due_on: date, now: datetime) -> datetime:
    if due_on < local_day(now) or day_end(due_on) <= task.due_at:
        raise FieldError("due_on", N_("Choose a day later than the one that was given."))
    return day_end(due_on)


def _days(before: datetime, after: datetime) -> int:
    return (local_day(after) - local_day(before)).days


def _working(session: Session, case: Case) -> list[Task]:
    query = select(Task).where(
        Task.case_id == case.id,
        Task.round == case.round,
        Task.done_at.is_(None),
        Task.recalled_at.is_(None),
    )
    return list(session.scalars(query))

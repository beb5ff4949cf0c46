"""A file's clocks as rows: started, paused, met and voided by the rules of `domain.clocks`."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.settings import settings_in
from db.tables import Case, Category, ClockRow, Reminder
from db.work_calendar import work_calendar
from domain import clocks
from domain.clocks import Clock, Promise
from domain.days import local_day
from domain.workdays import DayBasis, WorkCalendar

# Limits are at most a year and pauses rarely longer; the calendar is read for this span.
_SPAN = timedelta(days=800)
_FIELDS = tuple(field.name for field in fields(Clock))


def calendar_around(session: Session, at: datetime) -> WorkCalendar:
    """The work calendar for all that a clock may reckon with at this time."""
    return work_calendar(session, local_day(at - _SPAN), local_day(at + _SPAN))


def clock_of(row: ClockRow) -> Clock:
    """The row as the rule's value."""
    return Clock(**{name: getattr(row, name) for name in _FIELDS})


def _keep(row: ClockRow, clock: Clock) -> None:
    for name in _FIELDS:
        if getattr(row, name) != getattr(clock, name):
            setattr(row, name, getattr(clock, name))


def clock_rows(session: Session, case: Case) -> list[ClockRow]:
    """The clocks of the file's present round."""
    query = select(ClockRow).where(ClockRow.case_id == case.id, ClockRow.round == case.round)
    return list(session.scalars(query.order_by(ClockRow.id)))


def start(session: Session, case: Case, promise: Promise, at: datetime) -> None:
    """Start the promise's clock in the present round, by the file's category and the settings."""
    category = session.get(Category, case.category_id) if case.category_id else None
    clock = clocks.start(
        promise,
        at,
        category.basis if category else DayBasis.NATURAL,
        calendar_around(session, at),
        settings_in(session).clocks,
        round=case.round,
        limit=category.done_days if category and promise is Promise.DONE else None,
    )
    row = ClockRow(case_id=case.id)
    _keep(row, clock)
    session.add(row)
    refresh_due(session, case)


def restart(session: Session, case: Case, promise: Promise, now: datetime) -> None:
    """Reckon a running clock anew after sorting changed the category.

    One that ever paused, is settled or already missed keeps what was promised: sorting must
    not undo a miss.
    """
    for row in clock_rows(session, case):
        clock = clock_of(row)
        if row.promise is not promise or row.resumed_at is not None:
            continue
        if clocks.standing(clock, now) is clocks.Standing.RUNNING:
            session.delete(row)
            session.flush()
            start(session, case, promise, row.started_at)


def rebase(session: Session, case: Case, promise: Promise, at: datetime) -> None:
    """Reckon a running clock anew from `at`, where its promise counts from another deed by now.

    One that was already missed stays missed. Rungs that were raised for the old due time are
    forgotten, so that the ladder begins again; the events keep them.
    """
    for row in clock_rows(session, case):
        clock = clock_of(row)
        if row.promise is promise and clocks.standing(clock, at) is clocks.Standing.RUNNING:
            calendar, settings = calendar_around(session, at), clocks.ClockSettings()
            fresh = clocks.start(
                promise, at, clock.basis, calendar, settings, round=clock.round, limit=clock.limit
            )
            _keep(row, fresh)
            session.execute(delete(Reminder).where(Reminder.clock_id == row.id))
    refresh_due(session, case)


def meet(session: Session, case: Case, promise: Promise, at: datetime) -> None:
    """The promise was kept at `at`, in time or late."""
    calendar = calendar_around(session, at)
    _each(session, case, lambda clock: clocks.meet(clock, at, calendar), promise)


def pause(session: Session, case: Case, at: datetime) -> None:
    """All clocks stand still."""
    _each(session, case, lambda clock: clocks.pause(clock, at))


def resume(session: Session, case: Case, at: datetime) -> None:
    """All paused clocks run again."""
    calendar = calendar_around(session, at)
    _each(session, case, lambda clock: clocks.resume(clock, at, calendar))


def void(session: Session, case: Case, at: datetime, promise: Promise | None = None) -> None:
    """Clocks whose promise no longer applies end; those already missed stay missed."""
    _each(session, case, lambda clock: clocks.void(clock, at), promise)


def unmeet_done(session: Session, case: Case) -> None:
    """A report of work that was not accepted did not keep the promise: the clock runs on.

    The one place where a settled clock opens again: else a false report would stop it.
    """
    for row in clock_rows(session, case):
        if row.promise is Promise.DONE and row.met_at is not None:
            row.met_at, row.result = None, None
    refresh_due(session, case)


def _each(
    session: Session,
    case: Case,
    rule: Callable[[Clock], Clock],
    promise: Promise | None = None,
) -> None:
    rows = clock_rows(session, case)
    for row in rows:
        if promise is None or row.promise is promise:
            _keep(row, rule(clock_of(row)))
    _keep_due(case, rows)


def refresh_due(session: Session, case: Case) -> None:
    """Keep the file's `next_due_at` equal to the earliest due time of its running clocks."""
    session.flush()
    _keep_due(case, clock_rows(session, case))


def _keep_due(case: Case, rows: Iterable[ClockRow]) -> None:
    due = [row.due_at for row in rows if row.result is None and row.paused_at is None]
    case.next_due_at = min(due, default=None)

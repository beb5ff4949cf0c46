"""The ladder of reminders as rows: each rung of each clock is raised once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.clock_rows import calendar_around, clock_of
from db.engine import read, write
from db.events import record
from db.outbox.staff import tell_reminded
from db.settings import settings_in
from db.tables import ClockRow, Reminder
from db.upsert import upsert
from domain.people import SYSTEM
from domain.reminders import BEFORE, DutyHours, Rung, due_rungs
from domain.workdays import WorkCalendar

CHUNK = 200  # clocks a transaction, so that people's own writes are never kept waiting
# The warning may come this much ahead of its four hours: over a weekend and a long holiday.
_AHEAD = BEFORE + timedelta(days=14)


def raise_due(now: datetime) -> int:
    """Raise all rungs that are due; returns how many. Harmless to repeat and in two servers."""
    raised, after = 0, 0
    while True:
        # Looked at without a lock first: at most ticks nothing is due, and nobody has to wait.
        with read() as session:
            duty, calendar = settings_in(session).duty, calendar_around(session, now)
            if not duty.is_on(now, calendar):
                return raised
            rows = _running(session, now, after)
            due = _due(session, rows, now, duty, calendar)
        if not rows:
            return raised
        after = rows[-1].id
        if due:
            with write() as session:
                raised += sum(_raise(session, clock_id, now) for clock_id in due)


def _running(session: Session, now: datetime, after: int) -> list[ClockRow]:
    """Running clocks near or past their due time that have a rung left, in id order."""
    last = select(Reminder.clock_id).where(Reminder.rung == Rung.AGENDA)
    query = (
        select(ClockRow)
        .where(
            ClockRow.met_at.is_(None),
            ClockRow.voided_at.is_(None),
            ClockRow.paused_at.is_(None),
            ClockRow.due_at <= now + _AHEAD,
            ClockRow.id > after,
            ClockRow.id.not_in(last),
        )
        .order_by(ClockRow.id)
        .limit(CHUNK)
    )
    return list(session.scalars(query))


def _due(
    session: Session,
    rows: Sequence[ClockRow],
    now: datetime,
    duty: DutyHours,
    calendar: WorkCalendar,
) -> list[int]:
    """Ids of the clocks that have a rung to raise now."""
    raised: dict[int, set[Rung]] = {row.id: set() for row in rows}
    if rows:
        query = select(Reminder.clock_id, Reminder.rung).where(Reminder.clock_id.in_(raised))
        for clock_id, rung in session.execute(query):
            raised[clock_id].add(rung)
    return [row.id for row in rows if due_rungs(clock_of(row), now, raised[row.id], duty, calendar)]


def _raise(session: Session, clock_id: int, now: datetime) -> int:
    row = session.scalar(select(ClockRow).where(ClockRow.id == clock_id).with_for_update())
    if row is None:
        return 0
    raised = set(session.scalars(select(Reminder.rung).where(Reminder.clock_id == clock_id)))
    duty = settings_in(session).duty
    rungs = due_rungs(clock_of(row), now, raised, duty, calendar_around(session, now))
    count = 0
    for rung in rungs:
        made = session.execute(
            upsert(session, Reminder)
            .values(clock_id=row.id, case_id=row.case_id, rung=rung, raised_at=now)
            .on_conflict_do_nothing()
            .returning(Reminder.id)
        ).scalar_one_or_none()
        if made is not None:
            record(
                session, SYSTEM, now, "reminded", case_id=row.case_id, clock=row.id, rung=rung.value
            )
            tell_reminded(session, now, row, rung)
            count += 1
    return count

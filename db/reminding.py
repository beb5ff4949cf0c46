"""The ladder of reminders as rows: each rung of each clock is raised once."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.clock_rows import calendar_around, clock_of
from db.engine import read, write
from db.events import record
from db.settings import settings_in
from db.tables import ClockRow, Reminder
from db.upsert import upsert
from domain.people import SYSTEM
from domain.reminders import BEFORE, Rung, due_rungs

CHUNK = 200  # clocks a transaction, so that people's own writes are never kept waiting
# The warning may come this much ahead of its four hours: over a weekend and a long holiday.
_AHEAD = BEFORE + timedelta(days=14)


def raise_due(now: datetime) -> int:
    """Raise all rungs that are due; returns how many. Harmless to repeat and in two servers."""
    raised, after = 0, 0
    while True:
        with read() as session:
            rows = _running(session, now, after)
        if not rows:
            return raised
        after = rows[-1]
        with write() as session:
            raised += sum(_raise(session, clock_id, now) for clock_id in rows)


def _running(session: Session, now: datetime, after: int) -> list[int]:
    """Ids of running clocks near or past their due time that have a rung left, in id order."""
    last = select(Reminder.clock_id).where(Reminder.rung == Rung.AGENDA)
    query = (
        select(ClockRow.id)
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
            count += 1
    return count

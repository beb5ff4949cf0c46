"""What sign-ups keep of a person: erased some time afterwards, given out or erased on request."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import write
from db.events import record
from db.tables.activities import Activity, ActivitySignUp
from domain.days import local_time
from domain.people import SYSTEM

# Feedback is asked for two weeks, and a list serves for the next invitation of the season.
KEPT = timedelta(days=90)


def erase_old(now: datetime) -> int:
    """Erase who signed up for activities that ended 90 days ago; returns how many.

    How many signed up and came, and their ratings, stay.
    """
    with write() as session:
        rows = session.scalars(
            select(ActivitySignUp)
            .join(Activity, Activity.id == ActivitySignUp.activity_id)
            .where(Activity.ends_at < now - KEPT, ActivitySignUp.erased_at.is_(None))
        ).all()
        erase(now, rows)
        for activity_id in sorted({row.activity_id for row in rows}):
            record(session, SYSTEM, now, "activity_people_erased", activity=activity_id)
        return len(rows)


def signed_up(session: Session, phone: str) -> list[ActivitySignUp]:
    """The sign-ups under this number."""
    query = select(ActivitySignUp).where(ActivitySignUp.phone == phone).order_by(ActivitySignUp.id)
    return list(session.scalars(query))


def told(session: Session, rows: Iterable[ActivitySignUp]) -> dict[str, Any]:
    """All of it in words, for the person to read."""
    return {"activities": [_told(session, row) for row in rows]}


def erase(now: datetime, rows: Iterable[ActivitySignUp]) -> list[str]:
    """Take the person out of the rows, which stay counted; returns the names that were there."""
    names = []
    for row in rows:
        names += [row.name] if row.name else []
        row.name = row.phone = row.opinion = row.news = None
        row.erased_at = now
    return names


def _told(session: Session, row: ActivitySignUp) -> dict[str, Any]:
    held = session.get_one(Activity, row.activity_id)
    return {
        "title": held.title,
        "at": _shown(held.starts_at),
        "name": row.name,
        "signed_up_at": _shown(row.made_at),
        "cancelled_at": _shown(row.cancelled_at),
        "came_at": _shown(row.came_at),
        "rating": row.rating,
        "opinion": row.opinion,
    }


def _shown(at: datetime | None) -> str | None:
    return local_time(at).isoformat(timespec="seconds") if at else None

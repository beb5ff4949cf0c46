"""What the errand desk keeps of a person, given out or erased when they ask for it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.engine import write
from db.events import record
from db.tables.errands import Errand, ErrandPaper, ErrandPerson, ErrandStep
from domain.days import local_time
from domain.people import SYSTEM

ERASED = "—"
KEPT = timedelta(days=365)  # as long as the reporters of closed files are kept


def on_errands(session: Session, phone: str) -> list[ErrandPerson]:
    """The people of errands who have this number."""
    query = select(ErrandPerson).where(ErrandPerson.phone == phone)
    return list(session.scalars(query.order_by(ErrandPerson.errand_id)))


def told(session: Session, rows: list[ErrandPerson]) -> dict[str, Any]:
    """All of it in words, for the person to read."""
    return {"errands": [_told(session, row) for row in rows]}


def erase(now: datetime, rows: list[ErrandPerson]) -> list[str]:
    """Take the person out of the rows; returns the names that were in them.

    The errands stay counted, as nobody's; papers that are still held keep their names.
    """
    names = [row.name for row in rows if row.name]
    for row in rows:
        row.name = row.phone = row.note = row.household_id = None
        row.erased_at = now
    return names


def erase_old(now: datetime) -> int:
    """Erase the people of errands that ended twelve months ago, and what was said to them.

    Returns how many.
    """
    with write() as session:
        rows = session.scalars(
            select(ErrandPerson)
            .join(Errand, Errand.id == ErrandPerson.errand_id)
            .where(Errand.ended_at < now - KEPT, ErrandPerson.erased_at.is_(None))
        ).all()
        erase(now, list(rows))
        for row in rows:
            errand = session.get_one(Errand, row.errand_id)
            if errand.reason is not None:
                errand.reason = ERASED
            session.execute(
                update(ErrandStep).where(ErrandStep.errand_id == row.errand_id).values(text=None)
            )
            record(session, SYSTEM, now, "errand_person_erased", errand=row.errand_id)
        return len(rows)


def _told(session: Session, row: ErrandPerson) -> dict[str, Any]:
    errand = session.get_one(Errand, row.errand_id)
    papers = select(ErrandPaper).where(ErrandPaper.errand_id == row.errand_id)
    steps = select(ErrandStep).where(ErrandStep.errand_id == row.errand_id)
    return {
        "number": errand.number,
        "name": row.name,
        "note": row.note,
        "taken_at": _shown(errand.taken_at),
        "ended_at": _shown(errand.ended_at),
        "papers": [
            {"name": one.name, "returned_at": _shown(one.returned_at)}
            for one in session.scalars(papers.order_by(ErrandPaper.id))
        ],
        "told": [
            {"at": _shown(one.at), "text": one.text}
            for one in session.scalars(steps.order_by(ErrandStep.id))
        ],
    }


def _shown(at: datetime | None) -> str | None:
    return local_time(at).isoformat(timespec="seconds") if at else None

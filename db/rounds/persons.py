"""What care visits keep of a person, given out or erased when they ask for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.tables.rounds import CareHealth, CarePause, CarePerson, CareVisit
from domain.days import local_day, local_time

ERASED = "—"


def visited(session: Session, phone: str) -> list[CarePerson]:
    """The people who are visited and have this number."""
    query = select(CarePerson).where(CarePerson.phone == phone).order_by(CarePerson.id)
    return list(session.scalars(query))


def told(session: Session, rows: list[CarePerson]) -> dict[str, Any]:
    """All of it in words, for the person to read."""
    return {"care_visits": [_told(session, row) for row in rows]}


def erase(session: Session, now: datetime, rows: list[CarePerson]) -> list[str]:
    """Take the person out of the rows; returns the names that were in them.

    They are not visited any more, and the visits that were made stay counted, as nobody's.
    """
    names = [row.name for row in rows]
    for row in rows:
        row.name, row.initials, row.phone = ERASED, "", None
        row.ended_on = row.ended_on or local_day(now)
        session.execute(delete(CareHealth).where(CareHealth.person_id == row.id))
        session.execute(update(CareVisit).where(CareVisit.person_id == row.id).values(note=None))
        session.execute(
            update(CarePause).where(CarePause.person_id == row.id).values(reason=ERASED)
        )
    return names


def _told(session: Session, row: CarePerson) -> dict[str, Any]:
    health = session.get(CareHealth, row.id)
    visits = select(CareVisit).where(CareVisit.person_id == row.id).order_by(CareVisit.at)
    return {
        "name": row.name,
        "phone": row.phone,
        "tier": row.tier.value,
        "consented_at": _shown(row.consented_at),
        "health": health.text if health else None,
        "visits": [
            {"at": _shown(one.at), "met": one.met, "note": one.note}
            for one in session.scalars(visits)
        ],
    }


def _shown(at: datetime) -> str:
    return local_time(at).isoformat(timespec="seconds")

"""What requests keep of a person, given out or erased when they ask for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables.requests import Assignment, HelpRequest, RequestPerson
from domain.masking import without_personal


def on_requests(session: Session, phone: str) -> list[RequestPerson]:
    """Whom help was for, by this number."""
    query = select(RequestPerson).where(RequestPerson.phone == phone)
    return list(session.scalars(query.order_by(RequestPerson.request_id)))


def told(session: Session, rows: list[RequestPerson]) -> dict[str, Any]:
    """All of it in words, for the person to read."""
    return {"help": [_told(session, row) for row in rows]}


def _told(session: Session, row: RequestPerson) -> dict[str, Any]:
    request = session.get_one(HelpRequest, row.request_id)
    return {
        "number": request.number,
        "need": request.need,
        "name": row.name,
        "door": row.door,
        "health": row.health,
        "asked_at": request.made_at.isoformat(timespec="seconds"),
        "consent_at": row.consent_at.isoformat(timespec="seconds") if row.consent_at else None,
    }


def erase(session: Session, now: datetime, rows: list[RequestPerson]) -> None:
    """Empty the rows; the requests stay, with their words masked."""
    for row in rows:
        names = [row.name] if row.name else []
        row.name = row.phone = row.door = row.health = None
        row.erased_at = now
        request = session.get_one(HelpRequest, row.request_id)
        request.need = without_personal(request.need, names)
        if request.reason:
            request.reason = without_personal(request.reason, names)
        tasks = select(Assignment).where(Assignment.request_id == row.request_id)
        for task in session.scalars(tasks):
            task.note = without_personal(task.note, names) if task.note else None

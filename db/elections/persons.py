"""What is kept of who asked a question, given out or erased when they ask for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.elections.consultations import ERASED
from db.tables.elections import Consultation
from domain.days import local_time


def asked_by(session: Session, phone: str) -> list[Consultation]:
    """The questions that were asked with this number."""
    query = select(Consultation).where(Consultation.phone == phone).order_by(Consultation.id)
    return list(session.scalars(query))


def told(rows: list[Consultation]) -> dict[str, Any]:
    """All of it in words, for the person to read."""
    return {
        "questions": [
            {
                "name": row.name,
                "phone": row.phone,
                "received_at": local_time(row.received_at).isoformat(timespec="seconds"),
                "question": row.text,
                "answer": row.answer,
                "public": row.asked is not None,
            }
            for row in rows
        ]
    }


def erase(now: datetime, rows: list[Consultation]) -> list[str]:
    """Take the person out of the rows; returns the names that were in them.

    What stands on the guide page was checked to name nobody, and stays.
    """
    names = [row.name for row in rows if row.name]
    for row in rows:
        row.name = row.phone = row.revealed_for = row.answer = None
        row.text, row.erased_at = ERASED, now
    return names

"""What the class keeps of a person, given out or erased when they ask for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from db.classes.agreeing import leave_all
from db.classes.erasing import ERASED, wipe
from db.classes.scope import on_staff
from db.tables.classes import ClassChild, ClassConsentRow, ClassFetcher
from domain.days import local_time
from domain.people import Actor


def in_class(session: Session, phone: str) -> list[ClassChild]:
    """The children whose guardian, other contact or fetcher has this number."""
    fetched = select(ClassFetcher.child_id).where(ClassFetcher.phone == phone)
    query = select(ClassChild).where(
        or_(
            ClassChild.guardian_phone == phone,
            ClassChild.emergency_phone == phone,
            ClassChild.id.in_(fetched),
        )
    )
    return list(session.scalars(query.order_by(ClassChild.id)))


def told(session: Session, actor: Actor, rows: list[ClassChild], phone: str) -> dict[str, Any]:
    """All of it in words, for the person to read.

    A child's data go to its guardian alone, and through the hands of the class's staff alone.
    """
    return {
        "class": [
            _told(session, row)
            if row.guardian_phone == phone and on_staff(session, actor, row.term_id)
            else {"named_for_a_child_since": _shown(row.enrolled_at)}
            for row in rows
        ]
    }


def erase(
    session: Session, actor: Actor, now: datetime, rows: list[ClassChild], phone: str
) -> list[str]:
    """Take the person out of the rows; returns the names that were in them.

    A guardian's children leave the class with them; others are only taken off a child's line.
    """
    names = []
    for row in rows:
        if row.guardian_phone == phone:
            names += [row.name, row.guardian]
            leave_all(session, actor, now, row)
            wipe(session, now, [row])
            continue
        if row.emergency_phone == phone:
            names.append(row.emergency)
            row.emergency, row.emergency_phone = ERASED, None
        fetching = (ClassFetcher.child_id == row.id) & (ClassFetcher.phone == phone)
        names += session.scalars(select(ClassFetcher.name).where(fetching)).all()
        session.execute(
            update(ClassFetcher).where(fetching).values(name=ERASED, phone=None, ended_at=now)
        )
    return names


def _told(session: Session, row: ClassChild) -> dict[str, Any]:
    consents = select(ClassConsentRow).where(ClassConsentRow.child_id == row.id)
    fetchers = select(ClassFetcher).where(ClassFetcher.child_id == row.id)
    return {
        "child": row.name,
        "grade": row.grade,
        "guardian": row.guardian,
        "emergency": row.emergency,
        "emergency_phone": row.emergency_phone,
        "note": row.note,
        "enrolled_at": _shown(row.enrolled_at),
        "consents": [
            {
                "to": one.consent.value,
                "given_at": _shown(one.given_at),
                "withdrawn_at": _shown(one.withdrawn_at),
            }
            for one in session.scalars(consents.order_by(ClassConsentRow.id))
        ],
        "may_be_fetched_by": [
            one.name for one in session.scalars(fetchers.order_by(ClassFetcher.id))
        ],
    }


def _shown(at: datetime | None) -> str | None:
    return local_time(at).isoformat(timespec="seconds") if at else None

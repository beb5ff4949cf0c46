"""The children's data go some time after the term; how many there were stays."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.engine import write
from db.events import record
from db.tables.classes import ClassChild, ClassConsentRow, ClassFetcher, ClassTerm
from domain.classes import to_erase
from domain.people import SYSTEM

ERASED = "—"


def erase_old(now: datetime) -> int:
    """Erase the children of terms that ended 60 days ago or earlier; returns how many."""
    erased = 0
    with write() as session:
        terms = select(ClassTerm).where(ClassTerm.erased_at.is_(None)).order_by(ClassTerm.id)
        for term in session.scalars(terms).all():
            if not to_erase(term.ends_on, now):
                continue
            children = session.scalars(
                select(ClassChild).where(
                    ClassChild.term_id == term.id, ClassChild.erased_at.is_(None)
                )
            ).all()
            wipe(session, now, children)
            term.erased_at = now
            erased += len(children)
            record(
                session,
                SYSTEM,
                now,
                "class_children_erased",
                term=term.id,
                children=len(children),
            )
    return erased


def wipe(session: Session, now: datetime, children: Iterable[ClassChild]) -> None:
    """Take names, numbers and notes out of the rows; the rows stay for the counts."""
    for child in children:
        child.name = child.guardian = child.emergency = ERASED
        child.grade = ""
        child.guardian_phone = child.emergency_phone = child.note = None
        child.erased_at = now
        session.execute(
            update(ClassFetcher)
            .where(ClassFetcher.child_id == child.id)
            .values(name=ERASED, phone=None)
        )
        session.execute(
            update(ClassConsentRow)
            .where(ClassConsentRow.child_id == child.id)
            .values(given_by=ERASED)
        )
    session.flush()

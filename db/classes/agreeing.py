"""What a guardian agrees to, and who may fetch the child: given, taken back, never forgotten."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.classes.erasing import wipe
from db.classes.scope import child_staffed, no_such_entry
from db.classes.seats import give_up
from db.engine import write
from db.events import record
from db.numbers import new_code
from db.tables.classes import (
    ClassChild,
    ClassConsentRow,
    ClassCourse,
    ClassEnrolment,
    ClassFetcher,
)
from domain.classes import ClassConsent
from domain.errors import N_, FieldError
from domain.names import clean_line, clean_name
from domain.people import Actor
from domain.private_text import normal_phone


def give_consent(actor: Actor, now: datetime, child_code: str, consent: ClassConsent) -> None:
    """Record that the guardian agreed to something more. A repeat changes nothing."""
    with write() as session:
        child = child_staffed(session, actor, child_code)
        if _standing(session, child.id, consent) is None:
            agree(session, actor, now, child, consent)


def withdraw_consent(actor: Actor, now: datetime, child_code: str, consent: ClassConsent) -> None:
    """Record that the guardian took an agreement back. A repeat changes nothing.

    Without the one to keep the data, the child leaves all courses and its data go at once.
    """
    with write() as session:
        child = child_staffed(session, actor, child_code, lock=False)
        # Courses before the child, as everywhere, so that two desks do not wait for each other.
        _courses_of(session, child)
        session.refresh(child, with_for_update=True)
        row = _standing(session, child.id, consent)
        if row is None:
            return
        row.withdrawn_at = now
        record(
            session, actor, now, "class_consent_withdrawn", child=child.id, consent=consent.value
        )
        if consent is ClassConsent.DATA:
            leave_all(session, actor, now, child)
            wipe(session, now, [child])


def add_fetcher(actor: Actor, now: datetime, child_code: str, name: str, phone: str = "") -> str:
    """Say that somebody more may fetch the child; returns their code."""
    ((named, number),) = fetchers(((name, phone),))
    with write() as session:
        child = child_staffed(session, actor, child_code)
        return may_fetch(session, actor, now, child, named, number)


def end_fetcher(actor: Actor, now: datetime, child_code: str, fetcher_code: str) -> None:
    """Say that somebody may not fetch the child any more. A repeat changes nothing.

    Raises:
        NotFound: nobody who could fetch this child.
    """
    with write() as session:
        child = child_staffed(session, actor, child_code)
        row = session.scalar(
            select(ClassFetcher).where(
                ClassFetcher.code == fetcher_code, ClassFetcher.child_id == child.id
            )
        )
        if row is None:
            raise no_such_entry()
        if row.ended_at is None:
            row.ended_at = now
            record(session, actor, now, "class_fetcher_ended", child=child.id, fetcher=row.id)


def leave_all(session: Session, actor: Actor, now: datetime, child: ClassChild) -> None:
    """Take a child out of all its courses."""
    for course in _courses_of(session, child):
        give_up(session, actor, now, child, course)


def number(field: str, typed: str) -> str:
    """A telephone number that was typed.

    Raises:
        FieldError: it is none.
    """
    number = normal_phone(clean_line(typed))
    if number is None:
        raise FieldError(field, N_("Write a telephone number that is answered."))
    return number


def fetchers(typed: Iterable[tuple[str, str]]) -> list[tuple[str, str | None]]:
    """Names and numbers of people who may fetch a child, as they were typed."""
    return [
        (
            clean_name("fetchers", name),
            number("fetchers", phone) if clean_line(phone) else None,
        )
        for name, phone in typed
    ]


def agree(
    session: Session, actor: Actor, now: datetime, child: ClassChild, consent: ClassConsent
) -> None:
    """Keep an agreement of the guardian's."""
    session.add(
        ClassConsentRow(
            child_id=child.id,
            consent=consent,
            given_by=child.guardian,
            given_at=now,
            recorded_by=actor.account_id,
        )
    )
    session.flush()
    record(session, actor, now, "class_consent_given", child=child.id, consent=consent.value)


def _standing(session: Session, child_id: int, consent: ClassConsent) -> ClassConsentRow | None:
    return session.scalar(
        select(ClassConsentRow).where(
            ClassConsentRow.child_id == child_id,
            ClassConsentRow.consent == consent,
            ClassConsentRow.withdrawn_at.is_(None),
        )
    )


def may_fetch(
    session: Session, actor: Actor, now: datetime, child: ClassChild, name: str, phone: str | None
) -> str:
    """Keep that somebody may fetch the child; returns their code."""
    row = ClassFetcher(code=new_code(), child_id=child.id, name=name, phone=phone, added_at=now)
    session.add(row)
    session.flush()
    record(session, actor, now, "class_fetcher_added", child=child.id, fetcher=row.id)
    return row.code


def _courses_of(session: Session, child: ClassChild) -> list[ClassCourse]:
    """The courses in which the child is or waits, locked."""
    query = (
        select(ClassCourse)
        .join(ClassEnrolment, ClassEnrolment.course_id == ClassCourse.id)
        .where(ClassEnrolment.child_id == child.id, ClassEnrolment.left_at.is_(None))
        .order_by(ClassCourse.id)
        .with_for_update(of=ClassCourse)
    )
    return list(session.scalars(query))

"""Children of a term: enrolled by a guardian who agreed, with who may fetch them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db import once
from db.classes.agreeing import agree, fetchers, may_fetch, number
from db.classes.scope import child_staffed, course_staffed, no_such_entry
from db.classes.seats import give_up, take_seat
from db.engine import write
from db.events import record
from db.numbers import new_code
from db.tables.classes import (
    ClassChild,
    ClassCourse,
    ClassFetcher,
    ClassTerm,
)
from domain import texts
from domain.classes import ClassConsent
from domain.errors import N_, FieldError, Refused
from domain.names import clean_line, clean_name
from domain.people import Actor

LONGEST_NOTE = 300
LONGEST_GRADE = 20


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom to ring: the guardian, and somebody else if they cannot be reached."""

    guardian: str
    guardian_phone: str
    emergency: str
    emergency_phone: str


@dataclass(frozen=True, slots=True)
class ChildWords:
    """What is entered about a child.

    Args:
        fetchers: who may fetch it beside the guardian, as (name, number or nothing).
        note: what a teacher must know, and nothing else.
    """

    name: str
    grade: str
    contacts: Contacts
    fetchers: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A child's code, and the courses in which it waits for a place."""

    code: str
    waiting: tuple[str, ...]


def enrol(
    actor: Actor,
    now: datetime,
    course_codes: Sequence[str],
    child: ChildWords,
    consents: Iterable[ClassConsent],
    once_key: str | None = None,
) -> Enrolled:
    """Enrol a child for courses of one term, as its guardian asked.

    Raises:
        NotFound: a course whose term this person is not on the staff of.
        FieldError: no consent to keep the data, no course, a name or number that is missing.
        Refused: the term's data were erased.
    """
    agreed = set(consents)
    if ClassConsent.DATA not in agreed:
        raise FieldError(
            "consent", N_("Without the guardian's agreement nothing can be kept. Ask them first.")
        )
    if not course_codes:
        raise FieldError("courses", N_("Choose at least one course."))
    values, code = _values(child), new_code()
    with write() as session:
        courses = _courses(session, actor, course_codes)
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return Enrolled(earlier, ())
        term = session.get_one(ClassTerm, courses[0].term_id)
        if term.erased_at is not None:
            raise Refused(N_("This term is over and its data were erased."))
        _check_new(session, term.id, values)
        row = ClassChild(
            code=code, term_id=term.id, enrolled_at=now, enrolled_by=actor.account_id, **values
        )
        session.add(row)
        session.flush()
        for consent in sorted(agreed):
            agree(session, actor, now, row, consent)
        guardian = (values["guardian"], values["guardian_phone"])
        for name, phone in (guardian, *fetchers(child.fetchers)):
            may_fetch(session, actor, now, row, str(name), phone)
        waiting = [
            course.code for course in courses if not take_seat(session, actor, now, row, course)
        ]
        return Enrolled(code, tuple(waiting))


def change_child(actor: Actor, now: datetime, child_code: str, child: ChildWords) -> None:
    """Change what is kept of a child; who may fetch it and what was agreed to stay.

    The guardian's own entry among those who may fetch it follows.

    Raises:
        NotFound: not of a term whose staff this person is on.
        FieldError: a name or number that is missing.
    """
    values = _values(child)
    with write() as session:
        row = child_staffed(session, actor, child_code)
        session.execute(
            update(ClassFetcher)
            .where(
                ClassFetcher.child_id == row.id,
                ClassFetcher.name == row.guardian,
                ClassFetcher.phone == row.guardian_phone,
            )
            .values(name=values["guardian"], phone=values["guardian_phone"])
        )
        for name, value in values.items():
            setattr(row, name, value)
        record(session, actor, now, "class_child_changed", child=row.id)


def join(actor: Actor, now: datetime, child_code: str, course_code: str) -> bool:
    """Put a child into a further course of its term; False: it waits for a place.

    Raises:
        NotFound: not of a term whose staff this person is on, or of different terms.
        FieldError: it is in it, or in another course at that time.
    """
    with write() as session:
        course = course_staffed(session, actor, course_code, lock=True)
        child = child_staffed(session, actor, child_code)
        if child.term_id != course.term_id:
            raise no_such_entry()
        return take_seat(session, actor, now, child, course)


def leave(actor: Actor, now: datetime, child_code: str, course_code: str) -> None:
    """Take a child out of a course; who waits first gets its place. A repeat changes nothing."""
    with write() as session:
        course = course_staffed(session, actor, course_code, lock=True)
        give_up(session, actor, now, child_staffed(session, actor, child_code), course)


def _courses(session: Session, actor: Actor, codes: Sequence[str]) -> list[ClassCourse]:
    """Locked in one order, so that two desks do not wait for each other."""
    rows = [course_staffed(session, actor, code) for code in dict.fromkeys(codes)]
    if len({row.term_id for row in rows}) > 1:
        raise no_such_entry()
    rows.sort(key=lambda row: row.id)
    for row in rows:
        session.refresh(row, with_for_update=True)
    return rows


def _check_new(session: Session, term_id: int, values: dict[str, str | None]) -> None:
    same = select(ClassChild.id).where(
        ClassChild.term_id == term_id,
        ClassChild.name == values["name"],
        ClassChild.guardian_phone == values["guardian_phone"],
        ClassChild.erased_at.is_(None),
    )
    if session.scalar(same.limit(1)) is not None:
        raise FieldError(
            "name", N_("This child is on the list already. Add the course to its line there.")
        )


def _values(child: ChildWords) -> dict[str, str | None]:
    who = child.contacts
    return {
        "name": clean_name("name", child.name),
        "grade": texts.fitting("grade", clean_line(child.grade), LONGEST_GRADE),
        "guardian": clean_name("guardian", who.guardian),
        "guardian_phone": number("guardian_phone", who.guardian_phone),
        "emergency": clean_name("emergency", who.emergency),
        "emergency_phone": number("emergency_phone", who.emergency_phone),
        "note": texts.fitting("note", child.note, LONGEST_NOTE) or None,
    }

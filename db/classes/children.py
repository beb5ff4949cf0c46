"""Looking at a course's children: each look is an event that says who looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.classes.scope import child_staffed, course_taught, on_staff, term_staffed
from db.engine import write
from db.events import record
from db.tables.classes import (
    ClassAttendance,
    ClassChild,
    ClassConsentRow,
    ClassCourse,
    ClassEnrolment,
    ClassFetcher,
    ClassLesson,
)
from domain.classes import ClassConsent, Presence
from domain.people import Actor


@dataclass(frozen=True, slots=True)
class FetcherLine:
    """Somebody who may fetch a child."""

    code: str
    name: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """What a guardian agreed to, when, and since when not any more."""

    consent: ClassConsent
    given_by: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChildLine:
    """One child, for the class's staff.

    Args:
        consents: all that were ever given, the oldest first; a teacher gets the standing ones.
        courses: codes of the courses in which it has a place.
        waiting: codes of those in which it waits for one.
    """

    code: str
    name: str
    grade: str
    guardian: str
    guardian_phone: str | None
    emergency: str
    emergency_phone: str | None
    note: str
    fetchers: tuple[FetcherLine, ...]
    consents: tuple[ConsentLine, ...]
    courses: tuple[str, ...]
    waiting: tuple[str, ...]

    def agrees(self, consent: ClassConsent) -> bool:
        """Whether that agreement stands."""
        return any(one.consent is consent and one.withdrawn_at is None for one in self.consents)


def look(actor: Actor, now: datetime, course_code: str) -> tuple[ChildLine, ...]:
    """The children who have a place in a course, for its staff and its teacher.

    Raises:
        NotFound: none, or this is somebody else.
    """
    with write() as session:
        course = course_taught(session, actor, now, course_code)
        query = (
            select(ClassChild)
            .join(ClassEnrolment, ClassEnrolment.child_id == ClassChild.id)
            .where(
                ClassEnrolment.course_id == course.id,
                ClassEnrolment.left_at.is_(None),
                ClassEnrolment.placed_at.is_not(None),
                ClassChild.erased_at.is_(None),
            )
            .order_by(ClassEnrolment.id)
        )
        rows = session.scalars(query).all()
        whole = on_staff(session, actor, course.term_id)
        record(session, actor, now, "class_children_seen", course=course.id, children=len(rows))
        return _lines(session, rows, whole)


def look_at_term(actor: Actor, now: datetime, term_code: str) -> tuple[ChildLine, ...]:
    """All children of a term, for its staff.

    Raises:
        NotFound: none, or this is somebody else.
    """
    with write() as session:
        term = term_staffed(session, actor, term_code)
        query = select(ClassChild).where(
            ClassChild.term_id == term.id, ClassChild.erased_at.is_(None)
        )
        rows = session.scalars(query.order_by(ClassChild.id)).all()
        record(session, actor, now, "class_children_seen", term=term.id, children=len(rows))
        return _lines(session, rows, True)


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """A child at one lesson; `fetched_by` is empty where it went home by itself, or did not."""

    day: date
    course: str
    presence: Presence
    fetched_at: datetime | None
    fetched_by: str


def attendance(actor: Actor, now: datetime, child_code: str) -> tuple[AttendanceLine, ...]:
    """A child's lessons, the latest first, and with whom it went home, for the term's staff.

    Raises:
        NotFound: none, or this is somebody else.
    """
    with write() as session:
        child = child_staffed(session, actor, child_code, lock=False)
        query = (
            select(ClassAttendance, ClassLesson.day, ClassCourse.name, ClassFetcher.name)
            .join(ClassLesson, ClassLesson.id == ClassAttendance.lesson_id)
            .join(ClassCourse, ClassCourse.id == ClassLesson.course_id)
            .outerjoin(ClassFetcher, ClassFetcher.id == ClassAttendance.fetcher_id)
            .where(ClassAttendance.child_id == child.id)
            .order_by(ClassLesson.day.desc(), ClassAttendance.id.desc())
        )
        rows = session.execute(query).all()
        record(session, actor, now, "class_children_seen", child=child.id)
        return tuple(
            AttendanceLine(day, course, row.presence, row.fetched_at, fetcher or "")
            for row, day, course, fetcher in rows
        )


def _lines(session: Session, rows: Sequence[ClassChild], whole: bool) -> tuple[ChildLine, ...]:
    ids = [row.id for row in rows]
    fetchers: dict[int, list[FetcherLine]] = {}
    query = select(ClassFetcher).where(
        ClassFetcher.child_id.in_(ids), ClassFetcher.ended_at.is_(None)
    )
    for one in session.scalars(query.order_by(ClassFetcher.id)):
        line = FetcherLine(one.code, one.name, one.phone)
        fetchers.setdefault(one.child_id, []).append(line)
    consents: dict[int, list[ConsentLine]] = {}
    agreed = select(ClassConsentRow).where(ClassConsentRow.child_id.in_(ids))
    for row in session.scalars(agreed.order_by(ClassConsentRow.id)):
        if whole or row.withdrawn_at is None:
            said = ConsentLine(row.consent, row.given_by, row.given_at, row.withdrawn_at)
            consents.setdefault(row.child_id, []).append(said)
    courses: dict[tuple[int, bool], list[str]] = {}
    standing = (
        select(ClassEnrolment.child_id, ClassEnrolment.placed_at, ClassCourse.code)
        .join(ClassCourse, ClassCourse.id == ClassEnrolment.course_id)
        .where(ClassEnrolment.child_id.in_(ids), ClassEnrolment.left_at.is_(None))
        .order_by(ClassEnrolment.id)
    )
    for child_id, placed_at, code in session.execute(standing):
        courses.setdefault((child_id, placed_at is not None), []).append(code)
    return tuple(
        ChildLine(
            code=row.code,
            name=row.name,
            grade=row.grade,
            guardian=row.guardian,
            guardian_phone=row.guardian_phone,
            emergency=row.emergency,
            emergency_phone=row.emergency_phone,
            note=row.note or "",
            fetchers=tuple(fetchers.get(row.id, ())),
            consents=tuple(consents.get(row.id, ())),
            courses=tuple(courses.get((row.id, True), ())),
            waiting=tuple(courses.get((row.id, False), ())),
        )
        for row in rows
    )

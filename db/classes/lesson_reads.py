"""Lessons as their staff and teachers see them, children by code alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.classes.planning import times
from db.classes.scope import course_staffed, is_teacher, on_staff
from db.engine import read
from db.lists import need_signed_in
from db.tables.activities import ActivityRoom
from db.tables.classes import (
    ClassAttendance,
    ClassChild,
    ClassCourse,
    ClassEnrolment,
    ClassFetcher,
    ClassLesson,
)
from db.work_calendar import work_calendar
from domain.classes import Presence
from domain.days import local_day
from domain.people import Actor


@dataclass(frozen=True, slots=True)
class Mark:
    """What was noted of a child: whether it is here, since when it is on its way home, with whom.

    `fetcher` is the code of who fetched it; None: it went by itself, or is still here.
    """

    presence: Presence
    fetched_at: datetime | None
    fetcher: str | None = None


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson.

    Args:
        marks: by the child's code; names come from `db.classes.children.look` alone.
        placed: how many children have a place.
        own: whether this person teaches it.
    """

    course: str
    name: str
    where: str
    day: date
    starts_at: datetime
    ends_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    cancelled: bool
    reason: str
    placed: int
    marks: dict[str, Mark]
    own: bool

    @property
    def here(self) -> int:
        """Children who were there."""
        return sum(mark.presence is Presence.PRESENT for mark in self.marks.values())

    @property
    def left(self) -> int:
        """Children who are on their way home."""
        return sum(mark.fetched_at is not None for mark in self.marks.values())


def today(actor: Actor, now: datetime) -> tuple[LessonLine, ...]:
    """Today's lessons of the terms and courses that this person answers for."""
    need_signed_in(actor)
    day = local_day(now)
    query = (
        select(ClassLesson, ClassCourse)
        .join(ClassCourse, ClassCourse.id == ClassLesson.course_id)
        .where(ClassLesson.day == day)
        .order_by(ClassCourse.from_minute, ClassLesson.id)
    )
    with read() as session:
        made = []
        for lesson, course in session.execute(query).all():
            own = is_teacher(session, actor, now, course)
            if own or on_staff(session, actor, course.term_id):
                made.append((lesson, course, own))
        kept = _kept(session, [lesson for lesson, _, _ in made])
        return tuple(
            _line(session, lesson, course, own) for lesson, course, own in made if lesson in kept
        )


def lessons(actor: Actor, course_code: str) -> tuple[LessonLine, ...]:
    """All lessons of a course, for the staff of its term.

    Raises:
        NotFound: none, or this is somebody else.
    """
    with read() as session:
        course = course_staffed(session, actor, course_code)
        rows = lessons_of(session, [course.id])
        return tuple(_line(session, row, course, False) for row in rows)


def lessons_of(session: Session, courses: Sequence[int]) -> list[ClassLesson]:
    """The lessons of these courses in order of time, those that a holiday passes over left out."""
    query = select(ClassLesson).where(ClassLesson.course_id.in_(courses))
    return _kept(session, session.scalars(query.order_by(ClassLesson.day, ClassLesson.id)).all())


def marks_by_course(session: Session, courses: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Over all lessons of each course: how often a child was there, of how often it was noted."""
    there = func.sum(case((ClassAttendance.presence == Presence.PRESENT, 1), else_=0))
    query = (
        select(ClassLesson.course_id, there, func.count(ClassAttendance.id))
        .join(ClassLesson, ClassLesson.id == ClassAttendance.lesson_id)
        .where(ClassLesson.course_id.in_(courses))
        .group_by(ClassLesson.course_id)
    )
    return {key: (int(came), noted) for key, came, noted in session.execute(query)}


def _kept(session: Session, rows: Sequence[ClassLesson]) -> list[ClassLesson]:
    """Without those on days that became holidays after the plan was made."""
    if not rows:
        return []
    days = [row.day for row in rows]
    calendar = work_calendar(session, min(days), max(days))
    return [row for row in rows if row.begun_at is not None or calendar.days.get(row.day, True)]


def _line(session: Session, lesson: ClassLesson, course: ClassCourse, own: bool) -> LessonLine:
    query = (
        select(
            ClassChild.code,
            ClassAttendance.presence,
            ClassAttendance.fetched_at,
            ClassFetcher.code,
        )
        .join(ClassChild, ClassChild.id == ClassAttendance.child_id)
        .outerjoin(ClassFetcher, ClassFetcher.id == ClassAttendance.fetcher_id)
        .where(ClassAttendance.lesson_id == lesson.id)
    )
    placed = select(func.count(ClassEnrolment.id)).where(
        ClassEnrolment.course_id == course.id,
        ClassEnrolment.left_at.is_(None),
        ClassEnrolment.placed_at.is_not(None),
    )
    room = session.get(ActivityRoom, course.room_id) if course.room_id is not None else None
    begins, ends = times(course, lesson.day)
    return LessonLine(
        course=course.code,
        name=course.name,
        where=room.name if room is not None else course.place,
        day=lesson.day,
        starts_at=begins,
        ends_at=ends,
        begun_at=lesson.begun_at,
        ended_at=lesson.ended_at,
        cancelled=lesson.cancelled_at is not None,
        reason=lesson.reason or "",
        placed=session.scalar(placed) or 0,
        marks={
            code: Mark(presence, at, fetcher)
            for code, presence, at, fetcher in session.execute(query)
        },
        own=own,
    )

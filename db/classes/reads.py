"""What everybody may know of the class: terms, courses, counts, lessons; no child's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.classes.lesson_reads import lessons_of, marks_by_course
from db.classes.planning import hours_of
from db.classes.scope import find_term, on_staff
from db.engine import read
from db.lists import need_signed_in
from db.tables.activities import ActivityRoom
from db.tables.classes import (
    ClassChild,
    ClassCourse,
    ClassEnrolment,
    ClassFreeDay,
    ClassTerm,
)
from db.tables.volunteers import VolunteerRow
from domain.classes import Hours
from domain.days import local_day
from domain.people import Actor, Right

MOST_TERMS = 12


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term; both days are in it."""

    code: str
    name: str
    starts_on: date
    ends_on: date
    erased: bool

    def is_on(self, day: date) -> bool:
        """Whether that day lies in it."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course in numbers.

    Args:
        where: room or place.
        teacher: empty for whoever sees nothing of persons.
        enrolled: children who have a place; `waiting` those who wait for one.
        planned: all its lessons; `held` those that began.
        attended: children who were there, of `noted`, over all lessons.
    """

    code: str
    name: str
    hours: Hours
    where: str
    room_id: int | None
    places: int
    teacher_id: int | None
    teacher: str
    enrolled: int
    waiting: int
    planned: int
    held: int
    attended: int
    noted: int
    next_on: date | None


@dataclass(frozen=True, slots=True)
class TermView:
    """A term with its courses.

    Args:
        children: how many there are.
        staffed: whether this person may look at them.
        free: days without lessons besides the holidays.
    """

    line: TermLine
    courses: tuple[CourseLine, ...]
    children: int
    staffed: bool
    free: tuple[date, ...]


def terms(actor: Actor) -> tuple[TermLine, ...]:
    """The terms, the newest first."""
    need_signed_in(actor)
    query = select(ClassTerm).order_by(ClassTerm.starts_on.desc(), ClassTerm.id.desc())
    with read() as session:
        return tuple(_line(row) for row in session.scalars(query.limit(MOST_TERMS)))


def term(actor: Actor, now: datetime, code: str) -> TermView:
    """One term in numbers.

    Raises:
        NotFound: there is none.
    """
    need_signed_in(actor)
    with read() as session:
        row = find_term(session, code)
        children = select(func.count(ClassChild.id)).where(ClassChild.term_id == row.id)
        free = select(ClassFreeDay.day).where(ClassFreeDay.term_id == row.id)
        return TermView(
            _line(row),
            _courses(session, actor, now, row),
            session.scalar(children) or 0,
            on_staff(session, actor, row.id),
            tuple(session.scalars(free.order_by(ClassFreeDay.day))),
        )


def _line(row: ClassTerm) -> TermLine:
    return TermLine(row.code, row.name, row.starts_on, row.ends_on, row.erased_at is not None)


def _courses(
    session: Session, actor: Actor, now: datetime, term: ClassTerm
) -> tuple[CourseLine, ...]:
    query = (
        select(ClassCourse, ActivityRoom.name, VolunteerRow.name)
        .outerjoin(ActivityRoom, ActivityRoom.id == ClassCourse.room_id)
        .outerjoin(VolunteerRow, VolunteerRow.id == ClassCourse.teacher_id)
        .where(ClassCourse.term_id == term.id)
        .order_by(ClassCourse.weekday, ClassCourse.from_minute, ClassCourse.id)
    )
    rows = session.execute(query).all()
    ids = [course.id for course, _, _ in rows]
    seats = _seats(session, ids)
    lessons = lessons_of(session, ids)
    came = marks_by_course(session, ids)
    sees_people = actor.may(Right.DISPATCH)
    made = []
    for course, room, teacher in rows:
        own = [one for one in lessons if one.course_id == course.id]
        coming = [
            one.day
            for one in own
            if one.day >= local_day(now) and one.ended_at is None and one.cancelled_at is None
        ]
        attended, noted = came.get(course.id, (0, 0))
        enrolled, waiting = seats.get(course.id, (0, 0))
        made.append(
            CourseLine(
                code=course.code,
                name=course.name,
                hours=hours_of(course),
                where=room or course.place,
                room_id=course.room_id,
                places=course.places,
                teacher_id=course.teacher_id,
                teacher=(teacher or "") if sees_people else "",
                enrolled=enrolled,
                waiting=waiting,
                planned=len(own),
                held=sum(one.begun_at is not None for one in own),
                attended=attended,
                noted=noted,
                next_on=min(coming, default=None),
            )
        )
    return tuple(made)


def _seats(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    query = (
        select(
            ClassEnrolment.course_id,
            func.count(ClassEnrolment.placed_at),
            func.count(ClassEnrolment.id),
        )
        .where(ClassEnrolment.course_id.in_(ids), ClassEnrolment.left_at.is_(None))
        .group_by(ClassEnrolment.course_id)
    )
    return {key: (placed, every - placed) for key, placed, every in session.execute(query)}

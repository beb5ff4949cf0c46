"""Courses of a term: when, where, how many places, who teaches."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.classes.planning import hours_of, plan
from db.classes.scope import find_course, find_term
from db.classes.seats import move_up
from db.engine import write
from db.events import record
from db.numbers import new_code
from db.tables.classes import ClassCourse
from db.tables.volunteers import VolunteerRow
from domain.classes import check_course, clashes
from domain.errors import N_, FieldError
from domain.names import clean_line, clean_name
from domain.people import Actor, Right
from domain.texts import fitting


@dataclass(frozen=True, slots=True)
class CourseWords:
    """What is entered about a course.

    Args:
        weekday: 0 for Monday.
        from_minute, to_minute: of the day, from 00:00.
        room_id: a room of the centre, booked for each lesson; else `place` says where.
        teacher_id: a volunteer; None while there is none.
    """

    name: str
    weekday: int
    from_minute: int
    to_minute: int
    places: int
    room_id: int | None = None
    place: str = ""
    teacher_id: int | None = None


def add_course(
    actor: Actor, now: datetime, term_code: str, words: CourseWords, once_key: str | None = None
) -> str:
    """Add a course with all its lessons to come, and book its room; returns its code.

    Raises:
        NotFound: no such term.
        FieldError: hours, places, room or teacher that cannot be.
        RoomTaken: the room has another booking at one of the lessons.
    """
    actor.need(Right.RUN_SERVICES)
    check_course(words.weekday, words.from_minute, words.to_minute, words.places)
    named, code = clean_name("name", words.name), new_code()
    with write() as session:
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        term = find_term(session, term_code, lock=True)
        row = ClassCourse(
            code=code,
            term_id=term.id,
            name=named,
            weekday=words.weekday,
            from_minute=words.from_minute,
            to_minute=words.to_minute,
            room_id=words.room_id,
            place=_place(words),
            places=words.places,
            teacher_id=None,
        )
        _teach(session, row, words.teacher_id)
        session.add(row)
        session.flush()
        lessons = plan(session, actor, now, row)
        record(
            session, actor, now, "class_course_added", term=term.id, course=row.id, lessons=lessons
        )
        return code


def change_course(actor: Actor, now: datetime, code: str, words: CourseWords) -> None:
    """Change name, room, places and teacher; another time is another course.

    Further places go to whoever waits; fewer send nobody away.

    Raises:
        NotFound: no such course.
        FieldError: places, room or teacher that cannot be.
        RoomTaken: the room has another booking at one of the lessons.
    """
    actor.need(Right.RUN_SERVICES)
    named = clean_name("name", words.name)
    with write() as session:
        row = find_course(session, code, lock=True)
        check_course(row.weekday, row.from_minute, row.to_minute, words.places)
        rebook = row.room_id != words.room_id
        row.name, row.room_id, row.place = named, words.room_id, _place(words)
        row.places = words.places
        _teach(session, row, words.teacher_id)
        session.flush()
        if rebook:
            plan(session, actor, now, row, rebook=True)
        move_up(session, actor, now, row)
        record(session, actor, now, "class_course_changed", course=row.id)


def _place(words: CourseWords) -> str:
    place = clean_line(words.place)
    if words.room_id is None and not place:
        raise FieldError("place", N_("Choose a room, or write where it is."))
    return "" if words.room_id is not None else fitting("place", place)


def _teach(session: Session, row: ClassCourse, teacher_id: int | None) -> None:
    """Who stands before two courses at once teaches none."""
    if teacher_id is None or teacher_id == row.teacher_id:
        row.teacher_id = teacher_id
        return
    person = session.get(VolunteerRow, teacher_id)
    if person is None or person.left_on is not None:
        raise FieldError("teacher", N_("Choose a volunteer from the list."))
    others = select(ClassCourse).where(
        ClassCourse.term_id == row.term_id, ClassCourse.teacher_id == teacher_id
    )
    if clashes(hours_of(row), [hours_of(one) for one in session.scalars(others)]):
        raise FieldError("teacher", N_("This volunteer teaches another course at that time."))
    row.teacher_id = teacher_id

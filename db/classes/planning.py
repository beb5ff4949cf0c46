"""The plan of lessons: a course's days as rows, each with its room's booking."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.activities.bookings import book, release
from db.tables.classes import ClassCourse, ClassFreeDay, ClassLesson, ClassTerm
from db.work_calendar import work_calendar
from domain.classes import Hours, lesson_days
from domain.days import at_local, local_day
from domain.people import Actor


def plan(
    session: Session, actor: Actor, now: datetime, course: ClassCourse, *, rebook: bool = False
) -> int:
    """Make the lessons to come follow term, holidays and room; returns how many there are.

    What began, was cancelled or lies behind stays.

    Args:
        rebook: the room is another one now.

    Raises:
        RoomTaken: the room has another booking at one of the lessons.
    """
    today = local_day(now)
    wanted = {day for day in _days(session, course) if day >= today}
    query = select(ClassLesson).where(ClassLesson.course_id == course.id, ClassLesson.day >= today)
    known = {row.day: row for row in session.scalars(query)}
    for day, row in known.items():
        if row.begun_at is not None or row.cancelled_at is not None:
            continue
        if day not in wanted:
            unbook(session, row)
            session.delete(row)
        elif rebook:
            unbook(session, row)
            row.booking_id = _booked(session, actor, course, day)
    for day in sorted(wanted - set(known)):
        booking = _booked(session, actor, course, day)
        session.add(ClassLesson(course_id=course.id, day=day, booking_id=booking))
    session.flush()
    return len(wanted)


def unbook(session: Session, lesson: ClassLesson) -> None:
    """Give the lesson's room back."""
    booking, lesson.booking_id = lesson.booking_id, None
    session.flush()
    release(session, booking)


def times(course: ClassCourse, day: date) -> tuple[datetime, datetime]:
    """When a lesson begins and ends."""
    begins = at_local(day, time.min)
    return (
        begins + timedelta(minutes=course.from_minute),
        begins + timedelta(minutes=course.to_minute),
    )


def _booked(session: Session, actor: Actor, course: ClassCourse, day: date) -> int | None:
    if course.room_id is None:
        return None
    begins, ends = times(course, day)
    return book(session, course.room_id, begins, ends, title=course.name, actor=actor)


def _days(session: Session, course: ClassCourse) -> tuple[date, ...]:
    term = session.get_one(ClassTerm, course.term_id)
    free = set(session.scalars(select(ClassFreeDay.day).where(ClassFreeDay.term_id == term.id)))
    calendar = work_calendar(session, term.starts_on, term.ends_on)
    return lesson_days(course.weekday, term.starts_on, term.ends_on, calendar, free)


def hours_of(course: ClassCourse) -> Hours:
    """When the course is every week."""
    return Hours(course.weekday, course.from_minute, course.to_minute)

"""Places in a course: who gets one at once, who waits, and who moves up."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.classes.planning import hours_of
from db.events import record
from db.tables.classes import ClassChild, ClassCourse, ClassEnrolment
from domain.classes import clashes
from domain.errors import N_, FieldError
from domain.people import Actor
from domain.waiting_list import Entry, has_place, moved_up


def take_seat(
    session: Session, actor: Actor, now: datetime, child: ClassChild, course: ClassCourse
) -> bool:
    """Put a child into a course, whose row is locked; False: it waits.

    Raises:
        FieldError: it is in this course, or in another at the same time.
    """
    own = (
        select(ClassCourse)
        .join(ClassEnrolment, ClassEnrolment.course_id == ClassCourse.id)
        .where(ClassEnrolment.child_id == child.id, ClassEnrolment.left_at.is_(None))
    )
    others = list(session.scalars(own))
    if any(one.id == course.id for one in others):
        raise FieldError("course", N_("This child is in the course already."))
    if clashes(hours_of(course), [hours_of(one) for one in others]):
        raise FieldError("course", N_("This child has another course at that time."))
    seated = has_place(_entries(session, course), course.places)
    row = ClassEnrolment(
        child_id=child.id, course_id=course.id, asked_at=now, placed_at=now if seated else None
    )
    session.add(row)
    session.flush()
    record(
        session,
        actor,
        now,
        "class_child_enrolled",
        child=child.id,
        course=course.id,
        waiting=not seated,
    )
    return seated


def give_up(
    session: Session, actor: Actor, now: datetime, child: ClassChild, course: ClassCourse
) -> bool:
    """Take a child out of a course, whose row is locked; False: it was not in it."""
    row = session.scalar(
        select(ClassEnrolment).where(
            ClassEnrolment.child_id == child.id,
            ClassEnrolment.course_id == course.id,
            ClassEnrolment.left_at.is_(None),
        )
    )
    if row is None:
        return False
    row.left_at = now
    session.flush()
    record(session, actor, now, "class_child_left", child=child.id, course=course.id)
    move_up(session, actor, now, course)
    return True


def move_up(session: Session, actor: Actor, now: datetime, course: ClassCourse) -> None:
    """Give the places that are free to who waits, in the order of asking."""
    for key in moved_up(_entries(session, course), course.places):
        row = session.get_one(ClassEnrolment, key)
        row.placed_at = now
        record(session, actor, now, "class_child_placed", child=row.child_id, course=course.id)
    session.flush()


def _entries(session: Session, course: ClassCourse) -> list[Entry]:
    query = (
        select(ClassEnrolment.id, ClassEnrolment.placed_at)
        .where(ClassEnrolment.course_id == course.id, ClassEnrolment.left_at.is_(None))
        .order_by(ClassEnrolment.id)
    )
    return [Entry(key, placed is not None) for key, placed in session.execute(query)]

"""Whose children a person may see: terms and courses are loaded and checked in one place.

The staff of a term is the secretary, whom the secretary named for it, and for each course its
own teacher. Everybody else sees counts.
"""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.tables.classes import ClassChild, ClassCourse, ClassStaff, ClassTerm
from db.volunteers.scope import me
from domain.classes import teaches
from domain.errors import N_, NotFound, Refused
from domain.people import Actor, Right

T = TypeVar("T")


def no_such_entry() -> NotFound:
    """The answer for what is not there and for what is not yours."""
    return NotFound(N_("There is no such entry, or it is not yours to see."))


def on_staff(session: Session, actor: Actor, term_id: int) -> bool:
    """Whether this person answers for the whole term."""
    if actor.may(Right.RUN_SERVICES):
        return True
    named = select(ClassStaff.id).where(
        ClassStaff.term_id == term_id, ClassStaff.account_id == actor.account_id
    )
    return actor.account_id is not None and session.scalar(named) is not None


def is_teacher(session: Session, actor: Actor, now: datetime, course: ClassCourse) -> bool:
    """Whether this person is the course's teacher, and the term is on."""
    own = me(session, actor) if actor.may(Right.SERVE) else None
    if own is None or own.left_on is not None or own.id != course.teacher_id:
        return False
    term = session.get_one(ClassTerm, course.term_id)
    return teaches(term.starts_on, term.ends_on, now)


def find_term(session: Session, code: str, *, lock: bool = False) -> ClassTerm:
    """A term by code, for whom it may concern.

    Raises:
        NotFound: there is none.
    """
    return _found(session, select(ClassTerm).where(ClassTerm.code == code), lock)


def find_course(session: Session, code: str, *, lock: bool = False) -> ClassCourse:
    """A course by code, for whom it may concern.

    Raises:
        NotFound: there is none.
    """
    return _found(session, select(ClassCourse).where(ClassCourse.code == code), lock)


def term_staffed(session: Session, actor: Actor, code: str) -> ClassTerm:
    """A term for its staff.

    Raises:
        NotFound: none, or this is somebody else.
    """
    row = find_term(session, code)
    if not on_staff(session, actor, row.id):
        raise no_such_entry()
    return row


def course_staffed(session: Session, actor: Actor, code: str, *, lock: bool = False) -> ClassCourse:
    """A course for the staff of its term.

    Raises:
        NotFound: none, or this is somebody else.
    """
    row = find_course(session, code, lock=lock)
    if not on_staff(session, actor, row.term_id):
        raise no_such_entry()
    return row


def course_taught(
    session: Session, actor: Actor, now: datetime, code: str, *, lock: bool = False
) -> ClassCourse:
    """A course for the staff of its term or its own teacher.

    Raises:
        NotFound: none, or this is somebody else.
    """
    row = find_course(session, code, lock=lock)
    if not (on_staff(session, actor, row.term_id) or is_teacher(session, actor, now, row)):
        raise no_such_entry()
    return row


def child_staffed(session: Session, actor: Actor, code: str, *, lock: bool = True) -> ClassChild:
    """A child for the staff of its term; locked after its courses, where those are.

    Raises:
        NotFound: none, or this is somebody else.
        Refused: its data were erased.
    """
    query = select(ClassChild).where(ClassChild.code == code)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None or not on_staff(session, actor, row.term_id):
        raise no_such_entry()
    if row.erased_at is not None:
        raise Refused(N_("This child's data were erased."))
    return row


def _found(session: Session, query: Select[T], lock: bool) -> T:
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise no_such_entry()
    return row

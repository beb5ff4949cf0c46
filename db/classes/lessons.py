"""A lesson: it begins, children are noted as here, handed over, and it ends."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.classes.planning import times, unbook
from db.classes.scope import course_staffed, course_taught, is_teacher, no_such_entry
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
from db.tables.volunteers import ServiceHours
from db.volunteers import hours
from domain import texts
from domain.classes import ClassConsent, Presence, check_all_home, check_fetched, may_begin
from domain.days import local_day, local_time
from domain.errors import N_, FieldError, Refused
from domain.people import Actor
from domain.service_hours import Source


def begin(actor: Actor, now: datetime, course_code: str) -> None:
    """Today's lesson begins; a teacher's hours of service begin with it.

    A repeat changes nothing.

    Raises:
        NotFound: no lesson of today that is this person's.
        Refused: it was cancelled, or its time has not come.
    """
    with write() as session:
        course = course_taught(session, actor, now, course_code)
        _begin(session, actor, now, course, _lesson(session, course, local_day(now)))


def note(
    actor: Actor,
    now: datetime,
    course_code: str,
    child_code: str,
    presence: Presence,
    day: date | None = None,
) -> None:
    """Note whether a child is here; noted again, the last word counts.

    Args:
        day: the lesson's day, today if it is not given; the staff of the term, and no teacher,
            adds what was forgotten on an earlier one.

    Raises:
        NotFound: no such lesson, or the child has no place in it.
        Refused: it was cancelled, or the child was handed over already.
    """
    with write() as session:
        today = local_day(now)
        if day is None or day == today:
            course = course_taught(session, actor, now, course_code)
        else:
            course = course_staffed(session, actor, course_code)
        if day is not None and day > today:
            raise Refused(N_("This lesson is still to come."))
        lesson = _lesson(session, course, day or today)
        child = _placed(session, course, child_code)
        _begin(session, actor, now, course, lesson)
        row = _attendance(session, lesson, child)
        if row is None:
            row = ClassAttendance(lesson_id=lesson.id, child_id=child.id)
            session.add(row)
        elif row.fetched_at is not None:
            check_fetched(row.presence, row.fetched_at)
        row.presence, row.at, row.recorded_by = presence, now, actor.account_id
        session.flush()
        record(
            session,
            actor,
            now,
            "class_presence_noted",
            lesson=lesson.id,
            child=child.id,
            presence=presence.value,
        )


def hand_over(
    actor: Actor, now: datetime, course_code: str, child_code: str, fetcher_code: str | None
) -> None:
    """A child goes home with somebody who may fetch it, or by itself.

    Args:
        fetcher_code: None: by itself, where the guardian agreed.

    Raises:
        NotFound: no such lesson of today, child, or person who may fetch it.
        Refused: it is not here, was handed over, or may not go by itself.
    """
    with write() as session:
        course = course_taught(session, actor, now, course_code)
        lesson = _lesson(session, course, local_day(now))
        child = _placed(session, course, child_code)
        row = _attendance(session, lesson, child)
        check_fetched(row.presence if row else None, row.fetched_at if row else None)
        assert row is not None
        row.fetcher_id = _fetcher(session, child, fetcher_code)
        row.fetched_at, row.handed_by = now, actor.account_id
        record(
            session,
            actor,
            now,
            "class_child_fetched",
            lesson=lesson.id,
            child=child.id,
            fetcher=row.fetcher_id,
        )


def end(actor: Actor, now: datetime, course_code: str) -> None:
    """Today's lesson is over and every child on its way. A repeat changes nothing.

    Raises:
        NotFound: no lesson of today that is this person's.
        Refused: it has not begun, or children are still here.
    """
    with write() as session:
        course = course_taught(session, actor, now, course_code)
        lesson = _lesson(session, course, local_day(now))
        if lesson.ended_at is not None:
            return
        if lesson.begun_at is None:
            raise Refused(N_("This lesson has not begun."))
        here = select(ClassAttendance.id).where(
            ClassAttendance.lesson_id == lesson.id,
            ClassAttendance.presence == Presence.PRESENT,
            ClassAttendance.fetched_at.is_(None),
        )
        check_all_home(len(session.scalars(here).all()))
        lesson.ended_at = now
        record(session, actor, now, "class_lesson_ended", lesson=lesson.id)
        serving = session.scalar(
            select(ServiceHours.id).where(
                ServiceHours.source == Source.LESSON,
                ServiceHours.source_id == lesson.id,
                ServiceHours.corrects_id.is_(None),
            )
        )
        if serving is not None:
            hours.finish(session, actor, now, serving)


def cancel(actor: Actor, now: datetime, course_code: str, day: date, reason: str) -> None:
    """A lesson does not take place; its room is free again. A repeat changes nothing.

    Raises:
        NotFound: no such lesson of a term whose staff this person is on.
        FieldError: no reason.
        Refused: it began.
    """
    why = texts.required("reason", reason, texts.LONGEST_LINE)
    with write() as session:
        course = course_staffed(session, actor, course_code)
        lesson = _lesson(session, course, day, cancelled_too=True)
        if lesson.cancelled_at is not None:
            return
        if lesson.begun_at is not None:
            raise Refused(N_("This lesson was held."))
        unbook(session, lesson)
        lesson.cancelled_at, lesson.reason = now, why
        record(session, actor, now, "class_lesson_cancelled", lesson=lesson.id)


def _lesson(
    session: Session, course: ClassCourse, day: date, *, cancelled_too: bool = False
) -> ClassLesson:
    row = session.scalar(
        select(ClassLesson)
        .where(ClassLesson.course_id == course.id, ClassLesson.day == day)
        .with_for_update()
    )
    if row is None:
        raise no_such_entry()
    if row.cancelled_at is not None and not cancelled_too:
        raise Refused(N_("This lesson was cancelled."))
    return row


def _begin(
    session: Session, actor: Actor, now: datetime, course: ClassCourse, lesson: ClassLesson
) -> None:
    if lesson.begun_at is None:
        begins, _ends = times(course, lesson.day)
        if not may_begin(begins, now):
            raise Refused(
                N_("This lesson is at {time}; it can begin an hour before at the earliest."),
                time=f"{local_time(begins):%H:%M}",
            )
        lesson.begun_at = now if lesson.day == local_day(now) else begins
        record(session, actor, now, "class_lesson_begun", lesson=lesson.id)
    today = lesson.day == local_day(now) and lesson.ended_at is None
    if today and course.teacher_id is not None and is_teacher(session, actor, now, course):
        hours.start(session, actor, now, course.teacher_id, Source.LESSON, lesson.id)


def _placed(session: Session, course: ClassCourse, code: str) -> ClassChild:
    row = session.scalar(
        select(ClassChild)
        .join(ClassEnrolment, ClassEnrolment.child_id == ClassChild.id)
        .where(
            ClassChild.code == code,
            ClassEnrolment.course_id == course.id,
            ClassEnrolment.placed_at.is_not(None),
            ClassEnrolment.left_at.is_(None),
        )
    )
    if row is None:
        raise no_such_entry()
    return row


def _attendance(session: Session, lesson: ClassLesson, child: ClassChild) -> ClassAttendance | None:
    return session.scalar(
        select(ClassAttendance).where(
            ClassAttendance.lesson_id == lesson.id, ClassAttendance.child_id == child.id
        )
    )


def _fetcher(session: Session, child: ClassChild, code: str | None) -> int | None:
    if code is None:
        alone = select(ClassConsentRow.id).where(
            ClassConsentRow.child_id == child.id,
            ClassConsentRow.consent == ClassConsent.ALONE,
            ClassConsentRow.withdrawn_at.is_(None),
        )
        if session.scalar(alone) is None:
            raise Refused(N_("The guardian did not agree that this child goes home by itself."))
        return None
    key = session.scalar(
        select(ClassFetcher.id).where(
            ClassFetcher.code == code,
            ClassFetcher.child_id == child.id,
            ClassFetcher.ended_at.is_(None),
        )
    )
    if key is None:
        raise FieldError(
            "fetcher", N_("This person may not fetch the child. Ring the guardian first.")
        )
    return key

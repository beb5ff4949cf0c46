"""The after-school class 四点半课堂: terms, courses, children, attendance."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Word
from domain.classes import ClassConsent, Presence


def _where(condition: str) -> Any:
    return {"sqlite_where": sql(condition), "postgresql_where": sql(condition)}


class ClassTerm(Base):
    """A term; both days are in it. `erased_at` is when its children's data went."""

    __tablename__ = "class_terms"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    erased_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_class_terms_ends", "ends_on"), STRICT)


class ClassFreeDay(Base):
    """A day of the term without lessons, besides the holidays of the work calendar."""

    __tablename__ = "class_free_days"
    id: Mapped[RowId]
    term_id: Mapped[int] = mapped_column(refers("class_terms.id"))
    day: Mapped[date]
    __table_args__ = (UniqueConstraint("term_id", "day"), STRICT)


class ClassStaff(Base):
    """Who runs a term beside the secretary and the courses' teachers."""

    __tablename__ = "class_staff"
    id: Mapped[RowId]
    term_id: Mapped[int] = mapped_column(refers("class_terms.id"))
    account_id: Mapped[int] = mapped_column(refers("accounts.id"), index=True)
    named_at: Mapped[datetime]
    named_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    __table_args__ = (UniqueConstraint("term_id", "account_id"), STRICT)


class ClassCourse(Base):
    """A course: one lesson a week. Times are minutes from 00:00, Monday is weekday 0."""

    __tablename__ = "class_courses"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    term_id: Mapped[int] = mapped_column(refers("class_terms.id"), index=True)
    name: Mapped[str]
    weekday: Mapped[int]
    from_minute: Mapped[int]
    to_minute: Mapped[int]
    room_id: Mapped[int | None] = mapped_column(refers("activity_rooms.id"))
    place: Mapped[str]  # in words, where it is no room of the centre
    places: Mapped[int]
    teacher_id: Mapped[int | None] = mapped_column(refers("volunteers.id"), index=True)


class ClassChild(Base):
    """A child of a term with the guardian who enrolled it; all of it goes after the term."""

    __tablename__ = "class_children"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    term_id: Mapped[int] = mapped_column(refers("class_terms.id"), index=True)
    name: Mapped[str]
    grade: Mapped[str]
    guardian: Mapped[str]
    guardian_phone: Mapped[str | None] = mapped_column(index=True)
    emergency: Mapped[str]
    emergency_phone: Mapped[str | None] = mapped_column(index=True)
    note: Mapped[str | None]  # what a teacher must know, such as an allergy
    enrolled_at: Mapped[datetime]
    enrolled_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    erased_at: Mapped[datetime | None]


class ClassConsentRow(Base):
    """What the guardian agreed to, when, and when they took it back; withdrawn ones stay."""

    __tablename__ = "class_consents"
    id: Mapped[RowId]
    child_id: Mapped[int] = mapped_column(refers("class_children.id"))
    consent: Mapped[ClassConsent] = mapped_column(Word(ClassConsent))
    given_by: Mapped[str]
    given_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "uq_class_consents_standing",
            "child_id",
            "consent",
            unique=True,
            **_where("withdrawn_at IS NULL"),
        ),
        STRICT,
    )


class ClassFetcher(Base):
    """Who may fetch a child; the guardian is the first. Taken off, the row stays for the past."""

    __tablename__ = "class_fetchers"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    child_id: Mapped[int] = mapped_column(refers("class_children.id"), index=True)
    name: Mapped[str]
    phone: Mapped[str | None] = mapped_column(index=True)
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ClassEnrolment(Base):
    """A child in a course: waiting until `placed_at`, in the order of the rows."""

    __tablename__ = "class_enrolments"
    id: Mapped[RowId]
    child_id: Mapped[int] = mapped_column(refers("class_children.id"))
    course_id: Mapped[int] = mapped_column(refers("class_courses.id"), index=True)
    asked_at: Mapped[datetime]
    placed_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "uq_class_enrolments_standing",
            "child_id",
            "course_id",
            unique=True,
            **_where("left_at IS NULL"),
        ),
        STRICT,
    )


class ClassLesson(Base):
    """One lesson as it is planned, with its room's booking; a holiday passes over it."""

    __tablename__ = "class_lessons"
    id: Mapped[RowId]
    course_id: Mapped[int] = mapped_column(refers("class_courses.id"))
    day: Mapped[date] = mapped_column(index=True)
    booking_id: Mapped[int | None] = mapped_column(refers("room_bookings.id"), index=True)
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    reason: Mapped[str | None]  # of the cancelling
    __table_args__ = (UniqueConstraint("course_id", "day"), STRICT)


class ClassAttendance(Base):
    """Whether a child was there, and who fetched it; no fetcher: it went home by itself."""

    __tablename__ = "class_attendances"
    id: Mapped[RowId]
    lesson_id: Mapped[int] = mapped_column(refers("class_lessons.id"))
    child_id: Mapped[int] = mapped_column(refers("class_children.id"), index=True)
    presence: Mapped[Presence] = mapped_column(Word(Presence))
    at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    fetched_at: Mapped[datetime | None]
    fetcher_id: Mapped[int | None] = mapped_column(refers("class_fetchers.id"))
    handed_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    __table_args__ = (UniqueConstraint("lesson_id", "child_id"), STRICT)

"""Terms of the class: their days, the days without lessons, and who is on their staff."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db import once
from db.classes.planning import plan
from db.classes.scope import find_term
from db.engine import read, write
from db.events import record
from db.names_of import accounts_in
from db.numbers import new_code
from db.tables import Account
from db.tables.classes import ClassCourse, ClassFreeDay, ClassStaff, ClassTerm
from db.upsert import upsert
from domain.classes import check_term
from domain.errors import N_, FieldError
from domain.names import clean_name
from domain.people import Actor, Right, Role

# Who may be named: their page of the class shows them the children then.
NAMED = (Role.SOCIAL_WORKER, Role.SQUAD_LEADER)


def open_term(
    actor: Actor,
    now: datetime,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    free: Iterable[date] = (),
    once_key: str | None = None,
) -> str:
    """Open a term; returns its code.

    Args:
        free: days without lessons besides the holidays.

    Raises:
        FieldError: no name, or days that are no term.
    """
    actor.need(Right.RUN_SERVICES)
    check_term(starts_on, ends_on)
    named, code = clean_name("name", name), new_code()
    with write() as session:
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        row = ClassTerm(
            code=code,
            name=named,
            starts_on=starts_on,
            ends_on=ends_on,
            created_at=now,
            created_by=actor.account_id,
        )
        session.add(row)
        session.flush()
        _keep_free(session, row, free)
        record(session, actor, now, "class_term_opened", term=row.id)
        return code


def change_term(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    free: Iterable[date],
) -> None:
    """Change a term; lessons to come follow, what was held stays.

    Raises:
        NotFound: no such term.
        FieldError: as when it was opened.
        RoomTaken: a lesson that comes in finds its room taken.
    """
    actor.need(Right.RUN_SERVICES)
    check_term(starts_on, ends_on)
    named = clean_name("name", name)
    with write() as session:
        row = find_term(session, code, lock=True)
        row.name, row.starts_on, row.ends_on = named, starts_on, ends_on
        _keep_free(session, row, free)
        courses = select(ClassCourse).where(ClassCourse.term_id == row.id)
        for course in session.scalars(courses.order_by(ClassCourse.id)).all():
            plan(session, actor, now, course)
        record(session, actor, now, "class_term_changed", term=row.id)


def name_staff(actor: Actor, now: datetime, code: str, account_id: int) -> None:
    """Name somebody for the staff of a term. A repeat changes nothing.

    Raises:
        NotFound: no such term.
        FieldError: nobody who can be named.
    """
    actor.need(Right.RUN_SERVICES)
    with write() as session:
        term = find_term(session, code, lock=True)
        if account_id not in accounts_in(session, NAMED):
            raise FieldError("account", N_("Choose somebody from the list."))
        added = session.execute(
            upsert(session, ClassStaff)
            .values(term_id=term.id, account_id=account_id, named_at=now, named_by=actor.account_id)
            .on_conflict_do_nothing()
            .returning(ClassStaff.id)
        ).one_or_none()
        if added is not None:
            record(session, actor, now, "class_staff_named", term=term.id, account=account_id)


def release_staff(actor: Actor, now: datetime, code: str, account_id: int) -> None:
    """Take somebody off the staff of a term. A repeat changes nothing."""
    actor.need(Right.RUN_SERVICES)
    with write() as session:
        term = find_term(session, code, lock=True)
        gone = session.execute(
            delete(ClassStaff)
            .where(ClassStaff.term_id == term.id, ClassStaff.account_id == account_id)
            .returning(ClassStaff.id)
        ).one_or_none()
        if gone is not None:
            record(session, actor, now, "class_staff_released", term=term.id, account=account_id)


def nameable(actor: Actor) -> dict[int, str]:
    """Who can be named for the staff, by account."""
    actor.need(Right.RUN_SERVICES)
    with read() as session:
        return accounts_in(session, NAMED)


def staff(actor: Actor, code: str) -> dict[int, str]:
    """Who was named for a term, by account."""
    actor.need(Right.RUN_SERVICES)
    with read() as session:
        term = find_term(session, code)
        query = (
            select(Account.id, Account.name)
            .join(ClassStaff, ClassStaff.account_id == Account.id)
            .where(ClassStaff.term_id == term.id)
            .order_by(ClassStaff.id)
        )
        return dict(session.execute(query).all())


def _keep_free(session: Session, term: ClassTerm, free: Iterable[date]) -> None:
    days: Sequence[date] = sorted({day for day in free if term.starts_on <= day <= term.ends_on})
    session.execute(delete(ClassFreeDay).where(ClassFreeDay.term_id == term.id))
    session.add_all(ClassFreeDay(term_id=term.id, day=day) for day in days)
    session.flush()

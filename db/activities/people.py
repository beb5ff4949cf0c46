"""The list of an activity at the desk: who signed up, who came, whom to tell."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.activities.scope import activity_by_code, no_such_activity
from db.activities.signing import SignedUp, cancel_in, person, sign_up_in, tick
from db.engine import read, write
from db.events import record
from db.tables.activities import Activity, ActivitySignUp
from domain.activities import HERE_BEFORE, MOST_PLACES, News
from domain.errors import N_, FieldError, Refused
from domain.people import Actor, Right
from domain.private_text import mask_phone
from domain.texts import clean


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody on the list; the number is masked unless it was asked for.

    Args:
        waiting: the place in the waiting list; 0 for who has a place or came as they were.
    """

    code: str
    name: str
    phone: str
    waiting: int
    came: bool
    at_the_door: bool
    news: News | None


def guests(actor: Actor, code: str) -> tuple[Guest, ...]:
    """Who signed up and has not cancelled, those with a place first, and who just came.

    Raises:
        NotAllowed: names are for the office alone.
        NotFound: no such activity.
    """
    actor.need(Right.HANDLE)
    with read() as session:
        return _guests(session, activity_by_code(session, code), whole=False)


def guests_with_numbers(actor: Actor, now: datetime, code: str) -> tuple[Guest, ...]:
    """The same with whole numbers, after an event that says who looked.

    Raises:
        NotAllowed: names are for the office alone.
        NotFound: no such activity.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        row = activity_by_code(session, code)
        record(session, actor, now, "activity_numbers_shown", activity=row.id)
        return _guests(session, row, whole=True)


def sign_somebody_up(
    actor: Actor, now: datetime, code: str, name: str, phone: str, once_key: str | None = None
) -> SignedUp:
    """Whoever rang is put on the list.

    Raises:
        FieldError: name or phone is missing, or this person is on the list already.
        NotFound: no such activity.
        Refused: it takes no sign-ups, has begun, or is cancelled.
    """
    actor.need(Right.HANDLE)
    named, number = person(name, phone)
    with write() as session:
        row = activity_by_code(session, code, lock=True)
        return sign_up_in(session, actor, now, row, named, number, once_key)


def sign_somebody_off(actor: Actor, now: datetime, guest: str) -> None:
    """Whoever rang to cancel is taken off the list; a repeat changes nothing.

    Raises:
        NotFound: nobody has that code.
        Refused: the activity has begun.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        made, row = _guest(session, guest)
        cancel_in(session, actor, now, made, row)


def set_who_came(
    actor: Actor,
    now: datetime,
    code: str,
    came: Collection[str],
    headcount: int | None,
    once_key: str | None = None,
) -> None:
    """The list of who came, by the guests' codes, and how many came without a name.

    Raises:
        FieldError: a number that cannot be.
        NotFound: no such activity.
        Refused: it has not begun, or is cancelled.
    """
    actor.need(Right.HANDLE)
    if headcount is not None and not 0 <= headcount <= MOST_PLACES:
        raise FieldError("headcount", N_("Choose a number from 0 to {most}."), most=MOST_PLACES)
    with write() as session:
        row = activity_by_code(session, code, lock=True)
        if row.cancelled_at is not None or now < row.starts_at - HERE_BEFORE:
            raise Refused(N_("Who came is noted from one hour before the beginning."))
        if once.claim(session, once_key, "activity_came", now) is not None:
            return
        for one in session.scalars(
            select(ActivitySignUp).where(
                ActivitySignUp.activity_id == row.id, ActivitySignUp.cancelled_at.is_(None)
            )
        ):
            if one.code in came:
                tick(session, actor, now, row, one)
            elif not one.at_the_door:
                one.came_at = None
        row.headcount = headcount
        record(session, actor, now, "activity_counted", activity=row.id, headcount=headcount or 0)


def set_told(actor: Actor, now: datetime, guest: str) -> None:
    """Somebody was told the news by phone; a repeat changes nothing.

    Raises:
        NotFound: nobody has that code.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        made, row = _guest(session, guest)
        if made.news is not None:
            record(
                session,
                actor,
                now,
                "activity_told",
                activity=row.id,
                sign_up=made.id,
                news=made.news.value,
            )
            made.news = None


def _guest(session: Session, code: str) -> tuple[ActivitySignUp, Activity]:
    made = session.scalar(select(ActivitySignUp).where(ActivitySignUp.code == clean(code)))
    if made is None:
        raise no_such_activity()
    row = session.scalars(
        select(Activity).where(Activity.id == made.activity_id).with_for_update()
    ).one()
    session.refresh(made)
    return made, row


def _guests(session: Session, row: Activity, *, whole: bool) -> tuple[Guest, ...]:
    rows = session.scalars(
        select(ActivitySignUp)
        .where(ActivitySignUp.activity_id == row.id, ActivitySignUp.cancelled_at.is_(None))
        .order_by(ActivitySignUp.id)
    ).all()
    waiting = [one.id for one in rows if one.seated_at is None and not one.at_the_door]
    found = []
    for one in rows:
        phone = one.phone or ""
        found.append(
            Guest(
                one.code,
                one.name or "",
                phone if whole else mask_phone(phone),
                waiting.index(one.id) + 1 if one.id in waiting else 0,
                one.came_at is not None,
                one.at_the_door,
                one.news,
            )
        )
    return tuple(sorted(found, key=lambda guest: (guest.waiting, guest.at_the_door)))

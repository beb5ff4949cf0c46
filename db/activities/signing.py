"""Signing up without an account: a place or the waiting list, taken back by a code."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once, rates
from db.activities.places import fill_places
from db.activities.scope import (
    activity_by_code,
    entries,
    no_such_activity,
    standing_sign_ups,
)
from db.engine import write
from db.events import record
from db.intake import follow_code
from db.numbers import clean_follow_code, hashed, new_code
from db.tables.activities import Activity, ActivitySignUp
from domain import texts
from domain.activities import takes_feedback, takes_people_at_the_door
from domain.errors import N_, FieldError, NotFound, Refused
from domain.people import RESIDENT, Actor
from domain.private_text import normal_phone
from domain.waiting_list import has_place, number_waiting

LONGEST_NAME = 20
LONGEST_OPINION = 300
# Neighbours who scan one poster at one moment often share an address; a script is faster.
FROM_ADDRESS = 20
ON_ACTIVITY = 80
# At the door a whole hall comes at once, by the centre's own network or on one tablet.
AT_THE_DOOR = 300
WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SignedUp:
    """What became of it.

    Args:
        code: to look again and to cancel; only its hash is kept.
        waiting: the place in the waiting list; 0 for who has a place.
    """

    code: str
    waiting: int


def admit(now: datetime, address: str, activity_code: str, *, door: bool = False) -> None:
    """Count one sign-up of this address and for this activity, or one who is at its door.

    Raises:
        TooMany: with the time to wait.
    """
    with write() as session:
        limits = [
            ("activity:address", address, FROM_ADDRESS),
            ("activity:code", activity_code, ON_ACTIVITY),
        ]
        if door:
            limits = [("activity:door", activity_code, AT_THE_DOOR)]
        for kind, whom, limit in limits:
            rates.take(session, rates.bucket(kind, whom), now, limit=limit, within=WITHIN)


def sign_up(
    now: datetime, code: str, name: str, phone: str, *, consent: bool, once_key: str | None = None
) -> SignedUp:
    """Sign up for a public activity; a second sending finds the first.

    Raises:
        FieldError: name, phone or consent is missing, or this person is on the list already.
        NotFound: no such public activity.
        Refused: it takes no sign-ups, has begun, or is cancelled.
    """
    named, number = person(name, phone)
    if not consent:
        raise FieldError("consent", N_("Please tick that we may use your name and phone."))
    with write() as session:
        row = activity_by_code(session, code, lock=True)
        if not row.public:
            raise no_such_activity()
        return sign_up_in(session, RESIDENT, now, row, named, number, once_key)


def sign_up_in(
    session: Session,
    actor: Actor,
    now: datetime,
    row: Activity,
    name: str,
    phone: str,
    once_key: str | None,
) -> SignedUp:
    """The same for whoever signs up or is signed up; `row` is locked, so places are counted once.

    Raises:
        FieldError: this person is on the list already.
        Refused: it takes no sign-ups, has begun, or is cancelled.
    """
    key = once_key or secrets.token_urlsafe(16)
    follow = follow_code(session, key)
    if once.claim(session, key, "activity", now) is not None:
        return _repeated(session, follow)
    if row.cancelled_at is not None:
        raise Refused(N_("This activity does not take place."))
    if not row.sign_up:
        raise Refused(N_("Nobody needs to sign up for this activity. Just come."))
    if row.starts_at <= now:
        raise Refused(N_("This activity has begun. Come along, or look for the next one."))
    people = standing_sign_ups(session, row.id)
    if any((one.name, one.phone) == (name, phone) for one in people):
        raise FieldError("name", N_("This name is on the list already, with this telephone."))
    seated = has_place(entries(people), row.capacity)
    made = _new(row, now, actor, name, phone, follow)
    made.seated_at = now if seated else None
    session.add(made)
    session.flush()
    record(
        session, actor, now, "activity_signed_up", activity=row.id, sign_up=made.id, seated=seated
    )
    waiting = sum(one.seated_at is None for one in people) + 1
    return SignedUp(follow, 0 if seated else waiting)


def cancel(now: datetime, follow: str) -> None:
    """Take a sign-up back; whoever waits longest gets the place. A repeat changes nothing.

    Raises:
        NotFound: the code is not valid.
        Refused: the activity has begun.
    """
    with write() as session:
        made, row = by_code(session, follow)
        cancel_in(session, RESIDENT, now, made, row)


def cancel_in(
    session: Session, actor: Actor, now: datetime, made: ActivitySignUp, row: Activity
) -> None:
    """The same, in the caller's transaction; `row` is locked."""
    if made.cancelled_at is not None:
        return
    if row.starts_at <= now:
        raise Refused(N_("This activity has begun; the list stays as it is."))
    made.cancelled_at, made.news = now, None
    session.flush()
    record(session, actor, now, "activity_signed_off", activity=row.id, sign_up=made.id)
    fill_places(session, actor, now, row)


def come(now: datetime, code: str, name: str, phone: str, once_key: str | None = None) -> None:
    """Somebody is at the door: who signed up is ticked off, others are added to the list.

    Raises:
        FieldError: name or phone is missing.
        NotFound: no such activity.
        Refused: the door is not open now.
    """
    named, number = person(name, phone)
    with write() as session:
        row = activity_by_code(session, code, lock=True)
        _need_door(row, now)
        if once.claim(session, once_key, "activity_here", now) is not None:
            return
        query = select(ActivitySignUp).where(
            ActivitySignUp.activity_id == row.id,
            ActivitySignUp.phone == number,
            ActivitySignUp.cancelled_at.is_(None),
        )
        known = session.scalars(query.order_by(ActivitySignUp.id)).all()
        made = next((one for one in known if one.name == named), None)
        if made is None and len(known) == 1 and known[0].came_at is None:
            made = known[0]  # the one who signed up under this number, perhaps by a nickname
        if made is None:
            made = _new(row, now, RESIDENT, named, number, secrets.token_urlsafe(16))
            made.at_the_door = True
            session.add(made)
        tick(session, RESIDENT, now, row, made)


def come_by_code(now: datetime, follow: str) -> None:
    """The same for who signed up with this phone.

    Raises:
        NotFound: the code is not valid.
        Refused: the door is not open now.
    """
    with write() as session:
        made, row = by_code(session, follow)
        _need_door(row, now)
        tick(session, RESIDENT, now, row, made)


def rate(now: datetime, follow: str, rating: int, opinion: str = "") -> None:
    """How it was, from 1 to 5 and a word; said again, the last one counts.

    Raises:
        FieldError: no rating, or too many words.
        NotFound: the code is not valid.
        Refused: it is not over, or too long ago.
    """
    if not 1 <= rating <= 5:
        raise FieldError("rating", N_("Choose from 1 to 5."))
    words = texts.fitting("opinion", opinion, LONGEST_OPINION)
    with write() as session:
        made, row = by_code(session, follow)
        if not takes_feedback(row.ends_at, now) or row.cancelled_at is not None:
            raise Refused(N_("You can say how it was from its end on, for 14 days."))
        if made.cancelled_at is not None:
            raise Refused(N_("You took your sign-up back, so there is nothing to rate."))
        made.rating, made.opinion, made.rated_at = rating, words or None, now
        record(session, RESIDENT, now, "activity_rated", activity=row.id, rating=rating)


def by_code(session: Session, follow: str) -> tuple[ActivitySignUp, Activity]:
    """A sign-up by its code, and its activity, locked.

    Raises:
        NotFound: the same for every code that is not valid.
    """
    digest = hashed(clean_follow_code(texts.clean(follow)))
    made = session.scalar(select(ActivitySignUp).where(ActivitySignUp.code_hash == digest))
    if made is None:
        raise NotFound(N_("This code is not valid. Please check it, or ask the community office."))
    row = session.scalars(
        select(Activity).where(Activity.id == made.activity_id).with_for_update()
    ).one()
    session.refresh(made)
    return made, row


def person(name: str, phone: str) -> tuple[str, str]:
    """Name and number as they are kept.

    Raises:
        FieldError: one is missing or cannot be.
    """
    named = " ".join(texts.required("name", name, LONGEST_NAME).split())
    number = normal_phone(phone)
    if number is None:
        raise FieldError("phone", N_("Write a telephone number, such as 13800001234."))
    return named, number


def tick(
    session: Session, actor: Actor, now: datetime, row: Activity, made: ActivitySignUp
) -> None:
    """Somebody came, in the caller's transaction; a repeat changes nothing."""
    if made.came_at is not None:
        return
    made.came_at = now
    session.flush()
    record(session, actor, now, "activity_came", activity=row.id, sign_up=made.id)


def _need_door(row: Activity, now: datetime) -> None:
    if row.cancelled_at is not None:
        raise Refused(N_("This activity does not take place."))
    if not takes_people_at_the_door(row.starts_at, row.ends_at, now):
        raise Refused(
            N_("This page takes people from one hour before the beginning. Come back then.")
        )


def _new(
    row: Activity, now: datetime, actor: Actor, name: str, phone: str, follow: str
) -> ActivitySignUp:
    return ActivitySignUp(
        code=new_code(),
        activity_id=row.id,
        code_hash=hashed(follow),
        name=name,
        phone=phone,
        made_at=now,
        made_by=actor.account_id,
        at_the_door=False,
    )


def _repeated(session: Session, follow: str) -> SignedUp:
    made, row = by_code(session, follow)
    people = standing_sign_ups(session, row.id)
    return SignedUp(follow, number_waiting(entries(people), made.id))

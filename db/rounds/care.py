"""Care visits: who agreed to be visited, how often, by whom, and when visits rest."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.engine import write
from db.events import record
from db.numbers import new_code
from db.rounds.scope import care_person, estate_of, need_office, no_such_entry
from db.tables.rounds import CareHealth, CarePause, CarePerson
from db.tables.volunteers import VolunteerRow
from domain import texts
from domain.days import local_day
from domain.errors import N_, FieldError, Refused
from domain.initials import pinyin_initials
from domain.names import clean_line, clean_name
from domain.people import Actor
from domain.private_text import normal_phone
from domain.visits import Tier

LONGEST_HEALTH = 500


def enrol(
    actor: Actor,
    now: datetime,
    *,
    household_id: int,
    name: str,
    tier: Tier,
    consent: bool,
    phone: str = "",
    visitor_id: int | None = None,
    health: str = "",
    once_key: str | None = None,
) -> str:
    """Enrol a person who agreed; returns the code.

    Raises:
        FieldError: no consent, no name, a number that is none, a visitor who left.
        NotFound: no such household in scope.
    """
    need_office(actor)
    if not consent:
        raise FieldError("consent", N_("Only who agreed is visited. Ask the person first."))
    named, number, code = clean_name("name", name), _phone(phone), new_code()
    known = texts.fitting("health", health, LONGEST_HEALTH)
    with write() as session:
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        estate_id = estate_of(session, household_id)
        if estate_id is None or not actor.sees_estate(estate_id):
            raise no_such_entry()
        row = CarePerson(
            code=code,
            household_id=household_id,
            name=named,
            initials=pinyin_initials(named),
            phone=number,
            tier=tier,
            visitor_id=_visitor(session, visitor_id),
            consented_at=now,
            enrolled_on=local_day(now),
            enrolled_by=actor.account_id,
        )
        session.add(row)
        session.flush()
        _keep_health(session, actor, now, row.id, known)
        record(session, actor, now, "care_enrolled", person=row.id, tier=tier.value)
        return code


def change_care(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    tier: Tier,
    visitor_id: int | None,
    phone: str | None = None,
    health: str | None = None,
) -> None:
    """Change how often and by whom somebody is visited; None leaves number and note alone.

    Raises:
        FieldError: a number that is none, a visitor who left.
        NotFound: nobody in scope.
    """
    need_office(actor)
    with write() as session:
        row = care_person(session, actor, code, lock=True)
        row.tier, row.visitor_id = tier, _visitor(session, visitor_id)
        if phone is not None:
            row.phone = _phone(phone)
        if health is not None:
            text = texts.fitting("health", health, LONGEST_HEALTH)
            _keep_health(session, actor, now, row.id, text)
        record(session, actor, now, "care_changed", person=row.id, tier=tier.value)


def pause(
    actor: Actor, now: datetime, code: str, *, reason: str, until: date | None = None
) -> None:
    """Visits rest from today on, until a day or until `resume`.

    Raises:
        FieldError: no reason, or a day that is not after today.
        Refused: they rest already.
    """
    need_office(actor)
    why, today = texts.required("reason", reason, texts.LONGEST_LINE), local_day(now)
    if until is not None and until <= today:
        raise FieldError("until", N_("Choose a day after today."))
    with write() as session:
        row = care_person(session, actor, code, lock=True)
        if _standing_pause(session, row.id, today) is not None:
            raise Refused(N_("The visits rest already."))
        session.add(CarePause(person_id=row.id, start_on=today, until_on=until, reason=why))
        record(session, actor, now, "care_paused", person=row.id)


def resume(actor: Actor, now: datetime, code: str) -> None:
    """Visits go on from today; harmless where they do already."""
    need_office(actor)
    today = local_day(now)
    with write() as session:
        row = care_person(session, actor, code, lock=True)
        resting = _standing_pause(session, row.id, today)
        if resting is not None:
            resting.until_on = today
            record(session, actor, now, "care_resumed", person=row.id)


def end_care(actor: Actor, now: datetime, code: str) -> None:
    """The person is not visited any more; the health note is forgotten, the visits stay."""
    need_office(actor)
    with write() as session:
        row = care_person(session, actor, code, lock=True)
        if row.ended_on is None:
            row.ended_on = local_day(now)
            row.phone = None
            _keep_health(session, actor, now, row.id, "")
            record(session, actor, now, "care_ended", person=row.id)


def _standing_pause(session: Session, person_id: int, today: date) -> CarePause | None:
    query = select(CarePause).where(
        CarePause.person_id == person_id,
        CarePause.until_on.is_(None) | (CarePause.until_on > today),
    )
    return session.scalars(query).first()


def _visitor(session: Session, visitor_id: int | None) -> int | None:
    if visitor_id is None:
        return None
    row = session.get(VolunteerRow, visitor_id)
    if row is None or row.left_on is not None:
        raise FieldError("visitor", N_("Choose a volunteer from the list."))
    return row.id


def _phone(typed: str) -> str | None:
    cleaned = clean_line(typed)
    number = normal_phone(cleaned)
    if cleaned and number is None:
        raise FieldError(
            "phone", N_("This is not a telephone number. Correct it, or leave the field empty.")
        )
    return number


def _keep_health(session: Session, actor: Actor, now: datetime, person_id: int, text: str) -> None:
    row = session.get(CareHealth, person_id)
    if not text:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(
            CareHealth(person_id=person_id, text=text, changed_at=now, changed_by=actor.account_id)
        )
    else:
        row.text, row.changed_at, row.changed_by = text, now, actor.account_id

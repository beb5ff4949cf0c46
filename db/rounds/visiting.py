"""Care visits: attempts are recorded, needs become files, major events call for visits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.engine import batch, write
from db.events import record
from db.numbers import new_code
from db.outbox.post import announce, notify
from db.outbox.staff import office_reached
from db.rounds.care_query import care_rows
from db.rounds.facts import enrolled
from db.rounds.scope import (
    care_person,
    estate_of,
    need_estate,
    need_office,
    no_such_entry,
    open_file,
)
from db.tables import Household
from db.tables.rounds import CareEvent, CareHealth, CarePerson, CareVisit
from db.types import instant_text
from db.volunteers.scope import me
from domain import texts
from domain.errors import N_, Refused
from domain.outbox import Recipient
from domain.people import Actor, Right
from domain.visits import AHEAD, EVENT_WITHIN, FAILURES_ALARM, EventKind, Reason, due

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class CareDetails:
    """What a visitor needs at the door."""

    phone: str | None
    health: str


def record_visit(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    met: bool,
    note: str = "",
    need: str = "",
    once_key: str | None = None,
) -> str | None:
    """Record an attempt; a need opens a file, whose code is returned.

    Whoever dispatches records for anybody in scope, a volunteer for those whom they visit.
    The second attempt in a row that met nobody asks the office and the groups for a look today.

    Raises:
        NotFound: nobody whom this person visits.
        Refused: the person is not enrolled any more.
    """
    words = texts.fitting("note", note, LONGEST_NOTE)
    wanted = texts.fitting("need", need, texts.LONGEST_TEXT)
    with batch() as session:
        person, volunteer_id = _visited(session, actor, now, code)
        if once.claim(session, once_key, "visit", now) is not None:
            return None
        if person.ended_on is not None:
            raise Refused(N_("This person is not visited any more."))
        case_id, case_code = None, None
        if wanted:
            home = session.get_one(Household, person.household_id)
            taken = open_file(actor, now, wanted, building_id=home.building_id)
            case_id, case_code = taken.case_id, taken.case_code
        row = CareVisit(
            code=new_code(),
            person_id=person.id,
            volunteer_id=volunteer_id,
            account_id=actor.account_id,
            at=now,
            met=met,
            note=words or None,
            case_id=case_id,
        )
        session.add(row)
        session.flush()
        record(
            session,
            actor,
            now,
            "care_visited",
            case_id=case_id,
            visit=row.id,
            person=person.id,
            met=met,
        )
        if not met:
            _alarm(session, now, person)
        return case_code


def details(actor: Actor, now: datetime, code: str) -> CareDetails:
    """Number and health note, after an event that says who looked.

    Raises:
        NotFound: this person does not visit them, or not now.
        NotAllowed: who dispatches but is not the office needs neither.
    """
    with write() as session:
        person, volunteer_id = _visited(session, actor, now, code)
        if volunteer_id is None:
            need_office(actor)
        health = session.get(CareHealth, person.id)
        record(session, actor, now, "care_details_shown", person=person.id)
        return CareDetails(person.phone, health.text if health else "")


def call_event(
    actor: Actor,
    now: datetime,
    kind: EventKind,
    *,
    estate_id: int | None = None,
    only_tier: bool = False,
    once_key: str | None = None,
) -> int:
    """A major event: everybody it includes is to be visited within 24 hours; returns how many.

    Args:
        only_tier: only those who agreed to visits after major events alone.

    Raises:
        NotFound: the estate is not in this person's scope.
    """
    need_office(actor)
    with write() as session:
        if estate_id is not None or actor.estate_id is not None:
            estate_id = estate_id or actor.estate_id
            assert estate_id is not None
            need_estate(session, actor, estate_id)
        if once.claim(session, once_key, "event", now) is not None:
            return 0
        event = CareEvent(
            code=new_code(),
            kind=kind,
            estate_id=estate_id,
            only_tier=only_tier,
            called_at=now,
            called_by=actor.account_id,
        )
        session.add(event)
        session.flush()
        record(session, actor, now, "care_called", care_event=event.id, event_kind=kind.value)
        people = [row for row, _ in care_rows(session, actor, now)]
        facts = enrolled(session, people, now)
        called = [
            row
            for row in people
            if now in facts[row.id].events and due(facts[row.id], now) is not None
        ]
        words = {"event": kind.value, "until_at": f"{instant_text(now + EVENT_WITHIN)}+00:00"}
        for visitor in sorted({row.visitor_id for row in called if row.visitor_id is not None}):
            to = Recipient(volunteer_id=visitor)
            notify(session, now, to=to, kind="visits_called", words=words, urgent=True)
        announce(session, now, kind="visits_called", words=words, urgent=True)
        return len(called)


def _visited(
    session: Session, actor: Actor, now: datetime, code: str
) -> tuple[CarePerson, int | None]:
    """The person, locked, and the volunteer who this is, if it is their visitor."""
    own = me(session, actor) if actor.may(Right.SERVE) else None
    if own is not None and own.left_on is None:
        query = select(CarePerson).where(CarePerson.code == code, CarePerson.visitor_id == own.id)
        row = session.scalar(query.with_for_update())
        if row is not None:
            found = due(enrolled(session, [row], now)[row.id], now)
            if found is None or found.at > now + AHEAD:
                raise no_such_entry()
            return row, own.id
    if not actor.may(Right.DISPATCH):
        raise no_such_entry()
    return care_person(session, actor, code, lock=True), None


def _alarm(session: Session, now: datetime, person: CarePerson) -> None:
    """Exactly the second failure in a row calls for a look; a third says nothing new."""
    facts = enrolled(session, [person], now)[person.id]
    if len(facts.failures) != FAILURES_ALARM:
        return
    found = due(facts, now)
    if found is None or found.reason is not Reason.CHECK:
        return
    estate_id = estate_of(session, person.household_id)
    for key in office_reached(session, estate_id):
        to = Recipient(account_id=key)
        notify(session, now, to=to, kind="same_day_check", words={}, urgent=True)
    announce(session, now, kind="same_day_check", words={}, urgent=True)

"""A request for help comes in: from a file, a call, the public page or a partner unit."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.engine import write
from db.events import record
from db.intake import follow_code
from db.numbers import hashed, new_code, next_value
from db.requests.scope import request_to_change
from db.scope import case_to_change
from db.tables import Building, Case, Estate
from db.tables.requests import HelpRequest, RequestPerson, Unwanted
from db.tables.volunteers import VolunteerRow
from domain import texts
from domain.days import local_day
from domain.errors import N_, FieldError, Refused
from domain.people import Actor, Right
from domain.private_text import normal_phone
from domain.requests import Act, Called, RequestState, Source, Urgency, after
from domain.skills import SkillKind
from domain.volunteers import Squad

LONGEST_NEED = 500
LONGEST_HEALTH = 300
LONGEST_DOOR = 80
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as it was said.

    Args:
        need: in words that may be shown to everybody who is asked: nothing personal.
        called: who has called 120; an emergency is not offered before that is said.
        from_at, until_at: agreed times; None: as soon as somebody can come.
        unwanted: codes of volunteers whom the resident does not wish to see.
        strangers_only: nobody of the own building.
        name, phone, door, health: seen by who comes, and each look is recorded.
        consent: to their use; needed where the resident gave them on the public page.
    """

    need: str
    urgency: Urgency = Urgency.ROUTINE
    skill: SkillKind | None = None
    squad: Squad | None = None
    dangerous: bool = False
    estate_id: int | None = None
    building_id: int | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    called: Called | None = None
    unwanted: tuple[str, ...] = ()
    strangers_only: bool = False
    name: str = ""
    phone: str = ""
    door: str = ""
    health: str = ""
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it. `follow_code` is for whoever asked; only its hash is kept."""

    code: str
    number: str
    follow_code: str
    repeated: bool


def ask(
    actor: Actor,
    now: datetime,
    asked: Asked,
    *,
    case_code: str | None = None,
    held_for: str | None = None,
    key: str | None = None,
    seed: str | None = None,
) -> Taken:
    """Take a request in. The desk's is sorted at once, others' wait for the desk.

    Args:
        case_code: the file that it comes from.
        held_for: why flooding held it back.
        key: the form's; a second sending returns what the first one made.
        seed: breaks ties of the rank; drawn at random unless a story must come out the same.

    Raises:
        NotAllowed: whoever has an account and neither dispatches nor speaks for a unit.
        FieldError: a field that must be mended.
        NotFound: no such file in scope.
    """
    source = _source(actor, case_code)
    need = texts.required("need", asked.need, LONGEST_NEED)
    person = _person(asked, source)
    _check_times(asked, now)
    key = key or secrets.token_urlsafe(16)
    with write() as session:
        follow = follow_code(session, key)
        if once.claim(session, key, "request", now) is not None:
            return _repeated(session, follow)
        case = case_to_change(session, actor, case_code) if case_code else None
        estate_id, building_id = _where(session, actor, asked, case)
        row = HelpRequest(
            code=new_code(),
            number=_number(session, now),
            follow_hash=hashed(follow),
            state=RequestState.NEW,
            urgency=asked.urgency,
            source=source,
            need=need,
            skill=asked.skill,
            squad=asked.squad,
            dangerous=asked.dangerous,
            strangers_only=asked.strangers_only,
            estate_id=estate_id,
            building_id=building_id,
            from_at=asked.from_at,
            until_at=asked.until_at,
            called=asked.called,
            case_id=case.id if case else None,
            unit_id=actor.unit_id if source is Source.UNIT else None,
            recorded_by=actor.account_id,
            held_for=held_for,
            seed=seed or secrets.token_hex(8),
            ladder=0,
            made_at=now,
        )
        session.add(row)
        session.flush()
        person.request_id = row.id
        person.consent_at = now if asked.consent else None
        session.add(person)
        _wishes(session, row, asked.unwanted)
        record(
            session,
            actor,
            now,
            "request_made",
            case_id=row.case_id,
            request=row.id,
            source=source.value,
            urgency=row.urgency.value,
        )
        if actor.may(Right.DISPATCH):
            _sorted(session, actor, now, row)
        return Taken(row.code, row.number, follow, repeated=False)


def sort(actor: Actor, now: datetime, code: str, asked: Asked) -> None:
    """分诊: read a request, complete it, and make it fit to be offered.

    May be done again until somebody was asked. The person's own words are left as they are
    where a field is empty.

    Raises:
        FieldError: a field that must be mended.
        NotFound: there is no such request in scope.
        Refused: volunteers were asked already.
    """
    need = texts.required("need", asked.need, LONGEST_NEED)
    fresh = _person(asked, Source.PHONE)
    _check_times(asked, now)
    with write() as session:
        row = request_to_change(session, actor, code)
        if row.state not in (RequestState.NEW, RequestState.TRIAGED, RequestState.UNFILLED):
            raise Refused(N_("Volunteers were asked already. Cancel it first, then ask anew."))
        row.estate_id, row.building_id = _where(session, actor, asked, None)
        row.need, row.urgency, row.called = need, asked.urgency, asked.called
        row.skill, row.squad, row.dangerous = asked.skill, asked.squad, asked.dangerous
        row.from_at, row.until_at = asked.from_at, asked.until_at
        row.strangers_only, row.held_for = asked.strangers_only, None
        person = session.get_one(RequestPerson, row.id)
        for field in ("name", "phone", "door", "health"):
            setattr(person, field, getattr(fresh, field) or getattr(person, field))
        _wishes(session, row, asked.unwanted)
        if row.state is RequestState.NEW:
            _sorted(session, actor, now, row)
        else:
            record(session, actor, now, "request_changed", request=row.id)


def _source(actor: Actor, case_code: str | None) -> Source:
    if actor.kind == "resident":
        return Source.PUBLIC
    if not actor.may(Right.DISPATCH) and actor.may(Right.DO_TASKS) and actor.unit_id is not None:
        return Source.UNIT
    actor.need(Right.DISPATCH)
    return Source.CASE if case_code else Source.PHONE


def _person(asked: Asked, source: Source) -> RequestPerson:
    phone = texts.clean(asked.phone)
    if phone and normal_phone(phone) is None:
        raise FieldError(
            "phone", N_("This is not a telephone number. Correct it, or leave the field empty.")
        )
    if source is Source.PUBLIC and not phone:
        raise FieldError("phone", N_("Leave a number: we call back before anybody comes."))
    if source is Source.PUBLIC and not asked.consent:
        raise FieldError(
            "consent", N_("Please tick that we may use your number and notes for this help.")
        )
    return RequestPerson(
        name=texts.fitting("name", asked.name, LONGEST_NAME) or None,
        phone=normal_phone(phone) if phone else None,
        door=texts.fitting("door", asked.door, LONGEST_DOOR) or None,
        health=texts.fitting("health", asked.health, LONGEST_HEALTH) or None,
    )


def _check_times(asked: Asked, now: datetime) -> None:
    if asked.until_at is not None and asked.until_at <= (asked.from_at or now):
        raise FieldError("until_at", N_("The end must lie after the beginning and in the future."))


def _where(
    session: Session, actor: Actor, asked: Asked, case: Case | None
) -> tuple[int | None, int | None]:
    building_id, estate_id = asked.building_id, asked.estate_id
    if building_id is None and estate_id is None and case is not None:
        building_id, estate_id = case.building_id, case.estate_id
    if building_id is not None:
        building = session.get(Building, building_id)
        if building is None or estate_id not in (None, building.estate_id):
            raise FieldError("building", N_("This building is not in that estate. Choose again."))
        estate_id = building.estate_id
    if estate_id is not None and session.get(Estate, estate_id) is None:
        raise FieldError("estate", N_("Choose an estate from the list."))
    if not actor.sees_estate(estate_id):
        raise FieldError("estate", N_("Choose an estate that you are responsible for."))
    return estate_id, building_id


def _wishes(session: Session, row: HelpRequest, codes: tuple[str, ...]) -> None:
    known = set(session.scalars(select(Unwanted.volunteer_id).where(Unwanted.request_id == row.id)))
    wanted = set(session.scalars(select(VolunteerRow.id).where(VolunteerRow.code.in_(codes))))
    session.add_all(Unwanted(request_id=row.id, volunteer_id=key) for key in wanted - known)


def _sorted(session: Session, actor: Actor, now: datetime, row: HelpRequest) -> None:
    row.state = after(Act.TRIAGE, row.state)
    record(session, actor, now, "request_moved", request=row.id, act=Act.TRIAGE.value)


def _number(session: Session, now: datetime) -> str:
    year = local_day(now).year
    return f"{year}-H{next_value(session, f'request:{year}'):05d}"


def _repeated(session: Session, follow: str) -> Taken:
    row = session.scalar(select(HelpRequest).where(HelpRequest.follow_hash == hashed(follow)))
    if row is None:
        raise Refused(N_("This form was used before. Load the page again and fill in a new one."))
    return Taken(row.code, row.number, follow, repeated=True)

"""An errand is taken in by one call: what for, for whom, which papers, until when, by whom."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.engine import write
from db.errands.parts import add_papers, check_holder, step
from db.errands.scope import no_such_entry
from db.events import record
from db.intake import follow_code
from db.numbers import hashed, new_code, next_value
from db.tables import Building, Household, Resident
from db.tables.errands import Errand, ErrandPerson, ErrandService
from db.work_calendar import work_calendar
from domain import texts
from domain.days import local_day
from domain.errands import LONGEST_LIMIT, LONGEST_WORDS, StepKind, check_needed, due, paper_names
from domain.errors import N_, FieldError, Refused
from domain.names import clean_line, clean_name
from domain.people import Actor, Right
from domain.private_text import normal_phone

CALENDAR_AHEAD = timedelta(days=3 * LONGEST_LIMIT)


@dataclass(frozen=True, slots=True)
class ErrandWords:
    """What was said in the call.

    Args:
        phone: empty takes the one that the household list has of that name.
        papers: one a line, those that were handed over.
        needed_on: the last day on which it is of use, if there is one.
        holder_id: the account of who does it; None while nobody does.
        note: what whoever does it must know.
    """

    service_code: str
    name: str
    phone: str
    household_id: int | None = None
    papers: str = ""
    needed_on: date | None = None
    holder_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it. `follow_code` is for the resident; only its hash is kept."""

    code: str
    number: str
    follow_code: str
    due_at: datetime


def take_errand(actor: Actor, now: datetime, words: ErrandWords, once_key: str) -> Taken:
    """Take an errand in; a repeat gives what the first sending made.

    Raises:
        NotAllowed: this person takes nothing in.
        NotFound: no such household in scope.
        FieldError: no service, no name, no number, papers that are none, a day that is over.
    """
    actor.need(Right.TAKE_IN)
    check_needed(words.needed_on, now)
    name = clean_name("name", words.name)
    papers = paper_names(words.papers)
    note = texts.fitting("note", words.note, LONGEST_WORDS)
    code = new_code()
    with write() as session:
        follow = follow_code(session, f"errand:{once_key}")
        if once.claim(session, once_key, code, now) is not None:
            return _repeated(session, follow)
        service = _service(session, words.service_code)
        estate_id, building_id = _where(session, actor, words.household_id)
        phone = _number(session, words)
        today = local_day(now)
        calendar = work_calendar(session, today, today + CALENDAR_AHEAD)
        row = Errand(
            code=code,
            number=f"D{today.year}-{next_value(session, f'errand:{today.year}'):05d}",
            follow_hash=hashed(follow),
            service_id=service.id,
            estate_id=estate_id,
            building_id=building_id,
            taken_at=now,
            taken_by=actor.account_id,
            needed_on=words.needed_on,
            due_at=due(now, service.limit_days, words.needed_on, calendar),
            holder_id=check_holder(session, words.holder_id),
        )
        session.add(row)
        session.flush()
        session.add(
            ErrandPerson(
                errand_id=row.id,
                household_id=words.household_id,
                name=name,
                phone=phone,
                note=note or None,
            )
        )
        record(session, actor, now, "errand_taken", errand=row.id, service=service.id)
        step(session, actor, now, row, StepKind.TAKEN)
        add_papers(session, actor, now, row, papers)
        if row.holder_id is not None:
            step(session, actor, now, row, StepKind.GIVEN)
            record(session, actor, now, "errand_given", errand=row.id, account=row.holder_id)
        return Taken(row.code, row.number, follow, row.due_at)


def _repeated(session: Session, follow: str) -> Taken:
    row = session.scalar(select(Errand).where(Errand.follow_hash == hashed(follow)))
    if row is None:
        raise Refused(N_("This form was used before. Load the page again and fill in a new one."))
    return Taken(row.code, row.number, follow, row.due_at)


def _service(session: Session, code: str) -> ErrandService:
    row = session.scalar(select(ErrandService).where(ErrandService.code == code))
    if row is None or not row.active:
        raise FieldError("service", N_("Choose a service from the list."))
    return row


def _where(
    session: Session, actor: Actor, household_id: int | None
) -> tuple[int | None, int | None]:
    """Estate and building of the household; without one, the estate of who takes it in."""
    if household_id is None:
        return actor.estate_id, None
    found = session.execute(
        select(Building.estate_id, Building.id)
        .join(Household, Household.building_id == Building.id)
        .where(Household.id == household_id)
    ).one_or_none()
    if found is None or not actor.sees_estate(found[0]):
        raise no_such_entry()
    return found[0], found[1]


def _number(session: Session, words: ErrandWords) -> str:
    """The number that was said, else the one that the household list has of this person."""
    said = clean_line(words.phone)
    if not said and words.household_id is not None:
        on_list = select(Resident.phone).where(
            Resident.household_id == words.household_id,
            Resident.name == clean_line(words.name),
            Resident.phone.is_not(None),
        )
        said = session.scalar(on_list) or ""
    number = normal_phone(said)
    if number is None:
        raise FieldError("phone", N_("Write a telephone number, so that the resident can be told."))
    return number

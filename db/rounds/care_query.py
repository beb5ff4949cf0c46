"""The lists of care visits: who is due, the month's plan and rate, and a visitor's own round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.engine import read
from db.rounds.facts import enrolled
from db.rounds.scope import care_person
from db.tables import Account, Building, Case, Estate, Household
from db.tables.rounds import CarePerson, CareVisit
from db.tables.volunteers import VolunteerRow
from db.volunteers.scope import own_row
from domain.days import local_day
from domain.people import Actor, Right
from domain.visits import AHEAD, Due, Enrolled, Rate, Tier, due, plan, rate


@dataclass(frozen=True, slots=True)
class CareLine:
    """One enrolled person, with what the rules say about them now.

    Args:
        where: estate, building and room.
        due: None while visits rest, or when only an event would call for one.
        overdue, today: see `domain.visits.Due`.
    """

    code: str
    name: str
    household_id: int
    where: str
    tier: Tier
    visitor_id: int | None
    visitor: str
    due: Due | None
    overdue: bool
    today: bool
    last_met: datetime | None
    failures: int
    paused: bool


@dataclass(frozen=True, slots=True)
class CareMonth:
    """A month: its rate, and who is to be visited by when."""

    rate: Rate
    plan: tuple[tuple[date, CareLine], ...]


def care_list(actor: Actor, now: datetime) -> list[CareLine]:
    """Everybody who is enrolled in the person's scope, the most urgent first."""
    actor.need(Right.DISPATCH)
    with read() as session:
        rows = care_rows(session, actor, now)
        return _lines(session, rows, enrolled(session, [row for row, _ in rows], now), now)


def care_month(actor: Actor, now: datetime, month: date) -> CareMonth:
    """The rate of the month that holds that day, and its plan from today on."""
    actor.need(Right.DISPATCH)
    with read() as session:
        rows = care_rows(session, actor, now)
        facts = enrolled(session, [row for row, _ in rows], now)
        by_code = {line.code: line for line in _lines(session, rows, facts, now)}
        planned = [
            (day, by_code[row.code]) for row, _ in rows for day in plan(facts[row.id], month, now)
        ]
        planned.sort(key=lambda one: (one[0], one[1].where, one[1].code))
        return CareMonth(rate(facts.values(), month, now), tuple(planned))


def my_visits(actor: Actor, now: datetime) -> list[CareLine]:
    """Whom this volunteer visits within the coming days, the most urgent first.

    Raises:
        NotAllowed: the account is nobody's of the squads.
    """
    with read() as session:
        own = own_row(session, actor)
        query = _query().where(CarePerson.visitor_id == own.id, CarePerson.ended_on.is_(None))
        rows = [(row, place) for row, *place in session.execute(query).all()]
        facts = enrolled(session, [row for row, _ in rows], now)
        found = _lines(session, rows, facts, now)
        return [line for line in found if line.due is not None and line.due.at <= now + AHEAD]


def visitors(actor: Actor) -> dict[int, str]:
    """Volunteers who may be somebody's visitor, by id, in the order of their names."""
    actor.need(Right.DISPATCH)
    query = (
        select(VolunteerRow.id, VolunteerRow.name)
        .where(VolunteerRow.left_on.is_(None))
        .order_by(VolunteerRow.initials, VolunteerRow.id)
    )
    with read() as session:
        return dict(session.execute(query).all())


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One attempt; `case_code` is the file that came of it."""

    at: datetime
    met: bool
    by: str
    note: str
    case_code: str | None


def visits_of(actor: Actor, code: str, most: int = 20) -> list[VisitLine]:
    """A person's latest visits, the latest first.

    Raises:
        NotFound: nobody in scope has that code.
    """
    with read() as session:
        person = care_person(session, actor, code)
        query = (
            select(CareVisit, VolunteerRow.name, Account.name, Case.code)
            .outerjoin(VolunteerRow, VolunteerRow.id == CareVisit.volunteer_id)
            .outerjoin(Account, Account.id == CareVisit.account_id)
            .outerjoin(Case, Case.id == CareVisit.case_id)
            .where(CareVisit.person_id == person.id)
            .order_by(CareVisit.at.desc(), CareVisit.id.desc())
            .limit(most)
        )
        return [
            VisitLine(row.at, row.met, volunteer or account or "", row.note or "", case)
            for row, volunteer, account, case in session.execute(query)
        ]


def care_rows(
    session: Session, actor: Actor, now: datetime
) -> list[tuple[CarePerson, Sequence[str]]]:
    """The enrolled people of the actor's scope, with estate, building and room."""
    query = _query().where(CarePerson.ended_on.is_(None) | (CarePerson.ended_on > local_day(now)))
    if actor.estate_id is not None:
        query = query.where(Building.estate_id == actor.estate_id)
    return [(row, place) for row, *place in session.execute(query).all()]


def _query() -> Select[CarePerson, str, str, str]:
    return (
        select(CarePerson, Estate.name, Building.name, Household.room)
        .join(Household, Household.id == CarePerson.household_id)
        .join(Building, Building.id == Household.building_id)
        .join(Estate, Estate.id == Building.estate_id)
        .order_by(Estate.id, Building.position, Household.room, CarePerson.id)
    )


def _lines(
    session: Session,
    rows: Sequence[tuple[CarePerson, Sequence[str]]],
    facts: dict[int, Enrolled],
    now: datetime,
) -> list[CareLine]:
    visitors = _visitor_names(session, {row.visitor_id for row, _ in rows})
    lines = []
    for row, place in rows:
        person = facts[row.id]
        found = due(person, now)
        lines.append(
            CareLine(
                code=row.code,
                name=row.name,
                household_id=row.household_id,
                where=" ".join(place),
                tier=row.tier,
                visitor_id=row.visitor_id,
                visitor=visitors.get(row.visitor_id, ""),
                due=found,
                overdue=found is not None and found.is_overdue(now),
                today=found is not None and found.is_today(now),
                last_met=person.last_met,
                failures=len(person.failures),
                paused=person.is_paused(local_day(now)),
            )
        )
    # Stable: who is due at the same time stays in the order of the houses.
    return sorted(lines, key=lambda one: (one.due is None, one.due.at if one.due else now))


def _visitor_names(session: Session, ids: set[int | None]) -> dict[int | None, str]:
    wanted = ids - {None}
    if not wanted:
        return {}
    query = select(VolunteerRow.id, VolunteerRow.name).where(VolunteerRow.id.in_(wanted))
    return dict(session.execute(query).all())

"""Care visits of a period: people who were met, of those who were to be, month by month."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import read
from db.figures.reads import Wanted, months_before, place_of
from db.rounds.facts import enrolled
from db.tables import Building, Household
from db.tables.figures import ALL
from db.tables.rounds import CarePerson
from domain.days import local_day, month_bounds
from domain.people import Actor
from domain.visits import rate

_MONTHS_AT_ONCE = 12  # as far as `enrolled` looks back


@dataclass(frozen=True, slots=True)
class Visited:
    """Added up over the months: people met in a month ÷ people enrolled and not paused then."""

    met: int
    of: int


def visited(actor: Actor, now: datetime, wanted: Wanted) -> Visited:
    """The rate of care visits by `domain.visits.rate`.

    Raises:
        NotAllowed, NotFound: as `db.figures.reads.overview`.
    """
    estate, _category, _unit = place_of(actor, wanted)
    last = min(wanted.last, local_day(now).replace(day=1))
    met = of = 0
    with read() as session:
        people = _people(session, estate)
        for months in _portions(wanted.first, last):
            end = min(now, month_bounds(months[-1])[1])
            facts = enrolled(session, people, end)
            for month in months:
                one = rate(facts.values(), month, end)
                met, of = met + one.met, of + one.of
    return Visited(met, of)


def _portions(first: date, last: date) -> list[list[date]]:
    months = []
    while first <= last:
        months.append(first)
        first = months_before(first, -1)
    return [months[n : n + _MONTHS_AT_ONCE] for n in range(0, len(months), _MONTHS_AT_ONCE)]


def _people(session: Session, estate: int) -> list[CarePerson]:
    query = select(CarePerson)
    if estate != ALL:
        query = (
            query.join(Household, Household.id == CarePerson.household_id)
            .join(Building, Building.id == Household.building_id)
            .where(Building.estate_id == estate)
        )
    return list(session.scalars(query.order_by(CarePerson.id)))

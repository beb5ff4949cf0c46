"""Enrolled people as the rules of care visits see them, read by a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Building, Household
from db.tables.rounds import CareEvent, CarePause, CarePerson, CareVisit
from domain.days import local_day
from domain.visits import Attempt, Enrolled, Pause, Tier

# Further back nothing changes when the next visit is due: a quarter is the longest plan.
LOOKED_BACK = timedelta(days=400)


def enrolled(session: Session, people: Iterable[CarePerson], now: datetime) -> dict[int, Enrolled]:
    """These people with their pauses, visits and the events that include them, by row id."""
    rows = list(people)
    ids = [row.id for row in rows]
    if not ids:
        return {}
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for pause in session.scalars(select(CarePause).where(CarePause.person_id.in_(ids))):
        pauses[pause.person_id].append(Pause(pause.start_on, pause.until_on))
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    visits = (
        select(CareVisit.person_id, CareVisit.at, CareVisit.met)
        .where(CareVisit.person_id.in_(ids), CareVisit.at >= now - LOOKED_BACK, CareVisit.at <= now)
        .order_by(CareVisit.at, CareVisit.id)
    )
    for person_id, at, met in session.execute(visits):
        attempts[person_id].append(Attempt(at, met))
    called = session.scalars(
        select(CareEvent)
        .where(CareEvent.called_at >= now - LOOKED_BACK, CareEvent.called_at <= now)
        .order_by(CareEvent.called_at)
    ).all()
    homes = {row.household_id for row in rows}
    query = select(Household.id, Building.estate_id).join(
        Building, Building.id == Household.building_id
    )
    estates: dict[int, int] = dict(session.execute(query.where(Household.id.in_(homes))).all())
    return {
        row.id: Enrolled(
            row.id,
            row.tier,
            row.enrolled_on,
            row.ended_on,
            tuple(pauses[row.id]),
            tuple(attempts[row.id]),
            tuple(
                event.called_at
                for event in called
                if includes(event, row, estates.get(row.household_id))
            ),
        )
        for row in rows
    }


def includes(event: CareEvent, person: CarePerson, estate_id: int | None) -> bool:
    """Whether an event calls for a visit to that person."""
    return (
        event.estate_id in (None, estate_id)
        and (not event.only_tier or person.tier is Tier.EVENT)
        and person.enrolled_on <= local_day(event.called_at)
    )

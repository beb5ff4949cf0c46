"""What volunteers did in a period, as numbers of all of them together and never of one."""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from db.engine import read
from db.figures.reads import Wanted, months_before, place_of
from db.tables.figures import ALL
from db.tables.requests import HelpRequest, OfferRow
from db.tables.rounds import CareVisit
from db.tables.volunteers import ServiceHours
from domain.days import day_start
from domain.escalation import fill_by
from domain.figures import nearest_rank
from domain.offers import OfferState
from domain.people import Actor, Right
from domain.requests import RequestState
from domain.service_hours import Piece, proven, total

BUSIEST = 5  # the fifth that gave most shows how evenly the load lies


@dataclass(frozen=True, slots=True)
class Helping:
    """Requests of the period and what came of them.

    Args:
        requests: those that were no duplicates of others.
        filled: of these, how many somebody accepted; `in_time`: an emergency before the
            secretary had to be called, else before the agreed time or, without one, in a day.
        median_minutes: from an offer to its being accepted; None where none was.
        minutes: confirmed service; `helpers` people gave it, the busiest one `most_minutes`, the
            busiest fifth of them together `fifth_minutes`.
        visits, met: care visits that were made, and those at which the person was met.
    """

    requests: int
    filled: int
    in_time: int
    median_minutes: float | None
    minutes: int
    helpers: int
    most_minutes: int
    fifth_minutes: int
    visits: int
    met: int


def helping(actor: Actor, wanted: Wanted) -> Helping:
    """The volunteers' figures; hours and visits are those of the whole community.

    Raises:
        NotAllowed, NotFound: as `db.figures.reads.overview`.
    """
    actor.need(Right.FIGURES)
    estate, _category, _unit = place_of(actor, wanted)
    start, end = day_start(wanted.first), day_start(months_before(wanted.last, -1))
    with read() as session:
        requests, filled, in_time, waits = _requests(session, estate, start, end)
        given = _minutes(session, start, end).values()
        by_person = sorted((minutes for minutes in given if minutes), reverse=True)
        visits, met = session.execute(
            select(func.count(), func.count().filter(CareVisit.met)).where(
                CareVisit.at >= start, CareVisit.at < end
            )
        ).one()
        return Helping(
            requests=requests,
            filled=filled,
            in_time=in_time,
            median_minutes=nearest_rank(waits, 50),
            minutes=sum(by_person),
            helpers=len(by_person),
            most_minutes=max(by_person, default=0),
            fifth_minutes=sum(by_person[: math.ceil(len(by_person) / BUSIEST)]),
            visits=visits,
            met=met,
        )


def _requests(
    session: Session, estate: int, start: datetime, end: datetime
) -> tuple[int, int, int, list[float]]:
    asked = and_(
        HelpRequest.made_at >= start,
        HelpRequest.made_at < end,
        HelpRequest.state != RequestState.DUPLICATE,
    )
    if estate != ALL:
        asked = and_(asked, HelpRequest.estate_id == estate)
    requests = session.scalar(select(func.count(HelpRequest.id)).where(asked)) or 0
    accepted = session.execute(
        select(
            OfferRow.request_id,
            OfferRow.sent_at,
            OfferRow.answered_at,
            HelpRequest.urgency,
            HelpRequest.from_at,
            HelpRequest.made_at,
        )
        .join(HelpRequest, HelpRequest.id == OfferRow.request_id)
        .where(asked, OfferRow.state == OfferState.ACCEPTED)
    ).all()
    waits = [
        (row.answered_at - row.sent_at).total_seconds() / 60
        for row in accepted
        if row.answered_at is not None
    ]
    in_time = {
        row.request_id
        for row in accepted
        if row.answered_at is not None
        and row.answered_at <= fill_by(row.urgency, row.made_at, row.from_at)
    }
    return requests, len({row.request_id for row in accepted}), len(in_time), waits


def _minutes(session: Session, start: datetime, end: datetime) -> dict[int, int]:
    """Confirmed minutes of each volunteer; pieces that overlap count once."""
    rows = session.execute(
        select(
            ServiceHours.volunteer_id,
            ServiceHours.id,
            ServiceHours.source,
            ServiceHours.arrived_at,
            ServiceHours.left_at,
            ServiceHours.confirmed_at,
            ServiceHours.corrects_id,
        )
        .where(ServiceHours.arrived_at >= start, ServiceHours.arrived_at < end)
        .order_by(ServiceHours.id)
    )
    pieces: dict[int, list[Piece]] = defaultdict(list)
    for volunteer, key, source, arrived, left, confirmed, corrects in rows:
        piece = Piece(key, source, arrived, left, confirmed is not None, corrects)
        pieces[volunteer].append(piece)
    return {
        volunteer: total(one.span for one in proven(own) if one.span is not None).minutes
        for volunteer, own in pieces.items()
    }

"""The ledger of hours: what waits to be confirmed, the sheet, and what a certificate says."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db.engine import read, write
from db.events import record
from db.tables import Account
from db.tables.volunteers import ServiceHours, VolunteerRow
from db.volunteers.scope import in_sight, is_office, squad_led, volunteer_seen
from domain.certificates import Certificate, certificate
from domain.days import day_bounds, local_day
from domain.people import Actor, Right
from domain.service_hours import Piece, Source, Total, in_force, is_forgotten, total
from domain.volunteers import Squad

MOST_WAITING = 200


@dataclass(frozen=True, slots=True)
class HourLine:
    """One piece of service in a list.

    Args:
        total: its minutes; None while the departure is missing.
        corrects: whether it replaces an earlier row.
        own: whether it is the reader's own, which somebody else confirms.
    """

    code: str
    volunteer: str  # code
    name: str
    number: str
    squad: Squad
    source: Source
    arrived_at: datetime
    left_at: datetime | None
    total: Total | None
    note: str | None
    corrects: bool
    confirmed_at: datetime | None
    confirmed_by: str | None
    forgotten: bool
    own: bool


def waiting(actor: Actor, now: datetime) -> list[HourLine]:
    """What waits for a confirmation or a forgotten departure, the oldest first.

    A squad leader gets the own squad's, the office all in scope.
    """
    actor.need(Right.DISPATCH)
    later = aliased(ServiceHours)
    with read() as session:
        query = (
            select(ServiceHours, VolunteerRow)
            .join(VolunteerRow, VolunteerRow.id == ServiceHours.volunteer_id)
            .outerjoin(later, later.corrects_id == ServiceHours.id)
            .where(ServiceHours.confirmed_at.is_(None), later.id.is_(None), in_sight(actor))
            .order_by(ServiceHours.arrived_at, ServiceHours.id)
            .limit(MOST_WAITING)
        )
        if not is_office(actor):
            query = query.where(VolunteerRow.squad == squad_led(session, actor))
        found = [(row[0], row[1]) for row in session.execute(query)]
        lines = _lines(session, actor, found, now)
    return [line for line in lines if line.left_at is not None or line.forgotten]


def ledger(
    actor: Actor, now: datetime, first: date, last: date, squad: Squad | None = None
) -> list[HourLine]:
    """Every row in force that began on these days, in scope; of corrected ones the last."""
    actor.need(Right.DISPATCH)
    start, end = day_bounds(first, last)
    query = (
        select(ServiceHours, VolunteerRow)
        .join(VolunteerRow, VolunteerRow.id == ServiceHours.volunteer_id)
        .where(ServiceHours.arrived_at >= start, ServiceHours.arrived_at < end, in_sight(actor))
        .order_by(ServiceHours.arrived_at, ServiceHours.id)
    )
    if squad is not None:
        query = query.where(VolunteerRow.squad == squad)
    with read() as session:
        people = {person.id for _, person in session.execute(query)}
        held = {piece.id for pieces in pieces_of(session, people).values() for piece in pieces}
        found = [(row[0], row[1]) for row in session.execute(query) if row[0].id in held]
        return _lines(session, actor, found, now)


def certificate_for(actor: Actor, now: datetime, code: str, first: date, last: date) -> Certificate:
    """The confirmed service of one volunteer on these days, for the paper.

    Raises:
        NotFound: no such volunteer in scope.
        Refused: nothing is confirmed in that time.
    """
    with write() as session:
        person = volunteer_seen(session, actor, code)
        made = certificate(
            name=person.name,
            number=person.number,
            squad=person.squad,
            joined_on=person.joined_on,
            first=first,
            last=last,
            issued_on=local_day(now),
            pieces=pieces_of(session, [person.id]).get(person.id, []),
        )
        record(
            session,
            actor,
            now,
            "certificate_made",
            volunteer=person.id,
            minutes=made.total.minutes,
        )
        return made


def pieces_of(session: Session, people: Iterable[int]) -> dict[int, list[Piece]]:
    """The rows in force of these volunteers, by their ids."""
    found: dict[int, list[Piece]] = defaultdict(list)
    query = (
        select(ServiceHours)
        .where(ServiceHours.volunteer_id.in_(list(people)))
        .order_by(ServiceHours.arrived_at, ServiceHours.id)
    )
    for row in session.scalars(query):
        found[row.volunteer_id].append(piece_of(row))
    return {key: in_force(pieces) for key, pieces in found.items()}


def piece_of(row: ServiceHours) -> Piece:
    """The row as the rules see it."""
    return Piece(
        row.id,
        row.source,
        row.arrived_at,
        row.left_at,
        row.confirmed_at is not None,
        row.corrects_id,
    )


def _lines(
    session: Session,
    actor: Actor,
    found: list[tuple[ServiceHours, VolunteerRow]],
    now: datetime,
) -> list[HourLine]:
    confirmers = {row.confirmed_by for row, _ in found} - {None}
    names = dict(
        session.execute(select(Account.id, Account.name).where(Account.id.in_(confirmers))).all()
        if confirmers
        else ()
    )
    lines = []
    for row, person in found:
        span = piece_of(row).span
        lines.append(
            HourLine(
                code=row.code,
                volunteer=person.code,
                name=person.name,
                number=person.number,
                squad=person.squad,
                source=row.source,
                arrived_at=row.arrived_at,
                left_at=row.left_at,
                total=total([span]) if span else None,
                note=row.note,
                corrects=row.corrects_id is not None,
                confirmed_at=row.confirmed_at,
                confirmed_by=names.get(row.confirmed_by) if row.confirmed_by else None,
                forgotten=is_forgotten(row.arrived_at, row.left_at, now),
                own=actor.account_id is not None and person.account_id == actor.account_id,
            )
        )
    return lines

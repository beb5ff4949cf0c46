"""Errands as the desk sees them: open ones by their day, one with its papers, its slip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from db.cursors import cursor, read_cursor
from db.engine import read
from db.errands import parts
from db.errands.scope import errand_seen, in_sight
from db.tables import Account, Building, Estate, Household, ServiceClass
from db.tables.errands import Errand, ErrandPaper, ErrandPerson, ErrandService, ErrandStep
from domain.errands import StepKind, is_late
from domain.people import Actor, Right

PORTION = 30

_Query = Select[Errand, ErrandService, ErrandPerson, str, str, str, str]
_Row = Row[Errand, ErrandService, ErrandPerson, str, str, str, str]


@dataclass(frozen=True, slots=True)
class ErrandLine:
    """One errand in a list.

    Args:
        where: estate, building and room, as far as they are known.
        held: papers that the desk has in hand.
        reason: why it was taken back; empty where it was not.
    """

    code: str
    number: str
    service: str
    service_class: ServiceClass
    name: str
    phone: str
    where: str
    holder_id: int | None
    holder: str
    taken_at: datetime
    due_at: datetime
    ended_at: datetime | None
    reason: str
    late: bool
    held: int


@dataclass(frozen=True, slots=True)
class ErrandPage:
    """A portion of errands; `next_cursor` asks for the next one."""

    lines: tuple[ErrandLine, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper, and when it came and went."""

    code: str
    name: str
    received_at: datetime
    returned_at: datetime | None


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something that happened, in the words that the resident reads."""

    kind: StepKind
    at: datetime
    by: str
    text: str
    told: bool


@dataclass(frozen=True, slots=True)
class ErrandView:
    """One errand with everything about it."""

    line: ErrandLine
    bring: tuple[str, ...]
    needed_on: date | None
    note: str
    papers: tuple[PaperLine, ...]
    steps: tuple[StepLine, ...]


def open_errands(actor: Actor) -> tuple[ErrandLine, ...]:
    """What is to be done, by its day."""
    actor.need(Right.TAKE_IN)
    query = _query(actor).where(Errand.ended_at.is_(None)).order_by(Errand.due_at, Errand.id)
    with read() as session:
        return _lines(session, query)


def ended_errands(actor: Actor, after: str | None = None) -> ErrandPage:
    """What is over, the newest first, in portions."""
    actor.need(Right.TAKE_IN)
    query = _query(actor).where(Errand.ended_at.is_not(None))
    since = read_cursor(after)
    if since is not None:
        at, key = since
        query = query.where((Errand.ended_at < at) | ((Errand.ended_at == at) & (Errand.id < key)))
    query = query.order_by(Errand.ended_at.desc(), Errand.id.desc()).limit(PORTION + 1)
    with read() as session:
        rows = session.execute(query).all()
        lines = _made(session, rows[:PORTION])
        more = None
        if len(rows) > PORTION:
            last = rows[PORTION - 1][0]
            more = cursor(last.ended_at or last.taken_at, last.id)
        return ErrandPage(lines, more)


def errand(actor: Actor, code: str) -> ErrandView:
    """One errand.

    Raises:
        NotFound: none in scope.
    """
    with read() as session:
        row = errand_seen(session, actor, code)
        (line,) = _lines(session, _query(actor).where(Errand.id == row.id))
        person = session.get_one(ErrandPerson, row.id)
        service = session.get_one(ErrandService, row.service_id)
        papers = select(ErrandPaper).where(ErrandPaper.errand_id == row.id)
        steps = (
            select(ErrandStep, Account.name)
            .outerjoin(Account, Account.id == ErrandStep.by)
            .where(ErrandStep.errand_id == row.id)
            .order_by(ErrandStep.id)
        )
        return ErrandView(
            line=line,
            bring=tuple(service.bring.split("\n")) if service.bring else (),
            needed_on=row.needed_on,
            note=person.note or "",
            papers=tuple(
                PaperLine(one.code, one.name, one.received_at, one.returned_at)
                for one in session.scalars(papers.order_by(ErrandPaper.id))
            ),
            steps=tuple(
                StepLine(one.kind, one.at, by or "", one.text or "", one.told)
                for one, by in session.execute(steps)
            ),
        )


def holders(actor: Actor) -> dict[int, str]:
    """Who can be given an errand, by account."""
    actor.need(Right.TAKE_IN)
    with read() as session:
        return parts.holders(session)


def _query(actor: Actor) -> _Query:
    return (
        select(
            Errand,
            ErrandService,
            ErrandPerson,
            Estate.name,
            Building.name,
            Household.room,
            Account.name,
        )
        .join(ErrandService, ErrandService.id == Errand.service_id)
        .join(ErrandPerson, ErrandPerson.errand_id == Errand.id)
        .outerjoin(Estate, Estate.id == Errand.estate_id)
        .outerjoin(Building, Building.id == Errand.building_id)
        .outerjoin(Household, Household.id == ErrandPerson.household_id)
        .outerjoin(Account, Account.id == Errand.holder_id)
        .where(in_sight(actor))
    )


def _lines(session: Session, query: _Query) -> tuple[ErrandLine, ...]:
    return _made(session, session.execute(query).all())


def _made(session: Session, rows: Sequence[_Row]) -> tuple[ErrandLine, ...]:
    held = (
        select(ErrandPaper.errand_id, func.count(ErrandPaper.id))
        .where(
            ErrandPaper.errand_id.in_([row[0].id for row in rows]),
            ErrandPaper.returned_at.is_(None),
        )
        .group_by(ErrandPaper.errand_id)
    )
    counts = dict(session.execute(held).all())
    return tuple(
        ErrandLine(
            code=row.code,
            number=row.number,
            service=service.name,
            service_class=service.service_class,
            name=person.name or "",
            phone=person.phone or "",
            where=" ".join(part for part in (estate, building, room) if part),
            holder_id=row.holder_id,
            holder=holder or "",
            taken_at=row.taken_at,
            due_at=row.due_at,
            ended_at=row.ended_at,
            reason=row.reason or "",
            late=row.ended_at is not None and is_late(row.due_at, row.ended_at, row.ended_at),
            held=counts.get(row.id, 0),
        )
        for row, service, person, estate, building, room, holder in rows
    )

"""Conferences as signed-in people see them: the next one, and those that are over."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.conference.figures import work_of_decision
from db.conference.filling import upcoming
from db.conference.lines import stored_lines, upcoming_lines
from db.conference.scope import conference_seen, need_reader, next_conference
from db.conference.views import Coming, ConferenceLine, ConferenceView, ItemLine, Present, Stage
from db.engine import read
from db.tables import Decision, Task, Unit
from db.tables.conference import AgendaItem, Conference, ConferencePresence
from domain.agenda import Result
from domain.people import Actor, Right

MOST = 60  # five years of months
MOST_EARLIER = 30


def next_meeting(actor: Actor, now: datetime) -> ConferenceView:
    """The conference that is running or planned; without one the agenda fills itself too."""
    need_reader(actor)
    with read() as session:
        return _view(session, actor, next_conference(session), now)


def coming(actor: Actor) -> Coming | None:
    """When and where the next one is held."""
    need_reader(actor)
    with read() as session:
        row = next_conference(session)
        return Coming(row.meets_at, row.place, stage(row)) if row is not None else None


def conference(actor: Actor, now: datetime, code: str) -> ConferenceView:
    """One conference, with those of its items that this person may see.

    Raises:
        NotFound: there is none.
    """
    with read() as session:
        return _view(session, actor, conference_seen(session, actor, code), now)


def conferences(actor: Actor) -> tuple[ConferenceLine, ...]:
    """Those that were held, the newest first; items are counted for the whole conference."""
    need_reader(actor)
    items, there = _count_of(AgendaItem), _count_of(ConferencePresence)
    items = items.where(AgendaItem.left_out_at.is_(None))
    decided = items.where(AgendaItem.result == Result.DECIDED)
    query = (
        select(
            Conference,
            items.scalar_subquery(),
            decided.scalar_subquery(),
            there.scalar_subquery(),
        )
        .where(Conference.opened_at.is_not(None))
        .order_by(Conference.opened_at.desc(), Conference.id.desc())
        .limit(MOST)
    )
    with read() as session:
        return tuple(
            ConferenceLine(
                row.code, row.meets_at, row.opened_at, row.place, stage(row), n, agreed, present
            )
            for row, n, agreed, present in session.execute(query)
        )


def stage(row: Conference) -> Stage:
    """Where it stands."""
    if row.ended_at is not None:
        return Stage.OVER
    return Stage.RUNNING if row.opened_at is not None else Stage.PLANNED


def _count_of(table: type[AgendaItem] | type[ConferencePresence]) -> Select[int]:
    return select(func.count()).select_from(table).where(table.conference_id == Conference.id)


def _view(session: Session, actor: Actor, row: Conference | None, now: datetime) -> ConferenceView:
    at = stage(row) if row is not None else Stage.PLANNED
    runs = actor.may(Right.HANDLE) and actor.estate_id is None
    if at is Stage.PLANNED:
        items = upcoming_lines(session, actor, row, upcoming(session, row, now), now)
    else:
        items = _items(session, actor, row, now, left_out=False)
    return ConferenceView(
        code=row.code if row else None,
        stage=at,
        meets_at=row.meets_at if row else None,
        place=row.place if row else "",
        opened_at=row.opened_at if row else None,
        ended_at=row.ended_at if row else None,
        guests=(row.guests or "") if row and runs else "",
        items=items,
        left_out=_items(session, actor, row, now, left_out=True) if runs else (),
        earlier=_earlier(session, actor, row, now),
        units=_units(session, row) if actor.may(Right.HANDLE) else (),
        runs=runs and at is not Stage.OVER,
    )


def _items(
    session: Session, actor: Actor, row: Conference | None, now: datetime, *, left_out: bool
) -> tuple[ItemLine, ...]:
    if row is None:
        return ()
    out = AgendaItem.left_out_at
    query = (
        select(AgendaItem)
        .where(AgendaItem.conference_id == row.id, out.is_not(None) if left_out else out.is_(None))
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return stored_lines(session, actor, list(session.scalars(query)), now)


def _earlier(
    session: Session, actor: Actor, row: Conference | None, now: datetime
) -> tuple[ItemLine, ...]:
    """What was decided before this one: all of the last time, of others what was not done."""
    then = row.opened_at if row is not None and row.opened_at is not None else now
    before: ColumnElement[bool] = Conference.ended_at.is_not(None)
    if row is not None and row.opened_at is not None:
        before = and_(before, Conference.opened_at < row.opened_at)
    last = session.scalar(
        select(Conference.id).where(before).order_by(Conference.opened_at.desc()).limit(1)
    )
    if last is None:
        return ()
    waits = (
        select(Decision.id)
        .join(Task, work_of_decision())
        .where(
            Decision.agenda_item_id == AgendaItem.id,
            or_(Task.done_at.is_(None), Task.done_at > then),
        )
    )
    query = (
        select(AgendaItem)
        .join(Conference, Conference.id == AgendaItem.conference_id)
        .where(
            before,
            AgendaItem.result == Result.DECIDED,
            (AgendaItem.conference_id == last) | waits.exists(),
        )
        .order_by(Conference.opened_at.desc(), AgendaItem.position, AgendaItem.id)
        .limit(MOST_EARLIER)
    )
    return stored_lines(session, actor, list(session.scalars(query)), now)


def _units(session: Session, row: Conference | None) -> tuple[Present, ...]:
    there = select(ConferencePresence.unit_id).where(
        ConferencePresence.conference_id == (row.id if row else 0)
    )
    present = set(session.scalars(there))
    units = session.scalars(select(Unit).order_by(Unit.kind, Unit.initials, Unit.id))
    return tuple(
        Present(unit.id, unit.name, unit.kind, unit.id in present)
        for unit in units
        if unit.active or unit.id in present
    )

"""Partner units 共建单位: the list with who did nothing this quarter, and the page of one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.casefile_parts import late
from db.conference.figures import deeds
from db.conference.unit_views import Heard, Held, Offer, UnitLine, UnitPage, Work
from db.engine import read
from db.scope import code_typed
from db.tables import Case, Decision, Note, Task, Unit, UnitKind
from db.tables.activities import Activity
from db.tables.conference import (
    AgendaItem,
    Conference,
    ConferencePresence,
    HelpWanted,
    UnitOffer,
    UnitReport,
)
from db.views import Count
from domain.conference import Deed, idle_units, quarter
from domain.days import day_bounds, local_day
from domain.errors import N_, NotFound
from domain.moves import State
from domain.people import Actor, Right
from domain.private_text import mask_personal

LATEST = 30
MOST_OPEN = 100


def unit_list(actor: Actor, now: datetime) -> tuple[UnitLine, ...]:
    """All units; partner units first, and among them those that did nothing this quarter."""
    actor.need(Right.HANDLE)
    with read() as session:
        rows = list(
            session.scalars(select(Unit).where(Unit.active).order_by(Unit.initials, Unit.id))
        )
        first, last = quarter(local_day(now))
        ids = [row.id for row in rows]
        done = deeds(session, ids, first, last, now)
        idle = idle_units(ids, _last(done), first, last)
        counted = {unit: n for unit, (n, _) in done.items()}
        standing = select(UnitOffer.unit_id, func.count()).where(UnitOffer.ended_at.is_(None))
        offers = dict(session.execute(standing.group_by(UnitOffer.unit_id)).all())
        waiting = {key: _waiting(session, key) for key in ids}
        found = [
            UnitLine(
                row.code,
                row.name,
                row.kind,
                offers.get(row.id, 0),
                waiting[row.id],
                counted.get(row.id, Count(0)),
                row.id in idle,
            )
            for row in rows
        ]
    return tuple(sorted(found, key=lambda one: (one.kind is not UnitKind.PARTNER, not one.idle)))


def unit_page(actor: Actor, now: datetime, code: str | None = None) -> UnitPage:
    """One unit's page; without a code the person's own.

    Raises:
        NotAllowed: neither a unit's person nor the office.
        NotFound: no such unit, or another's.
    """
    if not actor.may(Right.HANDLE):
        actor.need(Right.READ_OWN_TASKS)
    with read() as session:
        unit = _unit(session, actor, code)
        first, last = quarter(local_day(now))
        done = deeds(session, [unit.id], first, last, now)
        work = _work(session, actor, unit, now)
        return UnitPage(
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            own=unit.id == actor.unit_id,
            offers=_offers(session, unit),
            promises=tuple(one for one in work if one.done_at is None),
            deeds=tuple(one for one in work if one.done_at is not None)[::-1][:LATEST],
            activities=_activities(session, unit),
            reports=_heard(session, unit),
            first=first,
            last=last,
            idle=unit.id in idle_units([unit.id], _last(done), first, last),
            present=_held(session, now, unit),
            held=_held(session, now, None),
        )


def _last(done: Mapping[int, tuple[Count, Deed]]) -> list[Deed]:
    return [deed for _, deed in done.values()]


def _unit(session: Session, actor: Actor, code: str | None) -> Unit:
    unit = (
        session.get(Unit, actor.unit_id or 0)
        if code is None
        else session.scalar(select(Unit).where(Unit.code == code_typed(code)))
    )
    if unit is None or not (actor.may(Right.HANDLE) or unit.id == actor.unit_id):
        raise NotFound(N_("This unit is not there, or it is not yours to see."))
    return unit


def _waiting(session: Session, unit_id: int) -> Count:
    """How many parts wait for a unit, counted no further than its page lists them."""
    some = (
        select(Task.id)
        .join(Case, Case.id == Task.case_id)
        .where(
            Task.unit_id == unit_id,
            Task.done_at.is_(None),
            Task.recalled_at.is_(None),
            Case.state == State.DOING,
        )
        .limit(MOST_OPEN + 1)
    )
    n = session.scalar(select(func.count()).select_from(some.subquery())) or 0
    return Count(min(n, MOST_OPEN), n > MOST_OPEN)


def _offers(session: Session, unit: Unit) -> tuple[Offer, ...]:
    rows = session.scalars(
        select(UnitOffer)
        .where(UnitOffer.unit_id == unit.id, UnitOffer.ended_at.is_(None))
        .order_by(UnitOffer.service_class, UnitOffer.id)
    )
    return tuple(Offer(row.code, row.service_class, row.text, row.offered_at) for row in rows)


def _work(session: Session, actor: Actor, unit: Unit, now: datetime) -> tuple[Work, ...]:
    """The unit's parts in the reader's scope, in the order in which they are or were due."""
    query = (
        select(Task, Case)
        .join(Case, Case.id == Task.case_id)
        .where(Task.unit_id == unit.id, Task.recalled_at.is_(None))
    )
    if actor.estate_id is not None and unit.id != actor.unit_id:
        query = query.where(Case.estate_id == actor.estate_id)
    # What is not reported though its file is over is no promise any more.
    waits = query.where(Task.done_at.is_(None), Case.state == State.DOING).order_by(Task.due_at)
    done = query.where(Task.done_at.is_not(None)).order_by(Task.done_at.desc())
    rows = [
        *session.execute(waits.limit(MOST_OPEN)),
        *session.execute(done.limit(LATEST)),
    ]
    given = _given(session, [task for task, _ in rows])
    asked = _asked(session, [task.id for task, _ in rows])
    reads = actor.may(Right.READ_CASES)
    found = [
        Work(
            task_code=task.code,
            case_code=case.code,
            number=case.number,
            title=case.title if reads else mask_personal(case.title),
            lead=task.lead,
            asked=asked.get(task.id),
            given_at=task.given_at,
            due_at=task.due_at,
            done_at=task.done_at,
            late=late(task, now),
            conference=given.get((task.case_id, task.round)),
            on_board=case.published_at is not None and case.summary is not None,
        )
        for task, case in rows
    ]
    return tuple(sorted(found, key=lambda one: one.done_at or one.due_at))


def _given(session: Session, tasks: Sequence[Task]) -> dict[tuple[int, int], tuple[str, datetime]]:
    """The conference behind each file's round."""
    rows = session.execute(
        select(Decision.case_id, Decision.round, Conference.code, Conference.opened_at)
        .join(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .join(Conference, Conference.id == AgendaItem.conference_id)
        .where(Decision.case_id.in_({task.case_id for task in tasks}))
        .order_by(Decision.id)
    )
    return {(case, round_): (code, at) for case, round_, code, at in rows if at is not None}


def _asked(session: Session, tasks: Sequence[int]) -> dict[int, str]:
    rows = session.execute(
        select(HelpWanted.task_id, Note.text)
        .join(Note, Note.id == HelpWanted.note_id)
        .where(HelpWanted.task_id.in_(tasks))
    )
    return {task: mask_personal(words) for task, words in rows if task is not None}


def _heard(session: Session, unit: Unit) -> tuple[Heard, ...]:
    rows = session.execute(
        select(UnitReport, func.max(AgendaItem.settled_at))
        .outerjoin(AgendaItem, AgendaItem.report_id == UnitReport.id)
        .where(UnitReport.unit_id == unit.id)
        .group_by(UnitReport.id)
        .order_by(UnitReport.id.desc())
        .limit(LATEST)
    )
    return tuple(Heard(row.text, row.at, heard) for row, heard in rows)


def _activities(session: Session, unit: Unit) -> tuple[Held, ...]:
    rows = session.scalars(
        select(Activity)
        .where(Activity.unit_id == unit.id, Activity.cancelled_at.is_(None))
        .order_by(Activity.starts_at.desc(), Activity.id.desc())
        .limit(LATEST)
    )
    return tuple(Held(row.code, row.title, row.starts_at, row.place) for row in rows)


def _held(session: Session, now: datetime, unit: Unit | None) -> int:
    """Conferences that were held in the past year, or those that the unit came to."""
    first = day_bounds(local_day(now).replace(year=local_day(now).year - 1, day=1), local_day(now))
    query = (
        select(func.count())
        .select_from(Conference)
        .where(Conference.ended_at.is_not(None), Conference.opened_at >= first[0])
    )
    if unit is not None:
        query = query.join(
            ConferencePresence, ConferencePresence.conference_id == Conference.id
        ).where(ConferencePresence.unit_id == unit.id)
    return session.scalar(query) or 0

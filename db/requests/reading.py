"""Requests as the desk reads them: the list, one request, and the rank of its volunteers."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.engine import read
from db.names_of import names_of
from db.requests import ladder
from db.requests.scope import in_sight, request_seen
from db.requests.views import Line, OfferView, Ranked, RequestView, TaskView
from db.scope import code_typed, no_such_file, sees_case
from db.tables import Building, Case, Estate, Unit
from db.tables.requests import Assignment, HelpRequest, OfferRow, RequestPerson, RequestRung
from db.tables.volunteers import VolunteerRow
from domain.escalation import Rung, next_rung
from domain.offers import OfferState
from domain.people import Actor, Right
from domain.requests import ASKING_STATES, OPEN_STATES, WAITING_STATES, Urgency, by_urgency

MOST = 200  # a community's open requests; beyond that the list says so by its length
SHOWN = 12  # places of the rank, and of those left out many more
SHOWN_OUT = 60
DONE_PORTION = 30


def board(actor: Actor, now: datetime) -> tuple[Line, ...]:
    """All open requests in sight, by urgency and then by age.

    Whatever of the ladders is due is done first, should the tick be late.
    """
    actor.need(Right.DISPATCH)
    ladder.tick(now)
    with read() as session:
        rows = session.scalars(
            select(HelpRequest)
            .where(HelpRequest.state.in_(OPEN_STATES), in_sight(session, actor))
            .order_by(HelpRequest.urgency, HelpRequest.made_at)
            .limit(MOST)
        ).all()
        ordered = sorted(rows, key=lambda row: by_urgency(row.urgency, row.made_at))
        return lines(session, ordered, now)


def ended(actor: Actor, now: datetime, days: int = 31) -> tuple[Line, ...]:
    """The requests of the last days that are over, the newest first."""
    actor.need(Right.DISPATCH)
    with read() as session:
        rows = session.scalars(
            select(HelpRequest)
            .where(
                HelpRequest.state.not_in(OPEN_STATES),
                HelpRequest.made_at > now - timedelta(days=days),
                in_sight(session, actor),
            )
            .order_by(HelpRequest.made_at.desc(), HelpRequest.id.desc())
            .limit(DONE_PORTION)
        ).all()
        return lines(session, rows, now)


def of_case(actor: Actor, case_code: str, now: datetime) -> tuple[Line, ...]:
    """The requests that came from a file, for whoever may read the file.

    Raises:
        NotFound: no such file in scope.
    """
    actor.need(Right.READ_CASES)
    with read() as session:
        case = session.scalar(select(Case).where(Case.code == code_typed(case_code)))
        if case is None or not sees_case(session, actor, case):
            raise no_such_file()
        query = select(HelpRequest).where(HelpRequest.case_id == case.id)
        return lines(session, session.scalars(query.order_by(HelpRequest.id)).all(), now)


def of_unit(actor: Actor, now: datetime) -> tuple[Line, ...]:
    """What the person's own unit asked for, and what the ladder brought to its duty desk.

    The duty desk is that of an estate's property company; it sees an emergency of the estate
    from the rung on that calls it, while somebody must still come.
    """
    actor.need(Right.DO_TASKS)
    if actor.unit_id is None:
        return ()
    called = (
        select(RequestRung.request_id)
        .join(HelpRequest, HelpRequest.id == RequestRung.request_id)
        .join(Estate, Estate.id == HelpRequest.estate_id)
        .where(
            Estate.property_id == actor.unit_id,
            RequestRung.rung == Rung.LEADERS,
            RequestRung.ladder == HelpRequest.ladder,
            HelpRequest.state.in_(ASKING_STATES),
        )
    )
    with read() as session:
        rows = session.scalars(
            select(HelpRequest)
            .where(
                HelpRequest.state.in_(OPEN_STATES),
                or_(HelpRequest.unit_id == actor.unit_id, HelpRequest.id.in_(called)),
            )
            .order_by(HelpRequest.urgency, HelpRequest.made_at)
            .limit(MOST)
        ).all()
        return lines(session, rows, now)


def request_view(actor: Actor, code: str, now: datetime) -> RequestView:
    """One request with its offers, in the order they were made.

    Raises:
        NotFound: there is none in scope.
    """
    with read() as session:
        row = request_seen(session, actor, code)
        person = session.get(RequestPerson, row.id)
        rungs = session.scalars(
            select(RequestRung)
            .where(RequestRung.request_id == row.id, RequestRung.ladder == row.ladder)
            .order_by(RequestRung.id)
        )
        same_as = session.get(HelpRequest, row.same_as_id) if row.same_as_id else None
        return RequestView(
            line=lines(session, [row], now)[0],
            skill=row.skill,
            squad=row.squad,
            dangerous=row.dangerous,
            strangers_only=row.strangers_only,
            estate_id=row.estate_id,
            building_id=row.building_id,
            until_at=row.until_at,
            called=row.called,
            unit=names_of(session, Unit, [row.unit_id]).get(row.unit_id),
            reason=row.reason,
            same_as=same_as.number if same_as else None,
            has_person=person is not None
            and any((person.name, person.phone, person.door, person.health)),
            offers=_offers(session, row),
            tasks=_tasks(session, row),
            rungs=tuple((one.rung, one.raised_at) for one in rungs),
        )


def ranked(actor: Actor, code: str, now: datetime) -> Ranked:
    """Who could be asked for a request now, and who not, with the reasons.

    Raises:
        NotFound: there is none in scope.
    """
    with read() as session:
        row = request_seen(session, actor, code)
        everybody = ladder.everybody(session, row, now)
    found = everybody.ranking
    return Ranked(
        found.places[:SHOWN],
        found.left_out[:SHOWN_OUT],
        len(found.places),
        len(found.left_out),
        everybody.unskilled,
    )


def where_of(session: Session, rows: Sequence[HelpRequest]) -> dict[int, str]:
    """Estate and building of each request, by its row."""
    estates = names_of(session, Estate, [row.estate_id for row in rows])
    buildings = names_of(session, Building, [row.building_id for row in rows])
    return {
        row.id: " ".join(
            name
            for name in (estates.get(row.estate_id), buildings.get(row.building_id))
            if name is not None
        )
        for row in rows
    }


def lines(session: Session, rows: Sequence[HelpRequest], now: datetime) -> tuple[Line, ...]:
    """The rows as lists show them, by a constant number of queries."""
    ids = [row.id for row in rows]
    where = where_of(session, rows)
    offers: dict[tuple[int, int], list[OfferState]] = defaultdict(list)
    rungs: dict[tuple[int, int], set[Rung]] = defaultdict(set)
    for made in session.execute(
        select(OfferRow.request_id, OfferRow.ladder, OfferRow.state).where(
            OfferRow.request_id.in_(ids)
        )
    ):
        offers[made[0], made[1]].append(made[2])
    for raised in session.execute(
        select(RequestRung.request_id, RequestRung.ladder, RequestRung.rung).where(
            RequestRung.request_id.in_(ids)
        )
    ):
        rungs[raised[0], raised[1]].add(raised[2])
    held = dict(
        session.execute(
            select(Assignment.request_id, VolunteerRow.name)
            .join(VolunteerRow, VolunteerRow.id == Assignment.volunteer_id)
            .where(
                Assignment.request_id.in_(ids),
                or_(Assignment.ended_at.is_(None), Assignment.left_at.is_not(None)),
            )
        ).all()
    )
    cases = dict(
        session.execute(
            select(Case.id, Case.code).where(Case.id.in_([row.case_id for row in rows]))
        ).all()
    )
    return tuple(
        Line(
            code=row.code,
            number=row.number,
            state=row.state,
            urgency=row.urgency,
            source=row.source,
            need=row.need,
            where=where[row.id],
            made_at=row.made_at,
            from_at=row.from_at,
            held_for=row.held_for,
            asked=len(offers[row.id, row.ladder]),
            open_offers=offers[row.id, row.ladder].count(OfferState.SENT),
            volunteer=held.get(row.id),
            next_step=_next(row, rungs[row.id, row.ladder]),
            case_code=cases.get(row.case_id) if row.case_id else None,
        )
        for row in rows
    )


def waiting(actor: Actor) -> int:
    """How many requests in sight nobody has taken yet."""
    actor.need(Right.DISPATCH)
    with read() as session:
        query = select(func.count(HelpRequest.id)).where(
            HelpRequest.state.in_(WAITING_STATES), in_sight(session, actor)
        )
        return session.scalar(query) or 0


def _next(row: HelpRequest, raised: set[Rung]) -> tuple[Rung, datetime] | None:
    if row.urgency is not Urgency.EMERGENCY or row.state not in ASKING_STATES:
        return None
    return next_rung(row.offering_at, raised) if row.offering_at else None


def _offers(session: Session, row: HelpRequest) -> tuple[OfferView, ...]:
    query = (
        select(OfferRow, VolunteerRow)
        .join(VolunteerRow, VolunteerRow.id == OfferRow.volunteer_id)
        .where(OfferRow.request_id == row.id)
        .order_by(OfferRow.id)
    )
    return tuple(
        OfferView(
            code=offer.code,
            volunteer_id=person.id,
            volunteer_code=person.code,
            volunteer=person.name,
            state=offer.state,
            sent_at=offer.sent_at,
            expires_at=offer.expires_at,
            answered_at=offer.answered_at,
            why=offer.why,
            ended=offer.ended,
            by_hand=offer.sent_by is not None,
        )
        for offer, person in session.execute(query)
    )


def _tasks(session: Session, row: HelpRequest) -> tuple[TaskView, ...]:
    query = (
        select(Assignment, VolunteerRow)
        .join(VolunteerRow, VolunteerRow.id == Assignment.volunteer_id)
        .where(Assignment.request_id == row.id)
        .order_by(Assignment.id)
    )
    return tuple(
        TaskView(
            code=task.code,
            volunteer=person.name,
            volunteer_code=person.code,
            accepted_at=task.accepted_at,
            set_out_at=task.set_out_at,
            arrived_at=task.arrived_at,
            left_at=task.left_at,
            ended_at=task.ended_at,
            absent=task.absent,
            note=task.note,
        )
        for task, person in session.execute(query)
    )

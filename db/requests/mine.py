"""A volunteer's own requests: what is asked of them, what they hold, what they did."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import read
from db.requests import ladder
from db.requests.reading import where_of
from db.requests.views import Mine, MyHelp, Wanted
from db.tables.requests import Assignment, HelpRequest, OfferRow
from db.volunteers.scope import own_row
from domain.escalation import AFTER, Rung
from domain.offers import OfferState
from domain.people import Actor, Right

DONE_SHOWN = 10


def my_help(actor: Actor, now: datetime) -> MyHelp:
    """Open offers, the task in hand, and the last that were done.

    An offer whose time is over is left out, whether or not the tick has ended it yet.

    Raises:
        NotAllowed: the account belongs to no volunteer.
    """
    actor.need(Right.SERVE)
    ladder.tick(now)
    with read() as session:
        me = own_row(session, actor)
        offers = session.execute(
            select(OfferRow, HelpRequest)
            .join(HelpRequest, HelpRequest.id == OfferRow.request_id)
            .where(OfferRow.volunteer_id == me.id, OfferRow.state == OfferState.SENT)
            .order_by(OfferRow.id)
        ).all()
        tasks = session.execute(
            select(Assignment, HelpRequest)
            .join(HelpRequest, HelpRequest.id == Assignment.request_id)
            .where(Assignment.volunteer_id == me.id)
            .order_by(Assignment.accepted_at.desc(), Assignment.id.desc())
            .limit(DONE_SHOWN + 1)
        ).all()
        where = where_of(session, [row for _, row in (*offers, *tasks)])
        held = [(task, row) for task, row in tasks if task.ended_at is None]
        done = [(task, row) for task, row in tasks if task.left_at is not None]
        return MyHelp(
            tuple(
                _wanted(offer, row, where[row.id])
                for offer, row in offers
                if offer.expires_at is None or offer.expires_at > now
            ),
            _mine(*held[0], where[held[0][1].id]) if held else None,
            tuple(_mine(task, row, where[row.id]) for task, row in done),
        )


def open_offers(session: Session, volunteer_id: int) -> int:
    """How many offers wait for this volunteer's answer."""
    query = select(OfferRow.id).where(
        OfferRow.volunteer_id == volunteer_id, OfferRow.state == OfferState.SENT
    )
    return len(session.scalars(query).all())


def _wanted(offer: OfferRow, row: HelpRequest, where: str) -> Wanted:
    return Wanted(
        code=offer.code,
        need=row.need,
        where=where,
        urgency=row.urgency,
        dangerous=row.dangerous,
        skill=row.skill,
        from_at=row.from_at,
        until_at=row.until_at,
        sent_at=offer.sent_at,
        # An emergency's offer stands on, but others are asked too from here.
        answer_by=offer.expires_at or offer.sent_at + AFTER[Rung.NEXT],
    )


def _mine(task: Assignment, row: HelpRequest, where: str) -> Mine:
    return Mine(
        code=task.code,
        number=row.number,
        need=row.need,
        where=where,
        urgency=row.urgency,
        state=row.state,
        called=row.called,
        from_at=row.from_at,
        until_at=row.until_at,
        accepted_at=task.accepted_at,
        set_out_at=task.set_out_at,
        arrived_at=task.arrived_at,
        left_at=task.left_at,
        note=task.note,
    )

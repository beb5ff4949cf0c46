"""The public side of requests: the form's limits, following by code, taking it back."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import rates
from db.engine import read, write
from db.numbers import clean_follow_code, hashed
from db.requests.dispatching import end
from db.requests.reading import where_of
from db.requests.views import Followed
from db.tables.requests import Assignment, HelpRequest, OfferRow
from domain import texts
from domain.errors import N_, NotFound
from domain.people import RESIDENT
from domain.requests import Act, RequestState, is_repeat, possible

# Help is asked for seldom; more than this from one address is a flood or a prank.
FROM_ADDRESS = 3
IN_ALL = 30  # in one hour from all addresses, as addresses are cheap
WITHIN = timedelta(hours=1)


def admit(now: datetime, address: str) -> str | None:
    """Count one request of this address; why it is held back for the desk to look at, if so."""
    with write() as session:
        for name, limit in (
            (rates.bucket("help:address", address), FROM_ADDRESS),
            ("help:all", IN_ALL),
        ):
            try:
                rates.take(session, name, now, limit=limit, within=WITHIN)
            except rates.TooMany:
                return "flood"
    return None


def followed(follow_code: str) -> Followed:
    """A request as whoever asked for it sees it.

    Raises:
        NotFound: the same for every code that is not valid.
    """
    with read() as session:
        row = _row(session, follow_code)
        task = session.scalar(
            select(Assignment)
            .where(Assignment.request_id == row.id)
            .order_by(Assignment.id.desc())
            .limit(1)
        )
        if task is not None and task.ended_at is not None and task.left_at is None:
            task = None  # given back: somebody else is being looked for
        asked = select(func.count(OfferRow.id)).where(
            OfferRow.request_id == row.id, OfferRow.ladder == row.ladder
        )
        return Followed(
            number=row.number,
            need=row.need,
            where=where_of(session, [row])[row.id],
            urgency=row.urgency,
            state=row.state,
            made_at=row.made_at,
            from_at=row.from_at,
            asked=session.scalar(asked) or 0,
            accepted_at=task.accepted_at if task else None,
            set_out_at=task.set_out_at if task else None,
            arrived_at=task.arrived_at if task else None,
            left_at=task.left_at if task else None,
            may_cancel=Act.CANCEL in possible(row.state),
        )


def take_back(now: datetime, follow_code: str, reason: str) -> RequestState:
    """Help is not needed any more, says whoever asked for it. A repeat changes nothing.

    Raises:
        NotFound: no such code.
        ActRefused: somebody is at the door already.
        FieldError: no reason.
    """
    why = texts.required("reason", reason, 200)
    with write() as session:
        row = _row(session, follow_code)
        session.refresh(row, with_for_update=True)
        if not is_repeat(Act.CANCEL, row.state):
            end(session, RESIDENT, now, row, Act.CANCEL, why)
        return row.state


def _row(session: Session, follow_code: str) -> HelpRequest:
    digest = hashed(clean_follow_code(follow_code))
    row = session.scalar(select(HelpRequest).where(HelpRequest.follow_hash == digest))
    if row is None:
        raise NotFound(N_("This code is not valid. Please check it, or ask the community office."))
    return row

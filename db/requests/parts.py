"""What every step of a request shares: its move with an event, its offers, who is busy."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.events import record
from db.tables.requests import Assignment, HelpRequest, OfferRow, Unwanted
from domain.matching import Busy, Need
from domain.offers import Answer, Ended, OfferState
from domain.people import Actor
from domain.requests import Act, Urgency, after, window

# An earlier ladder's answers that still count when offering begins anew.
_FINAL = (OfferState.DECLINED, OfferState.ACCEPTED)
# These were never the volunteer's answer, so they may be asked again.
_NO_ANSWER = (Ended.GAVE_WAY, Ended.TAKEN, Ended.WITHDRAWN)

# What the file that a request came from tells of it; the rest is the desk's.
OF_THE_FILE = frozenset({Act.ACCEPT, Act.ARRIVE, Act.LEAVE, Act.CANCEL, Act.TRANSFER})


def move(
    session: Session,
    actor: Actor,
    now: datetime,
    row: HelpRequest,
    act: Act,
    reason: str = "",
    *,
    volunteer: int | None = None,
    task: int | None = None,
    authority: str | None = None,
    same_as: int | None = None,
) -> None:
    """Move a locked request, with its event and what belongs to it.

    Raises:
        ActRefused: it does not stand where the act starts.
    """
    row.state = after(act, row.state, reason)
    if reason:
        row.reason = reason
    record(
        session,
        actor,
        now,
        "request_moved",
        case_id=row.case_id if act in OF_THE_FILE else None,
        request=row.id,
        act=act.value,
        volunteer=volunteer,
        task=task,
        authority=authority,
        same_as=same_as,
    )


def need_of(session: Session, row: HelpRequest, now: datetime) -> Need:
    """What the request asks of whoever comes, for the rank."""
    unwanted = select(Unwanted.volunteer_id).where(Unwanted.request_id == row.id)
    return Need(
        urgency=row.urgency,
        window=window(now, row.from_at, row.until_at),
        seed=row.seed,
        skill=row.skill,
        squad=row.squad,
        dangerous=row.dangerous,
        estate_id=row.estate_id,
        building_id=row.building_id,
        unwanted=frozenset(session.scalars(unwanted)),
        strangers_only=row.strangers_only,
    )


def busy(session: Session, row: HelpRequest) -> Busy:
    """Who holds a task, who is being asked, and who was asked for this request."""
    holding = select(Assignment.volunteer_id).where(Assignment.ended_at.is_(None))
    open_offers = (
        select(OfferRow.volunteer_id, HelpRequest.urgency)
        .join(HelpRequest, HelpRequest.id == OfferRow.request_id)
        .where(OfferRow.state == OfferState.SENT)
    )
    by_urgency: dict[Urgency, set[int]] = {urgency: set() for urgency in Urgency}
    for volunteer_id, urgency in session.execute(open_offers):
        by_urgency[urgency].add(volunteer_id)
    made = session.execute(
        select(OfferRow.volunteer_id, OfferRow.state, OfferRow.ended, OfferRow.ladder).where(
            OfferRow.request_id == row.id
        )
    )
    tried = {
        volunteer_id
        for volunteer_id, state, ended, ladder in made
        if ended not in _NO_ANSWER and (ladder == row.ladder or state in _FINAL)
    }
    return Busy(
        holding=frozenset(session.scalars(holding)),
        urgent=frozenset(by_urgency[Urgency.EMERGENCY]),
        routine=frozenset(by_urgency[Urgency.ROUTINE]),
        tried=frozenset(tried),
    )


def end_offers(
    session: Session,
    actor: Actor,
    now: datetime,
    row: HelpRequest,
    why: Ended,
    only: Collection[int] | None = None,
) -> list[int]:
    """End the request's open offers; returns the volunteers whose they were."""
    query = (
        update(OfferRow)
        .where(OfferRow.request_id == row.id, OfferRow.state == OfferState.SENT)
        .values(state=OfferState.EXPIRED, ended=why, answered_at=now)
        .returning(OfferRow.id, OfferRow.volunteer_id)
        .execution_options(synchronize_session=False)
    )
    if only is not None:
        query = query.where(OfferRow.id.in_(only))
    ended = session.execute(query).all()
    for offer_id, volunteer_id in sorted(ended):
        record(
            session,
            actor,
            now,
            "offer_ended",
            request=row.id,
            offer=offer_id,
            volunteer=volunteer_id,
            why=why.value,
        )
    return sorted(volunteer_id for _, volunteer_id in ended)


def held_by(session: Session, row: HelpRequest) -> Assignment | None:
    """Who has the request now."""
    return session.scalar(
        select(Assignment)
        .where(Assignment.request_id == row.id, Assignment.ended_at.is_(None))
        .with_for_update()
    )


def answer_event(
    session: Session,
    actor: Actor,
    now: datetime,
    row: HelpRequest,
    offer: OfferRow,
    answer: Answer,
) -> None:
    """Record what became of an offer; why somebody declined stays with the offer alone."""
    record(
        session,
        actor,
        now,
        "offer_answered",
        request=row.id,
        offer=offer.id,
        volunteer=offer.volunteer_id,
        answer=answer.value,
    )

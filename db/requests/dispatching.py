"""What the desk does with a request: asks, hands over, ends it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import read, write
from db.requests import ladder, telling
from db.requests.parts import answer_event, busy, end_offers, held_by, move, need_of
from db.requests.scope import no_such_request, offer_answered_by, request_seen, request_to_change
from db.tables.requests import Assignment, HelpRequest, OfferRow
from db.tables.volunteers import VolunteerRow
from db.volunteers.absences import note_absence
from db.volunteers.facts import facts_of
from domain import texts
from domain.errors import N_, FieldError, Refused
from domain.escalation import Rung
from domain.matching import rank
from domain.offers import Answer, Ended, OfferState, answered
from domain.people import Actor, Right
from domain.requests import (
    ASKING_STATES,
    Act,
    Authority,
    RequestState,
    Urgency,
    is_repeat,
)
from domain.service_hours import Source as HoursSource

LONGEST_REASON = 200


def start(actor: Actor, now: datetime, code: str) -> RequestState:
    """Begin to offer: three at once for an emergency, else the first of the rank.

    One that nobody has sorted is taken as it is.

    Raises:
        FieldError: nobody said yet who has called 120.
        NotFound: there is no such request in scope.
    """
    chosen = _shortlist(actor, code, now)
    with write() as session:
        row = request_to_change(session, actor, code)
        if is_repeat(Act.OFFER, row.state) or row.state is RequestState.ESCALATED:
            return row.state
        _make_ready(session, actor, now, row)
        move(session, actor, now, row, Act.OFFER)
        ladder.begin(session, actor, now, row, chosen)
        return row.state


def offer_to(actor: Actor, now: datetime, code: str, volunteer_code: str) -> str:
    """Offer to one volunteer by hand, who stands in the rank; returns the offer's code.

    Of an emergency the ladder begins with it; a routine request goes on by itself after this
    offer. A repeat returns the open offer.

    Raises:
        NotFound: no such request in scope, or no such volunteer.
        Refused: the volunteer is left out, or somebody holds the request.
    """
    with write() as session:
        row = request_to_change(session, actor, code)
        person = session.scalar(select(VolunteerRow).where(VolunteerRow.code == volunteer_code))
        if person is None:
            raise no_such_request()
        known = session.scalar(
            select(OfferRow.code).where(
                OfferRow.request_id == row.id,
                OfferRow.volunteer_id == person.id,
                OfferRow.state == OfferState.SENT,
            )
        )
        if known is not None:
            return known
        _make_ready(session, actor, now, row)
        need = need_of(session, row, now)
        people = facts_of(session, [person.id], need.window.starts_at).values()
        if not rank(need, people, busy(session, row), now).places:
            raise Refused(N_("This volunteer cannot be asked now; the list says why."))
        begins = row.state not in ASKING_STATES
        if begins:
            move(session, actor, now, row, Act.OFFER)
            row.ladder, row.offering_at = row.ladder + 1, now
            session.flush()
        made = ladder.send(session, actor, now, row, person.id)
        if made is None:
            raise Refused(N_("This volunteer cannot be asked now; the list says why."))
        request_id = row.id if begins and row.urgency is Urgency.EMERGENCY else None
    if request_id is not None:
        ladder.climb(request_id, now)  # the others of the first three
    return made


def not_reached(actor: Actor, now: datetime, offer_code: str) -> None:
    """The desk telephoned and nobody answered. A repeat changes nothing.

    Raises:
        NotFound: no such offer in scope.
        OfferGone: it was answered meanwhile.
    """
    actor.need(Right.DISPATCH)
    with write() as session:
        offer, row, _ = offer_answered_by(session, actor, offer_code)
        session.refresh(row, with_for_update=True)
        session.refresh(offer, with_for_update=True)
        if answered(Answer.NOT_REACHED, offer.state) is offer.state:
            return
        offer.state, offer.answered_at = OfferState.UNREACHABLE, now
        answer_event(session, actor, now, row, offer, Answer.NOT_REACHED)
        request_id = row.id
    ladder.climb(request_id, now)


def escalate(actor: Actor, now: datetime, code: str) -> None:
    """Call the secretary in before the ladder does. A repeat changes nothing."""
    with write() as session:
        row = request_to_change(session, actor, code)
        if is_repeat(Act.ESCALATE, row.state):
            return
        move(session, actor, now, row, Act.ESCALATE)
        telling.climbed(session, now, row, Rung.SECRETARY)


def transfer(actor: Actor, now: datetime, code: str, authority: Authority, reason: str) -> None:
    """Hand over to 120 or 110; whoever is at the door stays until they leave."""
    _end(actor, now, code, Act.TRANSFER, reason, authority=authority.value)


def cancel(actor: Actor, now: datetime, code: str, reason: str) -> None:
    """Nobody is needed any more. A repeat changes nothing."""
    _end(actor, now, code, Act.CANCEL, reason)


def duplicate(actor: Actor, now: datetime, code: str, of_number: str) -> None:
    """The same was asked for already. A repeat changes nothing.

    Raises:
        FieldError: there is no other request of that number in scope.
    """
    with read() as session:
        actor.need(Right.DISPATCH)
        number = texts.clean(of_number).upper()
        found = session.scalar(select(HelpRequest.code).where(HelpRequest.number == number))
        if found is None or found == code:
            raise FieldError("number", N_("There is no other request of that number."))
        original = request_seen(session, actor, found).id
    _end(actor, now, code, Act.DUPLICATE, "", same_as=original)


def close(actor: Actor, now: datetime, code: str) -> None:
    """Put a finished request away. A repeat changes nothing."""
    with write() as session:
        row = request_to_change(session, actor, code)
        if is_repeat(Act.CLOSE, row.state):
            return
        move(session, actor, now, row, Act.CLOSE)
        row.ended_at = row.ended_at or now


def absent(actor: Actor, now: datetime, task_code: str, comment: str) -> None:
    """Who accepted did not come: recorded with a comment, and others are asked at once.

    Declining is never recorded so; only this is, and it may be appealed.

    Raises:
        FieldError: no comment.
        NotFound: no such task in scope.
    """
    actor.need(Right.DISPATCH)
    why = texts.required("comment", comment, LONGEST_REASON)
    with read() as session:
        code = session.scalar(
            select(HelpRequest.code)
            .join(Assignment, Assignment.request_id == HelpRequest.id)
            .where(Assignment.code == task_code)
        )
    chosen = _shortlist(actor, code or "", now)
    with write() as session:
        row = request_to_change(session, actor, code or "")
        task = held_by(session, row)
        if task is None or task.code != task_code:
            return
        task.absent = True
        note_absence(session, actor, now, task.volunteer_id, HoursSource.REQUEST, task.id, why)
        give_back(session, actor, now, row, task, why, chosen)


def give_back(
    session: Session,
    actor: Actor,
    now: datetime,
    row: HelpRequest,
    task: Assignment,
    reason: str,
    chosen: list[int],
) -> None:
    """Whoever held a locked request does not come: others are asked in the same moment."""
    task.ended_at = now
    move(session, actor, now, row, Act.RELEASE, reason, volunteer=task.volunteer_id)
    session.flush()
    ladder.begin(session, actor, now, row, chosen)


def need_called(row: HelpRequest) -> None:
    """危及生命先拨120: an emergency is offered once it was said who has called.

    Raises:
        FieldError: it was not.
    """
    if row.urgency is Urgency.EMERGENCY and row.called is None:
        raise FieldError("called", N_("First say who has called 120, or that it is not needed."))


def _make_ready(session: Session, actor: Actor, now: datetime, row: HelpRequest) -> None:
    need_called(row)
    row.held_for = None
    if row.state is RequestState.NEW:
        move(session, actor, now, row, Act.TRIAGE)


def _shortlist(actor: Actor, code: str, now: datetime) -> list[int]:
    with read() as session:
        key = request_seen(session, actor, code).id
    return ladder.shortlist(key, now)


def _end(
    actor: Actor,
    now: datetime,
    code: str,
    act: Act,
    reason: str,
    *,
    authority: str | None = None,
    same_as: int | None = None,
) -> None:
    why = texts.fitting("reason", reason, LONGEST_REASON)
    if act is not Act.DUPLICATE:
        why = texts.required("reason", reason, LONGEST_REASON)
    with write() as session:
        row = request_to_change(session, actor, code)
        if is_repeat(act, row.state):
            return
        end(session, actor, now, row, act, why, authority=authority, same_as=same_as)


def end(
    session: Session,
    actor: Actor,
    now: datetime,
    row: HelpRequest,
    act: Act,
    reason: str,
    *,
    authority: str | None = None,
    same_as: int | None = None,
) -> None:
    """End a locked request without a visit; who was asked or on the way is told."""
    at_the_door = row.state is RequestState.ON_SCENE
    move(session, actor, now, row, act, reason, authority=authority, same_as=same_as)
    row.ended_at, row.same_as_id = now, same_as
    told = end_offers(session, actor, now, row, Ended.WITHDRAWN)
    task = held_by(session, row)
    if task is not None and not at_the_door:
        task.ended_at = now
        told.append(task.volunteer_id)
    telling.over(session, now, row, told)

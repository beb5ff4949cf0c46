"""What a volunteer does with an offer and with the task that came of it.

The desk may do the same for somebody who telephones; the event says who did it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.engine import read, write
from db.events import record
from db.numbers import new_code
from db.photos import PhotoIn, store
from db.requests import ladder, telling
from db.requests.dispatching import give_back
from db.requests.parts import answer_event, end_offers, move
from db.requests.scope import offer_answered_by, task_held_by
from db.tables.requests import Assignment, HelpRequest, OfferRow
from db.tables.volunteers import ServiceHours
from db.upsert import upsert
from db.volunteers import hours
from domain import texts
from domain.errors import N_, Refused
from domain.offers import Answer, Ended, OfferGone, OfferState, Why, answered
from domain.people import Actor
from domain.requests import ASKING_STATES, Act, RequestState, is_repeat
from domain.service_hours import Source

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Accepted:
    """The task that an accepted offer became."""

    task_code: str
    state: RequestState


def accept(actor: Actor, now: datetime, offer_code: str) -> Accepted:
    """Take the request: the first to do so has it, and the others are told in the same moment.

    Two conditional updates and three unique indexes decide, whatever happens at once. A
    repeated tap shows the task that the first one made.

    Raises:
        NotFound: no such offer, or somebody else's.
        OfferGone: somebody was faster, or the offer ended.
        Refused: the volunteer holds another task.
    """
    with write() as session:
        offer, row, person = offer_answered_by(session, actor, offer_code)
        first = session.execute(
            update(HelpRequest)
            .where(HelpRequest.id == row.id, HelpRequest.state.in_(ASKING_STATES))
            .values(state=RequestState.ASSIGNED)
            .returning(HelpRequest.id)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        known = session.scalar(select(Assignment).where(Assignment.offer_id == offer.id))
        if known is not None and first is None:
            session.refresh(row)
            if known.ended_at is None or known.left_at is not None:
                return Accepted(known.code, row.state)
        won = session.execute(
            update(OfferRow)
            .where(OfferRow.id == offer.id, OfferRow.state == OfferState.SENT)
            .values(state=OfferState.ACCEPTED, answered_at=now)
            .returning(OfferRow.id)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        if first is None or won is None:
            raise OfferGone(
                N_("This offer is not open any more: somebody else has taken it, or it has ended.")
            )
        made = session.execute(
            upsert(session, Assignment)
            .values(
                code=new_code(),
                request_id=row.id,
                offer_id=offer.id,
                volunteer_id=person.id,
                accepted_at=now,
                absent=False,
            )
            .on_conflict_do_nothing()
            .returning(Assignment.code)
        ).scalar_one_or_none()
        if made is None:
            raise Refused(N_("You have another task open. Finish it first, or give it back."))
        session.expire_all()
        answer_event(session, actor, now, row, offer, Answer.ACCEPT)
        record(
            session,
            actor,
            now,
            "request_moved",
            case_id=row.case_id,
            request=row.id,
            act=Act.ACCEPT.value,
            volunteer=person.id,
        )
        others = end_offers(session, actor, now, row, Ended.TAKEN)
        telling.over(session, now, row, others)
        return Accepted(str(made), row.state)


def decline(actor: Actor, now: datetime, offer_code: str, why: Why = Why.OTHER) -> None:
    """Say no. It costs nothing; a routine request goes to the next at once.

    Raises:
        NotFound: no such offer, or somebody else's.
        OfferGone: it was accepted, or it ended.
    """
    with write() as session:
        offer, row, _ = offer_answered_by(session, actor, offer_code)
        session.refresh(row, with_for_update=True)
        session.refresh(offer, with_for_update=True)
        if answered(Answer.DECLINE, offer.state) is offer.state:
            return
        offer.state, offer.answered_at, offer.why = OfferState.DECLINED, now, why
        answer_event(session, actor, now, row, offer, Answer.DECLINE)
        key = row.id
    ladder.climb(key, now)


def set_out(actor: Actor, now: datetime, task_code: str) -> RequestState:
    """On my way."""
    return _step(actor, now, task_code, Act.SET_OUT)


def arrive(actor: Actor, now: datetime, task_code: str) -> RequestState:
    """At the door: hours of service begin."""
    return _step(actor, now, task_code, Act.ARRIVE)


def leave(
    actor: Actor,
    now: datetime,
    task_code: str,
    note: str = "",
    photo: PhotoIn | None = None,
) -> RequestState:
    """Finished: hours of service end, and wait for somebody else's confirmation.

    Raises:
        FieldError: the note is too long.
    """
    words = texts.fitting("note", note, LONGEST_NOTE)
    return _step(actor, now, task_code, Act.LEAVE, words, photo)


def release(actor: Actor, now: datetime, task_code: str, reason: str) -> None:
    """I cannot come after all: others are asked in the same moment. A repeat changes nothing.

    Raises:
        FieldError: no reason.
        ActRefused: already at the door.
    """
    why = texts.required("reason", reason, 200)
    with read() as session:
        chosen = ladder.shortlist(task_request(session, actor, task_code), now)
    with write() as session:
        task, row, _ = task_held_by(session, actor, task_code)
        if task.ended_at is None:
            give_back(session, actor, now, row, task, why, chosen)


def task_request(session: Session, actor: Actor, task_code: str) -> int:
    """The request of a task that is this person's to answer for."""
    return task_held_by(session, actor, task_code)[1].id


def _step(
    actor: Actor,
    now: datetime,
    task_code: str,
    act: Act,
    note: str = "",
    photo: PhotoIn | None = None,
) -> RequestState:
    with write() as session:
        task, row, person = task_held_by(session, actor, task_code)
        if task.left_at is not None or (task.ended_at is None and is_repeat(act, row.state)):
            return row.state
        handed_over = row.state is RequestState.TRANSFERRED and task.arrived_at is not None
        if task.ended_at is not None:
            raise OfferGone(
                N_("This task is not yours any more: it was given back, or the request ended.")
            )
        # Once 120 has taken over, the volunteer still leaves; the request stays where it is.
        if not (act is Act.LEAVE and handed_over):
            move(session, actor, now, row, act, volunteer=person.id, task=task.id)
        if act is Act.SET_OUT:
            task.set_out_at = now
        elif act is Act.ARRIVE:
            task.arrived_at = now
            hours.start(session, actor, now, person.id, Source.REQUEST, task.id)
        else:
            task.left_at = task.ended_at = now
            row.ended_at = row.ended_at or now
            task.note = note or None
            if photo is not None:
                task.photo_id = store(session, photo, now, case_id=row.case_id)
            _finish_hours(session, actor, now, task)
        return row.state


def _finish_hours(session: Session, actor: Actor, now: datetime, task: Assignment) -> None:
    key = session.scalar(
        select(ServiceHours.id).where(
            ServiceHours.volunteer_id == task.volunteer_id,
            ServiceHours.source == Source.REQUEST,
            ServiceHours.source_id == task.id,
            ServiceHours.corrects_id.is_(None),
        )
    )
    if key is not None:
        hours.finish(session, actor, now, key)

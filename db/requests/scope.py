"""Which requests, offers and tasks a person may touch: loaded and checked in one place."""

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from db.tables.requests import Assignment, HelpRequest, OfferRow
from db.tables.volunteers import VolunteerRow
from db.volunteers.scope import is_office, me, squad_led
from domain.errors import N_, NotFound
from domain.people import Actor, Right


def no_such_request() -> NotFound:
    """The answer for what is not there and for what is not yours."""
    return NotFound(N_("There is no such request, or it is not yours to see."))


def in_sight(session: Session, actor: Actor) -> ColumnElement[bool]:
    """The condition that a request is one that this dispatcher looks after.

    The office sees those of its estate; a squad leader those for the own squad and those for
    which no squad was named.
    """
    conditions: list[ColumnElement[bool]] = [true()]
    if actor.estate_id is not None:
        conditions.append(HelpRequest.estate_id == actor.estate_id)
    if not is_office(actor):
        led = squad_led(session, actor)
        conditions.append(or_(HelpRequest.squad.is_(None), HelpRequest.squad == led))
    return and_(*conditions)


def request_seen(session: Session, actor: Actor, code: str) -> HelpRequest:
    """A request by code, for reading.

    Raises:
        NotAllowed: the person does not dispatch.
        NotFound: there is none in scope.
    """
    actor.need(Right.DISPATCH)
    row = session.scalar(
        select(HelpRequest).where(HelpRequest.code == code, in_sight(session, actor))
    )
    if row is None:
        raise no_such_request()
    return row


def request_to_change(session: Session, actor: Actor, code: str) -> HelpRequest:
    """The same, locked until the transaction ends."""
    row = request_seen(session, actor, code)
    session.refresh(row, with_for_update=True)
    return row


def offer_answered_by(
    session: Session, actor: Actor, code: str
) -> tuple[OfferRow, HelpRequest, VolunteerRow]:
    """An offer by code for whom it was made to, or for the desk that they telephone.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = session.execute(
        select(OfferRow, HelpRequest, VolunteerRow)
        .join(HelpRequest, HelpRequest.id == OfferRow.request_id)
        .join(VolunteerRow, VolunteerRow.id == OfferRow.volunteer_id)
        .where(OfferRow.code == code)
    ).one_or_none()
    if found is None or not _is_mine(session, actor, found[2], found[1]):
        raise no_such_request()
    return found[0], found[1], found[2]


def task_held_by(
    session: Session, actor: Actor, code: str
) -> tuple[Assignment, HelpRequest, VolunteerRow]:
    """An assignment by code, its request locked, for its volunteer or for the desk.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = session.execute(
        select(Assignment, HelpRequest, VolunteerRow)
        .join(HelpRequest, HelpRequest.id == Assignment.request_id)
        .join(VolunteerRow, VolunteerRow.id == Assignment.volunteer_id)
        .where(Assignment.code == code)
    ).one_or_none()
    if found is None or not _is_mine(session, actor, found[2], found[1]):
        raise no_such_request()
    session.refresh(found[1], with_for_update=True)
    session.refresh(found[0], with_for_update=True)
    return found[0], found[1], found[2]


def _is_mine(session: Session, actor: Actor, person: VolunteerRow, request: HelpRequest) -> bool:
    own = me(session, actor)
    if own is not None and own.id == person.id and actor.may(Right.SERVE):
        return True
    if not actor.may(Right.DISPATCH):
        return False
    seen = select(HelpRequest.id).where(HelpRequest.id == request.id, in_sight(session, actor))
    return session.scalar(seen) is not None

"""What a unit says of itself: what it can offer, and what the next conference should hear."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.engine import write
from db.events import record
from db.numbers import new_code
from db.scope import code_typed
from db.tables import ServiceClass, Unit
from db.tables.conference import UnitOffer, UnitReport
from domain import texts
from domain.errors import N_, FieldError, NotAllowed, NotFound
from domain.people import Actor, Right

LONGEST_OFFER = 120
LONGEST_REPORT = 1_000


def offer(
    actor: Actor,
    now: datetime,
    *,
    service_class: ServiceClass,
    text: str,
    unit_code: str | None = None,
    key: str | None = None,
) -> str:
    """Register something that a unit can offer; returns its code.

    Args:
        unit_code: the unit that the office writes it down for; a unit's own person leaves it.

    Raises:
        FieldError: nothing was written.
        NotFound: no such unit.
    """
    text = texts.required("text", text, LONGEST_OFFER)
    with write() as session:
        unit = unit_to_speak_for(session, actor, unit_code)
        code = new_code()
        if (earlier := once.claim(session, key, code, now)) is not None:
            return earlier
        row = UnitOffer(
            code=code,
            unit_id=unit.id,
            service_class=service_class,
            text=text,
            account_id=actor.account_id,
            offered_at=now,
        )
        session.add(row)
        session.flush()
        record(session, actor, now, "unit_offered", unit=unit.id, offer=row.id)
        return code


def end_offer(actor: Actor, now: datetime, code: str) -> None:
    """It is offered no longer.

    Raises:
        NotFound: there is no such offer of this person's unit.
    """
    with write() as session:
        row = session.scalar(select(UnitOffer).where(UnitOffer.code == code_typed(code)))
        own = row is not None and actor.may(Right.DO_TASKS) and actor.unit_id == row.unit_id
        if row is None or not (own or actor.may(Right.HANDLE)):
            raise NotFound(N_("This offer is not there, or it is not yours."))
        if row.ended_at is None:
            row.ended_at = now
            record(session, actor, now, "unit_offer_ended", unit=row.unit_id, offer=row.id)


def report(
    actor: Actor, now: datetime, text: str, *, unit_code: str | None = None, key: str | None = None
) -> None:
    """What the unit reports to the next joint conference; it is on its agenda at once.

    Raises:
        FieldError: nothing was written.
    """
    text = texts.required("report", text, LONGEST_REPORT)
    with write() as session:
        unit = unit_to_speak_for(session, actor, unit_code)
        if once.claim(session, key, "unit_report", now) is not None:
            return
        row = UnitReport(
            code=new_code(), unit_id=unit.id, text=text, account_id=actor.account_id, at=now
        )
        session.add(row)
        session.flush()
        record(session, actor, now, "unit_reported", unit=unit.id, report=row.id)


def unit_to_speak_for(session: Session, actor: Actor, code: str | None) -> Unit:
    """The person's own unit, or for the office any that is active.

    Raises:
        NotAllowed: neither a unit's person nor the office.
        NotFound: no such unit, or another's.
    """
    if not actor.may(Right.HANDLE):
        actor.need(Right.DO_TASKS)
        if actor.unit_id is None:
            raise NotAllowed(N_("Your account belongs to no unit. Ask the community office."))
    if code is None:
        if actor.unit_id is None:
            raise FieldError("unit", N_("Choose a unit from the list."))
        unit = session.get(Unit, actor.unit_id)
    else:
        unit = session.scalar(select(Unit).where(Unit.code == code_typed(code)))
    mine = unit is not None and unit.id == actor.unit_id
    if unit is None or not unit.active or not (mine or actor.may(Right.HANDLE)):
        raise NotFound(N_("This unit is not there, or it is not yours to see."))
    return unit

"""Hours of service: arrival and departure noted, and confirmed by somebody else."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import write
from db.events import record
from db.numbers import new_code
from db.tables.volunteers import ServiceHours, VolunteerRow
from db.volunteers.scope import code_of, need_other, no_such_entry, volunteer_managed
from domain import texts
from domain.errors import N_, Refused
from domain.people import Actor, Right
from domain.service_hours import LONGEST, Source, check_span, whole_minute

LONGEST_NOTE = 500


def start(
    session: Session,
    actor: Actor,
    now: datetime,
    volunteer_id: int,
    source: Source,
    source_id: int | None = None,
) -> int:
    """Note an arrival; returns the row's id. A repeat for the same thing changes nothing."""
    if source_id is not None:
        known = session.scalar(
            select(ServiceHours.id).where(
                ServiceHours.volunteer_id == volunteer_id,
                ServiceHours.source == source,
                ServiceHours.source_id == source_id,
                ServiceHours.corrects_id.is_(None),
            )
        )
        if known is not None:
            return known
    row = _piece(actor, now, volunteer_id, source, source_id, whole_minute(now), None)
    session.add(row)
    session.flush()
    record(session, actor, now, "service_began", volunteer=volunteer_id, hours=row.id)
    return row.id


def finish(session: Session, actor: Actor, now: datetime, hours_id: int) -> bool:
    """Note a departure; False where it comes so late that it was forgotten.

    Such a row stays open: somebody enters the true time as a correction, nothing is guessed.
    A repeat changes nothing.
    """
    row = session.get(ServiceHours, hours_id, with_for_update=True)
    if row is None:
        raise no_such_entry()
    if row.left_at is not None:
        return True
    left = whole_minute(now)
    if left - row.arrived_at > LONGEST:
        return False
    row.left_at = left
    record(session, actor, now, "service_ended", volunteer=row.volunteer_id, hours=row.id)
    return True


def enter(
    actor: Actor,
    now: datetime,
    volunteer_code: str,
    *,
    source: Source,
    arrived_at: datetime,
    left_at: datetime,
    note: str = "",
) -> str:
    """Enter a piece of service that nobody noted while it went on; returns its code.

    It waits for a confirmation like every other.

    Raises:
        NotFound: no such volunteer of the actor's squad.
        Refused: times that cannot be.
    """
    actor.need(Right.DISPATCH)
    arrived, left = _times(arrived_at, left_at, now)
    with write() as session:
        person = volunteer_managed(session, actor, volunteer_code)
        row = _piece(actor, now, person.id, source, None, arrived, left)
        row.note = texts.fitting("note", note, LONGEST_NOTE) or None
        session.add(row)
        session.flush()
        record(session, actor, now, "service_entered", volunteer=person.id, hours=row.id)
        return row.code


def correct(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    arrived_at: datetime,
    left_at: datetime,
    note: str,
) -> str:
    """Replace a row by a new one, which waits for a confirmation; returns the new code.

    The volunteer may do it too, for a forgotten departure.

    Raises:
        NotFound: neither one's own nor of the actor's squad.
        Refused: times that cannot be, or a row that was corrected already.
        FieldError: no reason.
    """
    why = texts.required("note", note, LONGEST_NOTE)
    arrived, left = _times(arrived_at, left_at, now)
    with write() as session:
        row, person = _row(session, actor, code, own=True)
        following = select(ServiceHours.id).where(ServiceHours.corrects_id == row.id)
        if session.scalar(following) is not None:
            raise Refused(N_("This entry was corrected already. Correct the newest one."))
        fresh = _piece(actor, now, person.id, row.source, row.source_id, arrived, left)
        fresh.corrects_id, fresh.note = row.id, why
        session.add(fresh)
        session.flush()
        record(
            session,
            actor,
            now,
            "service_corrected",
            volunteer=person.id,
            hours=fresh.id,
            corrects=row.id,
        )
        return fresh.code


def confirm(actor: Actor, now: datetime, code: str) -> None:
    """Confirm a piece of service; the confirmer is not the volunteer. A repeat changes nothing.

    Raises:
        NotFound: not of the actor's squad.
        NotAllowed: one's own.
        Refused: it is not over.
    """
    actor.need(Right.DISPATCH)
    with write() as session:
        row, person = _row(session, actor, code, own=False)
        need_other(actor, person)
        if row.left_at is None:
            raise Refused(
                N_("The departure is missing. Ask when it was, and enter it as a correction.")
            )
        if row.confirmed_at is not None:
            return
        row.confirmed_at, row.confirmed_by = now, actor.account_id
        record(session, actor, now, "service_confirmed", volunteer=person.id, hours=row.id)


def _row(
    session: Session, actor: Actor, code: str, *, own: bool
) -> tuple[ServiceHours, VolunteerRow]:
    row = session.scalar(
        select(ServiceHours).where(ServiceHours.code == code_of(code)).with_for_update()
    )
    person = session.get(VolunteerRow, row.volunteer_id) if row else None
    if row is None or person is None:
        raise no_such_entry()
    if own and actor.account_id is not None and person.account_id == actor.account_id:
        return row, person
    volunteer_managed(session, actor, person.code)
    return row, person


def _times(arrived_at: datetime, left_at: datetime, now: datetime) -> tuple[datetime, datetime]:
    arrived, left = whole_minute(arrived_at), whole_minute(left_at)
    check_span(arrived, left)
    if left > now:
        raise Refused(N_("The departure lies in the future. Correct the time."))
    return arrived, left


def _piece(
    actor: Actor,
    now: datetime,
    volunteer_id: int,
    source: Source,
    source_id: int | None,
    arrived_at: datetime,
    left_at: datetime | None,
) -> ServiceHours:
    return ServiceHours(
        code=new_code(),
        volunteer_id=volunteer_id,
        source=source,
        source_id=source_id,
        arrived_at=arrived_at,
        left_at=left_at,
        entered_by=actor.account_id,
        entered_at=now,
    )

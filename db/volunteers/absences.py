"""Absences: accepted and then not there, with a comment, an appeal, and what became of it.

Declining is never written down here: it costs nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import read, write
from db.events import record
from db.numbers import new_code
from db.tables.volunteers import Absence, VolunteerRow
from db.volunteers.scope import (
    code_of,
    need_other,
    no_such_entry,
    own_row,
    volunteer_managed,
    volunteer_seen,
)
from domain import texts
from domain.errors import N_, Refused
from domain.people import Actor
from domain.service_hours import Source

LONGEST_COMMENT = 500


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """One absence; `stands` is None until an appeal is settled."""

    code: str
    source: Source
    happened_at: datetime
    comment: str
    appeal: str | None
    settled_at: datetime | None
    stands: bool | None


def note_absence(
    session: Session,
    actor: Actor,
    now: datetime,
    volunteer_id: int,
    source: Source,
    source_id: int,
    comment: str,
    *,
    happened_at: datetime | None = None,
) -> str:
    """Write down that somebody accepted and did not come, in the caller's transaction.

    A repeat for the same thing changes nothing.

    Raises:
        FieldError: no comment.
    """
    said = texts.required("comment", comment, LONGEST_COMMENT)
    known = session.scalar(
        select(Absence.code).where(
            Absence.volunteer_id == volunteer_id,
            Absence.source == source,
            Absence.source_id == source_id,
        )
    )
    if known is not None:
        return known
    row = Absence(
        code=new_code(),
        volunteer_id=volunteer_id,
        source=source,
        source_id=source_id,
        happened_at=happened_at or now,
        comment=said,
        recorded_by=actor.account_id,
        recorded_at=now,
    )
    session.add(row)
    session.flush()
    record(session, actor, now, "absence_noted", volunteer=volunteer_id, absence=row.id)
    return row.code


def appeal(actor: Actor, now: datetime, code: str, words: str) -> None:
    """The volunteer says how it was.

    Raises:
        NotFound: it is not one's own.
        Refused: an appeal was settled already.
        FieldError: no words.
    """
    said = texts.required("appeal", words, LONGEST_COMMENT)
    with write() as session:
        own = own_row(session, actor)
        row = session.scalar(
            select(Absence)
            .where(Absence.code == code_of(code), Absence.volunteer_id == own.id)
            .with_for_update()
        )
        if row is None:
            raise no_such_entry()
        if row.settled_at is not None:
            raise Refused(N_("This appeal was settled already. Talk to the community office."))
        row.appeal, row.appealed_at = said, now
        record(session, actor, now, "absence_appealed", volunteer=own.id, absence=row.id)


def settle(actor: Actor, now: datetime, code: str, *, stands: bool) -> None:
    """Settle an appeal; nobody settles their own, nor what they wrote down themselves.

    Raises:
        NotFound: not of the actor's squad.
        NotAllowed: one's own.
        Refused: no appeal was made, it was settled, or one wrote the absence down.
    """
    with write() as session:
        row = session.scalar(select(Absence).where(Absence.code == code_of(code)).with_for_update())
        person = session.get(VolunteerRow, row.volunteer_id) if row else None
        if row is None or person is None:
            raise no_such_entry()
        volunteer_managed(session, actor, person.code)
        need_other(actor, person)
        if row.appealed_at is None or row.settled_at is not None:
            raise Refused(N_("There is no open appeal here. Load the page again."))
        if actor.account_id is not None and row.recorded_by == actor.account_id:
            raise Refused(N_("You wrote this down yourself. Somebody else settles the appeal."))
        row.settled_at, row.settled_by, row.stands = now, actor.account_id, stands
        record(
            session,
            actor,
            now,
            "absence_settled",
            volunteer=person.id,
            absence=row.id,
            stands=stands,
        )


def absences_of(actor: Actor, code: str) -> list[AbsenceView]:
    """What is written down of one volunteer, the newest first."""
    with read() as session:
        return views(session, volunteer_seen(session, actor, code))


def views(session: Session, person: VolunteerRow) -> list[AbsenceView]:
    """The same within a transaction, for the volunteer's own side too."""
    rows = session.scalars(
        select(Absence)
        .where(Absence.volunteer_id == person.id)
        .order_by(Absence.happened_at.desc())
    )
    return [
        AbsenceView(
            row.code,
            row.source,
            row.happened_at,
            row.comment,
            row.appeal,
            row.settled_at,
            row.stands,
        )
        for row in rows
    ]

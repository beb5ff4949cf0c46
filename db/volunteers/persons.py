"""What the squads keep of a person, given out or erased when they ask for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.tables import Account, Photo, PhotoBytes
from db.tables.volunteers import (
    Absence,
    Availability,
    ServiceHours,
    SkillRow,
    VolunteerConsent,
    VolunteerRow,
)
from db.volunteers.people import depart
from domain.people import Actor
from domain.volunteers import Consent

ERASED = "—"


def in_squads(session: Session, phone: str) -> list[VolunteerRow]:
    """The volunteers with this number."""
    query = select(VolunteerRow).where(VolunteerRow.phone == phone).order_by(VolunteerRow.id)
    return list(session.scalars(query))


def told(session: Session, rows: list[VolunteerRow]) -> dict[str, Any]:
    """All of it in words, for the person to read."""
    return {"volunteer": [_told(session, row) for row in rows]}


def erase(session: Session, actor: Actor, now: datetime, rows: list[VolunteerRow]) -> list[str]:
    """Take the person out of the rows; returns the names that were in them.

    They leave the squad, and the minutes that they served stay, as nobody's.
    """
    names = []
    for row in rows:
        names.append(row.name)
        depart(session, actor, now, row)
        row.name, row.initials, row.phone = ERASED, "", None
        row.can_do = row.cannot_do = ""
        row.quiet_from = row.quiet_to = row.insured_until = None
        photos = [
            key
            for key in session.scalars(
                select(SkillRow.photo_id).where(SkillRow.volunteer_id == row.id)
            )
            if key is not None
        ]
        for table in (SkillRow, Availability):
            session.execute(delete(table).where(table.volunteer_id == row.id))
        session.execute(delete(PhotoBytes).where(PhotoBytes.photo_id.in_(photos)))
        session.execute(delete(Photo).where(Photo.id.in_(photos)))
        session.execute(
            update(VolunteerConsent)
            .where(VolunteerConsent.volunteer_id == row.id, VolunteerConsent.withdrawn_at.is_(None))
            .values(withdrawn_at=now)
        )
        session.execute(
            update(ServiceHours).where(ServiceHours.volunteer_id == row.id).values(note=None)
        )
        session.execute(
            update(Absence)
            .where(Absence.volunteer_id == row.id)
            .values(comment=ERASED, appeal=None)
        )
        if row.account_id is not None:
            account = session.get_one(Account, row.account_id)
            if not account.active:  # it was the volunteer's alone
                account.name, account.initials = ERASED, ""
        session.flush()
    return names


def _told(session: Session, row: VolunteerRow) -> dict[str, Any]:
    skills = session.scalars(select(SkillRow).where(SkillRow.volunteer_id == row.id))
    consents = session.scalars(
        select(VolunteerConsent).where(VolunteerConsent.volunteer_id == row.id)
    )
    hours = session.scalars(
        select(ServiceHours)
        .where(ServiceHours.volunteer_id == row.id)
        .order_by(ServiceHours.arrived_at)
    )
    absences = session.scalars(select(Absence).where(Absence.volunteer_id == row.id))
    return {
        "name": row.name,
        "number": row.number,
        "squad": row.squad.value,
        "joined_on": row.joined_on.isoformat(),
        "left_on": row.left_on and row.left_on.isoformat(),
        "insured_until": row.insured_until and row.insured_until.isoformat(),
        "can_do": row.can_do,
        "cannot_do": row.cannot_do,
        "skills": [{"kind": one.kind.value, "proof": one.proof} for one in skills],
        "consents": [
            {
                "to": Consent(one.consent).value,
                "given_at": _shown(one.given_at),
                "withdrawn_at": _shown(one.withdrawn_at),
            }
            for one in consents
        ],
        "hours": [
            {
                "for": one.source.value,
                "arrived_at": _shown(one.arrived_at),
                "left_at": _shown(one.left_at),
                "note": one.note,
            }
            for one in hours
        ],
        "absences": [
            {"at": _shown(one.happened_at), "comment": one.comment, "appeal": one.appeal}
            for one in absences
        ],
    }


def _shown(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None

"""Skills of volunteers with their proof; they count once somebody else has seen it."""

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db import photos
from db.engine import read, write
from db.events import record
from db.tables import PhotoBytes
from db.tables.volunteers import SkillRow, VolunteerRow
from db.volunteers.scope import me, need_other, no_such_entry, volunteer_managed
from domain import texts
from domain.people import Actor, Right
from domain.photos import PhotoIn
from domain.skills import SkillKind

LONGEST_PROOF = 200


def add_skill(
    actor: Actor,
    now: datetime,
    code: str,
    kind: SkillKind,
    proof: str,
    *,
    valid_until: date | None = None,
    photo: PhotoIn | None = None,
) -> int:
    """Enter a skill or a new proof of it, which somebody has to verify; returns its row id.

    The volunteer may do it too.

    Args:
        proof: what was shown, such as the number of a licence.
        valid_until: the last day on which the proof counts.

    Raises:
        NotFound: neither oneself nor of the actor's squad.
        FieldError: no proof.
    """
    shown = texts.required("proof", proof, LONGEST_PROOF)
    with write() as session:
        person = _person(session, actor, code)
        row = session.scalar(
            select(SkillRow).where(SkillRow.volunteer_id == person.id, SkillRow.kind == kind)
        )
        if row is None:
            row = SkillRow(volunteer_id=person.id, kind=kind)
            session.add(row)
        row.proof, row.valid_until = shown, valid_until
        row.verified_at = row.verified_by = None
        if photo is not None:
            row.photo_id = photos.store(session, photo, now)
        session.flush()
        record(session, actor, now, "skill_entered", volunteer=person.id, skill=row.id)
        return row.id


def verify_skill(actor: Actor, now: datetime, skill_id: int) -> None:
    """Say that one has seen the proof; nobody verifies their own. A repeat changes nothing.

    Raises:
        NotFound: not of the actor's squad.
        NotAllowed: one's own.
    """
    with write() as session:
        row, person = _skill(session, actor, skill_id)
        need_other(actor, person)
        if row.verified_at is not None:
            return
        row.verified_at, row.verified_by = now, actor.account_id
        record(session, actor, now, "skill_verified", volunteer=person.id, skill=row.id)


def drop_skill(actor: Actor, now: datetime, skill_id: int) -> None:
    """Take a skill away that was entered by mistake or is no longer offered."""
    with write() as session:
        row, person = _skill(session, actor, skill_id)
        session.execute(delete(SkillRow).where(SkillRow.id == row.id))
        record(session, actor, now, "skill_dropped", volunteer=person.id, skill=skill_id)


def proof_photo(actor: Actor, skill_id: int) -> bytes:
    """The photo of a proof, as JPEG, for whoever verifies it.

    Raises:
        NotFound: not of the actor's squad, or there is no photo.
    """
    with read() as session:
        row, _ = _skill(session, actor, skill_id)
        data = session.get(PhotoBytes, row.photo_id) if row.photo_id else None
        if data is None:
            raise no_such_entry()
        return data.full


def _person(session: Session, actor: Actor, code: str) -> VolunteerRow:
    own = me(session, actor)
    if own is not None and own.code == code and actor.may(Right.SERVE):
        return own
    return volunteer_managed(session, actor, code)


def _skill(session: Session, actor: Actor, skill_id: int) -> tuple[SkillRow, VolunteerRow]:
    actor.need(Right.DISPATCH)
    row = session.get(SkillRow, skill_id)
    person = session.get(VolunteerRow, row.volunteer_id) if row else None
    if row is None or person is None:
        raise no_such_entry()
    return row, volunteer_managed(session, actor, person.code)

"""Storm patrol 暴雨排查: who is out and back, what was found, and nobody left out at its end."""

from datetime import datetime

from sqlalchemy import select

from db import once
from db.engine import batch, write
from db.events import record
from db.photos import PhotoIn, store
from db.rounds.patrol_scope import member_to_change, patrol_to_change, point_to_check
from db.rounds.scope import open_file
from db.tables import Photo
from db.tables.rounds import PatrolCheck, PatrolMember
from db.volunteers import hours
from domain import texts
from domain.errors import N_, FieldError, Refused
from domain.patrols import Finding, Member, Where, check_close
from domain.people import Actor, Right
from domain.service_hours import Source

LONGEST_NOTE = 500


def check_in(actor: Actor, now: datetime, member_code: str) -> None:
    """A member has arrived; their hours begin. A repeat changes nothing."""
    with write() as session:
        member, _ = member_to_change(session, actor, member_code)
        if member.checked_in_at is not None:
            return
        member.checked_in_at, member.absent_at = now, None
        hours.start(session, actor, now, member.volunteer_id, Source.PATROL, member.patrol_id)
        record(
            session,
            actor,
            now,
            "patrol_in",
            patrol=member.patrol_id,
            volunteer=member.volunteer_id,
        )


def check_out(actor: Actor, now: datetime, member_code: str) -> None:
    """A member is back safely; their hours end. A repeat changes nothing.

    Raises:
        Refused: they never checked in.
    """
    with write() as session:
        member, _ = member_to_change(session, actor, member_code)
        if member.checked_out_at is not None:
            return
        if member.checked_in_at is None:
            raise Refused(N_("Check in first."))
        member.checked_out_at = now
        began = hours.start(
            session, actor, now, member.volunteer_id, Source.PATROL, member.patrol_id
        )
        hours.finish(session, actor, now, began)
        record(
            session,
            actor,
            now,
            "patrol_out",
            patrol=member.patrol_id,
            volunteer=member.volunteer_id,
        )


def did_not_come(actor: Actor, now: datetime, member_code: str) -> None:
    """A member did not come; who leads the patrol says so, and the member may still come later.

    Raises:
        Refused: they did.
    """
    actor.need(Right.DISPATCH)
    with write() as session:
        member, _ = member_to_change(session, actor, member_code)
        if member.checked_in_at is not None:
            raise Refused(N_("This person has checked in."))
        if member.absent_at is None:
            member.absent_at = now
            record(
                session,
                actor,
                now,
                "patrol_absent",
                patrol=member.patrol_id,
                volunteer=member.volunteer_id,
            )


def check_point(
    actor: Actor,
    now: datetime,
    point_code: str,
    *,
    finding: Finding,
    note: str = "",
    photo: PhotoIn | None = None,
    into: str | None = None,
    once_key: str | None = None,
) -> str | None:
    """A point was looked at; a hazard opens a file at once, whose code is returned.

    Args:
        into: code of an open file that the hazard belongs to; no new file is made then.

    Raises:
        FieldError: a hazard without words.
        NotFound: no point of a patrol that this person walks or leads.
        Refused: the patrol is over, or the person has not checked in or is back.
    """
    words = texts.fitting("note", note, LONGEST_NOTE)
    if finding is Finding.HAZARD and not words:
        raise FieldError("note", N_("Say what the hazard is."))
    with batch() as session:
        point, patrol, volunteer_id = point_to_check(session, actor, point_code)
        if once.claim(session, once_key, "check", now) is not None:
            return None
        case_id, case_code, photo_id = None, None, None
        if finding is Finding.HAZARD:
            taken = open_file(
                actor,
                now,
                f"{point.name}：{words}",
                estate_id=patrol.estate_id,
                building_id=point.building_id,
                photos=[photo] if photo is not None else [],
                into=into,
            )
            case_id, case_code = taken.case_id, taken.case_code
            of_report = select(Photo.id).where(Photo.report_id == taken.report_id)
            photo_id = session.scalars(of_report).first()
        elif photo is not None:
            photo_id = store(session, photo, now)
        row = PatrolCheck(
            point_id=point.id,
            volunteer_id=volunteer_id,
            account_id=actor.account_id,
            at=now,
            finding=finding,
            note=words or None,
            photo_id=photo_id,
            case_id=case_id,
        )
        session.add(row)
        session.flush()
        record(
            session,
            actor,
            now,
            "patrol_checked",
            case_id=case_id,
            patrol=patrol.id,
            point=point.id,
            finding=finding.value,
        )
        return case_code


def end_patrol(actor: Actor, now: datetime, code: str) -> None:
    """End a patrol; a repeat changes nothing.

    Raises:
        Refused: somebody is not accounted for.
    """
    actor.need(Right.DISPATCH)
    with write() as session:
        patrol = patrol_to_change(session, actor, code)
        if patrol.ended_at is not None:
            return
        query = select(PatrolMember).where(PatrolMember.patrol_id == patrol.id)
        members = [member_of(row) for row in session.scalars(query)]
        check_close(members)
        patrol.ended_at, patrol.ended_by = now, actor.account_id
        back = sum(one.where is Where.BACK for one in members)
        record(session, actor, now, "patrol_ended", patrol=patrol.id, back=back)


def member_of(row: PatrolMember) -> Member:
    """The row as the rules see it."""
    return Member(row.volunteer_id, row.checked_in_at, row.checked_out_at, row.absent_at)

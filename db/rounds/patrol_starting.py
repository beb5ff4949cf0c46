"""A patrol is started: an estate's points from its template, and insured people in pairs."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.engine import write
from db.events import record
from db.lists import name_taken
from db.numbers import new_code
from db.outbox.post import announce, notify
from db.rounds.scope import need_estate, no_such_entry
from db.tables import Building
from db.tables.rounds import (
    Patrol,
    PatrolMember,
    PatrolPoint,
    PatrolTemplate,
    PatrolTemplatePoint,
)
from db.tables.volunteers import VolunteerRow
from db.upsert import upsert
from domain import texts
from domain.errors import N_, FieldError
from domain.names import clean_line, clean_name
from domain.outbox import Recipient
from domain.patrols import MOST_POINTS, check_pairs, share_out
from domain.people import Actor, Right


def save_template(
    actor: Actor,
    now: datetime,
    *,
    estate_id: int,
    name: str,
    points: str,
    once_key: str | None = None,
) -> str:
    """Keep an estate's points, one a line; a line that begins with a building's name is there.

    Returns the template's code.

    Raises:
        FieldError: no name, a name that is taken, no point or too many.
        NotFound: the estate is not in this person's scope.
    """
    actor.need(Right.DISPATCH)
    named, code = clean_name("name", name), new_code()
    lines = [line for line in map(clean_line, points.splitlines()) if line]
    if not 1 <= len(lines) <= MOST_POINTS:
        raise FieldError("points", N_("Write one point a line, at most {n}."), n=MOST_POINTS)
    for line in lines:
        texts.fitting("points", line, texts.LONGEST_LINE)
    with write() as session:
        need_estate(session, actor, estate_id)
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        made = session.execute(
            upsert(session, PatrolTemplate)
            .values(code=code, estate_id=estate_id, name=named)
            .on_conflict_do_nothing()
            .returning(PatrolTemplate.id)
        ).scalar_one_or_none()
        if made is None:
            raise name_taken()
        query = select(Building).where(Building.estate_id == estate_id)
        buildings = sorted(session.scalars(query), key=lambda row: -len(row.name))
        for place, line in enumerate(lines):
            at = next((row.id for row in buildings if line.startswith(row.name)), None)
            session.add(
                PatrolTemplatePoint(template_id=made, position=place, name=line, building_id=at)
            )
        record(session, actor, now, "patrol_template_added", template=made)
        return code


def start_patrol(
    actor: Actor,
    now: datetime,
    template_code: str,
    *,
    title: str,
    pairs: Sequence[Sequence[int]],
    once_key: str | None = None,
) -> str:
    """Start a patrol of a template's points; its people are told. Returns the patrol's code.

    Args:
        pairs: volunteers' ids; the points are shared out among the pairs in their order.

    Raises:
        FieldError: no title, or people who may not go together.
        NotFound: no such template in scope.
    """
    actor.need(Right.DISPATCH)
    named, code = clean_name("title", title), new_code()
    with write() as session:
        template = session.scalar(
            select(PatrolTemplate).where(PatrolTemplate.code == template_code)
        )
        if template is None or not actor.sees_estate(template.estate_id):
            raise no_such_entry()
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        check_pairs(pairs, _insured(session, pairs), now)
        patrol = Patrol(
            code=code,
            title=named,
            estate_id=template.estate_id,
            started_at=now,
            started_by=actor.account_id,
        )
        session.add(patrol)
        session.flush()
        _points(session, patrol, template, len(pairs))
        for number, pair in enumerate(pairs):
            for volunteer in pair:
                session.add(
                    PatrolMember(
                        code=new_code(), patrol_id=patrol.id, volunteer_id=volunteer, pair=number
                    )
                )
                to = Recipient(volunteer_id=volunteer)
                notify(session, now, to=to, kind="patrol_called", words={}, urgent=True)
        announce(session, now, kind="patrol_called", words={}, urgent=True)
        record(session, actor, now, "patrol_started", patrol=patrol.id, pairs=len(pairs))
        return code


def _insured(session: Session, pairs: Sequence[Sequence[int]]) -> dict[int, date | None]:
    ids = {person for pair in pairs for person in pair}
    query = select(VolunteerRow.id, VolunteerRow.insured_until).where(
        VolunteerRow.id.in_(ids), VolunteerRow.left_on.is_(None)
    )
    return dict(session.execute(query).all())


def _points(session: Session, patrol: Patrol, template: PatrolTemplate, pairs: int) -> None:
    query = (
        select(PatrolTemplatePoint)
        .where(PatrolTemplatePoint.template_id == template.id)
        .order_by(PatrolTemplatePoint.position)
    )
    rows = session.scalars(query).all()
    for row, pair in zip(rows, share_out(len(rows), pairs), strict=True):
        session.add(
            PatrolPoint(
                code=new_code(),
                patrol_id=patrol.id,
                position=row.position,
                name=row.name,
                building_id=row.building_id,
                pair=pair,
            )
        )
    session.flush()

"""What is known of patrols: templates, the list, one of them live, and a volunteer's own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.engine import read
from db.rounds.patrols import member_of
from db.rounds.scope import no_such_entry
from db.tables import Case, Estate, PhotoBytes
from db.tables.rounds import (
    Patrol,
    PatrolCheck,
    PatrolMember,
    PatrolPoint,
    PatrolTemplate,
    PatrolTemplatePoint,
)
from db.tables.volunteers import VolunteerRow
from db.volunteers.scope import own_row
from domain.days import local_day
from domain.patrols import Coverage, Finding, Where, coverage
from domain.people import Actor, Right

SHOWN = 20


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template with how many points it has."""

    code: str
    name: str
    estate: str
    points: int


@dataclass(frozen=True, slots=True)
class Walker:
    """Somebody who may be chosen for a patrol."""

    id: int
    name: str
    squad: str


@dataclass(frozen=True, slots=True)
class PointView:
    """A point with its last check."""

    code: str
    name: str
    pair: int
    finding: Finding | None
    checked_at: datetime | None
    by: str
    note: str
    case_code: str | None
    case_number: str | None
    has_photo: bool


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody of a patrol."""

    code: str
    name: str
    pair: int
    where: Where
    checked_in_at: datetime | None
    checked_out_at: datetime | None


@dataclass(frozen=True, slots=True)
class PatrolView:
    """A patrol as it stands.

    Args:
        mine: the code of the person who looks, where they walk it themselves.
    """

    code: str
    title: str
    estate: str
    started_at: datetime
    ended_at: datetime | None
    points: tuple[PointView, ...]
    members: tuple[MemberView, ...]
    mine: str | None = None

    @property
    def coverage(self) -> Coverage:
        """How far it is."""
        return coverage(point.finding for point in self.points)


def templates(actor: Actor) -> list[TemplateView]:
    """The templates of the estates in scope."""
    actor.need(Right.DISPATCH)
    query = (
        select(PatrolTemplate, Estate.name, func.count(PatrolTemplatePoint.id))
        .join(Estate, Estate.id == PatrolTemplate.estate_id)
        .join(PatrolTemplatePoint, PatrolTemplatePoint.template_id == PatrolTemplate.id)
        .group_by(PatrolTemplate.id, Estate.name)
        .order_by(PatrolTemplate.estate_id, PatrolTemplate.name)
    )
    if actor.estate_id is not None:
        query = query.where(PatrolTemplate.estate_id == actor.estate_id)
    with read() as session:
        return [
            TemplateView(row.code, row.name, estate, points)
            for row, estate, points in session.execute(query)
        ]


def walkers(actor: Actor, now: datetime) -> list[Walker]:
    """Volunteers who may patrol today: those with insurance, by squad and name."""
    actor.need(Right.DISPATCH)
    today = local_day(now)
    query = (
        select(VolunteerRow)
        .where(VolunteerRow.left_on.is_(None), VolunteerRow.insured_until >= today)
        .order_by(VolunteerRow.squad.desc(), VolunteerRow.initials, VolunteerRow.id)
    )
    with read() as session:
        return [Walker(row.id, row.name, row.squad.value) for row in session.scalars(query)]


def patrols(actor: Actor) -> list[PatrolView]:
    """The latest patrols of the estates in scope, the running ones first."""
    actor.need(Right.DISPATCH)
    query = (
        select(Patrol)
        .order_by(Patrol.ended_at.is_not(None), Patrol.started_at.desc(), Patrol.id.desc())
        .limit(SHOWN)
    )
    if actor.estate_id is not None:
        query = query.where(Patrol.estate_id == actor.estate_id)
    with read() as session:
        return [_view(session, row) for row in session.scalars(query).all()]


def patrol(actor: Actor, code: str) -> PatrolView:
    """One patrol as it stands now.

    Raises:
        NotFound: there is none in scope.
    """
    actor.need(Right.DISPATCH)
    with read() as session:
        row = session.scalar(select(Patrol).where(Patrol.code == code))
        if row is None or not actor.sees_estate(row.estate_id):
            raise no_such_entry()
        return _view(session, row)


def my_patrols(actor: Actor) -> list[PatrolView]:
    """The running patrols that this volunteer walks, with all points and who else is out.

    Raises:
        NotAllowed: the account is nobody's of the squads.
    """
    with read() as session:
        own = own_row(session, actor)
        query = (
            select(Patrol, PatrolMember.code)
            .join(PatrolMember, PatrolMember.patrol_id == Patrol.id)
            .where(PatrolMember.volunteer_id == own.id, Patrol.ended_at.is_(None))
            .order_by(Patrol.started_at)
        )
        return [_view(session, row, mine) for row, mine in session.execute(query).all()]


def point_photo(actor: Actor, point_code: str, *, small: bool = True) -> bytes | None:
    """The photo of a point's last check, for who leads patrols in its estate.

    Raises:
        NotFound: there is no such point in scope.
    """
    actor.need(Right.DISPATCH)
    with read() as session:
        query = select(PatrolPoint, Patrol.estate_id).join(
            Patrol, Patrol.id == PatrolPoint.patrol_id
        )
        found = session.execute(query.where(PatrolPoint.code == point_code)).one_or_none()
        if found is None or not actor.sees_estate(found[1]):
            raise no_such_entry()
        column = PhotoBytes.thumb if small else PhotoBytes.full
        picture = (
            select(column)
            .join(PatrolCheck, PatrolCheck.photo_id == PhotoBytes.photo_id)
            .where(PatrolCheck.point_id == found[0].id)
            .order_by(PatrolCheck.id.desc())
        )
        return session.scalars(picture).first()


def _view(session: Session, row: Patrol, mine: str | None = None) -> PatrolView:
    return PatrolView(
        code=row.code,
        title=row.title,
        estate=session.get_one(Estate, row.estate_id).name,
        started_at=row.started_at,
        ended_at=row.ended_at,
        points=_points(session, row.id),
        members=_members(session, row.id),
        mine=mine,
    )


def _points(session: Session, patrol_id: int) -> tuple[PointView, ...]:
    last = (
        select(func.max(PatrolCheck.id))
        .join(PatrolPoint, PatrolPoint.id == PatrolCheck.point_id)
        .where(PatrolPoint.patrol_id == patrol_id)
        .group_by(PatrolCheck.point_id)
    )
    checks = select(PatrolCheck).where(PatrolCheck.id.in_(last)).subquery()
    query = (
        select(PatrolPoint, PatrolCheck, VolunteerRow.name, Case.code, Case.number)
        .outerjoin(checks, checks.c.point_id == PatrolPoint.id)
        .outerjoin(PatrolCheck, PatrolCheck.id == checks.c.id)
        .outerjoin(VolunteerRow, VolunteerRow.id == PatrolCheck.volunteer_id)
        .outerjoin(Case, Case.id == PatrolCheck.case_id)
        .where(PatrolPoint.patrol_id == patrol_id)
        .order_by(PatrolPoint.position)
    )
    return tuple(
        PointView(
            code=point.code,
            name=point.name,
            pair=point.pair,
            finding=check.finding if check else None,
            checked_at=check.at if check else None,
            by=name or "",
            note=(check.note or "") if check else "",
            case_code=case_code,
            case_number=number,
            has_photo=check is not None and check.photo_id is not None,
        )
        for point, check, name, case_code, number in session.execute(query).all()
    )


def _members(session: Session, patrol_id: int) -> tuple[MemberView, ...]:
    query = (
        select(PatrolMember, VolunteerRow.name)
        .join(VolunteerRow, VolunteerRow.id == PatrolMember.volunteer_id)
        .where(PatrolMember.patrol_id == patrol_id)
        .order_by(PatrolMember.pair, PatrolMember.id)
    )
    return tuple(
        MemberView(
            row.code, name, row.pair, member_of(row).where, row.checked_in_at, row.checked_out_at
        )
        for row, name in session.execute(query)
    )

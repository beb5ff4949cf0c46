"""Which patrols, members and points a person may change; all rows are locked by their patrol."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.rounds.scope import no_such_entry
from db.tables.rounds import Patrol, PatrolMember, PatrolPoint
from db.volunteers.scope import me
from domain.errors import N_, Refused
from domain.people import Actor, Right


def patrol_to_change(session: Session, actor: Actor, code: str) -> Patrol:
    """A patrol by code, locked, for who dispatches in its estate.

    Raises:
        NotFound: there is none in scope.
    """
    row = session.scalar(select(Patrol).where(Patrol.code == code).with_for_update())
    if row is None or not _leads(actor, row):
        raise no_such_entry()
    return row


def member_to_change(session: Session, actor: Actor, code: str) -> tuple[PatrolMember, Patrol]:
    """A member: oneself, or anybody of a patrol that one leads.

    Raises:
        NotFound: it is somebody else.
        Refused: the patrol is over.
    """
    member = session.scalar(select(PatrolMember).where(PatrolMember.code == code))
    if member is None:
        raise no_such_entry()
    patrol = session.get_one(Patrol, member.patrol_id, with_for_update=True)
    session.refresh(member)
    if not _leads(actor, patrol) and member.volunteer_id != _own_id(session, actor):
        raise no_such_entry()
    _need_running(patrol)
    return member, patrol


def point_to_check(
    session: Session, actor: Actor, code: str
) -> tuple[PatrolPoint, Patrol, int | None]:
    """A point, its patrol, and the volunteer who this is, if they walk it.

    Raises:
        NotFound: no point of a patrol that this person walks or leads.
        Refused: the patrol is over, or they have not checked in or are back.
    """
    point = session.scalar(select(PatrolPoint).where(PatrolPoint.code == code))
    if point is None:
        raise no_such_entry()
    patrol = session.get_one(Patrol, point.patrol_id, with_for_update=True)
    own = _own_id(session, actor)
    member = session.scalar(
        select(PatrolMember).where(
            PatrolMember.patrol_id == patrol.id, PatrolMember.volunteer_id == own
        )
    )
    if member is None:
        if not _leads(actor, patrol):
            raise no_such_entry()
        _need_running(patrol)
        return point, patrol, None
    _need_running(patrol)
    if member.checked_in_at is None or member.checked_out_at is not None:
        raise Refused(N_("Check in first; who has checked out has ended their patrol."))
    return point, patrol, own


def _need_running(patrol: Patrol) -> None:
    if patrol.ended_at is not None:
        raise Refused(N_("This patrol is over."))


def _leads(actor: Actor, patrol: Patrol) -> bool:
    return actor.may(Right.DISPATCH) and actor.sees_estate(patrol.estate_id)


def _own_id(session: Session, actor: Actor) -> int | None:
    """The volunteer whom this account stands for; -1, which is nobody's, for none."""
    row = me(session, actor) if actor.may(Right.SERVE) else None
    return row.id if row is not None and row.left_on is None else -1

"""Which poll a person may touch, and whom it asks."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.scope import code_typed
from db.tables import Building, Case, Household
from db.tables.polls import Poll
from domain.errors import N_, NotFound, Refused
from domain.people import Actor
from domain.polls import PollState, state


def no_such_poll() -> NotFound:
    """The answer for a poll that is not there and for one that is not yours."""
    return NotFound(N_("There is no such poll, or it is not yours to see."))


def poll_seen(session: Session, actor: Actor, code: str) -> Poll:
    """The poll by its code, to be read.

    Raises:
        NotFound: it is not there, or another estate's.
    """
    poll = session.scalar(select(Poll).where(Poll.code == code_typed(code)))
    if poll is None or not actor.sees_estate(poll.estate_id):
        raise no_such_poll()
    return poll


def poll_to_change(session: Session, actor: Actor, code: str) -> tuple[Poll, Case]:
    """The poll with its file, both locked: the file first, as every move of it does."""
    poll = poll_seen(session, actor, code)
    case = session.scalars(select(Case).where(Case.id == poll.case_id).with_for_update()).one()
    session.refresh(poll, with_for_update=True)
    return poll, case


def need_open(poll: Poll, now: datetime) -> None:
    """Refuse what needs a poll that still takes answers.

    Raises:
        Refused: it was withdrawn, or its time is over.
    """
    standing = state(poll.closes_at, poll.withdrawn_at, now)
    if standing is PollState.WITHDRAWN:
        raise Refused(N_("This poll was withdrawn. No answer is needed any more."))
    if standing is PollState.CLOSED:
        raise Refused(N_("This poll is closed. It takes no more answers."))


def buildings_of(poll: Poll) -> ColumnElement[bool]:
    """The buildings that a poll asks."""
    if poll.building_id is not None:
        return Building.id == poll.building_id
    return Building.estate_id == poll.estate_id


def asks(session: Session, poll: Poll, household_id: int | None) -> bool:
    """Whether the poll asks this household."""
    if household_id is None or household_id > poll.newest_household_id:
        return False
    query = (
        select(Household.id)
        .join(Building, Building.id == Household.building_id)
        .where(Household.id == household_id, buildings_of(poll))
    )
    return session.scalar(query) is not None


def households_in(
    session: Session, where: ColumnElement[bool], newest: int | None = None
) -> Mapping[int, int]:
    """How many households each of the buildings has, in the order of people's counting.

    Args:
        newest: households entered after this one do not count.
    """
    query = (
        select(Building.id, func.count(Household.id))
        .join(Household, Household.building_id == Building.id)
        .where(where)
        .group_by(Building.id, Building.position, Building.name)
        .order_by(Building.position, Building.name)
    )
    if newest is not None:
        query = query.where(Household.id <= newest)
    return dict(session.execute(query).all())

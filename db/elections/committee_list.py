"""The committees of the estates as people read them: who sits, who waits, what is due."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.elections.terms import members_of, term_on
from db.engine import read
from db.tables import Estate
from db.tables.elections import CommitteeTerm
from db.votes.scope import vote_seen
from domain.committees import Left, Office, file_by, first_meeting_by
from domain.days import local_day
from domain.errors import N_, NotFound
from domain.people import Actor, Right


@dataclass(frozen=True, slots=True)
class MemberView:
    """One name of the list.

    Args:
        sits: in a seat today.
    """

    id: int
    position: int
    name: str
    office: Office
    sits: bool
    sits_from: date | None
    left_on: date | None
    left: Left | None
    left_note: str | None


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee.

    Args:
        file_by: last day to file it; `first_meeting_by`: to choose its chair.
        free: seats that nobody fills.
    """

    term_id: int
    estate_id: int
    estate: str
    seats: int
    free: int
    elected_on: date
    begins_on: date
    ends_on: date
    years_source: str
    file_by: date
    first_meeting_by: date
    filed_on: date | None
    filed_number: str | None
    members: tuple[MemberView, ...]

    @property
    def sitting(self) -> tuple[MemberView, ...]:
        """Who sits today."""
        return tuple(one for one in self.members if one.sits)

    @property
    def waiting(self) -> tuple[MemberView, ...]:
        """Alternates who may still step up, in their order."""
        return tuple(one for one in self.members if one.sits_from is None and one.left_on is None)


def committees(actor: Actor, now: datetime) -> tuple[Committee, ...]:
    """The committee in office of each estate that this person sees, where there is one."""
    actor.need(Right.RUN_VOTES)
    with read() as session:
        query = select(Estate.id).order_by(Estate.id)
        if actor.estate_id is not None:
            query = query.where(Estate.id == actor.estate_id)
        terms = [term_on(session, one, local_day(now)) for one in session.scalars(query)]
        return tuple(_view(session, term, now) for term in terms if term is not None)


def committee_of(actor: Actor, estate_id: int, now: datetime) -> Committee | None:
    """The committee in office of one estate; None while there is none.

    Raises:
        NotFound: the estate is not this person's.
    """
    actor.need(Right.RUN_VOTES)
    if not actor.sees_estate(estate_id):
        raise NotFound(N_("There is no such estate, or it is not yours."))
    with read() as session:
        term = term_on(session, estate_id, local_day(now))
        return _view(session, term, now) if term else None


def committee_by_vote(actor: Actor, code: str, now: datetime) -> Committee | None:
    """The committee that an election brought; None until its list is made.

    Raises:
        NotFound: there is no such vote, or it is not yours.
    """
    actor.need(Right.RUN_VOTES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        term = session.scalar(select(CommitteeTerm).where(CommitteeTerm.vote_id == vote.id))
        return _view(session, term, now) if term else None


def _view(session: Session, term: CommitteeTerm, now: datetime) -> Committee:
    today = local_day(now)
    members = tuple(
        MemberView(
            id=row.id,
            position=row.position,
            name=row.name,
            office=row.office,
            sits=row.sits_from is not None
            and row.sits_from <= today
            and (row.left_on is None or row.left_on > today),
            sits_from=row.sits_from,
            left_on=row.left_on,
            left=row.left,
            left_note=row.left_note,
        )
        for row in members_of(session, term.id)
    )
    return Committee(
        term_id=term.id,
        estate_id=term.estate_id,
        estate=session.get_one(Estate, term.estate_id).name,
        seats=term.seats,
        free=term.seats - sum(one.sits for one in members),
        elected_on=term.elected_on,
        begins_on=term.begins_on,
        ends_on=term.ends_on,
        years_source=term.years_source,
        file_by=file_by(term.elected_on),
        first_meeting_by=first_meeting_by(term.elected_on),
        filed_on=term.filed_on,
        filed_number=term.filed_number,
        members=members,
    )

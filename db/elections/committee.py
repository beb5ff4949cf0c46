"""The committee 业主委员会: taken over from a published election, filed, its seats filled anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import once
from db.elections.group import election_to_change
from db.elections.terms import members_of, note_term, term_on
from db.engine import write
from db.tables import Estate
from db.tables.elections import CommitteeMember, CommitteeTerm
from db.tables.roll import Owner
from db.tables.votes import Question
from db.votes.results import result_of
from domain import texts
from domain.committees import TERM_SOURCE, Office, term_ends
from domain.days import local_day
from domain.errors import N_, FieldError, NotFound, Refused
from domain.names import clean_name, key_of
from domain.people import Actor, Right
from domain.thresholds import committee_size_allowed
from domain.votes import Stage


@dataclass(frozen=True, slots=True)
class Sitting:
    """A member of a committee that was elected before this house kept its elections."""

    name: str
    office: Office = Office.MEMBER
    owner_id: int | None = None


def take_over(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    begins_on: date,
    years: int,
    years_source: str = "",
    key: str | None = None,
) -> int:
    """Make the committee's list of a published election; returns the term's id.

    Args:
        begins_on: the first day of the term; a committee before it ends the day before.
        years_source: the rule that sets them; the guideline's five at most where it is empty.

    Raises:
        FieldError: a term that no rule allows, or one that begins before its election.
        Refused: the result is not published, or nobody was elected.
    """
    with write() as session:
        vote = election_to_change(session, actor, now, code, Stage.PUBLISHED)
        if once.claim(session, key, "committee", now) is not None:
            return _term_of_vote(session, vote.id)
        if session.scalar(select(CommitteeTerm.id).where(CommitteeTerm.vote_id == vote.id)):
            raise Refused(N_("This committee is on the list already."))
        seating = result_of(session, vote).seating
        if not seating.elected or vote.closes_at is None:
            raise Refused(N_("Nobody was elected. The assembly must vote again."))
        elected_on = local_day(vote.closes_at)
        if begins_on < elected_on:
            raise FieldError("begins_on", N_("The term cannot begin before the election."))
        owners = dict(
            session.execute(
                select(Question.name, Question.owner_id).where(Question.vote_id == vote.id)
            ).all()
        )
        _end_before(session, vote.estate_id, begins_on)
        term = CommitteeTerm(
            estate_id=vote.estate_id,
            vote_id=vote.id,
            seats=vote.seats or len(seating.elected),
            elected_on=elected_on,
            begins_on=begins_on,
            ends_on=term_ends(begins_on, years),
            years_source=texts.fitting("years_source", years_source, 200) or TERM_SOURCE,
            recorded_at=now,
            recorded_by=actor.account_id,
        )
        session.add(term)
        session.flush()
        _seat(session, term, seating.elected, owners, Office.MEMBER, begins_on)
        _seat(session, term, seating.alternates, owners, Office.ALTERNATE, None)
        session.flush()
        note_term(session, actor, now, "committee_seated", term, elected=len(seating.elected))
        return term.id


def enter(
    actor: Actor,
    now: datetime,
    *,
    estate_id: int,
    elected_on: date,
    years: int,
    years_source: str,
    members: Sequence[Sitting],
    alternates: Sequence[str] = (),
    key: str | None = None,
) -> int:
    """Write down a committee that sits already; returns the term's id.

    Raises:
        FieldError: not 5, 7, 9 or 11 seats' worth of members, a name twice, a wrong day.
    """
    actor.need(Right.RUN_VOTES)
    names = [clean_name("members", one.name, 40) for one in members]
    waiting = [clean_name("alternates", one, 40) for one in alternates]
    if not committee_size_allowed(len(names)):
        raise FieldError("members", N_("A committee has 5, 7, 9 or 11 members."))
    if len({key_of(one) for one in (*names, *waiting)}) < len(names) + len(waiting):
        raise FieldError("members", N_("A name stands there twice."))
    if sum(one.office is Office.CHAIR for one in members) > 1:
        raise FieldError("members", N_("A committee has one chair."))
    if elected_on > local_day(now):
        raise FieldError("elected_on", N_("This day is still to come."))
    with write() as session:
        if session.get(Estate, estate_id) is None or not actor.sees_estate(estate_id):
            raise NotFound(N_("There is no such estate, or it is not yours."))
        if once.claim(session, key, "committee", now) is not None:
            return _newest(session, estate_id)
        owners = _owners_of(session, estate_id, names)
        _end_before(session, estate_id, elected_on)
        term = CommitteeTerm(
            estate_id=estate_id,
            seats=len(names),
            elected_on=elected_on,
            begins_on=elected_on,
            ends_on=term_ends(elected_on, years),
            years_source=texts.fitting("years_source", years_source, 200) or TERM_SOURCE,
            recorded_at=now,
            recorded_by=actor.account_id,
        )
        session.add(term)
        session.flush()
        _seat(session, term, names, owners, Office.MEMBER, elected_on)
        _seat(session, term, waiting, {}, Office.ALTERNATE, None)
        session.flush()
        rows = {key_of(row.name): row for row in members_of(session, term.id)}
        for one in members:
            if one.office is not Office.ALTERNATE:
                rows[key_of(one.name)].office = one.office
        note_term(session, actor, now, "committee_entered", term, elected=len(names))
        return term.id


def _seat(
    session: Session,
    term: CommitteeTerm,
    names: Sequence[str],
    owners: Mapping[str, int | None],
    office: Office,
    since: date | None,
) -> None:
    taken = session.scalar(
        select(func.max(CommitteeMember.position)).where(CommitteeMember.term_id == term.id)
    )
    session.add_all(
        CommitteeMember(
            term_id=term.id,
            position=(taken or 0) + place,
            name=name,
            owner_id=owners.get(name),
            office=office,
            sits_from=since,
        )
        for place, name in enumerate(names, start=1)
    )
    session.flush()


def _end_before(session: Session, estate_id: int, day: date) -> None:
    """A new committee ends the one that would still sit."""
    before = term_on(session, estate_id, day)
    if before is not None:
        before.ends_on = max(before.begins_on, day - timedelta(days=1))


def _owners_of(session: Session, estate_id: int, names: Sequence[str]) -> dict[str, int | None]:
    """Owners by name, where the roll knows exactly one."""
    found: dict[str, list[int]] = {}
    query = select(Owner.id, Owner.name).where(
        Owner.estate_id == estate_id, Owner.name.in_(names), Owner.merged_into_id.is_(None)
    )
    for owner, name in session.execute(query):
        found.setdefault(name, []).append(owner)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}


def _term_of_vote(session: Session, vote_id: int) -> int:
    return session.scalar(select(CommitteeTerm.id).where(CommitteeTerm.vote_id == vote_id)) or 0


def _newest(session: Session, estate_id: int) -> int:
    query = select(func.max(CommitteeTerm.id)).where(CommitteeTerm.estate_id == estate_id)
    return session.scalar(query) or 0

"""A committee's seats after the election: offices, the filing, who leaves and who steps up."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from db import once
from db.elections.terms import (
    members_of,
    no_such_committee,
    note_term,
    sitting_on,
    term_to_change,
)
from db.engine import write
from db.tables.elections import CommitteeMember, CommitteeTerm
from domain import texts
from domain.committees import Left, Office, Place, steps_up
from domain.days import local_day
from domain.errors import N_, FieldError, Refused
from domain.people import Actor


def name_offices(
    actor: Actor,
    now: datetime,
    term_id: int,
    chair: int,
    vices: Sequence[int] = (),
    key: str | None = None,
) -> None:
    """Record whom the committee chose as chair and vice chairs, by members' ids.

    Raises:
        FieldError: somebody who does not sit, or one person twice.
    """
    with write() as session:
        term = term_to_change(session, actor, term_id)
        if once.claim(session, key, "offices", now) is not None:
            return
        sitting = {row.id: row for row in sitting_on(session, term, local_day(now))}
        if chair not in sitting or set(vices) - set(sitting) or chair in vices:
            raise FieldError("chair", N_("Choose members who sit, each for one office."))
        for row in sitting.values():
            row.office = Office.VICE if row.id in vices else Office.MEMBER
        sitting[chair].office = Office.CHAIR
        note_term(session, actor, now, "offices_named", term, chair=chair)


def record_filing(
    actor: Actor, now: datetime, term_id: int, filed_on: date, number: str, key: str | None = None
) -> None:
    """Record the filing 备案 with the number of its receipt.

    Raises:
        FieldError: a day before the election or to come.
    """
    with write() as session:
        term = term_to_change(session, actor, term_id)
        if once.claim(session, key, "filed", now) is not None:
            return
        if not term.elected_on <= filed_on <= local_day(now):
            raise FieldError("filed_on", N_("The filing lies between the election and today."))
        term.filed_on = filed_on
        term.filed_number = texts.fitting("filed_number", number, 60) or None
        term.filed_by = actor.account_id
        note_term(session, actor, now, "committee_filed", term, filed_on=filed_on.isoformat())


def leave(
    actor: Actor,
    now: datetime,
    member_id: int,
    *,
    left_on: date,
    left: Left,
    words: str = "",
    key: str | None = None,
) -> str | None:
    """Record that a member left; the first alternate steps up and is named, None if there is none.

    An alternate who no longer waits leaves in the same way, and nobody steps up.

    Raises:
        FieldError: a day before the member sat, or to come.
    """
    with write() as session:
        row = session.get(CommitteeMember, member_id)
        if row is None:
            raise no_such_committee()
        term = term_to_change(session, actor, row.term_id)
        if once.claim(session, key, "left", now) is not None:
            return None
        if row.left_on is not None:
            raise Refused(N_("This member left already."))
        if not (row.sits_from or term.elected_on) <= left_on <= local_day(now):
            raise FieldError("left_on", N_("The day lies between the election and today."))
        row.left_on, row.left = left_on, left
        row.left_note = texts.fitting("left_note", words, 300) or None
        sat = row.sits_from is not None
        row.office = Office.MEMBER if sat else Office.ALTERNATE
        note_term(session, actor, now, "member_left", term, member=row.id, left=left.value)
        follower = _step_up(session, term, left_on) if sat else None
        if follower is not None:
            note_term(session, actor, now, "member_stepped_up", term, member=follower.id)
        return follower.name if follower else None


def _step_up(session: Session, term: CommitteeTerm, on: date) -> CommitteeMember | None:
    rows = {row.id: row for row in members_of(session, term.id)}
    places = [
        Place(key, row.sits_from is not None, row.left_on is not None) for key, row in rows.items()
    ]
    turn = steps_up(places)
    if turn is None:
        return None
    rows[turn].sits_from, rows[turn].office = on, Office.MEMBER
    return rows[turn]

"""Candidates of an election: entered, changed, withdrawn and cleared until the notice is posted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db import once
from db.elections.group import BEFORE_OPENING, election_to_change
from db.engine import write
from db.photos import store
from db.roll.rules import rules_of
from db.tables.elections import CandidateDisplay
from db.tables.roll import Owner
from db.tables.votes import Question, Vote
from db.votes.scope import asked, note
from domain import texts
from domain.candidacy import DECLARED, Obstacle
from domain.days import local_day
from domain.errors import N_, FieldError, NotFound, Refused
from domain.names import clean_name, key_of
from domain.people import Actor
from domain.photos import PhotoIn
from domain.timetable import Period, in_force, objections_until
from domain.votes import Stage

LONGEST_STATEMENT = 2_000
MOST_CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class CandidateIn:
    """A candidate as the form has it.

    Args:
        name: as it stands on the ballot, unique in the election.
        owner_id: who that is on the owners' roll; None while that is not found out.
        statement: what the candidate says to the owners.
        office: what they stand for, where the ballot tells it.
        recommended: who put them forward.
        seen_on: the day their signed declaration was seen; None: not yet.
        admits: obstacles that stand in it.
        photo: None keeps the one that is there.
    """

    name: str
    owner_id: int | None = None
    statement: str = ""
    office: str = ""
    recommended: str = ""
    seen_on: date | None = None
    admits: tuple[Obstacle, ...] = ()
    photo: PhotoIn | None = None


def add_candidate(
    actor: Actor, now: datetime, code: str, candidate: CandidateIn, key: str | None = None
) -> int:
    """Enter a candidate while the election is prepared; returns the candidate's id.

    Raises:
        FieldError: a field that must be mended, or a name that stands there already.
    """
    with write() as session:
        vote = election_to_change(session, actor, now, code, Stage.PREPARING)
        if once.claim(session, key, "candidate", now) is not None:
            return _latest(session, vote)
        last = session.scalar(
            select(func.max(Question.position)).where(Question.vote_id == vote.id)
        )
        if len(asked(session, vote)) >= MOST_CANDIDATES:
            raise FieldError("name", N_("At most {most} candidates."), most=MOST_CANDIDATES)
        row = Question(vote_id=vote.id, position=(last or 0) + 1, name="", text="")
        _fill(session, vote, row, candidate, now)
        session.add(row)
        session.flush()
        _changed(session, actor, now, vote, "candidate_entered", row)
        return row.id


def change_candidate(
    actor: Actor,
    now: datetime,
    code: str,
    candidate_id: int,
    candidate: CandidateIn,
    key: str | None = None,
) -> None:
    """Change what is written of a candidate; obstacles that were cleared stay so."""
    with write() as session:
        vote = election_to_change(session, actor, now, code, Stage.PREPARING)
        if once.claim(session, key, "candidate", now) is not None:
            return
        row = _candidate(session, vote, candidate_id)
        _fill(session, vote, row, candidate, now)
        session.flush()
        _changed(session, actor, now, vote, "candidate_changed", row)


def withdraw_candidate(
    actor: Actor, now: datetime, code: str, candidate_id: int, reason: str, key: str | None = None
) -> None:
    """Take a candidate off the list before the notice; afterwards the list is fixed."""
    said = texts.required("reason", reason, 500)
    with write() as session:
        vote = election_to_change(session, actor, now, code, Stage.PREPARING)
        if once.claim(session, key, "withdrawn", now) is not None:
            return
        row = _candidate(session, vote, candidate_id)
        row.withdrawn_at = now
        row.about = {**(row.about or {}), "withdrawn": said}
        _changed(session, actor, now, vote, "candidate_withdrawn", row)


def clear_obstacle(
    actor: Actor,
    now: datetime,
    code: str,
    candidate_id: int,
    obstacle: Obstacle,
    reason: str,
    key: str | None = None,
) -> None:
    """Write down why an obstacle does not stand against a candidate; until the vote opens.

    An empty reason takes it back.
    """
    said = texts.fitting("reason", reason, 500)
    with write() as session:
        vote = election_to_change(session, actor, now, code, *BEFORE_OPENING)
        if once.claim(session, key, "cleared", now) is not None:
            return
        row = _candidate(session, vote, candidate_id)
        cleared = {
            name: why
            for name, why in ((row.about or {}).get("cleared") or {}).items()
            if name != obstacle.value
        }
        if said:
            cleared[obstacle.value] = said
        row.about = {**(row.about or {}), "cleared": cleared}
        note(
            session,
            actor,
            now,
            vote,
            "obstacle_cleared" if said else "obstacle_restored",
            candidate=row.id,
            obstacle=obstacle.value,
        )


def waive_number(
    actor: Actor, now: datetime, code: str, reason: str, key: str | None = None
) -> None:
    """Write down why there may be fewer candidates than 1.2 a seat; empty takes it back."""
    said = texts.fitting("waived", reason, 500)
    with write() as session:
        vote = election_to_change(session, actor, now, code, *BEFORE_OPENING)
        if once.claim(session, key, "waived", now) is not None:
            return
        vote.waived = said or None
        note(session, actor, now, vote, "number_waived" if said else "number_asked_again")


def display(
    actor: Actor, now: datetime, code: str, displayed_on: date, key: str | None = None
) -> date:
    """Record that the candidates are displayed 公示; returns the last day for objections.

    Raises:
        FieldError: a day that is to come.
        Refused: nobody stands.
    """
    with write() as session:
        vote = election_to_change(session, actor, now, code, *BEFORE_OPENING)
        number = in_force(
            rules_of(session, vote.estate_id, displayed_on).numbers, Period.OBJECTION, displayed_on
        )
        until = objections_until(displayed_on, number.days)
        if once.claim(session, key, "displayed", now) is not None:
            return until
        if displayed_on > local_day(now):
            raise FieldError("displayed_on", N_("Record the display once it hangs."))
        if not asked(session, vote):
            raise Refused(N_("Enter the candidates first."))
        _end_display(session, vote, now)
        session.add(
            CandidateDisplay(
                vote_id=vote.id,
                displayed_on=displayed_on,
                until_on=until,
                days_source=number.source,
                recorded_at=now,
                recorded_by=actor.account_id,
            )
        )
        note(
            session,
            actor,
            now,
            vote,
            "candidates_displayed",
            displayed_on=displayed_on.isoformat(),
            until_on=until.isoformat(),
        )
        return until


def _latest(session: Session, vote: Vote) -> int:
    return session.scalar(select(func.max(Question.id)).where(Question.vote_id == vote.id)) or 0


def _candidate(session: Session, vote: Vote, candidate_id: int) -> Question:
    row = session.get(Question, candidate_id)
    if row is None or row.vote_id != vote.id or row.withdrawn_at is not None:
        raise NotFound(N_("There is no such candidate any more. Open the page again."))
    return row


def _fill(
    session: Session, vote: Vote, row: Question, candidate: CandidateIn, now: datetime
) -> None:
    name = clean_name("name", candidate.name, 40)
    taken = session.execute(
        select(Question.id, Question.name).where(Question.vote_id == vote.id)
    ).all()
    if any(one.id != row.id and key_of(one.name) == key_of(name) for one in taken):
        raise FieldError(
            "name", N_("This name stands there already. Add the building to tell them apart.")
        )
    if candidate.owner_id is not None:
        owner = session.get(Owner, candidate.owner_id)
        if owner is None or owner.estate_id != vote.estate_id or owner.erased_at is not None:
            raise FieldError("owner", N_("Choose an owner of this estate."))
    if candidate.seen_on is not None and candidate.seen_on > local_day(now):
        raise FieldError("seen_on", N_("This day is still to come."))
    if not set(candidate.admits) <= set(DECLARED):
        raise FieldError("admits", N_("This is looked up and not declared."))
    row.name = name
    row.text = texts.fitting("statement", candidate.statement, LONGEST_STATEMENT)
    row.owner_id = candidate.owner_id
    about = {
        "office": texts.fitting("office", candidate.office, 40),
        "recommended": texts.fitting("recommended", candidate.recommended, 120),
        "seen_on": candidate.seen_on.isoformat() if candidate.seen_on else None,
        "admits": sorted(one.value for one in candidate.admits),
        "cleared": (row.about or {}).get("cleared") or {},
    }
    row.about = about
    if candidate.photo is not None:
        row.photo_id = store(session, candidate.photo, now)


def _changed(
    session: Session, actor: Actor, now: datetime, vote: Vote, kind: str, row: Question
) -> None:
    _end_display(session, vote, now)
    note(session, actor, now, vote, kind, candidate=row.id, position=row.position)


def _end_display(session: Session, vote: Vote, now: datetime) -> None:
    session.execute(
        update(CandidateDisplay)
        .where(CandidateDisplay.vote_id == vote.id, CandidateDisplay.ended_at.is_(None))
        .values(ended_at=now)
    )

"""The conference is held: opened, who is there, item by item, ended."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db import moving, once, tasks
from db.conference.filling import upcoming
from db.conference.helping import ask
from db.conference.planning import stored
from db.conference.scope import conference_to_change, key_of, need_whole_office, open_item
from db.engine import batch, write
from db.events import record
from db.tables import Case, Decision, Unit
from db.tables.conference import AgendaItem, Conference, ConferencePresence
from domain import texts
from domain.agenda import DECIDABLE, Result
from domain.days import day_end, local_day
from domain.errors import N_, FieldError, Refused
from domain.moves import Move, State
from domain.people import Actor

LONGEST_WORDS = 2_000
LONGEST_GUESTS = 300


def open_conference(actor: Actor, now: datetime, key: str | None = None) -> str:
    """Begin the planned conference: its agenda is fixed as it stands; returns its code.

    Raises:
        Refused: none is planned, or its day has not come.
    """
    need_whole_office(actor)
    with write() as session:
        conference = conference_to_change(session)
        if once.claim(session, key, "conference", now) is not None or conference.opened_at:
            return conference.code
        if local_day(now) < local_day(conference.meets_at):
            raise Refused(N_("Its day has not come. Move the conference, if it is held today."))
        entries = upcoming(session, conference, now)
        standing = {entry.key for entry in entries}
        rows = session.scalars(
            select(AgendaItem).where(
                AgendaItem.conference_id == conference.id, AgendaItem.left_out_at.is_(None)
            )
        )
        for row in list(rows):
            if key_of(row) not in standing:  # ordered by hand once, and decided meanwhile
                session.delete(row)
        session.flush()
        stored(session, actor, conference, entries)
        conference.opened_at, conference.opened_by = now, actor.account_id
        record(
            session, actor, now, "conference_opened", conference=conference.id, items=len(entries)
        )
        return conference.code


def record_presence(
    actor: Actor, now: datetime, units: Sequence[int], guests: str = "", key: str | None = None
) -> None:
    """Who is there; may be corrected until the conference ends.

    Raises:
        FieldError: no unit was ticked, or one that is not active.
    """
    need_whole_office(actor)
    guests = texts.fitting("guests", guests, LONGEST_GUESTS)
    with write() as session:
        conference = conference_to_change(session)
        if once.claim(session, key, "presence", now) is not None:
            return
        if conference.opened_at is None:
            raise Refused(N_("Open the conference first."))
        known = set(session.scalars(select(Unit.id).where(Unit.active)))
        if not units or set(units) - known:
            raise FieldError("units", N_("Tick who is there."))
        session.execute(
            delete(ConferencePresence).where(ConferencePresence.conference_id == conference.id)
        )
        session.add_all(
            ConferencePresence(conference_id=conference.id, unit_id=unit)
            for unit in dict.fromkeys(units)
        )
        conference.guests = guests or None
        record(
            session,
            actor,
            now,
            "attendance_recorded",
            conference=conference.id,
            units=len(set(units)),
        )


def decide_item(
    actor: Actor,
    now: datetime,
    item_code: str,
    *,
    lead_unit_id: int,
    due_on: date,
    words: str,
    assisting: Sequence[int] = (),
    help_wanted: str = "",
    key: str | None = None,
) -> None:
    """议定: who leads, who assists, by when; the file is handed over in the same moment.

    What was given before is taken back and given anew. Until the conference ends it may be
    decided again.

    Args:
        help_wanted: what all partner units are asked to help with; empty for nothing.

    Raises:
        FieldError: a field that must be mended.
        Refused: there is no file, it stands where nothing can be decided, or a poll is open.
    """
    need_whole_office(actor)
    words = texts.required("words", words, LONGEST_WORDS)
    with batch() as session:
        conference = conference_to_change(session)
        item, case = open_item(session, conference, item_code)
        if once.claim(session, key, "decide_item", now) is not None:
            return
        if case is None:
            raise Refused(N_("There is no file to hand over. Note what was said instead."))
        if case.state not in DECIDABLE:
            raise Refused(N_("Nothing can be handed over from here. Note it, or put it off."))
        decision = _decided(session, actor, now, case, lead_unit_id, due_on, words, assisting)
        decision.agenda_item_id = item.id
        if help_wanted.strip():
            ask(session, actor, now, case, help_wanted)
        _settle(session, actor, now, item, Result.DECIDED, decision.note_id, decision.id)


def _decided(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    lead_unit_id: int,
    due_on: date,
    words: str,
    assisting: Sequence[int],
) -> Decision:
    """Bring the file from wherever it stands to its new lead."""
    if case.state in (State.NEW, State.REOPENED):
        moving.apply(session, actor, now, case, Move.ACCEPT)
    elif case.state is State.DOING:
        moving.apply(session, actor, now, case, Move.RECALL, words)
    if case.state is State.DELIBERATING:
        tasks.decide(
            actor,
            now,
            case.code,
            lead_unit_id=lead_unit_id,
            due_on=due_on,
            words=words,
            assisting=assisting,
        )
        latest = select(Decision).where(Decision.case_id == case.id).order_by(Decision.id.desc())
        return session.scalars(latest.limit(1)).one()
    # Decided before: the conference says anew who leads, and the file goes there at once.
    tasks.give(actor, now, case.code, unit_id=lead_unit_id, due_on=due_on, assisting=assisting)
    note = moving.add_note(session, actor, now, case, Move.DECIDE.value, words, public=True)
    row = Decision(
        case_id=case.id,
        round=case.round,
        lead_unit_id=lead_unit_id,
        due_at=day_end(due_on),
        note_id=note,
        decided_at=now,
    )
    session.add(row)
    session.flush()
    return row


def note_item(
    actor: Actor, now: datetime, item_code: str, words: str, key: str | None = None
) -> None:
    """Heard and noted: nothing is handed over.

    Raises:
        FieldError: nothing was written.
    """
    _said(actor, now, item_code, words, Result.NOTED, key)


def postpone_item(
    actor: Actor, now: datetime, item_code: str, words: str, key: str | None = None
) -> None:
    """Put off to the next conference, with the reason.

    Raises:
        FieldError: nothing was written.
    """
    _said(actor, now, item_code, words, Result.POSTPONED, key)


def _said(
    actor: Actor, now: datetime, item_code: str, words: str, result: Result, key: str | None
) -> None:
    need_whole_office(actor)
    words = texts.required("words", words, LONGEST_WORDS)
    with write() as session:
        conference = conference_to_change(session)
        item, case = open_item(session, conference, item_code)
        if once.claim(session, key, "settle_item", now) is not None:
            return
        if item.result is Result.DECIDED:
            raise Refused(N_("This was decided and handed over. Decide anew to change it."))
        note = None
        if case is None:
            item.words = words
        else:
            note = moving.add_note(session, actor, now, case, "conference", words)
        _settle(session, actor, now, item, result, note)


def _settle(
    session: Session,
    actor: Actor,
    now: datetime,
    item: AgendaItem,
    result: Result,
    note: int | None,
    decision: int | None = None,
) -> None:
    item.result, item.settled_at, item.note_id = result, now, note
    record(
        session,
        actor,
        now,
        "conference_settled",
        case_id=item.case_id,
        item=item.id,
        conference=item.conference_id,
        result=result.value,
        # The words stand beside the move that the decision made.
        note=None if result is Result.DECIDED else note,
        decision=decision,
    )


def end_conference(actor: Actor, now: datetime, key: str | None = None) -> str:
    """End it: what nobody settled is put off to the next; returns the conference's code.

    Raises:
        FieldError: nobody was ticked as present.
        Refused: it was not opened.
    """
    need_whole_office(actor)
    with write() as session:
        conference = conference_to_change(session)
        if once.claim(session, key, "conference", now) is not None:
            return conference.code
        if conference.opened_at is None:
            raise Refused(N_("Open the conference first."))
        there = select(ConferencePresence.id).where(
            ConferencePresence.conference_id == conference.id
        )
        if session.scalar(there.limit(1)) is None:
            raise FieldError("units", N_("Tick who is there."))
        left = _unsettled(session, conference)
        for item in left:
            item.result, item.settled_at = Result.POSTPONED, now
        conference.ended_at, conference.running = now, None
        record(session, actor, now, "conference_ended", conference=conference.id, put_off=len(left))
        return conference.code


def _unsettled(session: Session, conference: Conference) -> list[AgendaItem]:
    query = select(AgendaItem).where(
        AgendaItem.conference_id == conference.id,
        AgendaItem.left_out_at.is_(None),
        AgendaItem.result.is_(None),
    )
    return list(session.scalars(query))

"""The next conference: planned, its agenda ordered by hand, items added and left out."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.conference.filling import upcoming
from db.conference.scope import (
    conference_to_change,
    key_typed,
    need_whole_office,
    next_conference,
)
from db.engine import write
from db.events import record
from db.numbers import new_code
from db.scope import case_to_change
from db.tables.conference import AgendaItem, Conference
from db.upsert import advisory_lock
from domain import texts
from domain.agenda import Entry, Key, Kind, Result, Source, moved
from domain.errors import N_, FieldError, Refused
from domain.people import Actor

LONGEST_PLACE = 80
LONGEST_REASON = 300


def plan(
    actor: Actor, now: datetime, *, meets_at: datetime, place: str, key: str | None = None
) -> str:
    """Plan the next conference, or move the one that is planned; returns its code.

    What the last one put off and has no file comes along.

    Raises:
        FieldError: no place, or a time that has passed.
        Refused: a conference is running.
    """
    need_whole_office(actor)
    place = " ".join(texts.required("place", place, LONGEST_PLACE).split())
    if meets_at < now:
        raise FieldError("meets_at", N_("This time has passed. Choose a later one."))
    with write() as session:
        advisory_lock(session, "conference")
        row = next_conference(session)
        if once.claim(session, key, "conference", now) is not None and row is not None:
            return row.code
        if row is not None and row.opened_at is not None:
            raise Refused(N_("A joint conference is running. End it before the next is planned."))
        if row is None:
            row = Conference(
                code=new_code(),
                meets_at=meets_at,
                place=place,
                planned_by=actor.account_id,
                running=True,
            )
            session.add(row)
            session.flush()
            _bring_along(session, actor, row)
        row.meets_at, row.place = meets_at, place
        record(session, actor, now, "conference_planned", conference=row.id)
        return row.code


def _bring_along(session: Session, actor: Actor, conference: Conference) -> None:
    last = session.scalar(
        select(Conference.id)
        .where(Conference.ended_at.is_not(None))
        .order_by(Conference.opened_at.desc(), Conference.id.desc())
        .limit(1)
    )
    rows = session.scalars(
        select(AgendaItem).where(
            AgendaItem.conference_id == last,
            AgendaItem.result == Result.POSTPONED,
            AgendaItem.case_id.is_(None),
            AgendaItem.report_id.is_(None),
        )
    )
    for row in list(rows):
        session.add(
            AgendaItem(
                code=new_code(),
                conference_id=conference.id,
                source=Source.POSTPONED,
                since=row.settled_at or row.since,
                title=row.title,
                reason=row.words or row.reason,
                added_by=actor.account_id,
            )
        )


def move(actor: Actor, now: datetime, ref: str, *, up: bool) -> None:
    """Move an item of the planned agenda one place; the order of all is kept from then on.

    Raises:
        FieldError: it is not on the agenda any more.
        Refused: no conference is planned, or it was opened.
    """
    need_whole_office(actor)
    with write() as session:
        conference = _planned(session)
        key = key_typed(session, actor, ref)
        entries = upcoming(session, conference, now)
        by_key = {entry.key: entry for entry in entries}
        for place, one in enumerate(moved([entry.key for entry in entries], key, up)):
            _row(session, actor, conference, by_key[one]).position = place
        record(session, actor, now, "agenda_changed", conference=conference.id)


def add_case(actor: Actor, now: datetime, case_code: str, reason: str) -> None:
    """Put a file onto the agenda by hand, or back onto it, also while the conference runs.

    Raises:
        FieldError: no reason.
        NotFound: no such file.
    """
    need_whole_office(actor)
    reason = texts.required("reason", reason, LONGEST_REASON)
    with write() as session:
        conference = conference_to_change(session)
        case = case_to_change(session, actor, case_code)
        entry = Entry(Key(Kind.CASE, case.id), Source.HAND, now)
        row = _row(session, actor, conference, entry)
        row.reason, row.left_out_at = reason, None
        if row.result is None:
            row.source = Source.HAND
        _at_the_end(session, conference, row)
        record(
            session,
            actor,
            now,
            "agenda_changed",
            case_id=case.id,
            conference=conference.id,
            item=row.id,
        )


def add_words(actor: Actor, now: datetime, title: str, key: str | None = None) -> None:
    """Put something without a file onto the agenda.

    Raises:
        FieldError: nothing was written.
    """
    need_whole_office(actor)
    title = " ".join(texts.required("title", title, texts.LONGEST_LINE).split())
    with write() as session:
        conference = conference_to_change(session)
        if once.claim(session, key, "agenda", now) is not None:
            return
        row = AgendaItem(
            code=new_code(),
            conference_id=conference.id,
            source=Source.HAND,
            since=now,
            title=title,
            added_by=actor.account_id,
        )
        session.add(row)
        session.flush()
        _at_the_end(session, conference, row)
        record(session, actor, now, "agenda_changed", conference=conference.id, item=row.id)


def leave_out(actor: Actor, now: datetime, ref: str, reason: str) -> None:
    """Leave an item out of this conference, with the reason beside it.

    Raises:
        FieldError: no reason, or it is not on the agenda any more.
        Refused: it was settled already.
    """
    need_whole_office(actor)
    reason = texts.required("reason", reason, LONGEST_REASON)
    with write() as session:
        conference = conference_to_change(session)
        key = key_typed(session, actor, ref)
        row = _known(session, conference, key)
        if row is None and conference.opened_at is None:
            entries = {one.key: one for one in upcoming(session, conference, now)}
            row = _row(session, actor, conference, entries[key]) if key in entries else None
        if row is None:
            raise FieldError("item", N_("This is not on the agenda any more. Load the page again."))
        if row.result is not None:
            raise Refused(N_("The conference has settled this already."))
        row.reason, row.left_out_at = reason, now
        record(session, actor, now, "agenda_changed", conference=conference.id, item=row.id)


def put_back(actor: Actor, now: datetime, item_code: str) -> None:
    """Put what was left out back onto the agenda."""
    need_whole_office(actor)
    with write() as session:
        conference = conference_to_change(session)
        row = session.scalar(
            select(AgendaItem).where(
                AgendaItem.code == item_code, AgendaItem.conference_id == conference.id
            )
        )
        if row is None:
            raise FieldError("item", N_("This is not on the agenda any more. Load the page again."))
        row.left_out_at = None
        _at_the_end(session, conference, row)
        record(session, actor, now, "agenda_changed", conference=conference.id, item=row.id)


def stored(
    session: Session, actor: Actor, conference: Conference, entries: tuple[Entry, ...]
) -> None:
    """Give every entry its row and its place, in the caller's transaction."""
    for place, entry in enumerate(entries):
        _row(session, actor, conference, entry).position = place


def _planned(session: Session) -> Conference:
    conference = conference_to_change(session)
    if conference.opened_at is not None:
        raise Refused(N_("The conference is running: its order stands."))
    return conference


def _known(session: Session, conference: Conference, key: Key) -> AgendaItem | None:
    column = {
        Kind.CASE: AgendaItem.case_id,
        Kind.REPORT: AgendaItem.report_id,
        Kind.ITEM: AgendaItem.id,
    }[key.kind]
    return session.scalar(
        select(AgendaItem).where(AgendaItem.conference_id == conference.id, column == key.id)
    )


def _row(session: Session, actor: Actor, conference: Conference, entry: Entry) -> AgendaItem:
    """The row of an entry; made where it has none."""
    row = _known(session, conference, entry.key)
    if row is None:
        row = AgendaItem(
            code=new_code(),
            conference_id=conference.id,
            source=entry.source,
            since=entry.since,
            case_id=entry.key.id if entry.key.kind is Kind.CASE else None,
            report_id=entry.key.id if entry.key.kind is Kind.REPORT else None,
            added_by=actor.account_id,
        )
        session.add(row)
        session.flush()
    return row


def _at_the_end(session: Session, conference: Conference, row: AgendaItem) -> None:
    """A running conference has a fixed order; before, an item falls where it belongs."""
    row.position = None
    if conference.opened_at is not None:
        session.flush()
        rows = session.scalars(select(AgendaItem).where(AgendaItem.conference_id == conference.id))
        row.position = max((one.position or 0 for one in rows if one is not row), default=0) + 1

"""What reporters are told and how it went: the follow page always, else the desk's calls."""

from datetime import datetime

from sqlalchemy.orm import Session

from db import clock_rows, once
from db.engine import write
from db.events import record
from db.outbox.staff import tell_reopened
from db.scope import case_to_change, no_such_file, reports_of, sees_case
from db.tables import Case, Channel, Contact, Note, Reporter, Telling
from domain import texts
from domain.clocks import Promise
from domain.people import Actor, Right
from domain.telling import Told, calls

_BY_PHONE = frozenset({Channel.PHONE, Channel.WALK_IN, Channel.MEETING})


def tell(session: Session, case: Case, news: Told, now: datetime) -> None:
    """Note down that every reporter of the file, of merged ones too, is told this news.

    The follow page tells at once; a call stays open until the desk has made it.
    """
    if news is Told.REOPENED:
        tell_reopened(session, now, case)
    for report in reports_of(session, case):
        reporter = session.get(Reporter, report.reporter_id) if report.reporter_id else None
        by_phone = calls(
            news,
            has_phone=reporter is not None and bool(reporter.phone),
            came_by_phone=report.channel in _BY_PHONE,
        )
        session.add(
            Telling(
                case_id=case.id,
                report_id=report.id,
                kind=news.value,
                by_phone=by_phone,
                created_at=now,
                settled_at=None if by_phone else now,
            )
        )


def contact(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    report_id: int,
    purpose: str,
    reached: bool,
    words: str = "",
    telling_id: int | None = None,
    key: str | None = None,
) -> None:
    """Record one attempt to reach a reporter; reaching them is the first answer.

    Args:
        purpose: `answer`, `rating`, or the kind of news that was to be told.
        telling_id: the call on the list; it is ticked off when the person was reached, and
            after two attempts that failed.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        case = case_to_change(session, actor, code)
        if report_id not in {report.id for report in reports_of(session, case)}:
            raise no_such_file()
        if once.claim(session, key, "contact", now) is not None:
            return
        note_id = _note(session, actor, now, case, words)
        row = Contact(
            case_id=case.id,
            report_id=report_id,
            telling_id=telling_id,
            purpose=purpose,
            round=case.round,
            reached=reached,
            note_id=note_id,
            account_id=actor.account_id,
            at=now,
        )
        session.add(row)
        session.flush()
        if reached:
            clock_rows.meet(session, case, Promise.FIRST_ANSWER, now)
        if telling_id is not None:
            _settle(session, actor, telling_id, reached, now)
        record(
            session,
            actor,
            now,
            "contacted",
            case_id=case.id,
            contact=row.id,
            report=report_id,
            reached=reached,
            purpose=purpose,
            round=case.round,
        )


def answer(actor: Actor, now: datetime, code: str, words: str, key: str | None = None) -> None:
    """Write to all reporters on the follow page; the first such words are the first answer."""
    actor.need(Right.HANDLE)
    text = texts.required("answer", words, 2_000)
    with write() as session:
        case = case_to_change(session, actor, code)
        if once.claim(session, key, "answer", now) is not None:
            return
        note = Note(
            case_id=case.id,
            kind="answer",
            round=case.round,
            text=text,
            public=True,
            account_id=actor.account_id,
            at=now,
        )
        session.add(note)
        session.flush()
        clock_rows.meet(session, case, Promise.FIRST_ANSWER, now)
        record(session, actor, now, "answered", case_id=case.id, note=note.id, round=case.round)


def _note(session: Session, actor: Actor, now: datetime, case: Case, words: str) -> int | None:
    text = texts.fitting("words", words, 2_000)
    if not text:
        return None
    note = Note(
        case_id=case.id,
        kind="contact",
        round=case.round,
        text=text,
        public=False,
        account_id=actor.account_id,
        at=now,
    )
    session.add(note)
    session.flush()
    return note.id


FAILED_CALLS_ENOUGH = 2  # the second that fails ends the list's patience; the page still tells


def _settle(session: Session, actor: Actor, telling_id: int, reached: bool, now: datetime) -> None:
    telling = session.get(Telling, telling_id)
    case = session.get(Case, telling.case_id) if telling else None
    if telling is None or case is None or not sees_case(session, actor, case):
        raise no_such_file()
    failed = session.query(Contact).filter_by(telling_id=telling_id, reached=False).count()
    if telling.settled_at is None and (reached or failed >= FAILED_CALLS_ENOUGH):
        telling.settled_at = now

"""The desk's list of calls to make: news that reporters should hear by telephone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.cursors import cursor, read_cursor
from db.engine import read
from db.tables import Case, Contact, Note, Report, Reporter, Telling
from db.views import Count, Page
from domain.people import Actor, Right
from domain.private_text import mask_phone
from domain.telling import NEWS, Told

COUNT_TO = 1_000
# The words that belong to each news, as the kind of their note.
_NOTES = {news: [move.value for move, told in NEWS.items() if told is news] for news in Told}


@dataclass(frozen=True, slots=True)
class Call:
    """One call to make; `db.telling.contact` ticks it off, `db.reveal` shows the number.

    Args:
        kind: the news, a `domain.telling.Told`.
        say: the words that were written for the reporter, such as the reason or the summary.
        phone: masked.
        failed: attempts on this call that reached nobody.
    """

    telling_id: int
    report_id: int
    case_code: str
    number: str
    title: str
    kind: str
    say: str | None
    name: str | None
    phone: str | None
    since: datetime
    failed: int


def calls(actor: Actor, now: datetime, after: str | None = None, limit: int = 50) -> Page[Call]:
    """The calls that nobody made yet, the oldest first.

    Raises:
        NotAllowed: only who may see numbers makes calls.
    """
    actor.need(Right.REVEAL)
    with read() as session:
        return calls_page(session, actor, after, limit)


def count_calls(actor: Actor, now: datetime) -> Count:
    """How many calls wait."""
    actor.need(Right.REVEAL)
    with read() as session:
        return count_calls_in(session, actor)


def count_calls_in(session: Session, actor: Actor) -> Count:
    """Like `count_calls`, in the caller's transaction, for a person whose right was checked."""
    query = select(Telling.id).where(Telling.by_phone, Telling.settled_at.is_(None))
    if actor.estate_id is not None:
        query = query.join(Case, Case.id == Telling.case_id)
        query = query.where(Case.estate_id == actor.estate_id)
    waiting = query.limit(COUNT_TO + 1).subquery()
    n = session.scalar(select(func.count()).select_from(waiting)) or 0
    return Count(min(n, COUNT_TO), n > COUNT_TO)


def calls_page(session: Session, actor: Actor, after: str | None, limit: int) -> Page[Call]:
    """Like `calls`, in the caller's transaction, for a person whose right was checked."""
    query = _waiting(actor).order_by(Telling.created_at, Telling.id)
    if (begins := read_cursor(after)) is not None:
        at, key = begins
        query = query.where(
            Telling.created_at >= at,
            or_(Telling.created_at > at, and_(Telling.created_at == at, Telling.id > key)),
        )
    rows = list(session.execute(query.limit(limit + 1)))
    if not rows:
        return Page(())
    shown = rows[:limit]
    pairs = [(telling, case) for telling, case, _ in shown]
    failed = _failed(session, pairs)
    said = _said(session, pairs)
    found = tuple(
        Call(
            telling_id=telling.id,
            report_id=telling.report_id,
            case_code=case.code,
            number=case.number,
            title=case.title,
            kind=telling.kind,
            say=said.get(telling.id),
            name=reporter.name if reporter else None,
            phone=mask_phone(reporter.phone) if reporter and reporter.phone else None,
            since=telling.created_at,
            failed=failed.get(telling.id, 0),
        )
        for telling, case, reporter in shown
    )
    last = shown[-1][0] if len(rows) > limit else None
    return Page(found, cursor(last.created_at, last.id) if last else None)


def _waiting(actor: Actor) -> Select[Telling, Case, Reporter]:
    scope: list[ColumnElement[bool]] = []
    if actor.estate_id is not None:
        scope.append(Case.estate_id == actor.estate_id)
    return (
        select(Telling, Case, Reporter)
        .join(Case, Case.id == Telling.case_id)
        .join(Report, Report.id == Telling.report_id)
        .outerjoin(Reporter, Reporter.id == Report.reporter_id)
        .where(Telling.by_phone, Telling.settled_at.is_(None), *scope)
    )


def _failed(session: Session, rows: list[tuple[Telling, Case]]) -> dict[int | None, int]:
    query = select(Contact.telling_id, func.count()).where(
        Contact.case_id.in_({case.id for _, case in rows}),  # where the index is
        Contact.telling_id.in_([telling.id for telling, _ in rows]),
        ~Contact.reached,
    )
    return dict(session.execute(query.group_by(Contact.telling_id)).all())


def _said(session: Session, rows: list[tuple[Telling, Case]]) -> dict[int, str]:
    """What was written for the reporters when the news came up: a public note, or the summary."""
    query = select(Note).where(Note.case_id.in_({case.id for _, case in rows}), Note.public)
    notes = list(session.scalars(query.order_by(Note.at, Note.id)))
    said = {}
    for telling, case in rows:
        if telling.kind == Told.PUBLISHED and case.summary:
            said[telling.id] = case.summary
            continue
        fitting = [
            note.text
            for note in notes
            if note.case_id == case.id
            and note.kind in _NOTES[Told(telling.kind)]
            and note.report_id in (None, telling.report_id)
            and note.at <= telling.created_at
        ]
        if fitting:
            said[telling.id] = fitting[-1]
    return said

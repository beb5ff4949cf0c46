"""Agenda items with their files, decisions and tasks, for whoever may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.casefile_parts import late
from db.conference.views import Decided, ItemLine, Part
from db.lines import lines
from db.scope import sees_case
from db.tables import Case, Decision, Note, Task, Unit
from db.tables.conference import AgendaItem, Conference, UnitReport
from db.views import CaseLine
from domain.agenda import Entry, Kind, Result
from domain.moves import State
from domain.people import Actor, Right
from domain.private_text import mask_personal


def stored_lines(
    session: Session, actor: Actor, rows: Sequence[AgendaItem], now: datetime
) -> tuple[ItemLine, ...]:
    """These items in their order, without those that are not this person's to see."""
    files = _files(session, actor, (row.case_id for row in rows), now)
    reports = _reports(session, actor, (row.report_id for row in rows))
    notes = _words(session, (row.note_id for row in rows))
    decided = decisions_of(session, [row.id for row in rows], now)
    held = {
        row.id: row
        for row in session.scalars(
            select(Conference).where(Conference.id.in_({row.conference_id for row in rows}))
        )
    }
    office = actor.may(Right.READ_CASES)
    found = []
    for row in rows:
        line, report = files.get(row.case_id or 0), reports.get(row.report_id or 0)
        by_hand = row.case_id is None and row.report_id is None
        if line is None and report is None and not (by_hand and actor.may(Right.HANDLE)):
            continue
        # A decision's words stand with it.
        note = None if row.result is Result.DECIDED else notes.get(row.note_id or 0)
        said = row.words or note if office else None
        conference = held[row.conference_id]
        found.append(
            ItemLine(
                ref=_ref(line, report, row.code),
                code=row.code,
                source=row.source,
                since=row.since,
                title=line.title if line else report[0] if report else row.title or "",
                line=line,
                unit=report[1] if report else None,
                reason=row.reason if office else None,
                result=row.result,
                said=said,
                decided=decided.get(row.id),
                conference=conference.code,
                held_at=conference.opened_at or conference.meets_at,
            )
        )
    return tuple(found)


def upcoming_lines(
    session: Session,
    actor: Actor,
    conference: Conference | None,
    entries: Sequence[Entry],
    now: datetime,
) -> tuple[ItemLine, ...]:
    """Entries of the next agenda, whether they have rows or not."""
    keys = {kind: [one.key.id for one in entries if one.key.kind is kind] for kind in Kind}
    files = _files(session, actor, keys[Kind.CASE], now)
    reports = _reports(session, actor, keys[Kind.REPORT])
    rows: dict[tuple[Kind, int], AgendaItem] = {}
    if conference is not None:
        for row in session.scalars(
            select(AgendaItem).where(AgendaItem.conference_id == conference.id)
        ):
            kind = Kind.CASE if row.case_id else Kind.REPORT if row.report_id else Kind.ITEM
            rows[kind, row.case_id or row.report_id or row.id] = row
    found = []
    for one in entries:
        line = files.get(one.key.id) if one.key.kind is Kind.CASE else None
        report = reports.get(one.key.id) if one.key.kind is Kind.REPORT else None
        own = rows.get((one.key.kind, one.key.id))
        by_hand = one.key.kind is Kind.ITEM and actor.may(Right.HANDLE)
        if line is None and report is None and not by_hand:
            continue
        found.append(
            ItemLine(
                ref=_ref(line, report, own.code if own else ""),
                code=own.code if own else None,
                source=one.source,
                since=one.since,
                title=line.title if line else report[0] if report else (own and own.title) or "",
                line=line,
                unit=report[1] if report else None,
                reason=own.reason if own and actor.may(Right.READ_CASES) else None,
                result=None,
                said=None,
                decided=None,
                conference=conference.code if conference else "",
                held_at=conference.meets_at if conference else now,
            )
        )
    return tuple(found)


def decisions_of(session: Session, items: Sequence[int], now: datetime) -> dict[int, Decided]:
    """The last decision of each item with what its units have done since."""
    rows = session.execute(
        select(Decision, Unit, Note.text)
        .join(Unit, Unit.id == Decision.lead_unit_id)
        .join(Note, Note.id == Decision.note_id)
        .where(Decision.agenda_item_id.in_(items))
        .order_by(Decision.id)
    ).all()
    latest = {decision.agenda_item_id: (decision, unit, words) for decision, unit, words in rows}
    parts = _parts(session, [decision for decision, _, _ in latest.values()], now)
    return {
        item: Decided(unit.name, unit.kind, decision.due_at, words, parts.get(decision.id, ()))
        for item, (decision, unit, words) in latest.items()
        if item is not None
    }


def _parts(
    session: Session, decisions: Sequence[Decision], now: datetime
) -> dict[int, tuple[Part, ...]]:
    by_round = {(one.case_id, one.round): one.id for one in decisions}
    rows = session.execute(
        select(Task, Unit, Case.state)
        .join(Unit, Unit.id == Task.unit_id)
        .join(Case, Case.id == Task.case_id)
        .where(Task.case_id.in_([one.case_id for one in decisions]), Task.recalled_at.is_(None))
        .order_by(Task.lead.desc(), Task.id)
    )
    found: dict[int, tuple[Part, ...]] = {}
    for task, unit, state in rows:
        decision = by_round.get((task.case_id, task.round))
        if decision is not None:
            part = Part(
                unit.name,
                unit.code,
                unit.kind,
                task.lead,
                task.due_at,
                task.done_at,
                late(task, now),
                state is State.DOING,
            )
            found[decision] = (*found.get(decision, ()), part)
    return found


def _files(
    session: Session, actor: Actor, ids: Iterable[int | None], now: datetime
) -> dict[int, CaseLine]:
    """The files that this person may see; a unit reads no personal details in titles."""
    wanted = [key for key in ids if key is not None]
    seen = [
        row.id
        for row in session.scalars(select(Case).where(Case.id.in_(wanted)))
        if sees_case(session, actor, row)
    ]
    found = {line.id: line for line in lines(session, seen, now)}
    if not actor.may(Right.READ_CASES):
        found = {key: replace(line, title=mask_personal(line.title)) for key, line in found.items()}
    return found


def _reports(
    session: Session, actor: Actor, ids: Iterable[int | None]
) -> dict[int, tuple[str, str, str]]:
    """Text, unit and code of reports: the office reads all, a unit its own."""
    wanted = [key for key in ids if key is not None]
    query = select(UnitReport, Unit.name).join(Unit, Unit.id == UnitReport.unit_id)
    if not actor.may(Right.HANDLE):
        query = query.where(UnitReport.unit_id == (actor.unit_id or 0))
    rows = session.execute(query.where(UnitReport.id.in_(wanted)))
    return {row.id: (row.text, unit, row.code) for row, unit in rows}


def _ref(line: CaseLine | None, report: tuple[str, str, str] | None, item: str) -> str:
    if line is not None:
        return f"{Kind.CASE}:{line.code}"
    return f"{Kind.REPORT}:{report[2]}" if report else f"{Kind.ITEM}:{item}"


def _words(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    wanted = [key for key in ids if key is not None]
    return dict(session.execute(select(Note.id, Note.text).where(Note.id.in_(wanted))).all())

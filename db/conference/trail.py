"""From the speaker's word to the deed and back: what a file is linked to."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.casefile import seen_case
from db.engine import read
from db.tables import Case, Meeting, MeetingKind, Note, Report, Unit
from db.tables.cases import Task
from db.tables.conference import AgendaItem, Conference, HelpWanted
from domain.agenda import Result
from domain.moves import State
from domain.people import Actor, Right
from domain.texts import clean


@dataclass(frozen=True, slots=True)
class SaidAt:
    """A meeting at which somebody brought the matter."""

    code: str
    kind: MeetingKind
    title: str
    held_on: date


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A conference that had it on its agenda; `result` None while that is still to come."""

    code: str
    at: datetime
    result: Result | None


@dataclass(frozen=True, slots=True)
class Called:
    """A call to partner units for help; `unit` is who took it."""

    code: str
    words: str
    asked_at: datetime
    unit: str | None
    unit_code: str | None
    closed: bool


@dataclass(frozen=True, slots=True)
class Trail:
    """Everything that a file is linked to.

    Args:
        units: codes of the units with a part in it, by name.
        on_board: whether its result is public.
        may_ask: whether this person may ask partner units to help now.
    """

    meetings: tuple[SaidAt, ...]
    conferences: tuple[TakenUp, ...]
    calls: tuple[Called, ...]
    units: tuple[tuple[str, str], ...]
    on_board: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class PublicTrail:
    """What everybody may know: at which meeting it was said, and when it was decided."""

    said: tuple[tuple[MeetingKind, date], ...]
    decided_on: datetime | None


def trail(actor: Actor, code: str) -> Trail:
    """What one file is linked to.

    Raises:
        NotFound: no such file in this person's scope.
    """
    actor.need(Right.READ_CASES)
    with read() as session:
        case = seen_case(session, actor, code)
        units = session.execute(
            select(Unit.name, Unit.code)
            .join(Task, Task.unit_id == Unit.id)
            .where(Task.case_id == case.id, Task.recalled_at.is_(None))
            .order_by(Task.lead.desc(), Task.id)
        )
        return Trail(
            meetings=_meetings(session, case),
            conferences=_conferences(session, case),
            calls=_calls(session, case),
            units=tuple(dict.fromkeys((name, unit) for name, unit in units)),
            on_board=_on_board(case),
            may_ask=case.state is State.DOING and actor.may(Right.HANDLE),
        )


def public_trail(code: str) -> PublicTrail:
    """The same of a published file for everybody; empty for every other code."""
    with read() as session:
        case = session.scalar(select(Case).where(Case.code == clean(code)))
        if case is None or not _on_board(case):
            return PublicTrail((), None)
        held = [one.at for one in _conferences(session, case) if one.result is Result.DECIDED]
        said = dict.fromkeys((one.kind, one.held_on) for one in _meetings(session, case))
        return PublicTrail(tuple(said), held[-1] if held else None)


def _on_board(case: Case) -> bool:
    published = case.published_at is not None and case.summary is not None
    return published and case.state is not State.MERGED


def _meetings(session: Session, case: Case) -> tuple[SaidAt, ...]:
    rows = session.scalars(
        select(Meeting)
        .join(Report, Report.meeting_id == Meeting.id)
        .join(Case, Case.id == Report.case_id)
        .where((Case.root_id == case.id) | (Case.id == case.id))
        .order_by(Meeting.held_on, Meeting.id)
    )
    found = {row.id: SaidAt(row.code, row.kind, row.title, row.held_on) for row in rows}
    return tuple(found.values())


def _conferences(session: Session, case: Case) -> tuple[TakenUp, ...]:
    """Those that had it on their agenda, and through a decision those that settled it."""
    rows = session.execute(
        select(Conference.code, Conference.opened_at, AgendaItem.result)
        .join(AgendaItem, AgendaItem.conference_id == Conference.id)
        .where(
            AgendaItem.case_id == case.id,
            AgendaItem.left_out_at.is_(None),
            Conference.opened_at.is_not(None),
        )
        .order_by(Conference.opened_at, Conference.id)
    )
    return tuple(TakenUp(code, at, result) for code, at, result in rows if at is not None)


def _calls(session: Session, case: Case) -> tuple[Called, ...]:
    rows = session.execute(
        select(HelpWanted, Note.text, Unit.name, Unit.code)
        .join(Note, Note.id == HelpWanted.note_id)
        .outerjoin(Task, Task.id == HelpWanted.task_id)
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .where(HelpWanted.case_id == case.id)
        .order_by(HelpWanted.id)
    )
    return tuple(
        Called(row.code, words, row.asked_at, unit, unit_code, row.closed_at is not None)
        for row, words, unit, unit_code in rows
    )

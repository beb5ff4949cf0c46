"""My tasks 我的任务: what a unit was given, without a word about who reported it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from db.casefile_parts import late, photos_by
from db.cursors import cursor, read_cursor
from db.engine import read
from db.lines import category_name
from db.scope import code_typed, no_such_file
from db.tables import (
    Account,
    Building,
    Case,
    Category,
    Decision,
    Estate,
    Note,
    Place,
    Report,
    Task,
)
from db.views import CategoryName, Page, PhotoView, Where
from domain.moves import State
from domain.people import Actor, Right
from domain.private_text import mask_personal


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in the unit's list.

    Args:
        late: done after its due time, or not done though it has passed.
        lead: the unit leads; else it assists.
        asked_due_at: the later day that it asks for.
    """

    code: str
    number: str
    title: str
    where: Where
    lead: bool
    given_at: datetime
    due_at: datetime
    answered_at: datetime | None
    done_at: datetime | None
    late: bool
    asked_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicNote:
    """Words on a file that a unit may read: its own, and those that reporters read too."""

    at: datetime
    kind: str
    text: str
    own: bool
    photos: tuple[PhotoView, ...]


@dataclass(frozen=True, slots=True)
class UnitTask:
    """A task with what the unit needs to do it.

    Args:
        words: what reporters wrote, personal details hidden.
        photos: what reporters sent.
        order: the words of the decision.
        can_answer: it is open and the file waits for work.
    """

    line: TaskLine
    state: State
    category: CategoryName | None
    words: tuple[str, ...]
    photos: tuple[PhotoView, ...]
    order: str | None
    notes: tuple[PublicNote, ...]
    can_answer: bool


def my_tasks(
    actor: Actor, now: datetime, *, done: bool = False, after: str | None = None, limit: int = 50
) -> Page[TaskLine]:
    """The unit's open tasks, soonest due first, or its done ones, last done first.

    Raises:
        NotAllowed: this person has no unit's tasks.
    """
    actor.need(Right.READ_OWN_TASKS)
    with read() as session:
        return task_page(session, actor, now, done=done, after=after, limit=limit)


def task_page(
    session: Session, actor: Actor, now: datetime, *, done: bool, after: str | None, limit: int
) -> Page[TaskLine]:
    """Like `my_tasks`, in the caller's transaction, for a person whose right was checked."""
    rows = list(_rows(session, actor, done, after, limit + 1))
    shown = rows[:limit]
    last = shown[-1] if len(rows) > limit else None
    at = None if last is None else (last.done_at if done else last.due_at)
    return Page(
        _lines(session, shown, now), cursor(at, last.id) if last is not None and at else None
    )


def _rows(
    session: Session, actor: Actor, done: bool, after: str | None, limit: int
) -> Iterable[Task]:
    if actor.unit_id is None:
        return ()
    query = select(Task).where(Task.unit_id == actor.unit_id, Task.recalled_at.is_(None))
    begins = read_cursor(after)
    if done:
        query = query.where(Task.done_at.is_not(None), *_past(begins, older=True))
        query = query.order_by(Task.done_at.desc(), Task.id.desc())
    else:
        query = query.where(Task.done_at.is_(None), *_past(begins, older=False))
        query = query.order_by(Task.due_at, Task.id)
    return session.scalars(query.limit(limit))


def _past(begins: tuple[datetime, int] | None, *, older: bool) -> list[ColumnElement[bool]]:
    if begins is None:
        return []
    at, key = begins
    if older:
        return [or_(Task.done_at < at, and_(Task.done_at == at, Task.id < key))]
    return [or_(Task.due_at > at, and_(Task.due_at == at, Task.id > key))]


def _lines(session: Session, rows: Iterable[Task], now: datetime) -> tuple[TaskLine, ...]:
    rows = list(rows)
    query = (
        select(Case.id, Case.number, Case.title, Estate.name, Building.name, Place.name)
        .outerjoin(Estate, Estate.id == Case.estate_id)
        .outerjoin(Building, Building.id == Case.building_id)
        .outerjoin(Place, Place.id == Case.place_id)
        .where(Case.id.in_([row.case_id for row in rows]))
    )
    files = {
        key: (number, title, Where(*where)) for key, number, title, *where in session.execute(query)
    }
    return tuple(
        TaskLine(
            code=row.code,
            number=files[row.case_id][0],
            title=mask_personal(files[row.case_id][1]),
            where=files[row.case_id][2],
            lead=row.lead,
            given_at=row.given_at,
            due_at=row.due_at,
            answered_at=row.answered_at,
            done_at=row.done_at,
            late=late(row, now),
            asked_due_at=row.asked_due_at,
        )
        for row in rows
    )


def unit_task(actor: Actor, code: str, now: datetime) -> UnitTask:
    """One task of the person's own unit.

    Raises:
        NotFound: there is none, it was taken back, or it is another unit's.
    """
    actor.need(Right.READ_OWN_TASKS)
    with read() as session:
        own_code = Task.code == code_typed(code)
        task = session.scalar(select(Task).where(own_code, Task.recalled_at.is_(None)))
        if task is None or actor.unit_id is None or task.unit_id != actor.unit_id:
            raise no_such_file()
        case = session.get_one(Case, task.case_id)
        category = session.get(Category, case.category_id) if case.category_id else None
        files = [case.id, *session.scalars(select(Case.id).where(Case.root_id == case.id))]
        reports = list(
            session.scalars(
                select(Report)
                .where(Report.case_id.in_(files))
                .order_by(Report.received_at, Report.id)
            )
        )
        sent = photos_by(session, "report_id", (report.id for report in reports))
        return UnitTask(
            line=_lines(session, [task], now)[0],
            state=case.state,
            category=category_name(category),
            words=tuple(mask_personal(report.text) for report in reports),
            photos=tuple(photo for report in reports for photo in sent.get(report.id, ())),
            order=_order(session, task),
            notes=_notes(session, actor, case),
            can_answer=task.done_at is None and case.state is State.DOING,
        )


def _order(session: Session, task: Task) -> str | None:
    query = (
        select(Note.text)
        .join(Decision, Decision.note_id == Note.id)
        .where(Decision.case_id == task.case_id, Decision.round == task.round)
    )
    return session.scalar(query.order_by(Decision.id.desc()).limit(1))


def _notes(session: Session, actor: Actor, case: Case) -> tuple[PublicNote, ...]:
    """What all reporters may read too, and what this unit wrote; not what was asked of one."""
    query = (
        select(Note, Account.unit_id)
        .outerjoin(Account, Account.id == Note.account_id)
        .where(
            Note.case_id == case.id,
            or_(
                and_(Note.public, Note.report_id.is_(None)),
                and_(Account.unit_id == actor.unit_id, Note.report_id.is_(None)),
            ),
        )
        .order_by(Note.at, Note.id)
    )
    rows = list(session.execute(query))
    photos = photos_by(session, "note_id", (note.id for note, _ in rows))
    return tuple(
        PublicNote(
            at=note.at,
            kind=note.kind,
            text=note.text,
            own=unit_id == actor.unit_id,
            photos=photos.get(note.id, ()),
        )
        for note, unit_id in rows
    )

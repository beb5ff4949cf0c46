"""Partner units are asked to help with a file; the first that takes it has it as its task."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db import moving, once
from db.engine import read, write
from db.events import record
from db.lines import category_name
from db.numbers import new_code
from db.outbox.staff import tell_task_given
from db.scope import case_to_change, code_typed, no_such_file
from db.tables import Building, Case, Category, Estate, Note, Place, Task, Unit
from db.tables.conference import HelpWanted
from db.views import CategoryName, Where
from domain import texts
from domain.errors import N_, NotAllowed, Refused
from domain.moves import State
from domain.people import Actor, Right
from domain.private_text import mask_personal

LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One open call: the office's own words, and where it is; nothing of who reported.

    Args:
        due_at: when the leading unit's work is due.
    """

    code: str
    words: str
    where: Where
    category: CategoryName | None
    asked_at: datetime
    due_at: datetime | None


def ask_help(
    actor: Actor, now: datetime, case_code: str, words: str, key: str | None = None
) -> None:
    """Ask all partner units to help with a file that is being worked on.

    Raises:
        FieldError: nothing was written.
        Refused: nobody works on the file yet.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        case = case_to_change(session, actor, case_code)
        if once.claim(session, key, "ask_help", now) is None:
            ask(session, actor, now, case, words)


def ask(session: Session, actor: Actor, now: datetime, case: Case, words: str) -> None:
    """The same in the caller's transaction."""
    words = texts.required("help", words, LONGEST_WORDS)
    if case.state is not State.DOING:
        raise Refused(N_("Give the file to a unit first; then others can be asked to help it."))
    note = moving.add_note(session, actor, now, case, "help_wanted", words)
    row = HelpWanted(
        code=new_code(),
        case_id=case.id,
        note_id=note,
        asked_at=now,
        asked_by=actor.account_id,
    )
    session.add(row)
    session.flush()
    record(session, actor, now, "help_asked", case_id=case.id, help=row.id, note=note)


def close_help(actor: Actor, now: datetime, code: str) -> None:
    """Nobody is asked any more.

    Raises:
        NotFound: there is no such call in this person's scope.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        row, case = _open_call(session, code)
        if row.closed_at is not None:
            return
        if not actor.sees_estate(case.estate_id):
            raise no_such_file()
        row.closed_at = now
        record(session, actor, now, "help_closed", case_id=case.id, help=row.id)


def open_calls(actor: Actor) -> tuple[HelpLine, ...]:
    """What partner units are asked for now, the oldest first; for units and the office."""
    if actor.unit_id is None or not actor.may(Right.DO_TASKS):
        actor.need(Right.HANDLE)
    with read() as session:
        rows = session.execute(
            select(HelpWanted, Case, Note.text, Estate.name, Building.name, Place.name, Category)
            .join(Case, Case.id == HelpWanted.case_id)
            .join(Note, Note.id == HelpWanted.note_id)
            .outerjoin(Estate, Estate.id == Case.estate_id)
            .outerjoin(Building, Building.id == Case.building_id)
            .outerjoin(Place, Place.id == Case.place_id)
            .outerjoin(Category, Category.id == Case.category_id)
            .where(HelpWanted.closed_at.is_(None), Case.state == State.DOING)
            .order_by(HelpWanted.asked_at, HelpWanted.id)
        ).all()
        shown = [row for row in rows if actor.sees_estate(row[1].estate_id)]
        due = {case.id: _due(session, case) for _, case, *_rest in shown}
        mine = _has(session, actor)
        return tuple(
            HelpLine(
                code=call.code,
                words=mask_personal(words),
                where=Where(estate, building, place),
                category=category_name(category),
                asked_at=call.asked_at,
                due_at=due[case.id],
            )
            for call, case, words, estate, building, place, category in shown
            if case.id not in mine
        )


def claim(actor: Actor, now: datetime, code: str, key: str | None = None) -> str:
    """The person's own unit takes it: an assisting task of its own; returns the task's code.

    Raises:
        NotAllowed: the person speaks for no unit.
        Refused: another unit was faster, or the work is over.
    """
    actor.need(Right.DO_TASKS)
    if actor.unit_id is None:
        raise NotAllowed(N_("Your account belongs to no unit. Ask the community office."))
    with write() as session:
        row, case = _open_call(session, code)
        made = new_code()
        if (earlier := once.claim(session, key, made, now)) is not None:
            return earlier
        # Whoever changes the row has it: two units that press at once are told apart here.
        taken = session.execute(
            update(HelpWanted)
            .where(HelpWanted.id == row.id, HelpWanted.closed_at.is_(None))
            .values(closed_at=now)
            .returning(HelpWanted.id)
        ).one_or_none()
        lead = _lead(session, case)
        unit = session.get(Unit, actor.unit_id)
        if taken is None or lead is None or case.state is not State.DOING:
            raise Refused(N_("Another unit was faster, or the work is over. Thank you!"))
        if unit is None or not unit.active or case.id in _has(session, actor):
            raise Refused(N_("Your unit works on this already."))
        task = Task(
            code=made,
            case_id=case.id,
            unit_id=actor.unit_id,
            round=case.round,
            lead=False,
            given_at=now,
            given_by=actor.account_id,
            due_at=lead.due_at,
        )
        session.add(task)
        session.flush()
        session.execute(update(HelpWanted).where(HelpWanted.id == row.id).values(task_id=task.id))
        record(
            session,
            actor,
            now,
            "help_claimed",
            case_id=case.id,
            help=row.id,
            task=task.id,
            unit=actor.unit_id,
        )
        tell_task_given(session, now, case, actor.unit_id, lead.due_at)
        return made


def _open_call(session: Session, code: str) -> tuple[HelpWanted, Case]:
    row = session.scalar(select(HelpWanted).where(HelpWanted.code == code_typed(code)))
    if row is None:
        raise no_such_file()
    case = session.scalar(select(Case).where(Case.id == row.case_id).with_for_update())
    if case is None:
        raise no_such_file()
    session.refresh(row)
    return row, case


def _has(session: Session, actor: Actor) -> set[int]:
    """Files that the person's unit works on already."""
    query = select(Task.case_id).where(
        Task.unit_id == (actor.unit_id or 0), Task.recalled_at.is_(None), Task.done_at.is_(None)
    )
    return set(session.scalars(query))


def _lead(session: Session, case: Case) -> Task | None:
    query = select(Task).where(
        Task.case_id == case.id,
        Task.round == case.round,
        Task.lead,
        Task.recalled_at.is_(None),
    )
    return session.scalar(query.order_by(Task.id.desc()).limit(1))


def _due(session: Session, case: Case) -> datetime | None:
    lead = _lead(session, case)
    return lead.due_at if lead else None

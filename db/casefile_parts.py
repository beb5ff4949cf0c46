"""The parts of a file's page: reports, tasks, ratings, contacts, reminders."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Literal

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.casefile_views import (
    ContactView,
    DecisionView,
    RatingView,
    ReminderView,
    ReporterView,
    ReportView,
    TaskView,
)
from db.names_of import names_of
from db.tables import (
    Account,
    Building,
    Case,
    Contact,
    Decision,
    Household,
    Note,
    Photo,
    Place,
    Rating,
    Reminder,
    Report,
    Reporter,
    Task,
    Unit,
)
from db.views import ClockView, PhotoView
from domain.private_text import mask_phone

PhotoKey = Literal["report_id", "note_id", "case_id"]

# Statements are put together once and kept: doing it for every look at a file would take longer
# than the database does.
_CASE: BindParameter[int] = bindparam("case")
_IDS: BindParameter[int] = bindparam("ids", expanding=True)


def photos_by(
    session: Session, key: PhotoKey, ids: Iterable[int]
) -> dict[int | None, tuple[PhotoView, ...]]:
    """The photos of these reports, notes or files, by theirs, in the order in which they came."""
    found: dict[int | None, tuple[PhotoView, ...]] = {}
    if not (wanted := list(ids)):
        return found
    rows = session.execute(_photos_by(key), {"ids": wanted})
    for owner, code, width, height, public in rows:
        found[owner] = (*found.get(owner, ()), PhotoView(code, width, height, public))
    return found


@cache
def _photos_by(key: PhotoKey) -> Select[int | None, str, int, int, bool]:
    owner: InstrumentedAttribute[int | None] = getattr(Photo, key)
    query = select(owner, Photo.code, Photo.width, Photo.height, Photo.public)
    return query.where(owner.in_(_IDS)).order_by(Photo.id)


_MERGED = select(Case.id, Case.number).where(Case.root_id == _CASE)
_REPORTS = select(Report).where(Report.case_id.in_(_IDS)).order_by(Report.received_at, Report.id)


def reports(session: Session, case: Case, sees_reporters: bool) -> tuple[ReportView, ...]:
    """All reports of the file and of those merged into it, in the order they came."""
    files = {case.id: case.number}
    files.update(session.execute(_MERGED, {"case": case.id}).all())
    rows = list(session.scalars(_REPORTS, {"ids": list(files)}))
    photos = photos_by(session, "report_id", (row.id for row in rows))
    places = names_of(session, Place, (row.place_id for row in rows))
    accounts = names_of(session, Account, (row.recorded_by for row in rows))
    ids = {row.reporter_id for row in rows if row.reporter_id} if sees_reporters else set()
    reporters = _reporters(session, ids)
    return tuple(
        ReportView(
            id=row.id,
            text=row.text,
            channel=row.channel,
            received_at=row.received_at,
            from_file=files[row.case_id] if row.case_id not in (None, case.id) else None,
            place=places.get(row.place_id),
            reporter=reporters.get(row.reporter_id or 0),
            recorded_by=accounts.get(row.recorded_by),
            # Other columns of a ledger may well name the person.
            extra={key: str(value) for key, value in (row.extra or {}).items()}
            if sees_reporters
            else {},
            photos=photos.get(row.id, ()),
        )
        for row in rows
    )


_REPORTERS = (
    select(Reporter, Building.name, Household.room)
    .outerjoin(Household, Household.id == Reporter.household_id)
    .outerjoin(Building, Building.id == Household.building_id)
    .where(Reporter.id.in_(_IDS))
)


def _reporters(session: Session, ids: set[int]) -> dict[int, ReporterView]:
    if not ids:
        return {}
    return {
        row.id: ReporterView(
            name=row.name,
            phone=mask_phone(row.phone) if row.phone else None,
            household=f"{building} {room}" if room else None,
            erased=row.erased_at is not None,
        )
        for row, building, room in session.execute(_REPORTERS, {"ids": list(ids)})
    }


_DECISION = (
    select(Decision, Unit.name, Note.text)
    .join(Unit, Unit.id == Decision.lead_unit_id)
    .join(Note, Note.id == Decision.note_id)
    .where(Decision.case_id == _CASE, Decision.round == bindparam("round"))
    .order_by(Decision.id.desc())
    .limit(1)
)


def decision(session: Session, case: Case) -> DecisionView | None:
    """The last decision of the present round."""
    row = session.execute(_DECISION, {"case": case.id, "round": case.round}).one_or_none()
    if row is None:
        return None
    made, unit, words = row
    return DecisionView(unit, made.lead_unit_id, made.due_at, words, made.decided_at, made.round)


def late(task: Task, now: datetime) -> bool:
    """Whether a task is past its due time: as for clocks in days, 24:00 is the next day."""
    return task.recalled_at is None and (task.done_at or now) >= task.due_at


_TASKS = select(Task).where(Task.case_id == _CASE).order_by(Task.id.desc())


def tasks(session: Session, case: Case, now: datetime) -> tuple[TaskView, ...]:
    """All tasks, the newest first."""
    rows = list(session.scalars(_TASKS, {"case": case.id}))
    units = names_of(session, Unit, (row.unit_id for row in rows))
    people = {row.given_by for row in rows} | {row.done_by for row in rows}
    accounts = names_of(session, Account, people)
    return tuple(
        TaskView(
            code=row.code,
            unit=units[row.unit_id],
            unit_id=row.unit_id,
            lead=row.lead,
            round=row.round,
            given_at=row.given_at,
            given_by=accounts.get(row.given_by),
            due_at=row.due_at,
            answered_at=row.answered_at,
            done_at=row.done_at,
            done_by=accounts.get(row.done_by),
            recalled_at=row.recalled_at,
            asked_due_at=row.asked_due_at,
            first_due_at=row.first_due_at,
            late=late(row, now),
        )
        for row in rows
    )


_RATINGS = (
    select(Rating, Note.text, Account.name)
    .outerjoin(Note, Note.id == Rating.comment_id)
    .outerjoin(Account, Account.id == Rating.recorded_by)
    .where(Rating.case_id == _CASE)
    .order_by(Rating.id.desc())
)


def ratings(session: Session, case: Case) -> tuple[RatingView, ...]:
    """All ratings, the newest first."""
    return tuple(
        RatingView(
            report_id=row.report_id,
            round=row.round,
            level=row.level,
            solved=row.solved,
            comment=comment,
            channel=row.channel,
            recorded_by=name,
            at=row.at,
        )
        for row, comment, name in session.execute(_RATINGS, {"case": case.id})
    )


_CONTACTS = (
    select(Contact, Note.text, Account.name)
    .outerjoin(Note, Note.id == Contact.note_id)
    .outerjoin(Account, Account.id == Contact.account_id)
    .where(Contact.case_id == _CASE)
    .order_by(Contact.id.desc())
)


def contacts(session: Session, case: Case) -> tuple[ContactView, ...]:
    """All attempts to reach a reporter, the newest first."""
    return tuple(
        ContactView(row.report_id, row.purpose, row.round, row.reached, words, name, row.at)
        for row, words, name in session.execute(_CONTACTS, {"case": case.id})
    )


_REMINDERS = select(Reminder).where(Reminder.case_id == _CASE).order_by(Reminder.id.desc())


def reminders(
    session: Session, case: Case, clocks: Mapping[int, ClockView]
) -> tuple[ReminderView, ...]:
    """All reminders that were raised, the newest first."""
    return tuple(
        ReminderView(clocks[row.clock_id], row.rung, row.raised_at)
        for row in session.scalars(_REMINDERS, {"case": case.id})
        if row.clock_id in clocks
    )

"""Personal data 个人信息: anonymised a year after closing, exported or erased when asked for.

Events hold row ids and numbers alone, so that their chain stays whole whatever is wiped here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, not_, or_, select
from sqlalchemy.orm import Session

from db.activities import persons as joining
from db.classes import persons as classes
from db.elections import persons as askers
from db.engine import read, write
from db.errands import persons as errand_people
from db.events import record
from db.requests import persons as helped
from db.roll import persons
from db.rounds import persons as rounds
from db.search import index_case
from db.tables import (
    Case,
    Contact,
    Note,
    Photo,
    PhotoBytes,
    Rating,
    Report,
    Reporter,
    Resident,
)
from db.tables.conference import AgendaItem
from db.volunteers import persons as squads
from domain.days import local_time
from domain.errors import N_, FieldError, NotAllowed, NotFound
from domain.masking import without_personal
from domain.moves import State
from domain.people import SYSTEM, Actor, Right
from domain.private_text import normal_phone

KEPT_MONTHS = 12
PORTION = 100


@dataclass(frozen=True, slots=True)
class Wiped:
    """What was, or in a dry run would be, wiped."""

    files: int = 0
    reporters: int = 0
    residents: int = 0


def anonymise(actor: Actor, now: datetime, dry_run: bool = False) -> Wiped:
    """Take persons out of the files that were closed twelve months ago or earlier.

    Names and numbers of reporters go, details in words are masked, photos that were not made
    public go with them; what was done, when and by which unit stays.
    """
    actor.need(Right.SET_UP)
    _need_all_estates(actor)
    due = select(Case.id).where(_is_due(now)).order_by(Case.id)
    files = reporters = 0
    after = 0
    while True:
        query = due.where(Case.id > after).limit(PORTION)
        if dry_run:
            with read() as session:
                ids = list(session.scalars(query))
                reporters += len(_reporters_of(session, ids))
        else:
            with write() as session:
                ids = list(session.scalars(query))
                reporters += _anonymise(session, actor, now, ids)
        if not ids:
            return Wiped(files, reporters)
        files += len(ids)
        after = ids[-1]


def tick(now: datetime) -> int | None:
    """The nightly run; how many files, for the log."""
    return anonymise(SYSTEM, now).files or None


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Closed long enough, or merged into a file that was."""
    local = local_time(now)
    # The 29th of February becomes the 28th: a year is a year.
    day = min(local.day, 28) if local.month == 2 else local.day
    limit = local.replace(year=local.year - KEPT_MONTHS // 12, day=day)
    closed = (Case.state == State.CLOSED) & (Case.closed_at <= limit)
    roots = select(Case.id).where(closed).scalar_subquery()
    return Case.anonymised_at.is_(None) & or_(
        closed, (Case.state == State.MERGED) & Case.root_id.in_(roots)
    )


def _anonymise(session: Session, actor: Actor, now: datetime, ids: Sequence[int]) -> int:
    reporters = _reporters_of(session, ids)
    names = _wipe_reporters(session, now, reporters)
    for case_id in ids:
        _mask_words(session, case_id, names)
        _drop_private_photos(session, case_id)
        session.get_one(Case, case_id).anonymised_at = now
        index_case(session, case_id)
        record(session, actor, now, "anonymised", case_id=case_id)
    return len(reporters)


def _reporters_of(session: Session, ids: Sequence[int]) -> list[int]:
    """Those who reported these files and no other that is still in use."""
    elsewhere = select(Report.reporter_id).where(
        Report.reporter_id.is_not(None), or_(Report.case_id.is_(None), Report.case_id.not_in(ids))
    )
    query = (
        select(Report.reporter_id)
        .join(Reporter, Reporter.id == Report.reporter_id)
        .where(
            Report.case_id.in_(ids),
            Reporter.erased_at.is_(None),
            Report.reporter_id.not_in(elsewhere),
        )
        .distinct()
    )
    return [key for key in session.scalars(query) if key is not None]


def _wipe_reporters(session: Session, now: datetime, ids: Sequence[int]) -> list[str]:
    """Empty the rows, which stay for the counts; returns the names that were in them."""
    rows = session.scalars(select(Reporter).where(Reporter.id.in_(ids))).all()
    names = [row.name for row in rows if row.name]
    for row in rows:
        row.name = row.initials = row.phone = row.household_id = None
        row.erased_at = now
    return names


def _mask_words(session: Session, case_id: int, names: Iterable[str]) -> None:
    names = list(names)
    case = session.get_one(Case, case_id)
    case.title = without_personal(case.title, names)
    if case.summary:
        case.summary = without_personal(case.summary, names)
    for report in session.scalars(select(Report).where(Report.case_id == case_id)):
        report.text = without_personal(report.text, names)
        # Columns of an old ledger may say anything about anybody.
        report.extra = None
    for note in session.scalars(select(Note).where(Note.case_id == case_id)):
        note.text = without_personal(note.text, names)
    for item in session.scalars(select(AgendaItem).where(AgendaItem.case_id == case_id)):
        item.reason = without_personal(item.reason, names) if item.reason else None


def _drop_private_photos(session: Session, case_id: int) -> None:
    ids = list(
        session.scalars(select(Photo.id).where(Photo.case_id == case_id, not_(Photo.public)))
    )
    session.execute(delete(PhotoBytes).where(PhotoBytes.photo_id.in_(ids)))
    session.execute(delete(Photo).where(Photo.id.in_(ids)))


def export_person(actor: Actor, now: datetime, phone: str) -> dict[str, Any]:
    """All that is kept of the person with this telephone number, for them to read.

    Raises:
        FieldError: it is no telephone number.
        NotFound: nothing is kept under it.
    """
    _need_everywhere(actor)
    number = _number(phone)
    with write() as session:
        reporters = list(session.scalars(select(Reporter).where(Reporter.phone == number)))
        residents = list(session.scalars(select(Resident).where(Resident.phone == number)))
        owned = persons.on_roll(session, number)
        serving = squads.in_squads(session, number)
        asking = askers.asked_by(session, number)
        helping = helped.on_requests(session, number)
        visited = rounds.visited(session, number)
        children = classes.in_class(session, number)
        errands = errand_people.on_errands(session, number)
        joined = joining.signed_up(session, number)
        kept = (reporters, residents, owned, serving, asking, helping, visited)
        if not any((*kept, children, errands, joined)):
            raise NotFound(N_("Nothing is kept under this telephone number."))
        ids = [row.id for row in reporters]
        record(
            session,
            actor,
            now,
            "person_exported",
            reporters=ids,
            owners=list(owned.owners),
            volunteers=[row.id for row in serving],
            questions=[row.id for row in asking],
            visited=[row.id for row in visited],
            sign_ups=[row.id for row in joined],
            children=[row.id for row in children],
            errands=[row.errand_id for row in errands],
        )
        return {
            "phone": number,
            "exported_at": _shown(now),
            "household_list": [{"name": row.name, "phone": row.phone} for row in residents],
            "reports": [
                _report(session, row, report)
                for row in reporters
                for report in session.scalars(select(Report).where(Report.reporter_id == row.id))
            ],
            **persons.told(session, owned),
            **squads.told(session, serving),
            **helped.told(session, helping),
            **askers.told(asking),
            **rounds.told(session, visited),
            **joining.told(session, joined),
            **classes.told(session, actor, children, number),
            **errand_people.told(session, errands),
        }


def _report(session: Session, reporter: Reporter, report: Report) -> dict[str, Any]:
    case = session.get(Case, report.case_id) if report.case_id else None
    ratings = session.scalars(select(Rating).where(Rating.report_id == report.id))
    contacts = session.scalars(select(Contact).where(Contact.report_id == report.id))
    return {
        "name": reporter.name,
        "consent_at": _shown(reporter.consent_at),
        "received_at": _shown(report.received_at),
        "channel": report.channel.value,
        "text": report.text,
        "other_columns": report.extra,
        "file": case.number if case else None,
        "file_title": case.title if case else None,
        "photos": len(list(session.scalars(select(Photo.id).where(Photo.report_id == report.id)))),
        "ratings": [
            {"at": _shown(row.at), "level": row.level, "solved": row.solved} for row in ratings
        ],
        "contacts": [
            {"at": _shown(row.at), "purpose": row.purpose, "reached": row.reached}
            for row in contacts
        ],
    }


def erase_person(actor: Actor, now: datetime, phone: str) -> Wiped:
    """Erase the person with this telephone number, from open files as well.

    Their matters stay, without a name and without a way to tell them of it.

    Raises:
        FieldError: it is no telephone number.
        NotFound: nothing is kept under it.
    """
    _need_everywhere(actor)
    number = _number(phone)
    with write() as session:
        reporters = list(session.scalars(select(Reporter.id).where(Reporter.phone == number)))
        residents = session.scalars(
            delete(Resident).where(Resident.phone == number).returning(Resident.name)
        ).all()
        owned = persons.on_roll(session, number)
        serving = squads.in_squads(session, number)
        asking = askers.asked_by(session, number)
        helping = helped.on_requests(session, number)
        visited = rounds.visited(session, number)
        children = classes.in_class(session, number)
        errands = errand_people.on_errands(session, number)
        joined = joining.signed_up(session, number)
        kept = (reporters, residents, owned, serving, asking, helping, visited)
        if not any((*kept, children, errands, joined)):
            raise NotFound(N_("Nothing is kept under this telephone number."))
        persons.erase(session, now, owned)
        helped.erase(session, now, helping)
        names = [*_wipe_reporters(session, now, reporters), *residents]
        names += squads.erase(session, actor, now, serving)
        names += askers.erase(now, asking)
        names += rounds.erase(session, now, visited)
        names += joining.erase(now, joined)
        names += classes.erase(session, actor, now, children, number)
        names += errand_people.erase(now, errands)
        reports = list(session.scalars(select(Report).where(Report.reporter_id.in_(reporters))))
        cases = sorted({report.case_id for report in reports if report.case_id})
        for case_id in cases:
            _mask_words(session, case_id, names)
        for report in reports:
            _drop_photos_of(session, report.id)
            report.text = without_personal(report.text, names)
        for case_id in cases:
            index_case(session, case_id)
        record(
            session,
            actor,
            now,
            "person_erased",
            reporters=reporters,
            cases=cases,
            owners=list(owned.owners),
            volunteers=[row.id for row in serving],
            questions=[row.id for row in asking],
            visited=[row.id for row in visited],
            sign_ups=[row.id for row in joined],
            children=[row.id for row in children],
            errands=[row.errand_id for row in errands],
        )
        return Wiped(len(cases), len(reporters), len(residents))


def _need_all_estates(actor: Actor) -> None:
    """A person may have reported anywhere: whoever sees one estate cannot answer for all."""
    if actor.estate_id is not None:
        raise NotAllowed(N_("Only somebody who is responsible for all estates may do this."))


def _drop_photos_of(session: Session, report_id: int) -> None:
    ids = list(session.scalars(select(Photo.id).where(Photo.report_id == report_id)))
    session.execute(delete(PhotoBytes).where(PhotoBytes.photo_id.in_(ids)))
    session.execute(delete(Photo).where(Photo.id.in_(ids)))


def _need_everywhere(actor: Actor) -> None:
    """A person's matters may lie in any estate, so who answers for one alone may not do this."""
    actor.need(Right.REVEAL)
    if not actor.sees_estate(None):
        raise NotAllowed(N_("Only somebody who is responsible for all estates may do this."))


def _number(phone: str) -> str:
    number = normal_phone(phone)
    if number is None:
        raise FieldError("phone", N_("This is not a telephone number. Correct it."))
    return number


def _shown(at: datetime | None) -> str | None:
    return local_time(at).isoformat(timespec="seconds") if at else None

"""A reporter's whole phone number, shown once it is written down who saw it and why."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.engine import write
from db.events import record
from db.scope import no_such_file, sees_case
from db.tables import Case, Note, Place, Report, Reporter
from domain import texts
from domain.errors import N_, NotFound
from domain.people import Actor, Right


def reveal_phone(actor: Actor, report_id: int, reason: str, now: datetime) -> str:
    """The number, after an event and the reason in the file's notes.

    Raises:
        NotAllowed: this person may not see numbers.
        FieldError: no reason.
        NotFound: no such report in scope, or it has no number.
    """
    actor.need(Right.REVEAL)
    why = texts.required("reason", reason, 200)
    with write() as session:
        report, case = _report(session, actor, report_id)
        reporter = session.get(Reporter, report.reporter_id) if report.reporter_id else None
        if reporter is None or not reporter.phone:
            raise NotFound(N_("No number was left with this report."))
        note_id = None
        if case is not None:
            note = Note(
                case_id=case.id,
                kind="reveal",
                round=case.round,
                text=why,
                public=False,
                report_id=report.id,
                account_id=actor.account_id,
                at=now,
            )
            session.add(note)
            session.flush()
            note_id = note.id
        record(
            session,
            actor,
            now,
            "phone_revealed",
            case_id=case.id if case else None,
            report=report.id,
            note=note_id,
        )
        return reporter.phone


def _report(session: Session, actor: Actor, report_id: int) -> tuple[Report, Case | None]:
    """The report with its file; one that is held back is seen by its place."""
    report = session.get(Report, report_id)
    if report is None:
        raise no_such_file()
    if report.case_id is None:
        place = session.get(Place, report.place_id) if report.place_id else None
        if not actor.sees_estate(place.estate_id if place else None):
            raise no_such_file()
        return report, None
    case = session.get_one(Case, report.case_id)
    root = session.get(Case, case.root_id) if case.root_id else None
    if not any(sees_case(session, actor, one) for one in (case, root) if one is not None):
        raise no_such_file()
    return report, root or case

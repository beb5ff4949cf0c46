"""One row of an imported ledger 台账 becomes a file, with the dates that the ledger gives."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import clock_rows
from db.events import record
from db.intake import Where, open_case
from db.numbers import hashed
from db.search import index_case
from db.tables import Case, Channel, Report, Reporter
from domain import texts
from domain.clocks import Promise
from domain.initials import pinyin_initials
from domain.ledger import LedgerRow
from domain.moves import State
from domain.people import Actor
from domain.private_text import normal_phone


def take_ledger_row(
    session: Session, actor: Actor, now: datetime, row: LedgerRow, where: Where
) -> bool:
    """Open the row's file, closed already where the ledger closed it; False if it is there.

    A ledger says when a matter was done, not whether somebody was in touch within a day: its
    first answer is therefore not met by the import.
    """
    key = hashed(row.key)
    if session.scalar(select(Report.id).where(Report.ledger_key == key)) is not None:
        return False
    case = open_case(session, row.opened_at, row.title, where)
    report = Report(
        case_id=case.id,
        reporter_id=_reporter(session, row),
        text=row.text or row.title,
        channel=Channel.LEDGER,
        place_id=where.place_id,
        recorded_by=actor.account_id,
        received_at=row.opened_at,
        ledger_key=key,
        extra=dict(row.notes) or None,
    )
    session.add(report)
    session.flush()
    record(
        session,
        actor,
        now,
        "opened",
        case_id=case.id,
        happened_at=row.opened_at,
        report=report.id,
        to=State.NEW.value,
        round=1,
    )
    if row.closed_at is not None:
        _close(session, actor, now, case, row.closed_at)
    index_case(session, case.id)
    return True


def _close(session: Session, actor: Actor, now: datetime, case: Case, closed_at: datetime) -> None:
    clock_rows.meet(session, case, Promise.DONE, closed_at)
    clock_rows.void(session, case, closed_at)
    case.state = State.CLOSED
    case.done_at = case.closed_at = closed_at
    # Not a move of the table: the ledger's own office closed it, by its own rules.
    record(
        session,
        actor,
        now,
        "imported_closed",
        case_id=case.id,
        happened_at=closed_at,
        to=State.CLOSED.value,
        round=1,
    )


def _reporter(session: Session, row: LedgerRow) -> int | None:
    name = texts.clean(row.reporter or "")
    phone = normal_phone(row.phone) if row.phone else None
    if not (name or phone):
        return None
    reporter = Reporter(
        name=name or None, initials=pinyin_initials(name) if name else None, phone=phone
    )
    session.add(reporter)
    session.flush()
    return reporter.id

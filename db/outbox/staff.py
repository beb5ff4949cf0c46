"""What signed-in people are told of files by their own channels, beside Today."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.outbox.post import Words, accounts_reached, announce, notify
from db.tables import Account, AccountRole, Case, ClockRow
from db.tables.outbox import NoticeAddress
from db.types import instant_text
from domain.moves import State
from domain.outbox import Recipient
from domain.people import Role
from domain.reminders import Rung

OFFICE = frozenset({Role.SECRETARY, Role.SOCIAL_WORKER})
# What is chased in writing has a text to send, even where a group has no channel.
WRITTEN = frozenset({Rung.CHASE, Rung.AGENDA})


def tell_reminded(session: Session, now: datetime, clock: ClockRow, rung: Rung) -> None:
    """The office, the unit that works on it, and the groups for deadlines."""
    case = session.get_one(Case, clock.case_id)
    words: Words = {
        "number": case.number,
        "code": case.code,
        "promise": clock.promise.value,
        "rung": rung.value,
        "due_at": f"{instant_text(clock.due_at)}+00:00",
    }
    _tell_office(session, now, case, "reminder", words)
    if case.state is State.DOING and case.lead_unit_id is not None:
        _tell_unit(session, now, case, case.lead_unit_id, "unit_reminder", words)
    announce(session, now, kind="reminder", words=words, case_id=case.id, paste=rung in WRITTEN)


def tell_task_given(
    session: Session, now: datetime, case: Case, unit_id: int, due_at: datetime
) -> None:
    """Everybody who speaks for the unit that was given a part."""
    words = {"number": case.number, "due_at": f"{instant_text(due_at)}+00:00"}
    _tell_unit(session, now, case, unit_id, "task_given", words)


def tell_reopened(session: Session, now: datetime, case: Case) -> None:
    """The office and the unit that did it before: a reopened file must reach somebody."""
    words = {"number": case.number, "code": case.code}
    _tell_office(session, now, case, "reopened", words)
    if case.lead_unit_id is not None:
        _tell_unit(session, now, case, case.lead_unit_id, "reopened", words)


def _tell_office(session: Session, now: datetime, case: Case, kind: str, words: Words) -> None:
    for key in office_reached(session, case.estate_id):
        notify(session, now, to=Recipient(account_id=key), kind=kind, words=words, case_id=case.id)


def office_reached(session: Session, estate_id: int | None) -> list[int]:
    """Accounts of the office that have an address and are responsible for that estate."""
    query = (
        select(NoticeAddress.account_id)
        .join(AccountRole, AccountRole.account_id == NoticeAddress.account_id)
        .join(Account, Account.id == NoticeAddress.account_id)
        .where(
            NoticeAddress.address.is_not(None),
            AccountRole.role.in_(OFFICE),
            or_(Account.estate_id.is_(None), Account.estate_id == estate_id),
        )
    )
    return accounts_reached(session, {key for key in session.scalars(query) if key is not None})


def _tell_unit(
    session: Session, now: datetime, case: Case, unit_id: int, kind: str, words: Words
) -> None:
    query = select(Account.id).where(Account.unit_id == unit_id, Account.active)
    for key in accounts_reached(session, set(session.scalars(query))):
        notify(session, now, to=Recipient(account_id=key), kind=kind, words=words, case_id=case.id)

"""The audit log: every event of the house, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.cursors import cursor, read_cursor
from db.engine import read
from db.events import facts_of
from db.scope import code_typed, no_such_file
from db.tables import Account, Case, Event
from db.views import Page
from domain.people import Actor, Right


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One event.

    Args:
        at: when it was recorded; `happened_at` when it happened.
        who: the account's name; None for a resident (`by_resident`) and the system.
        facts: row ids, kinds and numbers.
    """

    id: int
    at: datetime
    happened_at: datetime
    kind: str
    who: str | None
    by_resident: bool
    case_code: str | None
    case_number: str | None
    facts: dict[str, int | str | bool | list[int]]


def audit(
    actor: Actor,
    now: datetime,
    *,
    kind: str | None = None,
    account_id: int | None = None,
    case_code: str | None = None,
    after: str | None = None,
    limit: int = 100,
) -> Page[AuditLine]:
    """The newest events, of one kind, one person or one file where asked.

    Raises:
        NotAllowed: this person may not read the log.
        NotFound: there is no such file.
    """
    actor.need(Right.AUDIT)
    query = (
        select(Event, Account.name, Case.code, Case.number)
        .outerjoin(Account, Account.id == Event.actor_id)
        .outerjoin(Case, Case.id == Event.case_id)
        .order_by(Event.id.desc())
    )
    if kind is not None:
        query = query.where(Event.kind == kind)
    if account_id is not None:
        query = query.where(Event.actor_id == account_id)
    if (begins := read_cursor(after)) is not None:
        query = query.where(Event.id < begins[1])
    with read() as session:
        if case_code is not None:
            case_id = session.scalar(select(Case.id).where(Case.code == code_typed(case_code)))
            if case_id is None:
                raise no_such_file()
            query = query.where(Event.case_id == case_id)
        rows = list(session.execute(query.limit(limit + 1)))
    shown = rows[:limit]
    found = tuple(
        AuditLine(
            id=event.id,
            at=event.at,
            happened_at=event.happened_at,
            kind=event.kind,
            who=who,
            by_resident=(facts := facts_of(event.payload)).get("actor") == "resident",
            case_code=code,
            case_number=number,
            facts=facts,
        )
        for event, who, code, number in shown
    )
    last = found[-1] if len(rows) > limit else None
    return Page(found, cursor(last.at, last.id) if last else None)

"""Who is told of a request: volunteers, leaders, the duty desk, the secretary."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.outbox.post import announce, notify
from db.tables import Account, AccountRole, Estate
from db.tables.requests import HelpRequest
from db.tables.volunteers import VolunteerRow
from db.types import instant_text
from domain.escalation import AFTER, Rung
from domain.outbox import Recipient
from domain.people import Role
from domain.requests import Urgency


def offered(
    session: Session, now: datetime, row: HelpRequest, volunteer_id: int, until: datetime | None
) -> None:
    """A volunteer is asked. For an emergency the time named is when others are asked too."""
    named = until or now + AFTER[Rung.NEXT]
    notify(
        session,
        now,
        to=Recipient(volunteer_id=volunteer_id),
        kind="offer",
        words={"until_at": f"{instant_text(named)}+00:00"},
        urgent=row.urgency is Urgency.EMERGENCY,
        case_id=row.case_id,
        request_id=row.id,
    )


def over(session: Session, now: datetime, row: HelpRequest, volunteers: Iterable[int]) -> None:
    """Others who were asked need not come any more."""
    for key in volunteers:
        notify(
            session,
            now,
            to=Recipient(volunteer_id=key),
            kind="offer_over",
            words={},
            urgent=row.urgency is Urgency.EMERGENCY,
            case_id=row.case_id,
            request_id=row.id,
        )


def waits(session: Session, now: datetime, row: HelpRequest) -> None:
    """Nobody is left to ask: whoever dispatches must look."""
    announce(
        session,
        now,
        kind="request_waits",
        words={"number": row.number},
        urgent=row.urgency is Urgency.EMERGENCY,
        case_id=row.case_id,
        request_id=row.id,
    )


def climbed(session: Session, now: datetime, row: HelpRequest, rung: Rung) -> list[int]:
    """The accounts that a rung of the ladder is for are told; returns their ids."""
    told: dict[int, str] = {}
    if rung is Rung.LEADERS:
        told = dict.fromkeys(_duty_desk(session, row), "request_near")
        told |= dict.fromkeys(_leaders(session, row), "request_waits")
    elif rung is Rung.SECRETARY:
        told = dict.fromkeys(_secretaries(session, row), "request_waits")
    for key, kind in told.items():
        notify(
            session,
            now,
            to=Recipient(account_id=key),
            kind=kind,
            words={"number": row.number},
            urgent=True,
            case_id=row.case_id,
            request_id=row.id,
        )
    return sorted(told)


def _leaders(session: Session, row: HelpRequest) -> list[int]:
    """The leaders of the squad that is asked; of all squads where none was named."""
    query = (
        select(VolunteerRow.account_id)
        .join(Account, Account.id == VolunteerRow.account_id)
        .where(VolunteerRow.leader, VolunteerRow.left_on.is_(None), Account.active)
        .order_by(VolunteerRow.id)
    )
    if row.squad is not None:
        query = query.where(VolunteerRow.squad == row.squad)
    return [key for key in session.scalars(query) if key is not None]


def _duty_desk(session: Session, row: HelpRequest) -> list[int]:
    """Who speaks for the estate's property company."""
    estate = session.get(Estate, row.estate_id) if row.estate_id else None
    if estate is None or estate.property_id is None:
        return []
    return list(
        session.scalars(
            select(Account.id)
            .join(AccountRole, AccountRole.account_id == Account.id)
            .where(
                AccountRole.role == Role.PROPERTY,
                Account.unit_id == estate.property_id,
                Account.active,
            )
            .order_by(Account.id)
        )
    )


def _secretaries(session: Session, row: HelpRequest) -> list[int]:
    scope: ColumnElement[bool] = Account.estate_id.is_(None)
    if row.estate_id is not None:
        scope = or_(scope, Account.estate_id == row.estate_id)
    return list(
        session.scalars(
            select(Account.id)
            .join(AccountRole, AccountRole.account_id == Account.id)
            .where(AccountRole.role == Role.SECRETARY, Account.active, scope)
            .order_by(Account.id)
        )
    )

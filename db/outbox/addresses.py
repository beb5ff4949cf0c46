"""People's own addresses: where an account or a volunteer agreed to be told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.events import record
from db.outbox.checks import checked_address, checked_quiet
from db.outbox.post import post_test
from db.tables import Account
from db.tables.outbox import NoticeAddress
from db.upsert import upsert
from domain.errors import N_, FieldError, NotFound
from domain.names import clean_line
from domain.outbox import Recipient, service_of
from domain.people import Actor, Right


@dataclass(frozen=True, slots=True)
class AddressView:
    """One person's address; only its service is told, an e-mail's first letter and host."""

    id: int
    to: Recipient
    service: str
    language: str
    quiet_from: str
    quiet_to: str
    consented_at: datetime


def addresses(actor: Actor) -> list[AddressView]:
    """All addresses that are in use, the latest first."""
    actor.need(Right.SET_UP)
    query = (
        select(NoticeAddress)
        .where(NoticeAddress.address.is_not(None))
        .order_by(NoticeAddress.consented_at.desc(), NoticeAddress.id)
    )
    with read() as session:
        return [
            AddressView(
                row.id,
                Recipient(row.account_id, row.volunteer_id),
                service_of(row.address or ""),
                row.language,
                row.quiet_from or "",
                row.quiet_to or "",
                row.consented_at,
            )
            for row in session.scalars(query)
            if row.consented_at is not None
        ]


def set_address(
    actor: Actor,
    now: datetime,
    to: Recipient,
    *,
    address: str,
    consent: bool,
    language: str,
    quiet_from: str = "",
    quiet_to: str = "",
) -> None:
    """Keep where a person is told; an empty address leaves the one there is.

    Raises:
        FieldError: no consent, or what is wrong with the address or the quiet hours.
        NotFound: no such account.
    """
    _need_allowed(actor, to)
    if not consent:
        raise FieldError("consent", N_("Only who agreed is told there. Ask the person first."))
    start, end = checked_quiet(quiet_from, quiet_to)
    fresh = checked_address("address", address) if clean_line(address) else None
    with write() as session:
        row = _row(session, to)
        row.address = fresh or row.address
        if row.address is None:
            raise FieldError("address", N_("Write an e-mail address, or one as name://key."))
        row.language, row.quiet_from, row.quiet_to = language, start, end
        if fresh is not None or row.consented_at is None:
            row.consented_at = now
        row.withdrawn_at, row.recorded_by = None, actor.account_id
        record(session, actor, now, "address_set", account=to.account_id, volunteer=to.volunteer_id)


def withdraw_address(actor: Actor, now: datetime, to: Recipient) -> None:
    """Forget where a person is told; messages wait for the office from now on."""
    _need_allowed(actor, to)
    with write() as session:
        row = _row(session, to)
        row.address, row.consented_at, row.withdrawn_at = None, None, now
        record(
            session,
            actor,
            now,
            "address_withdrawn",
            account=to.account_id,
            volunteer=to.volunteer_id,
        )


def try_address(actor: Actor, now: datetime, to: Recipient, once_key: str | None = None) -> None:
    """Send a test message to a person with the next tick.

    Raises:
        Refused: there is no way to send it.
    """
    _need_allowed(actor, to)
    with write() as session:
        if once.claim(session, once_key, "test", now) is None:
            post_test(session, now, to)


def _need_allowed(actor: Actor, to: Recipient) -> None:
    """Everybody decides about themselves; for others it is set up."""
    if to.account_id is None or to.account_id != actor.account_id:
        actor.need(Right.SET_UP)


def _row(session: Session, to: Recipient) -> NoticeAddress:
    """The person's row, locked, made when there is none."""
    if to.channel_id is not None or to == Recipient():
        raise NotFound(N_("This entry is not there any more. Load the page again."))
    if to.account_id is not None and session.get(Account, to.account_id) is None:
        raise NotFound(N_("There is no such account."))
    session.execute(
        upsert(session, NoticeAddress)
        .values(account_id=to.account_id, volunteer_id=to.volunteer_id, language="zh_CN")
        .on_conflict_do_nothing()
    )
    own = (
        NoticeAddress.account_id == to.account_id
        if to.account_id is not None
        else NoticeAddress.volunteer_id == to.volunteer_id
    )
    return session.execute(select(NoticeAddress).where(own).with_for_update()).scalar_one()

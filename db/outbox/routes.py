"""Which way a message goes: its recipient's address, language and quiet hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.tables import Account, Setting
from db.tables.outbox import NoticeAddress, NoticeChannel
from db.tables.volunteers import VolunteerRow
from domain.outbox import Recipient, is_mail
from domain.quiet_hours import QuietHours, written

MAIL_SERVER = "outbox_mail_server"


@dataclass(frozen=True, slots=True)
class Route:
    """An Apprise address with its secret, and when it may be used."""

    address: str
    language: str
    quiet: QuietHours | None


def mail_server(session: Session) -> str | None:
    """The Apprise address of the server that sends people's e-mail; None where none is set."""
    row = session.get(Setting, MAIL_SERVER)
    return str(row.value) if row is not None and row.value else None


def routes(session: Session, to: Iterable[Recipient]) -> dict[Recipient, Route]:
    """The way to each recipient; those that have none are left out.

    Disabled accounts and volunteers who left have none. A volunteer without an address of
    their own is told where their account is, and is quiet when they said they are.
    """
    wanted = set(to)
    channels = {one.channel_id for one in wanted} - {None}
    volunteers = _volunteers(session, {one.volunteer_id for one in wanted} - {None})
    accounts = {one.account_id for one in wanted} | {row.account_id for row in volunteers.values()}
    own = _addresses(session, NoticeAddress.volunteer_id, volunteers)
    of_account = _addresses(session, NoticeAddress.account_id, _active(session, accounts - {None}))
    found: dict[Recipient, Route | None] = {}
    if channels:
        query = select(NoticeChannel).where(NoticeChannel.active, NoticeChannel.id.in_(channels))
        for channel in session.scalars(query):
            found[Recipient(channel_id=channel.id)] = _route(session, channel)
    for one in wanted:
        address = None
        if one.account_id is not None:
            address = of_account.get(one.account_id)
        elif one.volunteer_id in volunteers:
            account_id = volunteers[one.volunteer_id].account_id
            address = own.get(one.volunteer_id) or of_account.get(account_id)
        if address is not None:
            found[one] = _route(session, address, volunteers.get(one.volunteer_id))
    return {one: way for one, way in found.items() if way is not None}


def _volunteers(session: Session, ids: set[int | None]) -> dict[int | None, VolunteerRow]:
    if not ids:
        return {}
    query = select(VolunteerRow).where(VolunteerRow.id.in_(ids), VolunteerRow.left_on.is_(None))
    return {row.id: row for row in session.scalars(query)}


def _active(session: Session, ids: set[int | None]) -> set[int]:
    if not ids:
        return set()
    return set(session.scalars(select(Account.id).where(Account.id.in_(ids), Account.active)))


def _addresses(
    session: Session, key: InstrumentedAttribute[int | None], ids: Iterable[int | None]
) -> dict[int | None, NoticeAddress]:
    wanted = set(ids)
    if not wanted:
        return {}
    query = select(NoticeAddress).where(key.in_(wanted), NoticeAddress.address.is_not(None))
    return {getattr(row, key.key): row for row in session.scalars(query)}


def _route(
    session: Session, row: NoticeChannel | NoticeAddress, volunteer: VolunteerRow | None = None
) -> Route | None:
    address = row.address
    if address and is_mail(address):
        server = mail_server(session)
        if server is None:
            return None
        address = f"{server}{'&' if '?' in server else '?'}to={quote(address)}"
    if not address:
        return None
    quiet = written(row.quiet_from, row.quiet_to)
    if quiet is None and volunteer is not None:
        quiet = _said(volunteer.quiet_from, volunteer.quiet_to)
    return Route(address, row.language, quiet)


def _said(start: int | None, end: int | None) -> QuietHours | None:
    """Quiet hours from minutes of the day."""
    if start is None or end is None or start == end:
        return None
    return QuietHours(time(start // 60 % 24, start % 60), time(end // 60 % 24, end % 60))

"""The community's own channels: group robots, webhooks, mailboxes, and the mail server."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db import once
from db.engine import read, write
from db.events import record
from db.lists import existing, insert_named, name_taken
from db.numbers import new_code
from db.outbox.checks import checked_address, checked_quiet
from db.outbox.post import post_test
from db.outbox.routes import MAIL_SERVER, mail_server
from db.settings import put
from db.tables.outbox import NoticeChannel
from domain.errors import N_, FieldError
from domain.names import clean_line, clean_name
from domain.outbox import Recipient, Topic, service_of
from domain.people import Actor, Right


@dataclass(frozen=True, slots=True)
class ChannelView:
    """One channel; of its address only the service is told."""

    id: int
    name: str
    service: str
    topics: tuple[Topic, ...]
    language: str
    quiet_from: str
    quiet_to: str
    active: bool


def channels(actor: Actor) -> list[ChannelView]:
    """All channels by name, those in use first."""
    actor.need(Right.SET_UP)
    query = select(NoticeChannel).order_by(
        NoticeChannel.active.desc(), NoticeChannel.name, NoticeChannel.id
    )
    with read() as session:
        return [
            ChannelView(
                row.id,
                row.name,
                service_of(row.address),
                tuple(topic for topic in Topic if topic in row.topics),
                row.language,
                row.quiet_from or "",
                row.quiet_to or "",
                row.active,
            )
            for row in session.scalars(query)
        ]


def add_channel(
    actor: Actor,
    now: datetime,
    *,
    name: str,
    address: str,
    topics: Iterable[Topic],
    language: str,
    quiet_from: str = "",
    quiet_to: str = "",
    once_key: str | None = None,
) -> int:
    """A new channel; returns its id.

    Args:
        quiet_from, quiet_to: as 22:00, or both empty.

    Raises:
        FieldError: what is wrong with its name, address or quiet hours.
    """
    actor.need(Right.SET_UP)
    name, code = clean_name("name", name), new_code()
    address = checked_address("address", address)
    start, end = checked_quiet(quiet_from, quiet_to)
    with write() as session:
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            query = select(NoticeChannel.id).where(NoticeChannel.code == earlier)
            return session.execute(query).scalar_one()
        row = insert_named(
            session,
            NoticeChannel,
            code=code,
            name=name,
            address=address,
            topics=sorted(set(topics)),
            language=language,
            quiet_from=start,
            quiet_to=end,
            active=True,
            created_at=now,
        )
        record(session, actor, now, "channel_added", channel=row.id)
        return row.id


def change_channel(
    actor: Actor,
    now: datetime,
    channel_id: int,
    *,
    name: str,
    address: str = "",
    topics: Iterable[Topic],
    language: str,
    quiet_from: str = "",
    quiet_to: str = "",
    active: bool = True,
) -> None:
    """Change a channel; an empty address leaves it as it is.

    Raises:
        FieldError: as for a new one.
    """
    actor.need(Right.SET_UP)
    name = clean_name("name", name)
    start, end = checked_quiet(quiet_from, quiet_to)
    fresh = checked_address("address", address) if clean_line(address) else None
    with write() as session:
        row = existing(session, NoticeChannel, channel_id)
        same = select(NoticeChannel.id).where(
            NoticeChannel.name == name, NoticeChannel.id != channel_id
        )
        if session.execute(same).first() is not None:
            raise name_taken()
        row.name, row.topics, row.language = name, sorted(set(topics)), language
        row.quiet_from, row.quiet_to, row.active = start, end, active
        row.address = fresh or row.address
        record(
            session,
            actor,
            now,
            "channel_changed",
            channel=row.id,
            active=active,
            address_changed=fresh is not None,
        )


def try_channel(actor: Actor, now: datetime, channel_id: int, once_key: str | None = None) -> None:
    """Send a test message there with the next tick; the log shows what came of it.

    Raises:
        Refused: the channel is not in use, or needs the mail server, which is not set.
    """
    actor.need(Right.SET_UP)
    with write() as session:
        existing(session, NoticeChannel, channel_id)
        if once.claim(session, once_key, "test", now) is not None:
            return
        post_test(session, now, Recipient(channel_id=channel_id))
        record(session, actor, now, "channel_tested", channel=channel_id)


def mail_server_set(actor: Actor) -> str | None:
    """The service of the mail server, without its secret; None where none is set."""
    actor.need(Right.SET_UP)
    with read() as session:
        address = mail_server(session)
        return service_of(address) if address else None


def set_mail_server(actor: Actor, now: datetime, address: str) -> None:
    """Name the server that sends people's e-mail, as mailtos://name:password@server.

    Raises:
        FieldError: it is no mail server's address.
    """
    actor.need(Right.SET_UP)
    address = clean_line(address)
    if not address.startswith(("mailto://", "mailtos://")):
        raise FieldError(
            "address", N_("Write the mail server as mailtos://name:password@mail.example.com")
        )
    checked_address("address", address)
    with write() as session:
        put(session, MAIL_SERVER, address)
        record(session, actor, now, "setting_changed", setting=MAIL_SERVER)

"""What leaves the house: the channels it can go by, people's addresses, and each message."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Json


class NoticeChannel(Base):
    """A group robot, mailbox or webhook of the community itself.

    `address` is an Apprise address with its secret. `topics` are the `domain.outbox.Topic`s that
    go there; quiet hours are times of day as HH:MM, both or neither.
    """

    __tablename__ = "notice_channels"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str]
    topics: Mapped[list[str]] = mapped_column(Json)
    language: Mapped[str]
    quiet_from: Mapped[str | None]
    quiet_to: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class NoticeAddress(Base):
    """Where one person wants to be told, and since when; None once they no longer want it."""

    __tablename__ = "notice_addresses"
    id: Mapped[RowId]
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"), unique=True)
    volunteer_id: Mapped[int | None] = mapped_column(refers("volunteers.id"), unique=True)
    address: Mapped[str | None]
    language: Mapped[str]
    quiet_from: Mapped[str | None]
    quiet_to: Mapped[str | None]
    consented_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (volunteer_id IS NULL)", name="one_person"),
        STRICT,
    )


_WAITING = "sent_at IS NULL AND given_up_at IS NULL AND {}"
_ON_DESK = "settled_at IS NULL AND sent_at IS NULL AND ({} OR given_up_at IS NOT NULL)"


class Outgoing(Base):
    """One message to one recipient, written in the transaction of the fact that it tells.

    The text is made when it is sent: `words` hold ids, codes and numbers. Without any recipient
    it is for a group that has no channel. `by_hand`: there is no address to send it to, so the
    office reads it out or pastes it, as it does when sending was given up. `fault` is a slug.
    """

    __tablename__ = "outbox"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    volunteer_id: Mapped[int | None] = mapped_column(refers("volunteers.id"))
    channel_id: Mapped[int | None] = mapped_column(refers("notice_channels.id"))
    kind: Mapped[str]
    words: Mapped[dict[str, Any]]
    urgent: Mapped[bool]
    by_hand: Mapped[bool]
    case_id: Mapped[int | None] = mapped_column(refers("cases.id"))
    request_id: Mapped[int | None]
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    fault: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "account_id",
            "volunteer_id",
            "channel_id",
            "urgent",
            "id",
            sqlite_where=sql(_WAITING.format("by_hand = 0")),
            postgresql_where=sql(_WAITING.format("NOT by_hand")),
        ),
        Index(
            "ix_outbox_on_desk",
            "created_at",
            sqlite_where=sql(_ON_DESK.format("by_hand = 1")),
            postgresql_where=sql(_ON_DESK.format("by_hand")),
        ),
        STRICT,
    )

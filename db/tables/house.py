"""What the house keeps for itself: settings, counters, leases, once-only keys, events."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Json


class Setting(Base):
    """One setting by name; its meaning and default stand in `db.settings`."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class Counter(Base):
    """A number that only grows, such as this year's last case number."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class Lease(Base):
    """Which server does a job now, and until when nobody else may."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]


class OnceKey(Base):
    """The key of a form that was sent: a second sending finds what the first one made."""

    __tablename__ = "once_keys"
    key: Mapped[str] = mapped_column(primary_key=True)
    made: Mapped[str]
    at: Mapped[datetime]


class Chain(Base):
    """The head of a hash chain: its last sequence number and hash."""

    __tablename__ = "chains"
    name: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    head: Mapped[str]


class Event(Base):
    """One thing that happened; never changed, never deleted (triggers see to it).

    `at` is when it was recorded and what the chain hashes; `happened_at` differs for facts
    that an imported ledger or a phone call brought in later. `payload` is canonical JSON of
    row ids, kinds and numbers: never a name, a number to call, or a resident's words.
    """

    __tablename__ = "events"
    id: Mapped[RowId]
    chain: Mapped[str]
    seq: Mapped[int]
    at: Mapped[datetime]
    happened_at: Mapped[datetime]
    kind: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    case_id: Mapped[int | None] = mapped_column(refers("cases.id"))
    payload: Mapped[str]
    prev: Mapped[str]
    hash: Mapped[str]
    __table_args__ = (
        UniqueConstraint("chain", "seq"),
        Index("ix_events_case", "case_id", "id"),
        Index("ix_events_kind", "kind", "happened_at"),
        Index("ix_events_kind_id", "kind", "id"),
        Index("ix_events_actor", "actor_id", "id"),
        STRICT,
    )

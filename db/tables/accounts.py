"""Accounts, roles, sessions, one-time codes, and the counters that slow attackers down."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Word
from domain.people import Role


class Account(Base):
    """A person who signs in. The password's argon2 hash is all that is kept of it.

    `seen_at` is when they were last here, `left_at` when the visit before this one ended.
    """

    __tablename__ = "accounts"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    login: Mapped[str] = mapped_column(unique=True)  # case-folded
    name: Mapped[str]
    initials: Mapped[str]
    password_hash: Mapped[str | None]
    unit_id: Mapped[int | None] = mapped_column(refers("units.id"))
    estate_id: Mapped[int | None] = mapped_column(refers("estates.id"))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]


class AccountRole(Base):
    """One role of one account."""

    __tablename__ = "account_roles"
    account_id: Mapped[int] = mapped_column(refers("accounts.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(Word(Role), primary_key=True)


class AccountCode(Base):
    """A one-time code to set a password, stored as a hash."""

    __tablename__ = "account_codes"
    id: Mapped[RowId]
    account_id: Mapped[int] = mapped_column(refers("accounts.id"))
    code_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignIn(Base):
    """A session: the hash of its cookie, how long it may idle and live, and when it ended.

    A lasting one does not end by idling: a volunteer's own phone lies in a pocket for weeks.
    """

    __tablename__ = "sign_ins"
    id: Mapped[RowId]
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(refers("accounts.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    lasting: Mapped[bool] = mapped_column(default=False)


class RateHit(Base):
    """One attempt in a bucket such as `signin:account:…` (hashed where it names a person)."""

    __tablename__ = "rate_hits"
    id: Mapped[RowId]
    bucket: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_rate_hits_bucket_at", "bucket", "at"), STRICT)

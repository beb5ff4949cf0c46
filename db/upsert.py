"""What both databases can do but SQLAlchemy spells per dialect: INSERT … ON CONFLICT, locks."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session


def upsert(session: Session, table: type[DeclarativeBase]) -> Any:
    """An insert with `on_conflict_do_nothing` and `on_conflict_do_update`.

    Both dialects' inserts have the same methods but no common type, hence `Any`.
    """
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def advisory_lock(session: Session, name: str) -> None:
    """Let transactions that name the same thing queue up until each is over.

    PostgreSQL alone needs it: writers of SQLite queue up anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name}
        )

"""INSERT … ON CONFLICT, which both databases know and SQLAlchemy spells per dialect."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session


def upsert(session: Session, table: type[DeclarativeBase]) -> Any:
    """An insert with `on_conflict_do_nothing` and `on_conflict_do_update`.

    Both dialects' inserts have the same methods but no common type, hence `Any`.
    """
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)

"""Brings the database's schema up to date: one history of migrations for both databases."""

import logging
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from db.engine import Database, database

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 163_163  # any number that nothing else on this PostgreSQL locks


def upgrade(target: Database | None = None, backup_to: Path | None = None) -> bool:
    """Run the missing migrations, one server at a time; True when there were any.

    Args:
        backup_to: on SQLite a copy of the database as it was is written here first.
    """
    target = target or database()
    config = _config()
    if _is_current(target, config):
        return False
    if backup_to is not None and target.is_sqlite and _revision_of(target) is not None:
        backup_to.parent.mkdir(parents=True, exist_ok=True)
        with target.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # VACUUM INTO runs outside of a transaction
            connection.exec_driver_sql("VACUUM INTO ?", (str(backup_to),))
    with target._writing.connect() as connection, connection.begin():
        if not target.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    log.info("schema is now at %s", _head(config))
    return True


def backup_name(folder: Path, now: datetime) -> Path:
    """Where the copy before a migration goes."""
    return folder / f"before-upgrade-{now:%Y%m%d-%H%M%S}.sqlite"


def is_current(target: Database | None = None) -> bool:
    """Whether the schema is the one that this code knows."""
    return _is_current(target or database(), _config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _head(config: Config) -> str | None:
    return ScriptDirectory.from_config(config).get_current_head()


def _revision_of(target: Database) -> str | None:
    with target.engine.connect() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_current(target: Database, config: Config) -> bool:
    return _revision_of(target) == _head(config)

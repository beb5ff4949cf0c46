"""The one door to the database: which it is, how a read and a write begin and end."""

import importlib
import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from domain.errors import N_, TryAgain

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_URL = f"sqlite:///{ROOT / 'data' / '163desk.sqlite'}"

# A writer waits this long for the one before it. Writes take milliseconds; only a backup or
# an import of thousands of rows ever holds the lock for seconds.
BUSY_SECONDS = 20
CONNECT_SECONDS = 2  # a stopped PostgreSQL must give an error page, not a hanging one
# Below this version SQLite's WAL mode has a corruption bug when several processes reset the log.
SAFE_WAL = (3, 51, 3)


class DatabaseDown(TryAgain):
    """The database does not answer, or cannot write."""


def sqlite_driver() -> ModuleType:
    """The newest SQLite at hand: pysqlite3 where it has a wheel, else Python's own."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


class Database:
    """One database: its engine, its reads and its writes.

    Args:
        url: an SQLAlchemy address; `postgres://` and `postgresql://` mean psycopg 3.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.drivername in {"postgres", "postgresql"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.url = parsed
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self._writer = threading.RLock()
        if self.is_sqlite:
            if parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            self.engine = self._sqlite()
        else:
            self.engine = create_engine(
                parsed,
                hide_parameters=True,  # errors are logged; people's words are not
                pool_pre_ping=True,
                pool_size=10,
                max_overflow=20,
                pool_timeout=BUSY_SECONDS,  # for fifty taps at once they queue up here
                # Compiling a query takes longer than any of ours does.
                connect_args={"connect_timeout": CONNECT_SECONDS, "options": "-c jit=off"},
            )
        self._writing = self.engine.execution_options(desk_begin="BEGIN IMMEDIATE")

    def _sqlite(self) -> Engine:
        driver = sqlite_driver()
        wal = driver.sqlite_version_info >= SAFE_WAL
        if not wal:
            log.warning(
                "SQLite %s is older than 3.51.3: using a rollback journal instead of WAL. "
                "It is safe but slower; install pysqlite3 or use PostgreSQL.",
                driver.sqlite_version,
            )
        engine = create_engine(
            self.url,
            module=driver,
            hide_parameters=True,
            # SQLAlchemy then never begins by itself; the listener below says which BEGIN.
            connect_args={
                "isolation_level": None,
                "check_same_thread": False,
                "timeout": BUSY_SECONDS,
            },
        )

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA journal_mode={'WAL' if wal else 'DELETE'}")
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.execute("PRAGMA recursive_triggers=ON")  # REPLACE must fire delete guards
            cursor.execute("PRAGMA cache_size=-32768")
            cursor.close()

        @event.listens_for(engine, "begin")
        def begin(connection: Any) -> None:
            options = connection.get_execution_options()
            connection.exec_driver_sql(options.get("desk_begin", "BEGIN"))

        return engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent view; nothing that is changed in it is kept."""
        outer = _batch.get()
        if outer is not None and outer[0] is self:
            yield outer[1]
            return
        try:
            with Session(self.engine, autoflush=False) as session:
                yield session
        except (DBAPIError, PoolTimeout) as error:
            raise _told(error) from error

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: all of it is kept, or nothing.

        Writers of one process queue up here, so that SQLite's lock is never fought over;
        writers of other processes wait for `BEGIN IMMEDIATE`. Inside `batch` it is a
        savepoint of the batch's transaction.
        """
        outer = _batch.get()
        if outer is not None and outer[0] is self:
            with outer[1].begin_nested():
                yield outer[1]
            return
        try:
            if self.is_sqlite:
                with self._writer, Session(self._writing) as session, session.begin():
                    yield session
            else:
                with Session(self.engine) as session, session.begin():
                    yield session
        except (DBAPIError, PoolTimeout) as error:
            raise _told(error) from error

    @contextmanager
    def write_plain(self) -> Iterator[Connection]:
        """The same without the objects' bookkeeping, for what must cost as little as can be."""
        outer = _batch.get()
        if outer is not None and outer[0] is self:
            with self.write() as session:
                yield session.connection()
            return
        try:
            if self.is_sqlite:
                with self._writer, self._writing.begin() as connection:
                    yield connection
            else:
                with self.engine.begin() as connection:
                    yield connection
        except (DBAPIError, PoolTimeout) as error:
            raise _told(error) from error

    @contextmanager
    def batch(self) -> Iterator[Session]:
        """Many writes as one transaction; each write inside may fail alone."""
        with self.write() as session:
            token = _batch.set((self, session))
            try:
                yield session
            finally:
                _batch.reset(token)

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


_batch: ContextVar[tuple[Database, Session] | None] = ContextVar("desk_batch", default=None)
_current: Database | None = None
_opening = threading.Lock()


def _told(error: DBAPIError | PoolTimeout) -> Exception:
    """The user's sentence for a fault of the database; other errors stay what they are."""
    if isinstance(error, PoolTimeout):
        return DatabaseDown(
            N_("Too many people are saving just now: nothing was saved. Try again.")
        )
    text = str(error.orig).lower()
    if ("full" in text and ("disk" in text or "database" in text)) or "no space" in text:
        return DatabaseDown(
            N_("The disk is full: nothing was saved. Reading still works. Free some space, retry.")
        )
    if isinstance(error, OperationalError) or error.connection_invalidated:
        return DatabaseDown(
            N_("The database does not answer just now: nothing was saved. Try again in a minute.")
        )
    return error


def database() -> Database:
    """The database that `DATABASE_URL` names, by default an SQLite file under `data/`."""
    global _current
    if _current is None:
        with _opening:
            if _current is None:
                _current = Database(os.environ.get("DATABASE_URL") or DEFAULT_URL)
    return _current


def use(other: Database | str | None) -> Database | None:
    """Take another database from now on (tests, restore); None goes back to the environment's."""
    global _current
    with _opening:
        if _current is not None:
            _current.dispose()
        _current = Database(other) if isinstance(other, str) else other
    return _current


@contextmanager
def read() -> Iterator[Session]:
    """See `Database.read`."""
    with database().read() as session:
        yield session


@contextmanager
def write() -> Iterator[Session]:
    """See `Database.write`."""
    with database().write() as session:
        yield session


@contextmanager
def batch() -> Iterator[Session]:
    """See `Database.batch`."""
    with database().batch() as session:
        yield session

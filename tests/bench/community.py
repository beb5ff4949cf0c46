"""A community of any size in an SQLite database: the demo, and files and ballots beyond number.

The jobs' leases are taken for years, as if another server had them: nothing but the measured
pages runs.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from db import demo, engine
from db.engine import Database, sqlite_driver
from db.figures import made
from db.schema import MIGRATIONS, upgrade
from db.tables import Lease
from domain.chain import GENESIS
from jobs.tick import JOBS
from tests.bench.case_rows import CHUNK, COLUMNS, Files, Ground, Place, held
from tests.bench.figure_rows import copy_figures
from tests.bench.vote_rows import vote
from tests.support.cast import settle

SMALL = 1_000
YEARS_LEASED = timedelta(days=3_650)
KEPT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is beside the community itself."""

    files: int
    ballots: int


def community(folder: Path, size: Size, *, demo_too: bool) -> Database:
    """The community of that size; one that was kept in the folder is taken again.

    Args:
        demo_too: False for a handful of people in place of the demo, which takes a while to play.
    """
    base = folder / f"base-{'demo' if demo_too else 'cast'}-{_version()}.sqlite"
    if not _fresh(base):
        _once(base, lambda path: _base(path, demo_too))
    whole = base.with_name(base.name.replace("base", f"files-{size.files}-ballots-{size.ballots}"))
    if not _fresh(whole):
        begun = time.perf_counter()
        _once(whole, lambda path: _grow(base, path, size))
        spent = time.perf_counter() - begun
        print(
            f"{size.files:,} files and {size.ballots:,} ballots made in {spent:.0f} s", flush=True
        )
    return Database(f"sqlite:///{whole}")


def _fresh(path: Path) -> bool:
    """Whether it is there and still young: deadlines and an open vote are told from its making."""
    return path.exists() and time.time() - path.stat().st_mtime < KEPT.total_seconds()


def _version() -> str:
    """Names the tables, so that a kept database of others is not taken again."""
    migrations = sorted((MIGRATIONS / "versions").glob("0*.py"))
    return sha256(b"".join(path.read_bytes() for path in migrations)).hexdigest()[:8]


def _once(path: Path, make: Any) -> None:
    """Made beside and moved, so that a broken one never stands under the name."""
    beside = path.with_suffix(".part")
    for left in path.parent.glob(f"{beside.name}*"):
        left.unlink()
    make(beside)
    beside.rename(path)


def _base(path: Path, demo_too: bool) -> None:
    now = datetime.now(UTC)
    database = engine.use(f"sqlite:///{path}")
    assert database is not None
    try:
        upgrade(database)
        if demo_too:
            demo.load(lambda _done, _all: None, now)
        else:
            with database.write() as session:
                settle(session, now)
        with database.write() as session:
            until = now + YEARS_LEASED
            taken = [{"name": f"job:{job.name}", "holder": "bench", "until": until} for job in JOBS]
            session.execute(insert(Lease), taken)
    finally:
        engine.use(None)
    _at_rest(path)


def _at_rest(path: Path) -> None:
    """Everything in the one file."""
    with _raw(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _raw(path: Path) -> Iterator[Any]:
    connection = sqlite_driver().connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def _grow(base: Path, path: Path, size: Size) -> None:
    shutil.copyfile(base, path)
    now = datetime.now(UTC)
    with _raw(path) as connection:
        for pragma in ("synchronous=OFF", "cache_size=-524288", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        ground = _ground(connection)
        files = Files(ground, size.files, now)
        sample = files.sample()
        _insert(connection, files, sample)
        connection.executemany(
            _statement("reports"), list(held(ground, now, ground.report + size.files))
        )
        _heads(connection, ground)
    database = engine.use(f"sqlite:///{path}")
    assert database is not None
    try:
        made.make(now)
    finally:
        engine.use(None)
    with _raw(path) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-524288")
        counted = set(sample)
        with _without_indexes(connection, [*COLUMNS, "case_figures"]):
            _insert(connection, files, (n for n in range(size.files) if n not in counted))
            _heads(connection, ground)
            copy_figures(connection, ground.case, sample, size.files)
    database = engine.use(f"sqlite:///{path}")
    assert database is not None
    try:
        vote(database, now, size.ballots)
    finally:
        engine.use(None)
    with _raw(path) as connection:
        connection.execute("ANALYZE")
    _at_rest(path)


def _insert(connection: Any, files: Files, numbers: Any) -> None:
    left = iter(numbers)
    while portion := [n for _, n in zip(range(CHUNK), left, strict=False)]:
        connection.execute("BEGIN")
        for table, rows in files.rows(portion).items():
            if rows:
                connection.executemany(_statement(table), rows)
        connection.execute("COMMIT")


def _statement(table: str) -> str:
    names = COLUMNS[table].split()
    marks = ", ".join("?" * len(names))
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})"


@contextmanager
def _without_indexes(connection: Any, tables: list[str]) -> Iterator[None]:
    """Indexes are made at the end, by sorting once, where SQLite lets them go."""
    marks = ", ".join("?" * len(tables))
    known = connection.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        f" AND tbl_name IN ({marks})",
        tables,
    ).fetchall()
    for name, _ in known:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, statement in known:
        connection.execute(statement)


def _heads(connection: Any, ground: Ground) -> None:
    connection.execute(
        "INSERT INTO chains (name, seq, head) VALUES ('house', ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, head = excluded.head",
        (ground.seq, ground.head),
    )


def _ground(connection: Any) -> Ground:
    def column(query: str) -> list[Any]:
        return [row[0] for row in connection.execute(query)]

    def after(table: str) -> int:
        return int(column(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")[0])

    head = connection.execute("SELECT seq, head FROM chains WHERE name = 'house'").fetchone()
    places = connection.execute(
        "SELECT e.id, b.id, e.property_id FROM buildings b JOIN estates e ON e.id = b.estate_id"
        " WHERE e.property_id IS NOT NULL"
    )
    desk = "SELECT account_id FROM account_roles WHERE role = 'social_worker' ORDER BY account_id"
    return Ground(
        places=[Place(*row) for row in places],
        categories=column("SELECT id FROM categories WHERE active = 1"),
        desk=column(desk)[0],
        held_at=column("SELECT id FROM places ORDER BY id")[0],
        case=after("cases"),
        report=after("reports"),
        reporter=after("reporters"),
        clock=after("clocks"),
        event=after("events"),
        seq=head[0] if head else 0,
        head=head[1] if head else GENESIS,
        other=max(map(after, ("notes", "tasks", "tellings", "ratings", "reminders"))),
    )

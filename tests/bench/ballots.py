"""What a durable ballot costs, alone and with 32 writers (goals 6 and 7).

Alone, the bare driver stores the same rows in the same tables, in one transaction. With many
writers it does the least that a program could: a transaction of two statements on a connection
of its own, the ballot and the row that says which one stands (PostgreSQL: a hot tally row).
"""

import secrets
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from _pytest.outcomes import Skipped
from sqlalchemy import func, select, text

from db import engine
from db.tables.votes import Ballot, Turnout
from db.types import instant_text
from db.votes import box, box_rows
from db.votes.box import cast
from domain.chain import link
from domain.days import COMMUNITY_ZONE
from tests.bench.goals import Measured
from tests.bench.ground import Ground
from tests.support.ballot_rows import ANSWERS, OpenVote, open_vote_rows
from tests.support.cast import Cast, settle
from tests.support.databases import Databases

TITLE = "a durable ballot, and 32 writers (goals 6 and 7)"
NOW = datetime(2026, 3, 2, 9, tzinfo=COMMUNITY_ZONE)
WRITERS = 32
HEADS = 20_000
RAW = (
    "CREATE TABLE raw_ballots (right_id BIGINT, seq BIGINT, choices TEXT, at TEXT)",
    "CREATE TABLE raw_standing (right_id BIGINT PRIMARY KEY, seq BIGINT)",
    "CREATE TABLE raw_tally (id INTEGER PRIMARY KEY, n BIGINT)",
    "INSERT INTO raw_tally VALUES (1, 0)",
)
STAND = "INSERT INTO raw_standing VALUES ({0}, {0}) ON CONFLICT (right_id) DO UPDATE SET seq = {0}"


@dataclass(frozen=True, slots=True)
class Load:
    """Ballots a round of one writer, rounds, ballots a round of all writers."""

    alone: int = 200
    rounds: int = 5
    together: int = 3_200


def run(ground: Ground) -> list[Measured]:
    """Measure side by side, on each kind of database."""
    rows: list[Measured] = []
    for kind in ground.on:
        with tempfile.TemporaryDirectory(dir=ground.folder) as folder:
            made = Databases(Path(folder))
            try:
                rows += _writes(kind, made, Load(20, 1, 64) if ground.quick else Load())
            except Skipped as missing:
                rows.append(Measured(7, f"ballots on {kind}", 0, None, str(missing)))
            finally:
                engine.use(None)
                made.close()
    return rows


def _fresh(kind: str, made: Databases, heads: int) -> tuple[engine.Database, Cast, OpenVote]:
    database = engine.use(made.fresh(kind))
    assert database is not None
    with database.write() as session:
        cast_of = settle(session, NOW)
        buildings = (cast_of.building_one, cast_of.building_two)
        vote = open_vote_rows(session, cast_of.estate_one, buildings, NOW, heads)
    return database, cast_of, vote


def _raw(database: engine.Database) -> Callable[[], Any]:
    """Opens a connection of the bare driver, with the application's own settings."""
    if database.is_sqlite:
        driver = engine.sqlite_driver()

        def connect() -> Any:
            made = driver.connect(
                database.url.database,
                isolation_level=None,
                timeout=engine.BUSY_SECONDS,
                check_same_thread=False,
            )
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                made.execute(f"PRAGMA {pragma}")
            return made

        return connect
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return lambda: psycopg.connect(address, autocommit=True)


def _two_statements(database: engine.Database, connection: Any, number: int, hot: bool) -> None:
    mark = "?" if database.is_sqlite else "%s"
    at = NOW.isoformat()
    connection.execute("BEGIN IMMEDIATE" if database.is_sqlite else "BEGIN")
    connection.execute(
        f"INSERT INTO raw_ballots VALUES ({mark}, {mark}, {mark}, {mark})",
        (number, number, "1:yes", at),
    )
    if hot:
        connection.execute("UPDATE raw_tally SET n = n + 1 WHERE id = 1")
    else:
        connection.execute(STAND.format(number))
    connection.execute("COMMIT")


def _same_rows(database: engine.Database, connection: Any, vote: OpenVote, number: int) -> None:
    """What `cast` stores, read and written by the bare driver without a check."""
    mark = "?" if database.is_sqlite else "%s"
    at: Any = instant_text(NOW) if database.is_sqlite else NOW
    right = vote.rights[number % len(vote.rights)]
    name = box.chain_of(vote.code)

    def run(statement: str, *values: object) -> Any:
        return connection.execute(statement.replace("?", mark), values)

    run("BEGIN IMMEDIATE" if database.is_sqlite else "BEGIN")
    lock = "" if database.is_sqlite else " FOR UPDATE"
    query = f"SELECT seq, head FROM chains WHERE name = ?{lock}"
    seq, head = run(query, name).fetchone()
    query = "SELECT area, building_id FROM vote_rights WHERE vote_id = ? AND id = ?"
    area, building = run(query, vote.id, right).fetchone()
    payload = f'{{"actor":"resident","channel":"online","right":{right}}}'
    digest = link(head, seq + 1, instant_text(NOW), "ballot", payload)
    receipt = sha256(f"raw{number}".encode()).hexdigest()
    ballot = (vote.id, right, seq + 1, "online", "1:yes", at, secrets.token_hex(16), receipt)
    run(box_rows.BALLOT, *ballot, None, None)
    run(box_rows.EVENT, name, seq + 1, at, at, "ballot", None, None, payload, head, digest)
    run(box_rows.STAND, right, seq + 1, "online")
    run(box_rows.RETURNED, 1, area, vote.id, building)
    run(box_rows.HEAD, seq + 1, digest, name)
    run("COMMIT")


def _writes(kind: str, made: Databases, load: Load) -> list[Measured]:
    database, _, vote = _fresh(kind, made, HEADS)
    with database.write() as session:
        for statement in RAW:
            session.execute(text(statement))
    numbers = iter(range(10**9))

    def ours(number: int) -> None:
        cast(vote.ballot(number % HEADS, NOW, f"{number}", ANSWERS[number % 3]))

    app, raw = _alone(database, vote, ours, numbers, load)
    rate, wait = _many(database, ours, numbers, load)
    with database.read() as session:
        ballots = session.scalar(select(func.count(func.distinct(Ballot.right_id))))
        returned = session.scalar(select(func.sum(Turnout.returned_heads)))
    note = f"{returned} rights are summed as returned, {ballots} have a ballot"
    many = f"{kind}: {WRITERS} writers' commits / "
    if kind == "sqlite":
        waits = wait["app"] / wait["raw"]
        return [
            Measured(6, f"{kind}: a durable ballot / the raw driver", 1.6, app / raw),
            Measured(
                7,
                f"{many}one connection a thread",
                2.5,
                rate["app"] / rate["raw"],
                note,
                at_least=True,
            ),
            Measured(7, f"{kind}: their longest wait / theirs", 0.01, waits),
        ]
    among = 1 / (raw * rate["app"])
    return [
        Measured(6, f"{kind}: a ballot among {WRITERS} / raw transaction of two", 0.8, among),
        Measured(7, f"{many}a hot tally row", 3, rate["app"] / rate["raw"], note, at_least=True),
    ]


def _alone(
    database: engine.Database,
    vote: OpenVote,
    ours: Callable[[int], None],
    numbers: Iterator[int],
    load: Load,
) -> tuple[float, float]:
    """Seconds that a ballot takes, through the application and by the bare driver."""
    connection = _raw(database)()

    def theirs(number: int) -> None:
        if database.is_sqlite:
            _same_rows(database, connection, vote, number)
        else:
            _two_statements(database, connection, number, hot=False)

    spent: dict[str, list[float]] = {"raw": [], "app": []}
    for turn in range(load.rounds + 1):
        for name, one in (("raw", theirs), ("app", ours)):
            begun = time.perf_counter()
            for _ in range(load.alone):
                one(next(numbers))
            if turn:  # the first is the warm-up
                spent[name].append((time.perf_counter() - begun) / load.alone)
    connection.close()
    return statistics.median(spent["app"]), statistics.median(spent["raw"])


def _many(
    database: engine.Database, ours: Callable[[int], None], numbers: Iterator[int], load: Load
) -> tuple[dict[str, float], dict[str, float]]:
    """Commits a second and the longest wait, of the application and of bare connections."""
    connect, mine = _raw(database), threading.local()

    def writer(number: int) -> None:
        if not hasattr(mine, "connection"):
            mine.connection = connect()
        _two_statements(database, mine.connection, number, hot=not database.is_sqlite)

    taken: dict[str, list[tuple[float, float]]] = {"raw": [], "app": []}
    for _ in range(min(3, load.rounds)):
        for name, one in (("raw", writer), ("app", ours)):
            taken[name].append(_together(one, [next(numbers) for _ in range(load.together)]))
    return (
        {name: statistics.median(rate for rate, _ in all_) for name, all_ in taken.items()},
        {name: statistics.median(wait for _, wait in all_) for name, all_ in taken.items()},
    )


def _together(one: Callable[[int], None], numbers: list[int]) -> tuple[float, float]:
    """Commits a second of all writers together, and the longest that one of them waited."""
    waits: list[float] = []

    def timed(number: int) -> None:
        begun = time.perf_counter()
        one(number)
        waits.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(timed, numbers))
    return len(numbers) / (time.perf_counter() - begun), max(waits)

"""What a durable ballot costs, alone and with 32 writers, and the reads of a vote (goals 4, 6, 7).

Alone, the bare driver stores the same rows in the same tables, in one transaction. With many
writers it does the least that a program could: a transaction of two statements on a connection
of its own, the ballot and the row that says which one stands (PostgreSQL: a hot tally row).
"""

import argparse
import secrets
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import func, select, text

from db import engine
from db.tables.votes import Ballot, Turnout
from db.types import instant_text
from db.votes import box, box_rows, reads
from db.votes.box import cast
from db.votes.counting import count_due
from domain.chain import link
from domain.days import COMMUNITY_ZONE
from tests.support.ballot_rows import ANSWERS, OpenVote, open_vote_rows
from tests.support.cast import Cast, settle
from tests.support.databases import KINDS, Databases

TITLE = "a durable ballot, 32 writers, and a vote's pages at 1k and --rows ballots"
NOW = datetime(2026, 3, 2, 9, tzinfo=COMMUNITY_ZONE)
SMALL = 1_000
WRITERS = 32
ALONE = 200  # ballots a round
ROUNDS = 5
TOGETHER = 3_200
RAW = (
    "CREATE TABLE raw_ballots (right_id BIGINT, seq BIGINT, choices TEXT, at TEXT)",
    "CREATE TABLE raw_standing (right_id BIGINT PRIMARY KEY, seq BIGINT)",
    "CREATE TABLE raw_tally (id INTEGER PRIMARY KEY, n BIGINT)",
    "INSERT INTO raw_tally VALUES (1, 0)",
)
STAND = "INSERT INTO raw_standing VALUES ({0}, {0}) ON CONFLICT (right_id) DO UPDATE SET seq = {0}"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How large, on which databases, what."""
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--on", choices=KINDS, nargs="*", default=list(KINDS))
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--only", choices=("writes", "reads"))
    parser.add_argument("--folder", type=Path, help="where the databases lie; a disk, not memory")


def run(options: argparse.Namespace) -> None:
    """Measure side by side, print ratios."""
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        made = Databases(Path(folder))
        try:
            for kind in options.on:
                if options.only != "reads":
                    _writes(kind, made)
                if options.only != "writes":
                    _reads(kind, made, options)
        finally:
            engine.use(None)
            made.close()


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


def _writes(kind: str, made: Databases) -> None:
    database, _, vote = _fresh(kind, made, heads=20_000)
    with database.write() as session:
        for statement in RAW:
            session.execute(text(statement))
    connect = _raw(database)
    numbers = iter(range(10**9))

    def ours(number: int) -> None:
        cast(vote.ballot(number % 20_000, NOW, f"{number}", ANSWERS[number % 3]))

    connection = connect()

    def theirs(number: int) -> None:
        _same_rows(database, connection, vote, number)

    rounds: dict[str, list[float]] = {"app": [], "raw": []}
    doing = [("raw", theirs), ("app", ours)]
    if kind != "sqlite":
        doing[0] = ("raw", lambda number: _two_statements(database, connection, number, hot=False))
    for turn in range(ROUNDS + 1):
        for name, one in doing:
            begun = time.perf_counter()
            for _ in range(ALONE):
                one(next(numbers))
            if turn:  # the first is the warm-up
                rounds[name].append((time.perf_counter() - begun) / ALONE)
    app, raw = (statistics.median(rounds[name]) for name in ("app", "raw"))
    connection.close()
    if kind == "sqlite":
        print(f"{kind}: a durable ballot {app / raw:.2f} × the raw driver (goal ≤ 1.6)", flush=True)

    hot = kind != "sqlite"
    mine = threading.local()

    def writer(number: int) -> None:
        if not hasattr(mine, "connection"):
            mine.connection = connect()
        _two_statements(database, mine.connection, number, hot=hot)

    taken: dict[str, list[tuple[float, float]]] = {"raw": [], "app": []}
    for _ in range(3):
        for name, one in (("raw", writer), ("app", ours)):
            taken[name].append(_together(one, [next(numbers) for _ in range(TOGETHER)]))
    rate = {name: statistics.median(rate for rate, _ in all_) for name, all_ in taken.items()}
    wait = {name: statistics.median(wait for _, wait in all_) for name, all_ in taken.items()}
    goal = "≥ 2.5" if kind == "sqlite" else "≥ 3"
    beside = "one connection a thread" if kind == "sqlite" else "a hot tally row"
    print(
        f"{kind}: {WRITERS} writers {rate['app'] / rate['raw']:.2f} × the commits of {beside}"
        f" (goal {goal}), longest wait {wait['app'] / wait['raw']:.3f} × theirs (goal ≤ 0.01)",
    )
    if kind != "sqlite":
        share = raw * rate["app"]
        print(
            f"{kind}: a durable ballot among {WRITERS} takes {1 / share:.2f} × the raw"
            " two-statement transaction (goal ≤ 0.8)"
        )
    with database.read() as session:
        ballots = session.scalar(select(func.count(func.distinct(Ballot.right_id))))
        returned = session.scalar(select(func.sum(Turnout.returned_heads)))
        print(f"{kind}: returned rights {returned}, rights with a ballot {ballots}", flush=True)


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


def _reads(kind: str, made: Databases, options: argparse.Namespace) -> None:
    known = []
    for rows in (SMALL, options.rows):
        database, cast_of, vote = _fresh(kind, made, rows)
        begun = time.perf_counter()
        _fill(database, vote)
        print(f"{kind}: {rows:,} ballots in {time.perf_counter() - begun:.0f} s", flush=True)
        known.append((database, cast_of, vote))
    for counted in (False, True):
        spent: dict[int, list[float]] = {0: [], 1: []}
        at = NOW
        if counted:
            at = datetime(2026, 4, 2, 9, tzinfo=COMMUNITY_ZONE)
            for database, _, _ in known:
                engine._current = database
                begun = time.perf_counter()
                count_due(at)
                print(f"{kind}: counted in {time.perf_counter() - begun:.1f} s", flush=True)
        for turn in range(options.repeats + 3):
            for place, (database, cast_of, vote) in enumerate(known):
                engine._current = database
                begun = time.perf_counter()
                reads.vote_view(cast_of.secretary, at, vote.code)
                if turn >= 3:
                    spent[place].append(time.perf_counter() - begun)
        small, large = (statistics.median(spent[place]) for place in (0, 1))
        what = "results" if counted else "turnout"
        print(
            f"{kind}: {what} at {options.rows:,} ballots {large / small:.2f} × 1k"
            f" (goal ≤ 1.1; {large * 1000:.1f} ms)",
            flush=True,
        )


def _fill(database: engine.Database, vote: OpenVote) -> None:
    """Ballots of nine in ten rights, through the box, many at once as at the last hour."""
    engine._current = database
    voting = range(len(vote.rights) * 9 // 10)
    with ThreadPoolExecutor(64) as pool:
        for _ in pool.map(
            lambda n: cast(vote.ballot(n, NOW, f"once-{n}", ANSWERS[n % 3])), voting, chunksize=256
        ):
            pass

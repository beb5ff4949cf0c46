"""How much slower lists are among a million files than among a thousand (goal 3, reads alone)."""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select

from db import engine
from db.casefile import case_file
from db.cursors import cursor
from db.inbox import CaseFilter, Which, count, inbox
from db.tables import Case, Channel, ClockRow, Report
from db.today import today
from domain.clocks import Promise, Standing
from domain.days import COMMUNITY_ZONE
from domain.moves import OPEN_STATES, State, Step
from domain.workdays import DayBasis
from tests.support.cast import Cast, settle
from tests.support.databases import KINDS, Databases

TITLE = "inbox, Today and a file at 1k and at --rows files"
LIMIT = 1.2
SMALL = 1_000
CHUNK = 10_000
WARM_UP = 3
NOW = datetime(2026, 3, 2, 9, tzinfo=COMMUNITY_ZONE)
YEARS = 3
OPEN_SHARE = 0.2  # far more than a community leaves open: the hard case for lists of open files

Read = Callable[[Cast, str], object]


def arguments(parser: argparse.ArgumentParser) -> None:
    """How large, on which databases, how often."""
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--on", choices=KINDS, nargs="*", default=list(KINDS))
    parser.add_argument("--repeats", type=int, default=30)


def fill(database: engine.Database, rows: int) -> Cast:
    """So many files, each with a report and its clocks, spread over the years."""
    with database.write() as session:
        cast = settle(session, NOW)
    rng = random.Random(3)
    step = timedelta(days=365 * YEARS) / rows
    opened_states = sorted(OPEN_STATES)
    for first in range(0, rows, CHUNK):
        cases, reports, clocks = [], [], []
        for number in range(first, min(rows, first + CHUNK)):
            opened = NOW - step * (rows - number)
            is_open = rng.random() < OPEN_SHARE
            due = NOW + timedelta(hours=rng.randrange(-40, 400)) if is_open else None
            cases.append(
                {
                    "id": number + 1,
                    "code": f"c{number}",
                    "number": f"n{number}",
                    "title": "电梯坏了",
                    "state": rng.choice(opened_states) if is_open else State.CLOSED,
                    "came_from": rng.choice([State.NEW, State.DELIBERATING, State.DOING]),
                    "round": 1,
                    "opened_at": opened,
                    "root_id": number + 1,
                    "estate_id": rng.choice([cast.estate_one, cast.estate_two]),
                    "building_id": rng.choice([cast.building_one, cast.building_three]),
                    "category_id": cast.lifts,
                    "next_due_at": due,
                }
            )
            reports.append(
                {
                    "case_id": number + 1,
                    "text": "电梯坏了",
                    "channel": Channel.QR,
                    "received_at": opened,
                }
            )
            clocks.append(
                {
                    "case_id": number + 1,
                    "promise": Promise.DONE,
                    "round": 1,
                    "basis": DayBasis.NATURAL,
                    "limit": 7,
                    "started_at": opened,
                    "due_at": due or opened,
                    "met_at": None if is_open else opened,
                    "result": None if is_open else Standing.MET,
                    "paused_seconds": 0,
                }
            )
        with database.write() as session:
            session.execute(insert(Case), cases)
            session.execute(insert(Report), reports)
            session.execute(insert(ClockRow), clocks)
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    return cast


READS: dict[str, Read] = {
    "inbox": lambda cast, _: inbox(cast.secretary, CaseFilter(), NOW),
    "inbox, deepest": lambda cast, deep: inbox(cast.secretary, CaseFilter(Which.ALL), NOW, deep),
    "inbox of an estate": lambda cast, _: inbox(cast.committee, CaseFilter(), NOW),
    "inbox by step": lambda cast, _: inbox(
        cast.secretary, CaseFilter(step=Step.CARRY_OUT, building_id=cast.building_one), NOW
    ),
    "inbox overdue": lambda cast, _: inbox(cast.secretary, CaseFilter(overdue=True), NOW),
    "count": lambda cast, _: count(cast.secretary, CaseFilter(), NOW),
    "Today": lambda cast, _: today(cast.secretary, NOW),
    "Today of a committee": lambda cast, _: today(cast.committee, NOW),
    "a file": lambda cast, _: case_file(cast.secretary, "c500", NOW),
}


def deepest(database: engine.Database) -> str:
    """The cursor that the last portion of the whole list begins at."""
    with database.read() as session:
        oldest = select(Case.opened_at, Case.id).order_by(Case.opened_at, Case.id)
        at, key = session.execute(oldest.offset(40).limit(1)).one()
    return cursor(at, key)


def run(options: argparse.Namespace) -> None:
    """Fill, measure in turns, print."""
    with tempfile.TemporaryDirectory() as temporary:
        made = Databases(Path(temporary))
        try:
            for kind in options.on:
                _run(kind, made, options)
        finally:
            engine.use(None)
            made.close()


def _run(kind: str, made: Databases, options: argparse.Namespace) -> None:
    known = []
    for rows in (SMALL, options.rows):
        url = made.fresh(kind)
        database = engine.Database(url)
        begun = time.perf_counter()
        known.append((database, fill(database, rows), deepest(database)))
        print(f"{kind}: {rows:,} files made in {time.perf_counter() - begun:.0f} s", flush=True)
    print(f"\n{kind}, {options.rows:,} against {SMALL:,} files, limit {LIMIT} for a whole page")
    print(f"{'read':24} {'ratio':>6} {'ms at 1k':>9} {'ms large':>9}")
    for name, read in READS.items():
        times: tuple[list[float], list[float]] = ([], [])
        for turn in range(options.repeats + WARM_UP):
            for spent, (database, cast, deep) in zip(times, known, strict=True):
                taken = _timed(database, read, cast, deep)
                if turn >= WARM_UP:
                    spent.append(taken)
        small, large = (statistics.median(spent) * 1e3 for spent in times)
        print(f"{name:24} {large / small:6.2f} {small:9.2f} {large:9.2f}", flush=True)
    for database, _, _ in known:
        database.dispose()


def _timed(database: engine.Database, read: Read, cast: Cast, deep: str) -> float:
    engine._current = database  # `use` would close the other one's connections
    begun = time.perf_counter()
    read(cast, deep)
    return time.perf_counter() - begun

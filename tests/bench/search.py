"""How much slower a search is among a million files than among a thousand (goal 5)."""

import random
import statistics
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from _pytest.outcomes import Skipped
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from db.engine import Database
from db.search import position_of, search
from db.search_terms import fts5_tokens, gin_keys
from db.tables import Case, CaseText
from domain.bigrams import normalise
from domain.days import COMMUNITY_ZONE
from domain.moves import State
from tests.bench.goals import Measured, shown_ratio
from tests.bench.ground import Ground
from tests.bench.words import words
from tests.support.databases import Databases

TITLE = "full-text search (goal 5)"
LIMITS = {"sqlite": 10, "postgresql": 20}
SMALL = 1_000
CHUNK = 5_000
BEGAN = datetime(2023, 1, 1, tzinfo=COMMUNITY_ZONE)
YEARS = 3


def fill(database: Database, rows: int) -> None:
    """So many files with their words, as `index_case` would have written them."""
    step = timedelta(days=365 * YEARS) / rows
    fresh = not database.is_sqlite
    with database.write() as session:
        if fresh:
            session.execute(text("DROP INDEX ix_case_texts_keys"))
    for first in range(0, rows, CHUNK):
        with database.write() as session:
            _fill(session, range(first, min(rows, first + CHUNK)), step)
    with database.write() as session:
        if fresh:
            session.execute(text("SET maintenance_work_mem = '512MB'"))
            session.execute(
                text(
                    "CREATE INDEX ix_case_texts_keys ON case_texts USING gin (keys) "
                    "WITH (fastupdate = off)"
                )
            )
    with database.engine.connect() as connection:
        if fresh:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("VACUUM ANALYZE")
        else:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()


def _fill(session: Session, numbers: range, step: timedelta) -> None:
    # File n of rows stands at the same place among the others whatever the number of rows.
    cases, texts, tokens = [], [], []
    for number in numbers:
        opened = BEGAN + step * number
        case_id = number + 1
        plain = normalise(words(number))
        position = position_of(opened, case_id)
        cases.append(
            {
                "id": case_id,
                "code": f"c{number}",
                "number": f"n{number}",
                "title": "x",
                "state": State.NEW,
                "round": 1,
                "opened_at": opened,
                "root_id": case_id,
            }
        )
        row = {"position": position, "case_id": case_id, "text": plain}
        if session.get_bind().dialect.name == "sqlite":
            tokens.append({"position": position, "terms": fts5_tokens(plain)})
        else:
            row["keys"] = gin_keys(plain, position)
        texts.append(row)
    session.execute(insert(Case), cases)
    session.execute(insert(CaseText), texts)
    if tokens:
        session.execute(
            text("INSERT INTO case_terms (rowid, terms) VALUES (:position, :terms)"), tokens
        )


def queries(rows: int) -> dict[str, list[str]]:
    """Queries of two to eight characters by kind; those that exist are in both databases."""
    rng = random.Random(5)
    kinds: dict[str, list[str]] = {
        "common word": ["电梯", "漏水", "号楼", "小区", "处理"],
        "common words": ["电梯坏了", "停车位不够", "消防通道被堵", "请尽快处理", "老人出行不便"],
        "absent, common parts": ["坏了垃圾", "不够漏水", "电梯漏水电梯", "处理电梯", "希望谢谢"],
        "absent": ["龘龘", "龘龘龘龘", "zzqq", "龗龘龗龘龗龘龗龘", "魑魅魍魉"],
        "one character": ["水", "楼", "龘", "一", "7"],
    }
    kinds["numbers"] = ["2023-000123", "3号楼1502室", "1502", "号楼1378", "028室垃"]
    for length in range(2, 9):
        taken: list[str] = []
        while len(taken) < 6:
            plain = normalise(words(rng.randrange(min(rows, SMALL))))
            start = rng.randrange(len(plain) - length)
            piece = plain[start : start + length]
            if piece.strip() == piece and piece.isalnum():
                taken.append(piece)
        kinds[f"any {length} characters"] = taken
    return kinds


def slowly(session: Session, query: str, limit: int) -> list[int]:
    """The same search by LIKE."""
    pattern = normalise(query).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = session.execute(
        text(
            "SELECT position FROM case_texts WHERE text LIKE :pattern ESCAPE '\\' "
            "ORDER BY position DESC LIMIT :limit"
        ),
        {"pattern": f"%{pattern}%", "limit": limit},
    )
    return list(found.scalars())


def timed(database: Database, query: str) -> float:
    """Seconds that one search takes, its own transaction included."""
    begun = time.perf_counter()
    with database.read() as session:
        search(session, query, 51)
    return time.perf_counter() - begun


def run(ground: Ground) -> list[Measured]:
    """Fill where there is no community, compare with LIKE, measure in turns."""
    rows = []
    for kind in ground.on:
        if kind == "sqlite":
            rows.append(_measured(ground, kind, ground.small, ground.large))
            continue
        with tempfile.TemporaryDirectory() as folder:
            made = Databases(Path(folder))
            try:
                pair = [_filled(made, kind, size) for size in (SMALL, ground.files)]
                rows.append(_measured(ground, kind, *pair))
            except Skipped as missing:
                rows.append(Measured(5, f"search on {kind}", LIMITS[kind], None, str(missing)))
            finally:
                made.close()
    return rows


def _filled(made: Databases, kind: str, rows: int) -> Database:
    database = Database(made.fresh(kind))
    fill(database, rows)
    return database


def _measured(ground: Ground, kind: str, small: Database, large: Database) -> Measured:
    """The worst of all queries; each finds what LIKE finds."""
    ratios = []
    for name, asked in queries(min(SMALL, ground.files)).items():
        for query in asked[: 1 if ground.quick else None]:
            for database in (small, large):
                with database.read() as session:
                    found = [hit.position for hit in search(session, query, 51)]
                    assert found == slowly(session, query, 51), (kind, query)
            pairs = [(timed(small, query), timed(large, query)) for _ in range(ground.repeats)]
            at_small, at_large = (
                statistics.median(pair[place] for pair in pairs) for place in (0, 1)
            )
            ratios.append((at_large / at_small, f"{name}: {query}, {at_large * 1000:.1f} ms"))
    usual = statistics.median(ratio for ratio, _ in ratios)
    worst, what = max(ratios)
    note = f"{what}; median of {len(ratios)} queries {shown_ratio(usual)}"
    return Measured(
        5, f"search on {kind}, {ground.files:,} files / 1,000", LIMITS[kind], worst, note
    )

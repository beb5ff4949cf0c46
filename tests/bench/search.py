"""How much slower a search is among a million files than among a thousand (goal 5)."""

import argparse
import random
import statistics
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from db.engine import Database
from db.search import position_of, search
from db.search_terms import fts5_tokens, gin_keys
from db.tables import Case, CaseText
from domain.bigrams import normalise
from domain.days import COMMUNITY_ZONE
from domain.moves import State
from tests.support.databases import KINDS, Databases

TITLE = "full-text search at 1k and at --rows files"
LIMITS = {"sqlite": 10, "postgresql": 20}
SMALL = 1_000
CHUNK = 5_000
BEGAN = datetime(2023, 1, 1, tzinfo=COMMUNITY_ZONE)
YEARS = 3

WHERE = (
    "小区",
    "北门",
    "南门",
    "地下车库",
    "单元门口",
    "电梯间",
    "楼道",
    "花园",
    "健身广场",
    "垃圾房",
    "充电棚",
    "天台",
    "水泵房",
)
WHAT = (
    "电梯坏了",
    "漏水",
    "路灯不亮",
    "停车位不够",
    "垃圾没人收",
    "噪音扰民",
    "违章搭建",
    "消防通道被堵",
    "下水道堵塞",
    "外墙脱落",
    "门禁失灵",
    "高空抛物",
    "宠物伤人",
    "快递丢失",
    "楼道堆物",
    "电瓶车充电",
    "绿化枯死",
    "水压太低",
)
WISH = (
    "请尽快处理",
    "希望社区协调",
    "已经反映多次",
    "老人出行不便",
    "大家都很着急",
    "有安全隐患",
    "谢谢",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """How large, on which databases, how often."""
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--on", choices=KINDS, nargs="*", default=list(KINDS))
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--folder", type=Path, help="where the databases go; kept if given")


def words(number: int) -> str:
    """The words of one file: what everybody says, and characters from rare to common."""
    rng = random.Random(number)
    building, room = rng.randrange(1, 60), rng.randrange(101, 2600)
    # Zipf's law: the n-th character comes about 1/n as often as the first.
    tail = "".join(chr(0x4E00 + int(3_000 ** rng.random())) for _ in range(rng.randrange(12, 40)))
    return (
        f"2023-{number:06d}\n{rng.choice(WHERE)}{rng.choice(WHAT)}，{building}号楼{room}室"
        f"{rng.choice(WHAT)}。{tail}，{rng.choice(WISH)}"
    )


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
        taken = []
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


def run(options: argparse.Namespace) -> None:
    """Fill, compare with LIKE, measure in turns, print."""
    with tempfile.TemporaryDirectory() as temporary:
        made = Databases(options.folder or Path(temporary))
        try:
            for kind in options.on:
                _run(kind, made, options)
        finally:
            made.close()


def _filled(made: Databases, kind: str, rows: int) -> Database:
    begun = time.perf_counter()
    database = Database(made.fresh(kind))
    fill(database, rows)
    print(f"{kind}: {rows:,} files made in {time.perf_counter() - begun:.0f} s", flush=True)
    return database


def _run(kind: str, made: Databases, options: argparse.Namespace) -> None:
    small, large = _filled(made, kind, SMALL), _filled(made, kind, options.rows)
    print(f"\n{kind}, {options.rows:,} against {SMALL:,} files, limit {LIMITS[kind]}")
    print(f"{'queries':24} {'median':>8} {'worst':>8} {'ms at 1k':>9} {'ms large':>9}  worst query")
    for name, asked in queries(options.rows).items():
        ratios = []
        for query in asked:
            for database in (small, large):
                with database.read() as session:
                    found = [hit.position for hit in search(session, query, 51)]
                    assert found == slowly(session, query, 51), (kind, query)
            pairs = [(timed(small, query), timed(large, query)) for _ in range(options.repeats)]
            at_small = statistics.median(pair[0] for pair in pairs)
            at_large = statistics.median(pair[1] for pair in pairs)
            ratios.append((at_large / at_small, at_small * 1e3, at_large * 1e3, query))
        worst = max(ratios)
        print(
            f"{name:24} {statistics.median(row[0] for row in ratios):8.1f} {worst[0]:8.1f} "
            f"{worst[1]:9.2f} {worst[2]:9.2f}  {worst[3]}",
            flush=True,
        )
    for database in (small, large):
        database.dispose()

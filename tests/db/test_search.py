"""The search finds what a substring search finds, newest first, on both databases."""

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import search
from db.engine import Database
from db.search import hits, index_case
from db.tables import Case, CaseText, Channel, Report
from domain.bigrams import found
from domain.days import COMMUNITY_ZONE
from domain.moves import State

BEGAN = datetime(2024, 1, 1, tzinfo=COMMUNITY_ZONE)
WORDS = "0123012漏水电梯三栋楼道灯坏了，。 \n!\u3000🔥é\u0301ßẞ①Ａa1B%_'\"*𠮷عİ\u0345-"
STRANGE = [
    "",
    " ",
    "，。！",
    "%",
    "_",
    "'",
    '"',
    "*",
    "NEAR(",
    "AND",
    'a" OR "b',
    "漏水，",
    "，漏水",
    "水 电",
    "\x00",
    "\ud83d",
    "漏" * 500,
    "漏水" * 5_000,
    "; DROP TABLE cases",
    "case_terms:",
    "-1",
    "ẞ",
    "①",
    "🔥",
]


def open_file(session: Session, n: int, title: str, words: str, at: datetime) -> int:
    """One file with one report, and its words in the search."""
    case = Case(
        code=f"code-{n}", number=f"2024-{n:06d}", title=title, state=State.NEW, opened_at=at
    )
    session.add(case)
    session.flush()
    case.root_id = case.id
    session.add(Report(case_id=case.id, text=words, channel=Channel.QR, received_at=at))
    index_case(session, case.id)
    return case.id


def truth(session: Session, query: str) -> list[int]:
    """The slow way: every text, looked at."""
    rows = session.execute(select(CaseText).order_by(CaseText.position.desc())).scalars()
    return [row.case_id for row in rows if found(query, row.text)]


def asked(session: Session, query: str) -> list[int]:
    return [hit.case_id for chunk in hits(session, query, chunk=3) for hit in chunk]


@pytest.fixture
def files(database: Database) -> Database:
    rng = random.Random(163)
    with database.write() as session:
        for n in range(120):
            words = "".join(rng.choices(WORDS, k=rng.randrange(1, 60)))
            title = "".join(rng.choices(WORDS, k=rng.randrange(1, 9)))
            # Several in one second, and not in the order of their ids.
            at = BEGAN + timedelta(days=rng.randrange(300), seconds=rng.randrange(2))
            open_file(session, n, title, words, at)
    return database


# After so many of the newest files PostgreSQL asks its index.
@pytest.mark.parametrize("walk", [1, 20, 2_000])
def test_it_finds_exactly_the_files_that_hold_the_words(
    files: Database, walk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WALK", walk)
    rng = random.Random(walk)
    with files.read() as session:
        texts = list(session.scalars(select(CaseText.text)))
        queries = list(STRANGE)
        for _ in range(150):
            queries.append("".join(rng.choices(WORDS, k=rng.randrange(1, 5))))
            text = rng.choice(texts)
            start = rng.randrange(len(text))
            queries.append(text[start : start + rng.randrange(1, 40)])
        hit = 0
        for query in queries:
            expected = truth(session, query)
            assert asked(session, query) == expected, query
            hit += bool(expected)
        assert hit > 150

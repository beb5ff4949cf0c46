"""A ledger of 3,000 rows whose answers are known: the command, the page, and plain loops agree."""

import json
import random
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db import engine
from db.figures.lists import Listed, all_listed
from db.figures.made import make
from db.figures.reads import Wanted, overview
from db.metrics import as_json, figures_of
from documents.sheet_writing import write_table
from domain.figure_words import Figure, Part
from domain.people import SYSTEM
from tests.support.need import ROOT
from tests.support.plain_metrics import BEIJING, Row, plain_metrics

ROWS = 3_000
AS_OF = "2026-04-20T12:00:00+08:00"
PERIODS = (
    ("2025-12-01", "2026-04-20"),
    ("2026-02-01", "2026-02-28"),
    ("2026-01-31", "2026-01-31"),
    ("2025-11-01", "2025-11-30"),
)
HEADER = ["编号", "标题", "提出时间", "办结时间"]


def rows() -> list[Row]:
    """Files of a winter with its edges: midnights, month ends, a week's last second."""
    rng = random.Random(163)
    begun = datetime(2025, 12, 1, tzinfo=BEIJING)
    made: list[Row] = []
    for _ in range(ROWS):
        opened = begun + timedelta(minutes=rng.randint(0, 135 * 1440))
        if rng.random() < 0.1:
            opened = opened.replace(hour=0, minute=0)
        elif rng.random() < 0.1:
            opened = opened.replace(hour=23, minute=59)
        midnight = opened.replace(hour=0, minute=0)
        done = rng.choice(
            [
                None,
                opened + timedelta(minutes=rng.randint(0, 12 * 1440)),
                opened + timedelta(minutes=rng.randint(0, 3 * 1440)),
                midnight + timedelta(days=8),  # the first moment that is too late
                midnight + timedelta(days=8) - timedelta(minutes=1),
            ]
        )
        made.append(
            (opened, done if done is None or done < datetime.fromisoformat(AS_OF) else None)
        )
    return made


def command(url: str, *words: str) -> dict[str, object]:
    """What `python -m db` says on its last line."""
    done = subprocess.run(
        [sys.executable, "-m", "db", *words],
        cwd=ROOT,
        env={"DATABASE_URL": url, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    said: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return said


@pytest.mark.slow
def test_3000_rows_have_the_figures_that_plain_loops_find(tmp_path: Path) -> None:
    known = rows()
    book = tmp_path / "ledger.xlsx"
    text = [
        [
            f"L{n}",
            f"事项{n}",
            f"{opened:%Y-%m-%d %H:%M}",
            f"{done:%Y/%m/%d %H:%M:%S}" if done else "",
        ]
        for n, (opened, done) in enumerate(known)
    ]
    book.write_bytes(write_table(HEADER, text, sheet="台账"))
    url = f"sqlite:///{tmp_path}/ledger.sqlite"
    result = command(url, "import-cases", str(book))
    assert (result["imported"], result["refused"]) == (ROWS, [])
    at = datetime.fromisoformat(AS_OF)
    first, last = PERIODS[0]
    said = command(url, "metrics", "--from", first, "--to", last, "--as-of", AS_OF)
    assert said["metrics"] == plain_metrics(known, first, last, at)
    engine.use(url)
    try:
        for first, last in PERIODS[1:]:
            days = date.fromisoformat(first), date.fromisoformat(last)
            told = as_json(figures_of(SYSTEM, *days, at), *days, at)["metrics"]
            assert told == plain_metrics(known, first, last, at), (first, last)
        _page_agrees(known, at)
    finally:
        engine.use(None)


def _page_agrees(known: list[Row], at: datetime) -> None:
    make(at)
    february = Wanted(date(2026, 2, 1), date(2026, 2, 1))
    found = overview(SYSTEM, at, february)
    expected = plain_metrics(known, "2026-02-01", "2026-02-28", at)
    done = found.shares[Figure.DONE_IN_TIME]
    assert {"value": found.received} == expected["received"]
    rate = expected["done_in_time"]
    assert isinstance(rate, dict)
    assert (done.hit, done.due) == (rate["numerator"], rate["denominator"])
    missed = list(all_listed(SYSTEM, at, february, Listed(Figure.DONE_IN_TIME, Part.MISS)))
    assert len(missed) == done.due - done.hit

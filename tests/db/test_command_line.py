"""`python -m db`: its contract with scripts."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

import locales
from db import engine
from db.__main__ import main
from documents.sheets import write_csv
from tests.support.clock import TestClock
from tests.support.databases import Databases
from tests.support.need import ROOT, shared_file

HEADER = "编号 标题 内容 提出时间 办结时间 渠道 类别 反映人 电话 小区 楼栋".split()  # noqa: SIM905
ZERO_RATE = {"numerator": 0, "denominator": 0, "value": None}
LATE = datetime(2026, 4, 2, 23, 59)  # noqa: DTZ001 – as Excel keeps it
NO_RATES = dict.fromkeys(
    (
        "response",
        "vote_same_day",
        "decision_next_day",
        "done_in_time",
        "solved",
        "satisfied",
        "return_rate",
        "reopened",
    ),
    ZERO_RATE,
)


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture(params=["sqlite", "postgresql"])
def run(
    request: pytest.FixtureRequest,
    databases: Databases,
    clock: TestClock,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Run]:
    """Runs a command on a database that begins without any table."""
    engine.use(databases.empty(request.param))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def go(*arguments: object) -> Done:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    yield go
    engine.use(None)
    locales.use(locales.CHINESE)


def _last(done: Done) -> dict[str, object]:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def _book(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path


def test_an_empty_database_gives_zeros_and_nulls(run: Run) -> None:
    told = _last(run("metrics", "--from", "2026-01-01", "--to", "2026-01-31"))
    assert told["metrics"] == {
        "received": {"value": 0},
        **NO_RATES,
        "duration": {"n": 0, "median_hours": None, "p75_hours": None, "p90_hours": None},
        "backlog": {"value": 0, "oldest_days": None},
    }
    assert (told["from"], told["to"]) == ("2026-01-01", "2026-01-31")


def test_a_ledger_goes_in_once_and_is_counted(run: Run, clock: TestClock, tmp_path: Path) -> None:
    clock.set("2026-05-01 12:00")
    file = _book(
        tmp_path / "ledger.xlsx",
        ["备注", *reversed(HEADER)],
        ["", "", "", "", "", "", "", "2026-04-03 09:05", "2026/4/1 9:05:00", "", "a", "1"],
        ["x", "", "", "", "", "", "", None, LATE, "只有内容", "", "2"],
        [None] * 12,
        ["", "", "", "", "", "", "", "2026-04-01", "2026-04-02", "", "倒着", "3"],
        ["", "", "", "", "", "", "", "", "", "", "没有时间", "4"],
        ["", "", "", "", "", "", "", "", "2026-02-30", "", "没有这天", "5"],
        ["", "", "", "", "", "", "", "", "2026-04-05", "", "", "6"],
        ["", "", "", "", "", "", "", "", "2026-04-20", "", "b", ""],
        ["", "", "", "", "", "", "", "", "2026-04-20", "", "b", ""],
    )
    told = _last(run("import-cases", file))
    assert [row["line"] for row in told["refused"]] == [5, 6, 7, 8]  # type: ignore[attr-defined]
    assert all(row["reason"] for row in told.pop("refused"))  # type: ignore[attr-defined]
    assert told == {"imported": 3, "skipped_empty": 1, "already_there": 1}
    again = _last(run("import-cases", file))
    assert (again["imported"], again["already_there"]) == (0, 4)

    counted = _last(
        run(
            "metrics",
            *("--from", "2026-04-01", "--to", "2026-04-30"),
            *("--as-of", "2026-04-25T00:00:00+08:00"),
        )
    )
    metrics = counted["metrics"]
    assert counted["as_of"] == "2026-04-25T00:00:00+08:00"
    assert metrics == {
        "received": {"value": 3},
        "response": {"numerator": 0, "denominator": 3, "value": 0.0},
        "vote_same_day": ZERO_RATE,
        "decision_next_day": ZERO_RATE,
        "done_in_time": {"numerator": 1, "denominator": 2, "value": 0.5},
        "solved": ZERO_RATE,
        "satisfied": ZERO_RATE,
        "return_rate": ZERO_RATE,
        "reopened": {"numerator": 0, "denominator": 1, "value": 0.0},
        "duration": {"n": 1, "median_hours": 48.0, "p75_hours": 48.0, "p90_hours": 48.0},
        "backlog": {"value": 2, "oldest_days": 22},
    }
    # A time without an offset is the community's.
    same = run(
        "metrics", "--from", "2026-04-01", "--to", "2026-04-30", "--as-of", "2026-04-25 00:00"
    )
    assert _last(same) == counted
    assert run("verify").returncode == 0


def test_a_csv_ledger_is_read_too(run: Run, clock: TestClock, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_bytes(write_csv(["标题", "提出时间"], [["灯坏了", "2026-02-01 9:05"]]))
    assert _last(run("import-cases", file))["imported"] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.xlsx", b"PK\x03\x04 not a zip"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n"),
        ("nothing.xlsx", b""),
        ("other.csv", "甲,乙\n1,2\n".encode()),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_with_a_sentence(
    run: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    done = run("import-cases", file)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_wrong_usage_ends_with_two_and_a_missing_file_with_one(run: Run, tmp_path: Path) -> None:
    assert run().returncode == 2
    assert run("metrics", "--from", "2026-01-01").returncode == 2
    assert run("metrics", "--from", "1.4.2026", "--to", "2026-04-30").returncode == 2
    assert run("metrics", "--from", "2026-02-01", "--to", "2026-01-01").returncode == 1
    assert run("import-cases", tmp_path / "absent.xlsx").returncode == 1


def test_it_speaks_the_shells_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "检查数据库" in run("--help").stdout
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "check the database" in run("--help").stdout


def test_in_a_process_of_its_own_nothing_else_is_on_stdout(
    databases: Databases, tmp_path: Path
) -> None:
    file = _book(tmp_path / "l.xlsx", ["标题", "提出时间"], ["a", "2026-02-01"], ["b", "x"])
    done = subprocess.run(
        [sys.executable, "-m", "db", "import-cases", file],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": databases.empty("sqlite"), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told["imported"] == 1
    assert "“x”" in told["refused"][0]["reason"]
    assert "Traceback" not in done.stderr


def test_a_backup_comes_back(run: Run, clock: TestClock, tmp_path: Path) -> None:
    file = _book(tmp_path / "l.xlsx", ["标题", "提出时间"], ["a", "2026-02-01"])
    _last(run("import-cases", file))
    made = run("backup", "--to", tmp_path / "kept")
    path = Path(made.stdout.strip())
    assert path.parent == tmp_path / "kept"
    _last(run("import-cases", _book(file, ["标题", "提出时间"], ["b", "2026-02-01"])))
    assert run("restore", path).returncode == 0
    told = _last(run("metrics", "--from", "2026-02-01", "--to", "2026-02-28"))
    assert told["metrics"]["received"] == {"value": 1}  # type: ignore[index]


@pytest.mark.slow
def test_the_300_messages_come_in_completely_and_once(run: Run, clock: TestClock) -> None:
    file = shared_file("residents_messages_300.xlsx")
    first = _last(run("import-cases", file))
    assert first == {"imported": 300, "skipped_empty": 0, "already_there": 0, "refused": []}
    again = _last(run("import-cases", file))
    assert again == {"imported": 0, "skipped_empty": 0, "already_there": 300, "refused": []}
    assert run("verify").returncode == 0

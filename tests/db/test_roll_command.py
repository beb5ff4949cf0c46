"""`python -m db import-roll`: the same import, for scripts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import locales
from db import engine
from db.__main__ import main
from documents.sheets import write_csv, write_table
from tests.support.clock import TestClock
from tests.support.databases import Databases
from tests.support.rolls import HEADER, ROWS

Run = Callable[..., tuple[int, str, str]]
BALI = "三盛巴厘岛"


@pytest.fixture
def run(
    databases: Databases,
    clock: TestClock,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Runs a command on a database that begins without any table."""
    url = databases.empty("sqlite")
    engine.use(url)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        locales.use(locales.CHINESE)
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def last(done: tuple[int, str, str]) -> dict[str, object]:
    assert done[0] == 0, done[2]
    return json.loads(done[1].splitlines()[-1])  # type: ignore[no-any-return]


def test_a_roll_goes_in_once_and_changes_wait_for_their_flag(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "roll.xlsx"
    bad = ("1号楼", "x", 89.501, "", "林一", "", "", "")
    file.write_bytes(write_table(HEADER, [*ROWS, bad], sheet="x"))
    first = last(run("import-roll", file, "--estate", BALI))
    refused = first.pop("refused")
    assert isinstance(refused, list)
    assert [row["line"] for row in refused] == [11]
    assert "two decimals" in refused[0]["reason"]
    assert first == {"imported": 9, "changed": 0, "unchanged": 0, "doubtful": 2}
    again = last(run("import-roll", file, "--estate", f"{BALI}小区"))
    assert (again["imported"], again["unchanged"]) == (0, 9)
    other = tmp_path / "roll.csv"
    other.write_bytes(write_csv(HEADER, [("1号楼", "1单元101", "91.5", "", "林一", "", "", "")]))
    for flags, left in (((), 1), (("--apply-changes",), 1), ((), 0)):
        done = last(run("import-roll", other, "--estate", BALI, *flags))
        assert (done["changed"], done["imported"]) == (left, 0)
    assert run("verify")[0] == 0


def test_an_estate_that_is_not_there_is_said_with_those_that_are(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "roll.xlsx"
    file.write_bytes(write_table(HEADER, ROWS, sheet="x"))
    last(run("import-roll", file, "--estate", BALI))
    code, out, told = run("import-roll", file, "--estate", "别处")
    assert (code, out) == (1, "")
    assert BALI in told


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", "甲,乙\n1,2\n".encode()])
def test_a_file_that_is_no_roll_adds_nothing(run: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "roll.xlsx"
    file.write_bytes(content)
    code, out, told = run("import-roll", file, "--estate", BALI)
    assert (code, out) == (1, "")
    assert told.strip()
    assert "Traceback" not in told

"""A sound bundle to break, and what the command says of a broken one."""

from pathlib import Path

import pytest

from domain.recount import main
from tests.domain.bundles import AT, Files, files, write

ROLL = [
    ("1-101", "dwelling", "80.00", "wang", "no", "yes"),
    ("1-102", "dwelling", "80.00", "li+xu", "no", "yes"),
    ("P-1", "parking", "12.00", "he", "no", "yes"),
]
BALLOTS = [
    ("wang", "甲", "yes", "online", AT, 1),
    ("li+xu", "甲", "no", "paper", AT, 2),
]
SOUND = files({"lane": "election", "seats": 1, "questions": ["甲", "乙"]}, ROLL, BALLOTS)


def refused(folder: Path, capsys: pytest.CaptureFixture[str], bundle: Files) -> str:
    return refused_path(write(folder / "bundle", bundle), capsys)


def refused_path(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main([str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err

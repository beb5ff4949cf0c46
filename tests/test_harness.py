"""The tests' own rule: in CI a test that did not run has failed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.need import NO_SHARED_DATA, ROOT

TEST = """
import pytest

@pytest.mark.skip(reason={reason!r})
def test_that_is_left_out():
    raise AssertionError
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ci", "reason", "outcome"),
    [
        ("", "no browser here", "1 skipped"),
        ("true", "no browser here", "1 error"),
        ("true", NO_SHARED_DATA, "1 skipped"),
    ],
)
def test_a_skipped_test_fails_in_ci(tmp_path: Path, ci: str, reason: str, outcome: str) -> None:
    (tmp_path / "test_one.py").write_text(TEST.format(reason=reason), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "--rootdir=.", tmp_path],
        cwd=tmp_path,
        env=os.environ | {"CI": ci, "PYTEST_ADDOPTS": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1].startswith(outcome), done.stdout + done.stderr

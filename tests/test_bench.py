"""The benchmark runs: small, on the handful of people of the cast; no time is looked at."""

import subprocess
import sys

import pytest

from tests.bench.goals import Measured, table
from tests.bench.timing import p95
from tests.support.need import ROOT


@pytest.mark.parametrize(
    ("limit", "ratio", "at_least", "reached"),
    [
        (1.2, 1.2, False, True),
        (1.2, 1.204, False, True),  # as it is printed
        (1.2, 1.206, False, False),
        (0.01, 0.0104, False, True),
        (0.01, 0.0106, False, False),
        (2.5, 2.5, True, True),
        (2.5, 2.4, True, False),
        (2.5, None, True, None),
    ],
)
def test_a_goal_is_reached_as_its_printed_ratio_says(
    limit: float, ratio: float | None, at_least: bool, reached: bool | None
) -> None:
    assert Measured(1, "something", limit, ratio, at_least=at_least).reached is reached


def test_95_in_100_do_not_exceed_the_95th_percentile() -> None:
    assert p95([float(value) for value in range(100, 0, -1)]) == 95
    assert p95([7.0]) == 7


def test_the_table_names_missed_and_unmeasured_goals_in_their_order() -> None:
    lines = table(
        [
            Measured(9, "a crowd", 3, 4.2),
            Measured(5, "search", 10, None, "no PostgreSQL here"),
            Measured(1, "the frame", 0.15, 0.1),
        ]
    ).splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == ["1", "5", "9"]
    assert "reached" in lines[2]
    assert "not measured" in lines[3]
    assert "no PostgreSQL here" in lines[3]
    assert "MISSED" in lines[4]


@pytest.mark.slow
def test_the_benchmark_measures_every_goal_and_fails_on_no_time() -> None:
    names = ("pages", "click", "search", "ballots", "posts")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick", "--on", "sqlite", "--", *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    goals = {line.split("|")[1].strip() for line in done.stdout.splitlines() if line[:1] == "|"}
    assert goals >= {str(goal) for goal in (1, 2, 3, 4, 5, 6, 7, 8, 10)}
    assert "not shown" not in done.stdout

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.recount import main, recount
from tests.domain.bundles import (
    AT,
    Files,
    events,
    files,
    table,
    weighed,
    write,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def counted(folder: Path, bundle: Files) -> dict:
    return json.loads(json.dumps(recount(write(folder, bundle)).as_json()))


def only(folder: Path, bundle: Files) -> dict:
    (question,) = counted(folder, bundle)["questions"]
    return question


ORDINARY, SPECIAL = {"lane": "ordinary"}, {"lane": "special"}


@pytest.mark.parametrize(
    ("rules", "groups", "outcome"),
    [
        (
            ORDINARY,
            {"yes": ("33,333.34", 334), "no": ("33,333.33", 333), "absent": ("33,333.33", 333)},
            "PASS",
        ),
        (
            ORDINARY,
            {"yes": ("33,333.34", 334), "no": ("33,333.32", 333), "absent": ("33,333.34", 333)},
            "NO_QUORUM",
        ),
        (
            ORDINARY,
            {"yes": ("30,000.01", 301), "no": ("29,999.99", 299), "absent": ("30,000", 300)},
            "PASS",
        ),
        (
            ORDINARY,
            {"yes": ("30,000.00", 301), "no": ("30,000.00", 299), "absent": ("30,000", 300)},
            "FAIL",
        ),
        (
            SPECIAL,
            {"yes": ("45,000", 450), "no": ("15,000", 150), "absent": ("30,000", 300)},
            "PASS",
        ),
        (
            SPECIAL,
            {"yes": ("45,000", 449), "no": ("15,000", 151), "absent": ("30,000", 300)},
            "FAIL",
        ),
        (
            ORDINARY,
            {
                "yes": ("37,000", 350),
                "no": ("28,000", 300),
                "abstain": ("7,000", 70),
                "absent": ("18,000", 180),
            },
            "FAIL",
        ),
        (
            ORDINARY,
            {
                "yes": ("30,000", 300),
                "no": ("15,000", 150),
                "abstain": ("5,000", 50),
                "silent": ("36,000", 350),
                "absent": ("4,000", 50),
            },
            "NO_QUORUM",
        ),
        (
            ORDINARY | {"silent": "follow_majority"},
            {
                "yes": ("30,000", 300),
                "no": ("15,000", 150),
                "abstain": ("5,000", 50),
                "silent": ("36,000", 350),
                "absent": ("4,000", 50),
            },
            "PASS",
        ),
        ({"lane": "committee"}, {"yes": ("0", 3), "no": ("0", 1), "absent": ("0", 3)}, "FAIL"),
        ({"lane": "committee"}, {"yes": ("0", 4), "absent": ("0", 3)}, "PASS"),
        ({"lane": "committee"}, {"yes": ("0", 3), "absent": ("0", 4)}, "NO_MEETING"),
        ({"lane": "poll"}, {"yes": ("0", 3), "absent": ("0", 4)}, "ADVISORY"),
    ],
)
def test_the_worked_examples(
    folder: Path, rules: dict, groups: dict[str, tuple[str, int]], outcome: str
) -> None:
    assert only(folder, weighed(rules, **groups))["outcome"] == outcome


def test_figures_and_shortfall_are_written_in_full(folder: Path) -> None:
    bundle = weighed(
        ORDINARY, yes=("33,333.34", 334), no=("33,333.32", 333), absent=("33,333.34", 333)
    )
    assert counted(folder, bundle) == {
        "questions": [
            {
                "question": "Q",
                "roll": {"area": "100000.00", "heads": 1000},
                "participating": {"area": "66666.66", "heads": 667},
                "approving": {"area": "33333.34", "heads": 334},
                "outcome": "NO_QUORUM",
                "shortfall": {"area": "0.01", "heads": 0},
            }
        ],
        "elected": [],
        "alternates": [],
        "needs_lot": [],
    }


ROLL = [("1-101", "dwelling", "80.00", "wang", "no", "yes")]


def test_questions_asked_are_shown_though_nobody_answered_them(folder: Path) -> None:
    bundle = files(ORDINARY | {"questions": ["b", "a", "Z"]}, ROLL, [])
    shown = counted(folder, bundle)["questions"]
    assert [one["question"] for one in shown] == ["Z", "a", "b"]
    assert {one["outcome"] for one in shown} == {"NO_QUORUM"}


def test_without_a_list_a_question_is_known_from_a_ballot_that_does_not_stand(
    folder: Path,
) -> None:
    ballots = [("wang", "乙", "yes", "online", AT, 1), ("wang", "甲", "yes", "online", AT, 2)]
    shown = counted(folder, files({"lane": "election", "seats": 1}, ROLL, ballots))
    assert [one["question"] for one in shown["questions"]] == ["乙", "甲"]
    assert shown["elected"] == ["甲"]


@pytest.mark.parametrize(
    ("lane", "outcome"), [("ordinary", "FAIL"), ("special", "FAIL"), ("committee", "NO_MEETING")]
)
def test_a_roll_on_which_nobody_counts_passes_nothing(
    folder: Path, lane: str, outcome: str
) -> None:
    roll = [("P1", "parking", "12.00", "wang", "no", "yes")]
    assert only(folder, files({"lane": lane, "questions": ["Q"]}, roll, []))["outcome"] == outcome


def test_in_an_election_on_an_empty_roll_nobody_is_elected(folder: Path) -> None:
    shown = counted(folder, files({"lane": "election", "seats": 1, "questions": ["甲"]}, [], []))
    assert (shown["questions"][0]["outcome"], shown["elected"]) == ("FAIL", [])


SOUND = files(ORDINARY, ROLL, [("wang", "电梯更新", "yes", "online", AT, 1)])


def test_the_command_prints_the_result_of_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(write(tmp_path / "b", SOUND))]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["questions"][0]["outcome"] == "PASS"
    assert "电梯更新" in out
    assert err == ""


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_counts_as_its_folder_does(tmp_path: Path, method: int) -> None:
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in SOUND.items():
            archive.writestr(name, text)
    assert recount(path) == recount(write(tmp_path / "b", SOUND))


def test_a_byte_order_mark_windows_line_ends_and_blank_lines_are_accepted(tmp_path: Path) -> None:
    marked = {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in SOUND.items()}
    marked["roll.csv"] += "\r\n\r\n"
    assert recount(write(tmp_path / "marked", marked)) == recount(write(tmp_path / "b", SOUND))


def test_quoted_fields_may_hold_commas_and_line_ends(folder: Path) -> None:
    question = 'Replace "A",\nthen B?'
    bundle = files(ORDINARY, ROLL, [("wang", question, "yes", "paper", AT, 1)])
    assert only(folder, bundle)["question"] == question


def test_columns_may_stand_in_another_order_beside_others(folder: Path) -> None:
    bundle = SOUND | {
        "roll.csv": table(
            ("note", "served", "developer", "owners", "area", "kind", "unit"),
            [("x", "yes", "no", "wang", "80", "dwelling", "1-101")],
        )
    }
    assert counted(folder, bundle) == counted(folder, SOUND)


def test_events_add_the_chain_with_its_head(tmp_path: Path) -> None:
    text = events(["甲|yes", "", "c"])
    shown = counted(tmp_path / "b", SOUND | {"events.csv": text})
    assert shown["chain"] == {"events": 3, "head": text.splitlines()[-1].rsplit(",", 1)[1]}


def test_a_table_of_no_events_has_the_first_prev_as_head(tmp_path: Path) -> None:
    shown = counted(tmp_path / "b", SOUND | {"events.csv": events([])})
    assert shown["chain"] == {"events": 0, "head": "0" * 64}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("ballot,b,", "ballot,x,"), 3),
        (("\n1,", "\n7,"), 2),
        (("0" * 64, "1" * 64), 2),
        ((AT, "2027-07-16T09:30:00+08:00"), 2),
    ],
)
def test_a_broken_chain_is_three_and_names_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], line: int
) -> None:
    text = events(["a", "b", "c"])
    changed = text.replace(*change, 1)
    assert changed != text
    assert main([str(write(tmp_path / "b", SOUND | {"events.csv": changed}))]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert f"events.csv, line {line}:" in err


def test_the_command_runs_by_itself_under_any_encoding(tmp_path: Path) -> None:
    good, bad = write(tmp_path / "good", SOUND), write(tmp_path / "bad", SOUND)
    (bad / "roll.csv").unlink()
    run = [
        subprocess.run(
            # Isolated from site packages: the recount needs nothing but Python.
            [sys.executable, "-S", "-m", "domain.recount", *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONIOENCODING": "ascii"},
            capture_output=True,
            check=False,
        )
        for arguments in ([good], [bad], [], [tmp_path / "none"])
    ]
    assert [one.returncode for one in run] == [0, 2, 2, 2]
    assert json.loads(run[0].stdout)["questions"][0]["question"] == "电梯更新"
    assert [one.stdout for one in run[1:]] == [b"", b"", b""]
    assert b"roll.csv" in run[1].stderr
    assert b"Traceback" not in b"".join(one.stderr for one in run)

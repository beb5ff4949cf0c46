"""A broken line ends with exit code 2, its file and line on stderr, and no result."""

from pathlib import Path

import pytest

from domain.recount import main
from tests.domain.broken import BALLOTS, ROLL, SOUND, refused, refused_path
from tests.domain.bundles import AT, files, write


def test_the_sound_bundle_itself_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(write(tmp_path / "bundle", SOUND))]) == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        # the roll
        ("roll.csv", "unit,kind", "unit,sort", 1),
        ("roll.csv", "unit,kind", "unit,unit,kind", 1),
        ("roll.csv", ",served", "", 1),
        ("roll.csv", "1-102,", "1-101,", 3),
        ("roll.csv", "P-1,", "1-101,", 4),
        ("roll.csv", "1-102,", ",", 3),
        ("roll.csv", "dwelling,80.00,li", "flat,80.00,li", 3),
        ("roll.csv", "dwelling,80.00,li", "Dwelling,80.00,li", 3),
        ("roll.csv", "80.00,li", "80.005,li", 3),
        ("roll.csv", "80.00,li", "-80.00,li", 3),
        ("roll.csv", "80.00,li", "NaN,li", 3),
        ("roll.csv", "80.00,li", "8e1,li", 3),
        ("roll.csv", "80.00,li", "８０.00,li", 3),
        ("roll.csv", "80.00,li", ",li", 3),
        ("roll.csv", "80.00,li", f"{'9' * 5000},li", 3),
        ("roll.csv", "80.00,li", "0.00,li", 3),
        ("roll.csv", "12.00,he", "0.00,he", 4),  # dropped, and still wrong
        ("roll.csv", "12.00,he", "x,he", 4),
        ("roll.csv", "li+xu,no", "li+xu,nein", 3),
        ("roll.csv", "li+xu,no,yes", "li+xu,no,YES", 3),
        ("roll.csv", "li+xu,no", ",no", 3),
        ("roll.csv", "li+xu,no", "li++xu,no", 3),
        ("roll.csv", "li+xu,no", "DEVELOPER,no", 3),
        ("roll.csv", "li+xu,no,yes", "li+xu,no", 3),
        ("roll.csv", "li+xu,no,yes", "li+xu,no,yes,yes", 3),
        ("roll.csv", "1-102", '"1-102', 3),
        ("roll.csv", "1-102", '"1-1"02', 3),
        ("roll.csv", "1-102", "1-\r102", 3),
        ("roll.csv", "1-102", "1" * 200_000, 3),
        ("roll.csv", "1-102", "1" * (1 << 20), 3),
        # the ballots
        ("ballots.csv", "right,", "rights,", 1),
        ("ballots.csv", "seq", "seq,seq", 1),
        ("ballots.csv", "li+xu,甲", "xu+li,甲", 3),
        ("ballots.csv", "li+xu,甲", "zhao,甲", 3),
        ("ballots.csv", "li+xu,甲", "he,甲", 3),  # owns a parking space alone
        ("ballots.csv", "li+xu,甲", ",甲", 3),
        ("ballots.csv", "xu,甲", "xu,丙", 3),
        ("ballots.csv", "甲,no", "甲,No", 3),
        ("ballots.csv", "甲,no", "甲,", 3),
        ("ballots.csv", ",paper", ",post", 3),
        ("ballots.csv", f"{AT},2", "16.07.2026,2", 3),
        ("ballots.csv", f"{AT},2", "2026-02-30,2", 3),
        ("ballots.csv", f"{AT},2", "2026-07-16T25:00:00+08:00,2", 3),
        ("ballots.csv", f"{AT},2", "2026-07-16T09:30:00+99:00,2", 3),
        ("ballots.csv", f"{AT},2", "2026-07-16x09:30:00,2", 3),
        ("ballots.csv", f"{AT},2", "２０２６-07-16T09:30:00,2", 3),
        ("ballots.csv", f"{AT},2", "1784165400,2", 3),
        ("ballots.csv", f"{AT},2", ",2", 3),
        ("ballots.csv", f"{AT},2", f"{AT},0", 3),
        ("ballots.csv", f"{AT},2", f"{AT},-2", 3),
        ("ballots.csv", f"{AT},2", f"{AT},2.0", 3),
        ("ballots.csv", f"{AT},2", f"{AT},２", 3),
        ("ballots.csv", f"{AT},2", f"{AT},+2", 3),
        ("ballots.csv", f"{AT},2", f"{AT},", 3),
        ("ballots.csv", f"{AT},2", f"{AT},{'9' * 5000}", 3),
        ("ballots.csv", "li+xu,甲,no,paper", "wang,甲,no,online", 4),
        # the rules
        ("rules.json", '"election"', '"elections"', 1),
        ("rules.json", '"election"', "null", 1),
        ("rules.json", '"election"', '["election"]', 1),
        ("rules.json", '"lane"', '"Lane"', 1),
        ("rules.json", '"lane"', '"silent": "loud",\n"lane"', 1),
        ("rules.json", '"lane"', '\n\n"silent": "loud", "lane"', 3),
        ("rules.json", '"lane"', '\n"silent": null, "lane"', 2),
        ("rules.json", '"lane"', '\n"invalid": "ignored", "lane"', 2),
        ("rules.json", '"lane"', '\n"count_parking": "no", "lane"', 2),
        ("rules.json", '"lane"', '\n"count_parking": 0, "lane"', 2),
        ("rules.json", '"lane"', '"lane": "poll",\n"lane"', 2),
        ("rules.json", '"seats": 1, ', "", 1),
        ("rules.json", '"seats": 1', '\n"seats": 0', 2),
        ("rules.json", '"seats": 1', '"seats": -1', 1),
        ("rules.json", '"seats": 1', '"seats": true', 1),
        ("rules.json", '"seats": 1', '"seats": 1.0', 1),
        ("rules.json", '"seats": 1', '"seats": "1"', 1),
        ("rules.json", '"seats": 1', '"seats": null', 1),
        ("rules.json", '"seats": 1', '"seats": NaN', 1),
        ("rules.json", '"seats": 1', f'"seats": {"9" * 5000}', 1),
        ("rules.json", '["甲", "乙"]', '"甲"', 1),
        ("rules.json", '["甲", "乙"]', "null", 1),
        ("rules.json", '["甲", "乙"]', '["甲", 1]', 1),
        ("rules.json", '["甲", "乙"]', '["甲", "甲"]', 1),
        ("rules.json", '["甲", "乙"]', '["甲", ""]', 1),
        ("rules.json", '["甲", "乙"]', '["甲", "\\ud83d"]', 1),
        ("rules.json", '"seats"', '\n"lots": "甲", "seats"', 2),
        ("rules.json", '"seats"', '\n"lots": ["甲", "甲"], "seats"', 2),
        ("rules.json", '"seats"', '\n"lots": ["甲"], "seats"', 2),  # nothing is tied
        ("rules.json", "{", "[", 1),
        ("rules.json", "}", "\n\n", 3),
        ("rules.json", "}", "}\n}", 2),
        ("rules.json", '["甲", "乙"]', "[" * 200_000, 1),
    ],
)
def test_a_broken_line_is_refused_by_file_and_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    old: str,
    new: str,
    line: int,
) -> None:
    broken = dict(SOUND)
    if line == 4 and name == "ballots.csv":
        broken[name] += f"wang,甲,no,online,{AT},1\n"
    else:
        assert old in broken[name]
        broken[name] = broken[name].replace(old, new, 1)
    err = refused(tmp_path, capsys, broken)
    assert err.startswith(f"{name}, line {line}: ")
    assert "Traceback" not in err
    assert len(err) < 400


@pytest.mark.parametrize("lane", ["ordinary", "special", "committee", "election", "poll"])
def test_only_the_committee_and_a_poll_count_without_area(tmp_path: Path, lane: str) -> None:
    roll = [("1-101", "dwelling", "0.00", "wang", "no", "yes")]
    broken = files({"lane": lane, "seats": 1}, roll, [])
    assert main([str(write(tmp_path / "b", broken))]) == (0 if lane in ("committee", "poll") else 2)


@pytest.mark.parametrize("lane", ["ordinary", "special", "committee", "election", "poll"])
def test_only_the_committee_has_no_substitutes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lane: str
) -> None:
    proxy = [("wang", "甲", "yes", "proxy", AT, 1)]
    path = write(tmp_path / "b", files({"lane": lane, "seats": 1}, ROLL, proxy))
    if lane != "committee":
        assert main([str(path)]) == 0
    else:
        assert refused_path(path, capsys).startswith("ballots.csv, line 2: ")


@pytest.mark.parametrize("lane", ["ordinary", "special", "committee", "poll"])
def test_lots_belong_to_an_election(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lane: str
) -> None:
    broken = files({"lane": lane, "lots": ["甲"]}, ROLL, BALLOTS)
    assert refused(tmp_path, capsys, broken).startswith("rules.json, line 1: ")


@pytest.mark.parametrize("seats", [None, 0, 7])
def test_seats_mean_nothing_outside_an_election(tmp_path: Path, seats: int | None) -> None:
    assert main([str(write(tmp_path, files({"lane": "poll", "seats": seats}, ROLL, BALLOTS)))]) == 0


def test_a_line_without_a_question_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = files({"lane": "poll"}, ROLL, [*BALLOTS, ("wang", "", "yes", "paper", AT, 3)])
    assert refused(tmp_path, capsys, broken).startswith("ballots.csv, line 4: ")


@pytest.mark.parametrize(
    "at",
    [
        "2026-07-16",
        "2026-07-16T09:30",
        "2026-07-16T09:30:00",
        "2026-07-16 09:30:00+08:00",
        "2026-07-16T09:30:00Z",
        "2026-07-16T09:30:00.123456+08:00",
        "20260716T093000+0800",
        "2026-W29-4T09:30",
    ],
)
def test_iso_8601_has_many_spellings(tmp_path: Path, at: str) -> None:
    ballots = [("wang", "甲", "yes", "online", at, "007")]
    assert main([str(write(tmp_path, files({"lane": "poll"}, ROLL, ballots)))]) == 0

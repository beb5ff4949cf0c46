"""A broken file, folder or zip ends with exit code 2, a clear message and no result."""

import os
import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import bundle as bundle_module
from domain.recount import main
from tests.domain.broken import SOUND, refused, refused_path
from tests.domain.bundles import Files, events, write


@pytest.mark.parametrize("name", ["rules.json", "roll.csv", "ballots.csv"])
class TestEachFile:
    def test_is_needed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
        rest = {other: text for other, text in SOUND.items() if other != name}
        assert refused(tmp_path, capsys, rest).startswith(f"{name}: the file is missing")

    def test_is_needed_at_the_root_of_a_zip(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        path = tmp_path / "b.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for other, text in SOUND.items():
                archive.writestr(f"bundle/{other}" if other == name else other, text)
        assert refused_path(path, capsys).startswith(f"{name}: the file is missing")

    def test_stands_once_in_a_zip(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        path = tmp_path / "b.zip"
        zipped(path)
        with (
            zipfile.ZipFile(path, "a") as archive,
            pytest.warns(UserWarning, match="Duplicate name"),
        ):
            archive.writestr(name, SOUND[name])
        assert name in refused_path(path, capsys)

    def test_is_not_empty(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        assert refused(tmp_path, capsys, SOUND | {name: ""}).startswith(f"{name}, line 1: ")

    def test_is_utf_8(self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
        folder = write(tmp_path, SOUND)
        (folder / name).write_bytes(SOUND[name].encode() + "\n\n座位".encode("gb18030"))
        line = SOUND[name].count("\n") + 3
        assert refused_path(folder, capsys).startswith(f"{name}, line {line}: not UTF-8")

    def test_is_no_folder(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        folder = write(tmp_path, SOUND)
        (folder / name).unlink()
        (folder / name).mkdir()
        assert refused_path(folder, capsys).startswith(f"{name}")


def test_a_wrong_byte_is_named_by_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, SOUND)
    (folder / "ballots.csv").write_bytes(SOUND["ballots.csv"].encode().replace(b"no", b"\xff"))
    assert refused_path(folder, capsys).startswith("ballots.csv, line 3: not UTF-8")


def test_a_record_over_several_lines_is_named_by_its_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown = SOUND["ballots.csv"].replace("wang,甲", 'wang,"甲\n丙"')
    err = refused(tmp_path, capsys, SOUND | {"ballots.csv": unknown})
    assert err.startswith("ballots.csv, line 2: ")
    ragged = SOUND["roll.csv"].replace("1-102", '"1\n\n102"') + "x,y\n"
    err = refused(tmp_path, capsys, SOUND | {"roll.csv": ragged})
    assert err.startswith("roll.csv, line 7: ")


def test_a_header_may_take_several_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = SOUND["roll.csv"].replace("unit,kind", '"a\nnote",unit,kind').replace("\n1-", "\nx,1-")
    err = refused(tmp_path, capsys, SOUND | {"roll.csv": rows.replace("x,1-101", "1-101")})
    assert err.startswith("roll.csv, line 3: ")


def test_events_without_a_column_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = SOUND | {"events.csv": events(["a"]).replace("payload", "content", 1)}
    assert refused(tmp_path, capsys, broken).startswith("events.csv, line 1: ")
    broken = SOUND | {"events.csv": events(["a"]) + "2,x\n"}
    assert refused(tmp_path, capsys, broken).startswith("events.csv, line 3: ")


def zipped(path: Path, bundle: Files = SOUND) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in bundle.items():
            archive.writestr(name, text)
    return path


def test_what_is_neither_a_folder_nor_a_zip_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "roll.csv"
    text.write_text(SOUND["roll.csv"])
    assert "neither a folder nor a readable zip" in refused_path(text, capsys)
    assert "no such folder or zip" in refused_path(tmp_path / "none", capsys)
    (tmp_path / "empty.zip").touch()
    assert "neither" in refused_path(tmp_path / "empty.zip", capsys)


def test_an_encrypted_zip_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = bytearray(zipped(tmp_path / "b.zip").read_bytes())
    at = 0
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(signature, at + 1)
    (tmp_path / "b.zip").write_bytes(data)
    assert "encrypted" in refused_path(tmp_path / "b.zip", capsys)


def test_a_file_that_unpacks_beyond_the_limit_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_module, "LARGEST_FILE", 10_000)
    bomb = SOUND | {"ballots.csv": SOUND["ballots.csv"] + "\n" * 10_000}
    path = zipped(tmp_path / "b.zip", bomb)
    assert path.stat().st_size < 2000
    assert refused_path(path, capsys).startswith("ballots.csv: the file unpacks to more")


def test_rules_beyond_any_sense_are_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_module, "LONGEST_RULES", 1000)
    err = refused(tmp_path, capsys, SOUND | {"rules.json": "\n" * 2000})
    assert err.startswith("rules.json, line 1001: ")


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, SOUND)
    (folder / "roll.csv").unlink()
    os.symlink("roll.csv", folder / "roll.csv")
    assert refused_path(folder, capsys).startswith("roll.csv")


@settings(
    deadline=None,
    max_examples=400,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.randoms(use_true_random=True))
def test_random_damage_never_ends_in_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], random: Random
) -> None:
    if random.random() < 0.5:
        path = zipped(tmp_path / "b.zip", SOUND | {"events.csv": events(["a", "b"])})
        harm(path, random)
    else:
        path = write(tmp_path / "b", SOUND | {"events.csv": events(["a", "b"])})
        harm(path / random.choice(sorted(os.listdir(path))), random)
    code = main([str(path)])
    out, err = capsys.readouterr()
    assert code in (0, 2, 3)
    assert (out == "") is (code != 0)
    assert (err == "") is (code == 0)


def harm(path: Path, random: Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(data) + 1)
        match random.randrange(4):
            case 0:
                data[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del data[at : at + random.randrange(1, 9)]
            case 2:
                data[at:at] = random.choice((b",", b'"', b"\n", b"\r", b"\0", b"\xff", b"+"))
            case _:
                del data[at + 1 :]
    path.write_bytes(data)

"""Before the server opens: what keeps it from starting says how to mend it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db import engine, first_visit
from db.engine import Database
from jobs import start_up
from jobs.start_up import CannotStart, prepare
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.databases import Databases


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder for a database that is not there yet."""
    folder = tmp_path / "data"
    engine.use(f"sqlite:///{folder / 'desk.sqlite'}")
    yield folder
    engine.use(None)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_empty_place_gets_its_tables_and_a_code_in_both_languages(
    databases: Databases, clock: TestClock, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = databases.empty(kind)
    engine.use(url)
    try:
        prepare()
        printed = capsys.readouterr().out
        assert "设置码" in printed
        assert "Set-up code" in printed
        found = re.search(r"([2-9A-Z]{5}-[2-9A-Z]{5})", printed)
        assert found is not None
        first_visit.check_set_up_code(found[1], "", clock.now)
        prepare()  # lost it? The next start prints another one
        assert found[1] not in capsys.readouterr().out
    finally:
        engine.use(None)
        databases.forget(url)


def test_where_there_are_accounts_no_code_is_printed(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare()
    assert capsys.readouterr().out == ""


def test_a_folder_that_cannot_be_written_is_named(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start_up.os, "access", lambda *_: False)
    with pytest.raises(CannotStart) as told:
        prepare()
    assert str(place) in str(told.value)
    assert "chmod" in str(told.value)


def test_a_file_that_is_no_database_is_said_to_be_none(place: Path) -> None:
    place.mkdir(exist_ok=True)
    (place / "desk.sqlite").write_bytes(b"no database at all, but long enough" * 100)
    with pytest.raises(CannotStart) as told:
        prepare()
    assert "not a database" in str(told.value)


def test_a_postgresql_that_is_not_there_is_asked_after(clock: TestClock) -> None:
    engine.use("postgresql://desk:secret-word@127.0.0.1:1/desk")
    try:
        with pytest.raises(CannotStart) as told:
            prepare()
    finally:
        engine.use(None)
    assert "Is PostgreSQL running" in str(told.value)
    assert "secret-word" not in str(told.value)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_database_of_a_newer_version_is_left_alone(database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CannotStart) as told:
        prepare()
    assert "newer version" in str(told.value)

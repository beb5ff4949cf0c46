"""Backups while people work, and the way back to a whole database."""

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest
from sqlalchemy import func, select, text

from db import backup, engine, intake, leases
from db.engine import Database
from db.tables import Account, Case, Channel, Photo, PhotoBytes, SignIn
from db.verify import verify
from domain.errors import NotAllowed, NotFound, Refused
from domain.people import SYSTEM
from tests.support.cast import Cast
from tests.support.clock import TestClock


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Backups of each test in a folder of its own, for PostgreSQL too."""
    monkeypatch.setattr(backup, "folder", lambda: tmp_path / "backups")
    return tmp_path / "backups"


def _report(cast: Cast, clock: TestClock, words: str) -> str:
    taken = intake.take_report(cast.secretary, clock.now, text=words, channel=Channel.PHONE)
    return str(taken.number)


def _titles() -> list[str]:
    with engine.read() as session:
        return list(session.scalars(select(Case.title).order_by(Case.id)))


@pytest.mark.slow
def test_a_backup_taken_while_four_people_write_is_whole(
    cast: Cast, clock: TestClock, own_folder: Path
) -> None:
    stop = Signal()
    written: list[list[str]] = [[], [], [], []]
    failed: list[Exception] = []

    def work(mine: list[str], name: int) -> None:
        try:
            while not stop.is_set() and len(mine) < 200:
                words = f"事{name}-{len(mine)}"
                _report(cast, clock, words)
                mine.append(words)
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=work, args=(mine, n)) for n, mine in enumerate(written)]
    for thread in threads:
        thread.start()
    while min(len(mine) for mine in written) < 3:
        pass
    before = {words for mine in written for words in list(mine)}
    file = backup.backup(clock.now)
    stop.set()
    for thread in threads:
        thread.join()
    assert not failed
    everything = set(_titles())
    assert everything == {words for mine in written for words in mine}
    clock.forward(minutes=5)
    aside = backup.restore(SYSTEM, clock.now, file)
    restored = set(_titles())
    assert before <= restored < everything
    assert list(verify()) == []
    # What was there before is not lost either.
    assert aside is not None
    clock.forward(minutes=5)
    backup.restore(SYSTEM, clock.now, aside)
    assert set(_titles()) == everything
    assert list(verify()) == []


def test_a_backup_holds_the_photos(cast: Cast, clock: TestClock, database: Database) -> None:
    with database.write() as session:
        photo = Photo(code="p", width=1, height=1, at=clock.now)
        session.add(photo)
        session.flush()
        session.add(PhotoBytes(photo_id=photo.id, full=b"\xff\xd8full", thumb=b"\xff\xd8thumb"))
    file = backup.backup(clock.now)
    with database.write() as session:
        session.execute(text("DELETE FROM photo_bytes"))
    backup.restore(SYSTEM, clock.now, file)
    with engine.read() as session:
        assert session.scalar(select(PhotoBytes.full)) == b"\xff\xd8full"


def test_a_backup_is_readable_by_its_owner_alone(cast: Cast, clock: TestClock) -> None:
    file = backup.backup(clock.now)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.glob("*.part")) == []


def test_a_restore_signs_everybody_out(cast: Cast, clock: TestClock, database: Database) -> None:
    with database.write() as session:
        account = session.scalar(select(Account.id))
        session.add(
            SignIn(
                token_hash="x",
                account_id=account,
                created_at=clock.now,
                seen_at=clock.now,
                expires_at=clock.now + timedelta(days=1),
            )
        )
    backup.restore(SYSTEM, clock.forward(minutes=1), backup.backup(clock.now))
    with engine.read() as session:
        assert session.scalar(select(SignIn.ended_at)) == clock.now


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + b"x" * 5000, b"PGDMPxxxx"])
def test_a_file_that_is_no_backup_changes_nothing(
    cast: Cast, clock: TestClock, tmp_path: Path, content: bytes
) -> None:
    _report(cast, clock, "事")
    file = tmp_path / "broken.sqlite"
    file.write_bytes(content)
    with pytest.raises(Refused):
        backup.restore(SYSTEM, clock.now, file)
    with pytest.raises(Refused):
        backup.restore(SYSTEM, clock.now, tmp_path / "absent.sqlite")
    assert _titles() == ["事"]
    assert list(verify()) == []


def test_a_cut_off_backup_is_refused(cast: Cast, clock: TestClock, tmp_path: Path) -> None:
    for n in range(5):
        _report(cast, clock, f"事{n}")
    whole = backup.backup(clock.now).read_bytes()
    file = tmp_path / "half.sqlite"
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refused):
        backup.restore(SYSTEM, clock.now, file)
    assert len(_titles()) == 5


def test_a_backup_of_a_newer_version_is_refused(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    with database.write() as session:
        known = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    file = backup.backup(clock.now)
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :known"), {"known": known})
    with pytest.raises(Refused, match="newer version"):
        backup.restore(SYSTEM, clock.now, file)


def test_nothing_is_restored_beside_a_running_server(cast: Cast, clock: TestClock) -> None:
    file = backup.backup(clock.now)
    assert leases.take("job:reminders", "server", clock.now, 60)
    with pytest.raises(Refused, match="Stop it"):
        backup.restore(SYSTEM, clock.forward(seconds=59), file)
    backup.restore(SYSTEM, clock.forward(seconds=2), file)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_damaged_database_is_kept_and_replaced(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    for n in range(30):
        _report(cast, clock, f"事{n}")
    file = backup.backup(clock.now)
    database.dispose()
    path = Path(str(database.url.database))
    damaged = bytearray(path.read_bytes())
    damaged[4096 : len(damaged) // 2] = b"\x5a" * (len(damaged) // 2 - 4096)
    path.write_bytes(damaged)
    aside = backup.restore(SYSTEM, clock.now, file)
    assert aside is not None
    assert aside.read_bytes() == bytes(damaged)
    assert len(_titles()) == 30
    assert list(verify()) == []


@pytest.mark.slow
def test_the_night_makes_one_backup_and_keeps_fourteen(
    cast: Cast, clock: TestClock, own_folder: Path
) -> None:
    clock.set("2026-03-02 23:00")
    assert backup.nightly(clock.now) is not None  # the first, at whatever hour
    by_hand = backup.backup(clock.now)
    clock.set("2026-03-03 01:59")
    assert backup.nightly(clock.now) is None
    for day in range(3, 23):
        clock.set(f"2026-03-{day:02} 02:10")
        assert backup.nightly(clock.now) is not None
        assert backup.nightly(clock.forward(minutes=15)) is None
    names = sorted(path.name for path in own_folder.iterdir())
    nights = [name for name in names if name.startswith("night")]
    assert len(nights) == backup.KEPT == 14
    assert "20260309" in nights[0]
    assert by_hand.name in names


def test_a_server_that_slept_through_the_night_makes_up_for_it(
    cast: Cast, clock: TestClock
) -> None:
    clock.set("2026-03-03 03:00")
    backup.nightly(clock.now)
    assert backup.nightly(clock.set("2026-03-04 04:30")) is not None
    assert backup.nightly(clock.set("2026-03-05 09:00")) is not None
    assert backup.nightly(clock.set("2026-03-05 12:00")) is None


def test_only_who_sets_up_sees_and_takes_backups(cast: Cast, clock: TestClock) -> None:
    name = backup.backup_by(cast.administrator, clock.now)
    assert [one.name for one in backup.backups(cast.administrator)] == [name]
    assert backup.backup_file(cast.administrator, clock.now, name).name == name
    for wrong in ("../" + name, "absent", ""):
        with pytest.raises(NotFound):
            backup.backup_file(cast.administrator, clock.now, wrong)
    for person in (cast.secretary, cast.viewer, replace(cast.volunteer)):
        with pytest.raises(NotAllowed):
            backup.backup_by(person, clock.now)
        with pytest.raises(NotAllowed):
            backup.backups(person)
        with pytest.raises(NotAllowed):
            backup.backup_file(person, clock.now, name)
        with pytest.raises(NotAllowed):
            backup.restore(person, clock.now, Path(name))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_without_postgresqls_programs_it_says_what_to_install(
    cast: Cast, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refused, match="pg_dump"):
        backup.backup(clock.now)


def test_a_folder_that_cannot_be_written_is_named(
    cast: Cast, clock: TestClock, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="could not be written"):
        backup.backup(clock.now, tmp_path / "file" / "x.sqlite")


def test_counting_rows_agrees(cast: Cast, clock: TestClock) -> None:
    """A copy has as many rows in every table as the original."""
    _report(cast, clock, "事")
    tables = Case.metadata.sorted_tables

    def counts() -> dict[str, int]:
        with engine.read() as session:
            return {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in tables
            }

    file = backup.backup(clock.now)
    before = counts()
    backup.restore(SYSTEM, clock.now, file)
    after = counts()
    # The backup's own event came after the copy, the restore's own takes its place.
    assert after == before

"""Files that hold a whole database: an SQLite copy, or PostgreSQL's own dump."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from db.engine import Database, sqlite_driver
from db.schema import MIGRATIONS
from domain.errors import N_, Refused

MINUTES = 60  # longer than any dump of a community takes; a hanging program must end some time
_VERSION_TABLE = "alembic_version"


def write(target: Database, to: Path) -> None:
    """Write the database as it is at this moment; the file is there whole or not at all.

    Raises:
        Refused: PostgreSQL's program is missing or failed.
        OSError: there is no room or no right to write.
    """
    part = to.with_name(to.name + ".part")
    part.unlink(missing_ok=True)
    try:
        # Readable by the server's own account alone: it holds names and numbers.
        part.touch(mode=0o600)
        if target.is_sqlite:
            _copy_sqlite(_path(target), part)
        else:
            _run(target, ["pg_dump", "--format=custom", "--no-owner", f"--file={part}"])
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def check(target: Database, file: Path) -> None:
    """Refuse a file that is no whole database of this program, before anything is touched.

    Raises:
        Refused: it says what is wrong.
    """
    try:
        revision = _sqlite_revision(file) if target.is_sqlite else _dump_revision(target, file)
    except sqlite_driver().DatabaseError:
        revision = None
    if revision is None:
        raise Refused(N_("{path} is no whole backup of this program."), path=file)
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if revision not in known:
        raise Refused(
            N_("{path} was made by a newer version. Install that version first."), path=file
        )


def holds_anything(target: Database) -> bool:
    """Whether there is a database to keep aside; one that cannot be read counts as well."""
    if target.is_sqlite:
        return _path(target).exists() and _path(target).stat().st_size > 0
    return inspect(target.engine).has_table(_VERSION_TABLE)


def keep_aside(target: Database, to: Path) -> None:
    """Like `write`; a damaged SQLite file is kept byte by byte."""
    try:
        write(target, to)
    except sqlite_driver().DatabaseError:
        for ending in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copy2(f"{_path(target)}{ending}", f"{to}{ending}")


def put_in_place(target: Database, file: Path) -> None:
    """Put the file's content in the place of the database, all of it or nothing.

    Raises:
        Refused: PostgreSQL's program is missing or failed.
    """
    if not target.is_sqlite:
        _play_dump(target, file)
        return
    path = _path(target)
    fresh = path.with_name(path.name + ".restored")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    _copy_sqlite(file, fresh)
    # The old log must not be played into the new file.
    for ending in ("-wal", "-shm", "-journal"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    fresh.replace(path)


def _play_dump(target: Database, file: Path) -> None:
    """Empty the database and play the dump, as one transaction.

    `pg_restore --clean` would leave tables that a newer version made after the dump.
    """
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "restore.sql"
        _run(target, ["pg_restore", "--no-owner", f"--file={script}"], str(file), connect=False)
        first = Path(folder) / "first.sql"
        first.write_text("DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n")
        _run(
            target,
            ["psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"],
            f"--file={first}",
            f"--file={script}",
        )


def _path(target: Database) -> Path:
    return Path(target.url.database or "")


def _address(file: Path, how: str) -> str:
    return f"{file.resolve().as_uri()}?{how}"


def _copy_sqlite(source: Path, to: Path) -> None:
    """Copy one consistent view; writers go on meanwhile.

    VACUUM leaves out the remains of deleted rows, so that what was erased is in no copy.
    """
    driver = sqlite_driver()
    try:
        with closing(
            driver.connect(_address(source, "mode=rw"), uri=True, timeout=20)
        ) as connection:
            connection.isolation_level = None
            connection.execute("VACUUM INTO ?", (str(to),))
    except driver.OperationalError as error:
        if "full" in str(error):
            raise OSError(28, os.strerror(28)) from error
        raise


def _sqlite_revision(file: Path) -> str | None:
    """The schema's revision, or None where the file is not whole."""
    with closing(sqlite_driver().connect(_address(file, "immutable=1"), uri=True)) as whole:
        if whole.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return None
        if whole.execute("PRAGMA foreign_key_check").fetchone() is not None:
            return None
        row = whole.execute(f"SELECT version_num FROM {_VERSION_TABLE}").fetchone()  # noqa: S608
        return str(row[0]) if row else None


def _dump_revision(target: Database, file: Path) -> str | None:
    """The same of PostgreSQL's dump: its table of contents, then one table's rows."""
    if file.read_bytes()[:5] != b"PGDMP":
        return None
    rows = _run(
        target,
        ["pg_restore", "--data-only", f"--table={_VERSION_TABLE}", "--file=-"],
        str(file),
        connect=False,
    )
    lines = iter(rows.splitlines())
    for line in lines:
        if line.startswith("COPY") and _VERSION_TABLE in line:
            return next(lines, None)
    return None


def _run(target: Database, command: Sequence[str], *arguments: str, connect: bool = True) -> str:
    """Run one of PostgreSQL's programs; the password goes by the environment.

    Raises:
        Refused: it is missing or failed, with its own last words.
    """
    url = target.url
    where: dict[str, Any] = {
        "PGHOST": url.host,
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGCONNECT_TIMEOUT": 10,
    }
    environment = {**os.environ, **{name: str(value) for name, value in where.items() if value}}
    program = shutil.which(command[0])
    if program is None:
        raise Refused(
            N_("“{program}” is not installed. Install PostgreSQL's client programs."),
            program=command[0],
        )
    done = subprocess.run(  # noqa: S603 – the arguments are our own
        [program, *command[1:], *arguments],
        env=environment if connect else None,
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
        check=False,
    )
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or [str(done.returncode)]
        raise Refused(N_("“{program}” failed: {why}"), program=command[0], why=last[0])
    return done.stdout

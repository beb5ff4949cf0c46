"""Backups while the desk is in use, photos included; and the way back."""

import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update

from db import dump_files
from db.engine import ROOT, database, read, use, write
from db.events import record
from db.schema import upgrade
from db.tables import AccountCode, Lease, SignIn
from domain.days import COMMUNITY_ZONE, local_time
from domain.errors import N_, NotFound, Refused
from domain.people import SYSTEM, Actor, Right

KEPT = 14
# At night nobody waits, and a server that was off then still makes one when it comes back.
NIGHT = range(2, 5)
OVERDUE = timedelta(hours=26)

# The lease that a running server renews each minute.
_RENEWED = "job:reminders"
_NIGHTLY, _BY_HAND, _BEFORE_RESTORE = "night", "backup", "before-restore"
_NAME = re.compile(r"(?P<kind>[a-z-]+)-(?P<at>\d{8}-\d{6})\.(?P<ending>sqlite|dump)")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup in the folder; `at` is the file's own time in the community's zone."""

    name: str
    path: Path
    at: datetime
    size: int

    @property
    def by_itself(self) -> bool:
        """Whether the server made it; only those are ever removed."""
        return self.name.startswith(_NIGHTLY)


def folder() -> Path:
    """Where backups are kept: beside an SQLite database, else under the program's `data`."""
    target = database()
    if target.is_sqlite and target.url.database:
        return Path(target.url.database).resolve().parent / "backups"
    return ROOT / "data" / "backups"


def backup(now: datetime, to: Path | None = None, kind: str = _BY_HAND) -> Path:
    """Write a backup of this moment; nobody has to stop working. Returns its path.

    Args:
        to: a file, or a folder in which it gets a name of its own.

    Raises:
        Refused: there is no room, no right to write, or PostgreSQL's programs are missing.
    """
    target = database()
    to = to or folder()
    ending = "sqlite" if target.is_sqlite else "dump"
    if to.is_dir() or not to.suffix:
        to = to / f"{kind}-{local_time(now):%Y%m%d-%H%M%S}.{ending}"
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        dump_files.write(target, to)
    except OSError as error:
        raise Refused(
            N_("The backup could not be written to {path}: {why}"),
            path=to,
            why=error.strerror or error,
        ) from None
    with write() as session:
        record(session, SYSTEM, now, "backed_up", size=to.stat().st_size)
    return to


def backup_by(actor: Actor, now: datetime) -> str:
    """Make one by hand; returns its name."""
    actor.need(Right.SET_UP)
    return backup(now).name


def nightly(now: datetime) -> str | None:
    """Make the night's backup when it is time for it, and remove all but the last fourteen.

    Safe to call every few minutes; returns the new one's name.
    """
    made = [one for one in _listed() if one.by_itself]
    newest = max((one.at for one in made), default=None)
    local = local_time(now)
    if newest is not None:
        done_today = newest.date() == local.date()
        if done_today or (local.hour not in NIGHT and now - newest < OVERDUE):
            return None
    name = backup(now, kind=_NIGHTLY).name
    for old in sorted((one for one in _listed() if one.by_itself), key=lambda o: o.name)[:-KEPT]:
        old.path.unlink(missing_ok=True)
    return name


def backups(actor: Actor) -> list[Backup]:
    """All backups in the folder, the newest first."""
    actor.need(Right.SET_UP)
    return sorted(_listed(), key=lambda one: one.at, reverse=True)


def backup_file(actor: Actor, now: datetime, name: str) -> Path:
    """The file of a backup to download, which is recorded: it holds everything.

    Raises:
        NotFound: there is none of that name.
    """
    actor.need(Right.SET_UP)
    found = next((one for one in _listed() if one.name == name), None)
    if found is None:
        raise NotFound(N_("This backup is not there any more. Load the page again."))
    with write() as session:
        record(session, actor, now, "backup_downloaded", size=found.size)
    return found.path


def _listed() -> list[Backup]:
    found = []
    for path in folder().glob("*.*"):
        named = _NAME.fullmatch(path.name)
        if named is not None:
            written = datetime.strptime(named["at"], "%Y%m%d-%H%M%S")  # noqa: DTZ007
            at = written.replace(tzinfo=COMMUNITY_ZONE)
            found.append(Backup(path.name, path, at, path.stat().st_size))
    return found


def restore(actor: Actor, now: datetime, file: Path) -> Path | None:
    """Put a backup in the place of the present database; returns where that one is kept now.

    The backup is checked first and the present database is kept beside the backups. Everybody
    is signed out, since the backup knows sign-ins that have ended since.

    Raises:
        Refused: the file is no whole backup of this program, or a server still runs.
    """
    actor.need(Right.SET_UP)
    target = database()
    if not file.is_file():
        raise Refused(N_("{path} cannot be read: {why}"), path=file, why=os.strerror(2))
    dump_files.check(target, file)
    _refuse_beside_a_server(now)
    aside = None
    if dump_files.holds_anything(target):
        ending = "sqlite" if target.is_sqlite else "dump"
        aside = folder() / f"{_BEFORE_RESTORE}-{local_time(now):%Y%m%d-%H%M%S}.{ending}"
        aside.parent.mkdir(parents=True, exist_ok=True)
        dump_files.keep_aside(target, aside)
    url = target.url.render_as_string(hide_password=False)
    target.dispose()
    dump_files.put_in_place(target, file)
    use(url)
    upgrade()
    with write() as session:
        session.execute(update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=now))
        session.execute(
            update(AccountCode).where(AccountCode.used_at.is_(None)).values(used_at=now)
        )
        record(session, actor, now, "restored", size=file.stat().st_size)
    return aside


def _refuse_beside_a_server(now: datetime) -> None:
    try:
        with read() as session:
            running = session.scalar(
                select(Lease.name).where(Lease.name == _RENEWED, Lease.until > now)
            )
    except Exception:  # a database that cannot be read is what a restore is for
        return
    if running is not None:
        raise Refused(
            N_(
                "A server uses this database, or did a minute ago. Stop it, wait a minute, and "
                "restore again."
            )
        )

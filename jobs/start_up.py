"""What the server does before it opens: checks that say how to mend what is wrong, migrations."""

import logging
import os
import sys
from pathlib import Path

from db import backup, engine, first_visit, schema, seeding
from db.now import now
from domain.outline import outline

log = logging.getLogger(__name__)


class CannotStart(Exception):
    """Something that must be mended first; the message says what and how."""

    def __init__(self, what: str, how: str) -> None:
        super().__init__(f"163 Desk cannot start: {what}\n  → {how}")


def prepare_or_end() -> None:
    """See `prepare`; what keeps the server from starting is printed, without a traceback."""
    try:
        prepare()
    except CannotStart as error:
        print(f"\n{error}\n", file=sys.stderr, flush=True)
        os._exit(1)  # an exception would be wrapped in forty lines of the web server's own


def prepare() -> None:
    """Check the place, bring the database up to date, and print the set-up code when it is new.

    Raises:
        CannotStart: with the way to mend it.
    """
    _check_place()
    copies = backup.folder()
    try:
        changed = schema.upgrade(backup_to=schema.backup_name(copies, now()))
        seeding.seed()
        code = first_visit.set_up_code()
    except Exception as error:
        log.error("not started", extra={"where": outline(error)})
        raise CannotStart(*_why(error, copies)) from None
    if changed:
        print("The database is up to date.", flush=True)
    if code:
        print(_framed(code), flush=True)


def _check_place() -> None:
    database = engine.database()
    if database.is_sqlite and database.url.database:
        folder = Path(database.url.database).resolve().parent
        if not os.access(folder, os.W_OK):
            raise CannotStart(
                f"{folder} cannot be written.",
                "Give the account that runs it the right to write there (chown or chmod), or set "
                "DATABASE_URL to another place.",
            )


def _why(error: Exception, copies: Path) -> tuple[str, str]:
    # Alembic's error when the database has a migration that this program does not.
    if type(error).__name__ == "CommandError":
        return (
            "the database belongs to a newer version of the program.",
            f"Update the program, or restore an older backup ({copies}).",
        )
    said = str(getattr(error, "orig", "") or type(error).__name__).splitlines()[0]
    if engine.database().is_sqlite:
        how = (
            "Is there space on the disk, is the file an SQLite database, does another program "
            f"hold it? The copies from before each upgrade are under {copies}."
        )
    else:
        how = "Is PostgreSQL running, and are name, password and host in DATABASE_URL right?"
    return f"the database could not be opened or brought up to date ({said}).", how


def _framed(code: str) -> str:
    shown = f"{code[:5]}-{code[5:]}"
    line = "─" * 62
    return (
        f"\n{line}\n"
        "  首次使用：请打开网页，用设置码创建第一位管理员。\n"
        "  First use: open the page, create the first administrator.\n\n"
        f"      设置码 Set-up code:  {shown}\n\n"
        "  只显示这一次；遗失请重启服务器，会显示新的。\n"
        "  Shown once; if lost, restart the server for a new one.\n"
        f"{line}\n"
    )

"""What the server does before it opens: checks that say how to mend what is wrong, migrations."""

import os
from pathlib import Path

from db import engine, first_visit, schema, seeding
from db.now import now
from domain.outline import outline

BACKUPS = engine.ROOT / "data" / "backups"


class CannotStart(SystemExit):
    """Something that must be mended first; the message says how."""

    def __init__(self, what: str, how: str) -> None:
        super().__init__(f"\n163 Desk cannot start: {what}\n  → {how}\n")


def prepare() -> None:
    """Check the place, bring the database up to date, and print the set-up code when it is new.

    Raises:
        CannotStart: with the way to mend it.
    """
    _check_place()
    moment = now()
    try:
        changed = schema.upgrade(backup_to=schema.backup_name(BACKUPS, moment))
        seeding.seed()
    except CannotStart:
        raise
    except Exception as error:
        raise CannotStart(
            f"the database could not be opened or brought up to date ({outline(error)}).",
            "Is it running, and is DATABASE_URL right? Is there space on the disk? "
            f"On SQLite the copy from before is under {BACKUPS}.",
        ) from None
    if changed:
        print("The database is up to date.", flush=True)
    code = first_visit.set_up_code()
    if code:
        print(_framed(code), flush=True)


def _check_place() -> None:
    database = engine.database()
    if database.is_sqlite and database.url.database:
        folder = Path(database.url.database).parent
        if not os.access(folder, os.W_OK):
            raise CannotStart(
                f"{folder} cannot be written.",
                f"Give this account the right to write there (chown or chmod), or set "
                f"DATABASE_URL to another place. It runs as uid {os.getuid()}.",
            )


def _framed(code: str) -> str:
    shown = f"{code[:5]}-{code[5:]}"
    line = "─" * 62
    return (
        f"\n{line}\n"
        f"  首次使用：请打开网页，用设置码创建第一位管理员。\n"
        f"  First use: open the page, create the first administrator.\n\n"
        f"      设置码 Set-up code:  {shown}\n\n"
        f"  只显示这一次；遗失请重启服务器，会显示新的。\n"
        f"  Shown once; if lost, restart the server for a new one.\n"
        f"{line}\n"
    )

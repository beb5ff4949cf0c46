"""What the community kept in Excel before: a ledger 台账, imported on the first day."""

from datetime import datetime, timedelta

from db.categories import categories
from db.demo.opening import Opener
from db.ledger import import_ledger
from db.tables import Channel
from domain.days import local_time
from domain.ledger import read_ledger
from domain.ledger_columns import Column
from domain.people import SYSTEM

ROWS = 8
FIRST_DAY, EVERY = 363, 2  # days ago, and days between two rows
HEADER = (
    Column.NUMBER,
    Column.OPENED,
    Column.CLOSED,
    Column.TEXT,
    Column.CATEGORY,
    Column.REPORTER,
    Column.PHONE,
    Column.ESTATE,
    Column.BUILDING,
    "经办人备注",
)


def import_old(opener: Opener, at: datetime) -> None:
    """Write the import into the diary."""
    rows = []
    for number in range(ROWS):
        file = opener.file(opener.pool.take(), Channel.LEDGER)
        opened = opener.diary.day(FIRST_DAY - EVERY * number, 9 + number % 8, 5 * number)
        rows.append((number + 2, opened, opened + timedelta(days=2 + number % 3, hours=5), file))

    def act(now: datetime) -> None:
        names = {category.id: category.name_zh for category in categories(SYSTEM)}
        cells = [
            (
                line,
                (
                    f"台账-{line - 1:02d}",
                    f"{local_time(opened):%Y-%m-%d %H:%M}",
                    f"{local_time(closed):%Y-%m-%d %H:%M}",
                    file.words,
                    names[file.category],
                    file.home.name,
                    file.home.phone,
                    opener.settled.estates.names[file.house.estate],
                    file.house.name,
                    "已办结，纸质单存档",
                ),
            )
            for line, opened, closed, file in rows
        ]
        done = import_ledger(opener.settled.people.clerks[0], now, read_ledger(HEADER, cells, now))
        if done.imported != ROWS:
            raise ValueError(f"{done.imported} rows of the old ledger instead of {ROWS}")

    opener.diary.add(at, act)

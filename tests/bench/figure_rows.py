"""The figures of any number of files: some are counted by the application, the rest are alike."""

from collections.abc import Sequence
from typing import Any

from db.tables.base import Base
from db.tables.figures import CaseFigure

# Told by a file's own times; everything else is as with the counted file of its kind. The
# community's day begins eight hours before that of UTC.
OWN = {
    "case_id": "c.id",
    "opened_at": "c.opened_at",
    "month": "substr(datetime(c.opened_at, '+8 hours'), 1, 7) || '-01'",
    "closed_on": "date(c.closed_at, '+8 hours')",
}
SUMS = ("figure_sums", "day_sums", "duration_buckets", "building_sums")


def copy_figures(connection: Any, first: int, sample: Sequence[int], files: int) -> None:
    """Give every file the figures of its kind, and multiply the sums.

    Args:
        first: the id of file 0.
        sample: the numbers of those files that the application has counted.
    """
    alike = len(sample)
    connection.execute("CREATE TEMP TABLE alike (remainder INTEGER PRIMARY KEY, case_id INTEGER)")
    connection.executemany(
        "INSERT INTO alike VALUES (?, ?)",
        [(number % alike, first + number) for number in sample],
    )
    names = [column.name for column in CaseFigure.__table__.columns]
    values = ", ".join(OWN.get(name, f"f.{name}") for name in names)
    connection.execute(
        f"INSERT INTO case_figures ({', '.join(names)}) SELECT {values} FROM cases c"
        " JOIN alike a ON a.remainder = (c.id - ?) % ? JOIN case_figures f ON f.case_id = a.case_id"
        " WHERE c.id >= ? AND c.id < ? AND c.id NOT IN (SELECT case_id FROM alike)",
        (first, alike, first, first + files),
    )
    for name in SUMS:
        table = Base.metadata.tables[name]
        more = [column.name for column in table.columns if not column.primary_key]
        changes = ", ".join(f"{one} = {one} * {files // alike}" for one in more)
        connection.execute(f"UPDATE {name} SET {changes}")
    connection.execute("UPDATE figure_marks SET event_id = (SELECT max(id) FROM events)")
    connection.execute("DROP TABLE alike")

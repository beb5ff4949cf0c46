"""Any list or figure for Excel: the one way in which tables leave the house.

The Excel file has the filter on a sheet of its own; a CSV file has rows alone, so that it can be
read in anywhere, and the filter in its name.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic, TypeVar

import pyarrow as pa
import streamlit as st

from db.exports import Exported, record_export
from db.now import now
from db.views import Page
from documents.sheet_writing import write_csv, write_table
from domain.days import local_day
from pages.parts.deferred import deferred
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# More than anybody reads in Excel; the newest come first in every list.
MOST_ROWS = 20_000
_LONGEST_NAME = 80
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s.]+')

T = TypeVar("T")
Rows = Iterable[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Table:
    """What is taken along.

    Args:
        name: of the file, in plain letters.
        title: of the sheet, in the reader's language.
        rows: makes the rows when they are asked for; it may neither ask who is here nor call
            `st.*`, and reads by the functions that the page reads by.
        narrowed: the filter in words, one part each.
        notes: what else the second sheet says.
        leaves: the list's name in the log, where it holds personal data.
    """

    name: str
    title: str
    header: Sequence[str]
    rows: Callable[[], Rows]
    narrowed: Sequence[str] = ()
    _: KW_ONLY
    notes: Sequence[str] = ()
    leaves: Exported | None = None


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its name in the reader's language, and what a line has in it."""

    name: str
    of: Callable[[T], object]


def listed(
    name: str,
    title: str,
    columns: Sequence[Column[T]],
    lines: Callable[[], Iterable[T]],
    narrowed: Sequence[str] = (),
    leaves: Exported | None = None,
) -> Table:
    """A table of one row for each line."""
    return Table(
        name,
        title,
        [column.name for column in columns],
        lambda: ([column.of(line) for column in columns] for line in lines()),
        narrowed,
        leaves=leaves,
    )


def frame(
    data: pa.Table,
    *,
    key: str,
    alt: str,
    column_config: Mapping[str, Any],
    narrowed: Sequence[str] = (),
    leaves: Exported | None = None,
    **shown: Any,
) -> Any:
    """A list that is shown whole, as `st.dataframe` shows it, with its way out below.

    Args:
        alt: what the list is; the sheet is called so.
        narrowed, leaves: as in `Table`.
    """
    event = st.dataframe(data, key=key, alt=alt, column_config=dict(column_config), **shown)
    named = [name for name in data.column_names if column_config.get(name, {}).get("label")]
    header = [str(column_config[name]["label"]) for name in named]

    def rows() -> Rows:
        values = [data.column(name).to_pylist() for name in named]
        return [[_cell(value) for value in row] for row in zip(*values, strict=True)]

    table = Table(key.replace("_", "-"), alt, header, rows, narrowed, leaves=leaves)
    downloads(table, key, disabled=not data.num_rows)
    return event


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def downloads(table: Table, key: str, *, disabled: bool = False) -> None:
    """The two buttons."""
    name = file_name(table)
    made = deferred(excel(table))
    plain = deferred(text(table))
    with st.container(horizontal=True, gap="small", width="content", key=f"{key}_export"):
        for ending, label, data, mime in (
            ("xlsx", _("Excel"), made, XLSX),
            ("csv", _("CSV"), plain, "text/csv"),
        ):
            st.download_button(
                label,
                data=data,
                file_name=f"{name}.{ending}",
                mime=mime,
                key=f"{key}_{ending}",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
                disabled=disabled,
                help=_("{list} as a table", list=table.title),
            )


def file_name(table: Table) -> str:
    """Such as 163desk-files-办事-2026-11-22, without the ending."""
    words = [_NOT_IN_NAMES.sub(" ", part).strip() for part in table.narrowed]
    said = "-".join(part for part in words if part)[:_LONGEST_NAME].strip()
    return "-".join(part for part in ("163desk", table.name, said, f"{local_day(now())}") if part)


def excel(table: Table) -> Callable[[], bytes]:
    """Makes the Excel file, with the filter on its second sheet."""
    rows, notes = _recorded(table), notes_of(table)
    return lambda: write_table(
        table.header, rows(), sheet=table.title, notes=notes, notes_sheet=_("About this table")
    )


def text(table: Table) -> Callable[[], bytes]:
    """Makes the CSV file: rows and nothing else."""
    rows = _recorded(table)
    return lambda: write_csv(table.header, rows())


def notes_of(table: Table) -> list[str]:
    """What the second sheet says."""
    notes = [table.title, *(table.narrowed or [_("Everything, without a filter")]), *table.notes]
    notes.append(_("Made {when}", when=moment(now())))
    if table.leaves is not None:
        notes.append(_("That this was taken along is recorded. It may hold names: keep it safe."))
    return notes


def every(portion: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """All lines of a list that is read in portions, up to `MOST_ROWS`."""
    after: str | None = None
    n = 0
    while n < MOST_ROWS:
        page = portion(after)
        yield from page.lines
        n += len(page.lines)
        if (after := page.next_cursor) is None:
            return


def _recorded(table: Table) -> Callable[[], Rows]:
    if table.leaves is None:
        return table.rows
    who, what = actor(), table.leaves

    def rows() -> Rows:
        made = list(table.rows())
        record_export(who, now(), what, len(made))
        return made

    return rows

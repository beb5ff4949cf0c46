"""Excel and CSV in: a table's header and rows from an uploaded file or pasted text.

Values are what the cells show last: formulas by their stored result, dates as datetimes of the
wall clock. A merged cell's value is in its first cell only; the others are empty, as in the file.
Other sheets than the first filled one are named, not read.
"""

import csv
import re
import warnings
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO, StringIO

import openpyxl

from documents.sheet_guard import (
    FILE_LIMIT,
    MEGABYTE,
    Broken,
    Encrypted,
    SheetRefused,
    TooLarge,
    WrongKind,
    is_excel,
)
from documents.sheet_writing import FORMULA_STARTS, write_csv, write_table
from domain.errors import N_

__all__ = [
    "Broken",
    "Encrypted",
    "SheetRefused",
    "Table",
    "TooLarge",
    "WrongKind",
    "read_pasted",
    "read_table",
    "write_csv",
    "write_table",
]

# A street's matters of several years; more is a file for each year.
ROWS_LIMIT = 50_000
COLUMNS_LIMIT = 100
# The most that a cell of Excel holds; more, which only a text file can have, is cut here. Whoever
# uses the value has a lower limit, and refuses the row.
CELL_LIMIT = 32_767
# Excel's own last row.
_LAST_LINE = 1_048_576
_DELIMITERS = "\t,;"
_BINARY = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")

Row = tuple[int, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet.

    Args:
        header: the first row that holds anything.
        rows: the filled rows below it, each with the sheet's own row number (as Excel counts,
            from 1; in a CSV file a cell of several lines is still one row).
        empty_rows: how many rows between and below them hold nothing.
        sheet: the sheet's name, None for text.
        other_sheets: visible sheets that were not read.
    """

    header: tuple[object, ...]
    rows: tuple[Row, ...]
    empty_rows: int
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()


def read_table(data: bytes, filename: str) -> Table:
    """Read an uploaded .xlsx or .csv file (UTF-8, UTF-16 or GB18030).

    Raises:
        SheetRefused: one of its subclasses says what to do; nothing is half-read.
    """
    if is_excel(data, filename):
        return _read_excel(data)
    return read_pasted(_decode(data))


def read_pasted(text: str) -> Table:
    """Read a table that was copied from Excel, WPS or a text file.

    Raises:
        SheetRefused: it is empty or too large.
    """
    if len(text) > FILE_LIMIT:
        raise TooLarge(
            N_("This file is larger than {limit} MB. Split it or leave out its pictures."),
            limit=FILE_LIMIT // MEGABYTE,
        )
    # The module's own limit, 131,072, would refuse the whole file for one long cell. It is the
    # whole process's: others read with theirs again afterwards.
    before = csv.field_size_limit(FILE_LIMIT)
    lines = StringIO(text.removeprefix("\ufeff"), newline="")
    try:
        table = _table(enumerate(csv.reader(lines, delimiter=_delimiter(text)), start=1))
    except csv.Error as error:
        raise Broken from error
    finally:
        csv.field_size_limit(before)
    if table is None:
        raise _empty()
    return table


def _read_excel(data: bytes) -> Table:
    try:
        # The library warns about what it leaves out; the values are all there.
        with warnings.catch_warnings(), closing(_open(data)) as book:
            warnings.simplefilter("ignore")
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in visible:
                # The size that a sheet claims is often wrong, and pads every row to it.
                sheet.reset_dimensions()
                lines = sheet.iter_rows(min_row=1, max_row=_LAST_LINE, values_only=True)
                table = _table(
                    enumerate(lines, start=1),
                    sheet.title,
                    tuple(other.title for other in visible if other is not sheet),
                )
                if table is not None:
                    return table
    except SheetRefused:
        raise
    # openpyxl raises KeyError, TypeError and many more on broken files; all mean the same.
    except Exception as error:
        raise Broken from error
    raise _empty()


def _open(data: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(
            BytesIO(data), read_only=True, data_only=True, keep_links=False
        )


def _table(
    lines: Iterable[tuple[int, Sequence[object]]],
    sheet: str | None = None,
    other_sheets: tuple[str, ...] = (),
) -> Table | None:
    header: tuple[object, ...] = ()
    rows: list[Row] = []
    empty = 0
    for line, cells in lines:
        values = _values(line, cells)
        if not header:
            header = values
        elif not values:
            empty += 1
        elif len(rows) == ROWS_LIMIT:
            raise TooLarge(
                N_("Row {line} is more than can be read: {limit} filled rows. Split the table."),
                line=line,
                limit=ROWS_LIMIT,
            )
        else:
            rows.append((line, values))
    return Table(header, tuple(rows), empty, sheet, other_sheets) if header else None


def _values(line: int, cells: Sequence[object]) -> tuple[object, ...]:
    # Sheets end in tens of thousands of empty rows, so these are told apart first.
    if cells.count(None) == len(cells):
        return ()
    values = [_value(cell) for cell in cells]
    while values and values[-1] is None:
        values.pop()
    if len(values) > COLUMNS_LIMIT:
        raise TooLarge(
            N_("Row {line} has {columns} columns; {limit} are possible. Leave the others out."),
            line=line,
            columns=len(values),
            limit=COLUMNS_LIMIT,
        )
    return tuple(values)


def _value(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = cell[:CELL_LIMIT]
    # The mark that our own exports put before a dangerous beginning.
    if text.startswith("'") and text[1:].startswith(FORMULA_STARTS):
        text = text[1:]
    return text if text.strip() else None


def _decode(data: bytes) -> str:
    """Read the bytes as the first that fits: what Excel writes is one of these."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Any bytes without order decode as something; control characters give them away.
        if not _BINARY.search(text):
            return text
    raise WrongKind(
        N_(
            "The characters of this text file cannot be read. Save it as .xlsx, or as CSV UTF-8, "
            "and choose the new file."
        )
    )


def _delimiter(text: str) -> str:
    """Choose by the first line that has one (a title may stand above); Excel copies with tabs."""
    split = (line for line in text.splitlines() if any(mark in line for mark in _DELIMITERS))
    return max(_DELIMITERS, key=next(split, "").count)


def _empty() -> SheetRefused:
    return SheetRefused(
        N_("There is nothing in this table. Choose a file with column names and rows.")
    )

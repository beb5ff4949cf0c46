"""Excel and CSV out: what people open in Excel, WPS or a text editor.

Text that would start a formula is marked with an apostrophe, in both formats: residents' words
must not compute. `documents.sheets` takes the mark away again.
"""

import csv
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import chain, islice

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from domain.days import local_time
from domain.sheet_rows import cell_text

# The full-width forms start a formula too where the keyboard writes them.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# The most that a cell of Excel holds.
CELL_LIMIT = 32_767
# Excel keeps fifteen digits of a number; longer ones (ID numbers) are text.
_LONGEST_NUMBER = 10**15
# What XML cannot hold: control characters, lone surrogates, noncharacters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TITLE_LIMIT = 31
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")
# Rows that are measured for the width of their column.
_MEASURED = 50
_WIDEST, _NARROWEST = 50, 8
_HEADER_FILL = PatternFill("solid", fgColor="E8EEF4")


def write_table(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    sheet: str,
    notes: Sequence[str] = (),
    notes_sheet: str = "说明",
) -> bytes:
    """Make an .xlsx file: a sheet with fixed column names and filters, and one with notes.

    Args:
        rows: aware datetimes are shown on the community's clock.
        sheet, notes_sheet: names of the two sheets, in the reader's language.
        notes: lines such as the filter that was set and the time at which it was made; on a
            sheet of their own, so that the first can be read in again.
    """
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(_title(sheet))
    # Excel cannot be told the width later: the first rows are measured before any is written.
    coming = iter(rows)
    first = list(islice(coming, _MEASURED))
    for place in range(len(header)):
        page.column_dimensions[get_column_letter(place + 1)].width = _width(header, first, place)
    page.freeze_panes = "A2"
    page.append([_header_cell(page, name) for name in header])
    count = 1
    for count, row in enumerate(chain(first, coming), start=2):  # noqa: B007 – the last counts
        page.append([_cell(page, value) for value in row])
    if header:
        page.auto_filter.ref = f"A1:{get_column_letter(len(header))}{count}"
    if notes:
        page = book.create_sheet(_title(notes_sheet))
        page.column_dimensions["A"].width = 2 * _WIDEST
        for note in notes:
            page.append([safe_text(note)])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Make a CSV file that Excel opens with its Chinese characters intact (UTF-8 with BOM)."""
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([safe_text(name) for name in header])
    for row in rows:
        writer.writerow([_csv_value(value) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def safe_text(text: str) -> str:
    """Clean what Excel cannot hold, and mark what it would compute."""
    clean = _ILLEGAL.sub("", text)
    return ("'" + clean if clean.startswith(FORMULA_STARTS) else clean)[:CELL_LIMIT]


def _cell(page: Worksheet, value: object) -> object:
    value = _value(value)
    if isinstance(value, date):
        cell = WriteOnlyCell(page, value)
        timed = isinstance(value, datetime)
        cell.number_format = "yyyy-mm-dd hh:mm" if timed else "yyyy-mm-dd"
        return cell
    return value


def _header_cell(page: Worksheet, name: str) -> object:
    cell = WriteOnlyCell(page, safe_text(name))
    cell.font = Font(bold=True)
    cell.fill = _HEADER_FILL
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return local_time(value).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int | float) and abs(value) < _LONGEST_NUMBER:
        return value
    return value if value is None or isinstance(value, date) else safe_text(str(value))


def _csv_value(value: object) -> object:
    value = _value(value)
    return cell_text(value) if isinstance(value, date) else value


def _width(header: Sequence[str], rows: Sequence[Sequence[object]], place: int) -> int:
    shown = [header[place], *(cell_text(row[place]) for row in rows if place < len(row))]
    longest = max(_columns(line) for text in shown for line in text.splitlines() or [""])
    return min(_WIDEST, max(_NARROWEST, longest + 2))


def _columns(text: str) -> int:
    """Count Chinese characters twice: they are as wide as two letters."""
    return sum(1 if character < "\u1100" else 2 for character in text)


def _title(name: str) -> str:
    return _NO_TITLE.sub(" ", name).strip(" '")[:_TITLE_LIMIT] or "1"

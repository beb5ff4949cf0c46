"""The existing ledger (台账): what each row must hold, and what makes two rows the same.

Only 提出时间 and one of 标题, 内容 are required; a row that cannot be taken is refused alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from domain.errors import N_
from domain.ledger_columns import Column, Header, column_letters, find_header
from domain.names import LONGEST_NAME, clean_line, key_of
from domain.private_text import normal_phone
from domain.sheet_rows import BadRow, RefusedRow, Rows, cell_text, fitting
from domain.texts import LONGEST_LINE, LONGEST_TEXT, title_of
from domain.written_times import BadTime, parse_time


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One matter of the ledger, ready to become a file.

    Args:
        line: the sheet's own row number.
        number: 编号 as it was written.
        title: at most 120 characters; from the first sentence where none was given.
        text: the content, or the title where there was none; with the whole title before it
            where that was too long.
        opened_at, closed_at: UTC.
        phone: in its stored form where it is a phone number, else as it was written.
        notes: the other columns, in the sheet's order.
        key: equal for two rows that are the same matter: by 编号, else by content.
    """

    line: int
    number: str | None
    title: str
    text: str
    opened_at: datetime
    closed_at: datetime | None
    channel: str | None
    category: str | None
    reporter: str | None
    phone: str | None
    estate: str | None
    building: str | None
    notes: Mapping[str, str]
    key: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """A whole sheet, read.

    Args:
        repeated: lines of rows that stand further up in the same sheet; they count as
            already there.
    """

    rows: tuple[LedgerRow, ...]
    refused: tuple[RefusedRow, ...]
    repeated: tuple[int, ...]
    skipped_empty: int


def read_ledger(
    header: Sequence[object],
    rows: Rows,
    now: datetime,
    *,
    skipped_empty: int = 0,
) -> Ledger:
    """Read a sheet's rows, given as line number and cells, below its first filled row.

    Args:
        skipped_empty: empty rows that were left out before.

    Raises:
        LedgerHeaderMissing: neither `header` nor one of the next rows names the columns.
    """
    remaining = iter(rows)
    columns = find_header(header, remaining)
    taken: dict[str, LedgerRow] = {}
    refused: list[RefusedRow] = []
    repeated: list[int] = []
    for line, values in remaining:
        cells = [cell_text(value) for value in values]
        if not any(cell for place, cell in enumerate(cells) if place not in columns.margins):
            skipped_empty += 1
            continue
        try:
            row = _read_row(columns, line, values, cells, now)
        except (BadTime, BadRow) as bad:
            refused.append(RefusedRow(line, bad.template, bad.params))
            continue
        if row.key in taken:
            repeated.append(line)
        else:
            taken[row.key] = row
    return Ledger(tuple(taken.values()), tuple(refused), tuple(repeated), skipped_empty)


def _read_row(
    header: Header, line: int, values: Sequence[object], cells: Sequence[str], now: datetime
) -> LedgerRow:
    def cell(column: Column) -> str:
        place = header.places.get(column, len(cells))
        return cells[place] if place < len(cells) else ""

    def name(column: Column) -> str | None:
        return fitting(column, clean_line(cell(column)), LONGEST_NAME) or None

    opened = _time(header, Column.OPENED, values, cell(Column.OPENED), now)
    if opened is None:
        raise BadRow(
            N_("{column} is empty. Fill in when it was reported."), column=Column.OPENED.value
        )
    closed = _time(header, Column.CLOSED, values, cell(Column.CLOSED), now)
    if closed is not None and closed < opened:
        raise BadRow(
            N_("{closed} lies before {opened}. Correct one of them, with the time of day."),
            closed=Column.CLOSED.value,
            opened=Column.OPENED.value,
        )
    title, text = _words(clean_line(cell(Column.TITLE)), cell(Column.TEXT))
    phone = name(Column.PHONE)
    number, reporter = name(Column.NUMBER), name(Column.REPORTER)
    return LedgerRow(
        line=line,
        number=number,
        title=title,
        text=text,
        opened_at=opened,
        closed_at=closed,
        channel=name(Column.CHANNEL),
        category=name(Column.CATEGORY),
        reporter=reporter,
        phone=normal_phone(phone or "") or phone,
        estate=name(Column.ESTATE),
        building=name(Column.BUILDING),
        notes=_notes(header, cells),
        key=_key(number, title, text, opened, reporter),
    )


def _time(
    header: Header, column: Column, values: Sequence[object], written: str, now: datetime
) -> datetime | None:
    if not written:
        return None
    value = values[header.places[column]]
    return parse_time(written if isinstance(value, str) else value, now, column)


def _words(title: str, text: str) -> tuple[str, str]:
    if not title and not text:
        raise BadRow(
            N_("{title} and {text} are both empty. Fill in one of them."),
            title=Column.TITLE.value,
            text=Column.TEXT.value,
        )
    if len(title) > LONGEST_LINE:
        # Nothing that was written is lost: the whole title leads the text.
        text = f"{title}\n{text}".strip()
        title = title[: LONGEST_LINE - 1] + "…"
    fitting(Column.TEXT, text, LONGEST_TEXT)
    return title or title_of(text), text or title


def _notes(header: Header, cells: Sequence[str]) -> Mapping[str, str]:
    notes = {
        header.notes.get(place) or column_letters(place): cell
        for place, cell in enumerate(cells)
        if cell and place not in header.places.values()
    }
    fitting("、".join(notes), "".join(notes.values()), LONGEST_TEXT)
    return notes


def _key(number: str | None, title: str, text: str, opened: datetime, reporter: str | None) -> str:
    if number:
        return f"number:{key_of(number)}"
    content = json.dumps([title, text, opened.isoformat(), reporter or ""], ensure_ascii=False)
    return f"content:{sha256(content.encode()).hexdigest()}"

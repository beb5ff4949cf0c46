"""The columns of an existing ledger (台账): which row names them, and what each one is."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import chain

from domain.errors import N_, DeskError
from domain.names import clean_line, key_of
from domain.texts import clean

# A sheet often has its name and date above the column names.
HEADER_WITHIN = 10
# Columns whose filling alone makes no matter: numbers down the margin of an empty form.
_MARGIN = frozenset({"序号", "no", "no.", "#"})
# A cell that holds nothing else looks empty: byte order mark, zero-width and direction marks.
_UNSEEN = " \n\t\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
_REQUIRED_MARK = re.compile(r"\((必填|选填|可选)\)$")


class Column(StrEnum):
    """The columns that are understood; every other one is kept as a note."""

    NUMBER = "编号"
    TITLE = "标题"
    TEXT = "内容"
    OPENED = "提出时间"
    CLOSED = "办结时间"
    CHANNEL = "渠道"
    CATEGORY = "类别"
    REPORTER = "反映人"
    PHONE = "电话"
    ESTATE = "小区"
    BUILDING = "楼栋"


_CORE = (Column.OPENED, Column.TITLE, Column.TEXT)


class LedgerHeaderMissing(DeskError):
    """No row names the columns, so that nothing can be read."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The column names were not found in the first {rows} rows. One row must name "
                "{opened} and {title} or {text}; these are understood too: {others}."
            ),
            rows=HEADER_WITHIN,
            opened=Column.OPENED.value,
            title=Column.TITLE.value,
            text=Column.TEXT.value,
            others="、".join(c for c in Column if c not in _CORE),
        )


@dataclass(frozen=True, slots=True)
class Header:
    """Where each column stands; `notes` names the others, `margins` only number the rows."""

    places: Mapping[Column, int]
    notes: Mapping[int, str]
    margins: frozenset[int]


def find_header(
    header: Sequence[object], remaining: Iterable[tuple[int, Sequence[object]]]
) -> Header:
    """Find the row that names the columns: the first, or one of those that follow it.

    Args:
        remaining: line and cells of the rows below; read up to the row that was found.

    Raises:
        LedgerHeaderMissing: none of the first ten names what is required.
    """
    below = (values for _, values in remaining)
    for count, values in enumerate(chain([header], below), start=1):
        columns = _header(values)
        if Column.OPENED in columns.places and (
            Column.TITLE in columns.places or Column.TEXT in columns.places
        ):
            return columns
        if count == HEADER_WITHIN:
            break
    raise LedgerHeaderMissing


def _header(values: Sequence[object]) -> Header:
    places: dict[Column, int] = {}
    notes: dict[int, str] = {}
    margins: set[int] = set()
    known = {column.value: column for column in Column}
    for place, value in enumerate(values):
        name = clean_line(cell_text(value))
        column = known.get(_plain_name(name))
        if column is not None and column not in places:
            places[column] = place
        else:
            notes[place] = _distinct(name or column_letters(place), notes)
            if key_of(name) in _MARGIN:
                margins.add(place)
    return Header(places, notes, frozenset(margins))


def _plain_name(name: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", name).split()).strip("*:")
    return _REQUIRED_MARK.sub("", plain).strip("*:")


def _distinct(name: str, taken: Mapping[int, str]) -> str:
    again = sum(1 for other in taken.values() if other == name or other.startswith(f"{name} ("))
    return f"{name} ({again + 1})" if again else name


def column_letters(place: int) -> str:
    """Name a column the way Excel does: A … Z, AA …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_text(value: object) -> str:
    """Write a cell as a person would read it; a whole number has no decimals (phones, 编号)."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(":00").removesuffix(" 00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M:%S}".removesuffix(":00")
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    # Excel writes a carriage return inside a cell this way.
    return clean(str(value).replace("_x000D_", "\n")).strip(_UNSEEN)

"""The columns of an existing ledger (台账): which row names them, and what each one is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_, DeskError
from domain.names import clean_line, key_of
from domain.sheet_rows import HEADER_WITHIN, Rows, cell_text, first_that_names, plain_name

# Columns whose filling alone makes no matter: numbers down the margin of an empty form.
_MARGIN = frozenset({"序号", "no", "no.", "#"})


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


def find_header(header: Sequence[object], remaining: Rows) -> Header:
    """Find the row that names the columns: the first, or one of those that follow it.

    Args:
        remaining: line and cells of the rows below; read up to the row that was found.

    Raises:
        LedgerHeaderMissing: none of the first ten names what is required.
    """
    found = first_that_names(header, remaining, _header)
    if found is None:
        raise LedgerHeaderMissing
    return found


def _header(values: Sequence[object]) -> Header | None:
    places: dict[Column, int] = {}
    notes: dict[int, str] = {}
    margins: set[int] = set()
    known = {column.value: column for column in Column}
    for place, value in enumerate(values):
        name = clean_line(cell_text(value))
        column = known.get(plain_name(name))
        if column is not None and column not in places:
            places[column] = place
        else:
            notes[place] = _distinct(name or column_letters(place), notes)
            if key_of(name) in _MARGIN:
                margins.add(place)
    if Column.OPENED not in places or not {Column.TITLE, Column.TEXT} & places.keys():
        return None
    return Header(places, notes, frozenset(margins))


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

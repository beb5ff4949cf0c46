"""What sheets that come in have in common: a row that names the columns, cells, refused rows."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

from domain.errors import N_, DeskError
from domain.private_text import normal_phone
from domain.texts import clean

# A sheet often has its name and date above the column names.
HEADER_WITHIN = 10
# A cell that holds nothing else looks empty: byte order mark, zero-width and direction marks.
_UNSEEN = " \n\t\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
_REQUIRED_MARK = re.compile(r"\((必填|选填|可选)\)$")

C = TypeVar("C", bound=StrEnum)
H = TypeVar("H")

# Line and cells, as a file reader gives them.
Rows = Iterable[tuple[int, Sequence[object]]]


class BadRow(DeskError):
    """Why one row of a sheet is refused; the rows beside it go in."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that does not go in: `reason` is a message template, to be filled with `params`."""

    line: int
    reason: str
    params: Mapping[str, object]


def spellings(columns: Mapping[C, str]) -> Mapping[str, C]:
    """Each column by every name that people give it; `columns` has them with spaces between."""
    return MappingProxyType(
        {name: column for column, names in columns.items() for name in names.split()}
    )


def plain_name(name: str) -> str:
    """A column's name without what people put around it: spaces, stars, (必填)."""
    plain = "".join(unicodedata.normalize("NFKC", name).casefold().split()).strip("*:")
    return _REQUIRED_MARK.sub("", plain).strip("*:")


def first_that_names(
    header: Sequence[object], below: Rows, named: Callable[[Sequence[object]], H | None]
) -> H | None:
    """What `named` makes of the first row that it takes for the one with the column names.

    Args:
        header: the first filled row.
        below: the rows that follow; read up to the row that was found, and ten at most.
    """
    for count, values in enumerate(chain([header], (cells for _, cells in below)), start=1):
        if (found := named(values)) is not None:
            return found
        if count == HEADER_WITHIN:
            break
    return None


def column_places(
    values: Sequence[object],
    column_of: Callable[[str], C | None],
    enough: Callable[[Collection[C]], bool],
) -> Mapping[C, int] | None:
    """Where each column stands, or None where `enough` of them are not there.

    Of two columns of one name the first counts.
    """
    places: dict[C, int] = {}
    for place, value in enumerate(values):
        column = column_of(cell_text(value))
        if column is not None:
            places.setdefault(column, place)
    return places if enough(places) else None


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


def fitting(column: str, written: str, longest: int) -> str:
    """The cell's words.

    Raises:
        BadRow: they are longer than that.
    """
    if len(written) > longest:
        raise BadRow(
            N_("{column} is {length} characters long; {longest} are possible. Shorten it."),
            column=str(column),
            length=len(written),
            longest=longest,
        )
    return written


def filled(column: str, written: str) -> str:
    """The cell's words.

    Raises:
        BadRow: there are none.
    """
    if not written:
        raise BadRow(N_("{column} is empty. Fill it in."), column=str(column))
    return written


def phone_in(column: str, written: str) -> str | None:
    """A telephone number in its stored form; None where the cell is empty.

    Raises:
        BadRow: it is no number.
    """
    phone = normal_phone(written) if written else None
    if written and phone is None:
        raise BadRow(
            N_("{column}: “{value}” is no telephone number. Correct it, or leave it empty."),
            column=str(column),
            value=written,
        )
    return phone

"""The list of households 住户表: what each row must hold, whatever order its columns have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_, DeskError
from domain.names import LONGEST_NAME, clean_line, loose_key
from domain.sheet_rows import (
    HEADER_WITHIN,
    BadRow,
    RefusedRow,
    Rows,
    cell_text,
    column_places,
    filled,
    first_that_names,
    fitting,
    phone_in,
    plain_name,
    spellings,
)


class RollColumn(StrEnum):
    """The columns that are understood; others are left alone."""

    ESTATE = "小区"
    BUILDING = "楼栋"
    ROOM = "房号"
    NAME = "姓名"
    PHONE = "电话"
    ENTRANCE = "单元"


TEMPLATE_COLUMNS = tuple(RollColumn)[:5]

_SPELLINGS = spellings(
    {
        RollColumn.ESTATE: "小区 小区名称 所属小区 estate",
        RollColumn.BUILDING: "楼栋 楼栋号 楼号 栋号 幢号 栋 幢 楼 座 building",
        RollColumn.ROOM: "房号 室号 房间号 门牌号 房屋号 室 房间 room",
        RollColumn.NAME: "姓名 业主 业主姓名 户主 户主姓名 住户 住户姓名 居民姓名 name",
        RollColumn.PHONE: "电话 手机 手机号 手机号码 联系电话 电话号码 联系方式 phone",
        RollColumn.ENTRANCE: "单元 单元号 entrance",
    }
)


@dataclass(frozen=True, slots=True)
class RollRow:
    """One person of one household; `name` is empty where only the room is listed.

    Args:
        line: the sheet's own row number.
        estate: empty where the sheet has no such column.
        phone: in its stored form.
    """

    line: int
    estate: str
    building: str
    room: str
    name: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class Roll:
    """A whole sheet, read; `repeated` rows say again what a row above them said."""

    rows: tuple[RollRow, ...]
    refused: tuple[RefusedRow, ...]
    repeated: int
    skipped_empty: int


class RollHeaderMissing(DeskError):
    """No row names the columns, so that nothing can be read."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The column names were not found in the first {rows} rows. One row must name "
                "{building} and {room}; {others} are understood too."
            ),
            rows=HEADER_WITHIN,
            building=RollColumn.BUILDING.value,
            room=RollColumn.ROOM.value,
            others="、".join((RollColumn.ESTATE, RollColumn.NAME, RollColumn.PHONE)),
        )


def read_roll(
    header: Sequence[object],
    rows: Rows,
    *,
    skipped_empty: int = 0,
) -> Roll:
    """Read a sheet's rows, given as line number and cells, below its first filled row.

    Raises:
        RollHeaderMissing: neither `header` nor one of the next rows names the columns.
    """
    remaining = iter(rows)
    places = first_that_names(header, remaining, _header)
    if places is None:
        raise RollHeaderMissing
    taken: dict[tuple[str, ...], RollRow] = {}
    refused: list[RefusedRow] = []
    repeated = 0
    for line, values in remaining:
        cells = [cell_text(value) for value in values]
        if not any(place < len(cells) and cells[place] for place in places.values()):
            skipped_empty += 1
            continue
        try:
            row = _read_row(places, line, cells)
        except BadRow as bad:
            refused.append(RefusedRow(line, bad.template, bad.params))
            continue
        key = (loose_key(row.estate), loose_key(row.building), loose_key(row.room), row.name)
        first = taken.setdefault(key, row)
        if first is not row:
            repeated += 1
            if first.phone is None and row.phone is not None:
                taken[key] = RollRow(
                    first.line, first.estate, first.building, first.room, first.name, row.phone
                )
    return Roll(tuple(taken.values()), tuple(refused), repeated, skipped_empty)


def _header(values: Sequence[object]) -> Mapping[RollColumn, int] | None:
    return column_places(
        values,
        lambda name: _SPELLINGS.get(plain_name(name)),
        lambda found: RollColumn.BUILDING in found and RollColumn.ROOM in found,
    )


def _read_row(places: Mapping[RollColumn, int], line: int, cells: Sequence[str]) -> RollRow:
    def cell(column: RollColumn) -> str:
        place = places.get(column, len(cells))
        return fitting(column, clean_line(cells[place]) if place < len(cells) else "", LONGEST_NAME)

    def needed(column: RollColumn) -> str:
        return filled(column, cell(column))

    estate = needed(RollColumn.ESTATE) if RollColumn.ESTATE in places else ""
    building, room = needed(RollColumn.BUILDING), needed(RollColumn.ROOM)
    entrance = cell(RollColumn.ENTRANCE)
    if entrance and "单元" not in room:
        room = f"{entrance.removesuffix('单元')}单元{room}"
    name, phone = cell(RollColumn.NAME), phone_in(RollColumn.PHONE, cell(RollColumn.PHONE))
    if phone is not None and not name:
        raise BadRow(N_("There is a telephone number without a name. Write the name too."))
    return RollRow(line, estate, building, room, name, phone)

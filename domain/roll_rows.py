"""A sheet of the owners' roll 业主名册: which columns it has, and what each row says."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain import roll_cells
from domain.errors import N_, DeskError
from domain.names import LONGEST_NAME, clean_line, key_of, loose_key
from domain.rights import Kind
from domain.roll_cells import YES, OwnerCell
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
    plain_name,
    spellings,
)
from domain.texts import LONGEST_LINE


class RollColumn(StrEnum):
    """The columns that are understood; others are left alone."""

    BUILDING = "楼栋"
    ENTRANCE = "单元"
    ROOM = "房号"
    AREA = "建筑面积(m²)"
    KIND = "用途"
    OWNERS = "产权人"
    DOCUMENT = "证件号"
    PHONE = "电话"
    DEVELOPER = "开发商持有"
    NOTE = "备注"
    PLACE = "坐落"


TEMPLATE_COLUMNS = tuple(RollColumn)[:10]
_SPELLINGS = spellings(
    {
        RollColumn.BUILDING: "楼栋 楼栋号 楼号 栋号 幢号 栋 幢 楼 座 楼幢 building",
        RollColumn.ENTRANCE: "单元 单元号 entrance",
        RollColumn.ROOM: "房号 室号 房间号 门牌号 房屋号 房屋编号 室 房间 车位号 铺号 room unit",
        RollColumn.AREA: "建筑面积 面积 产权面积 房屋面积 登记面积 专有部分面积 "
        "专有面积 建筑面积m2 area",
        RollColumn.KIND: "用途 房屋用途 规划用途 性质 房屋性质 类型 房屋类型 业态 use kind",
        RollColumn.OWNERS: "产权人 业主 业主姓名 权利人 所有权人 房屋所有权人 产权人姓名 "
        "房主 共有人 姓名 owner owners",
        RollColumn.DOCUMENT: "证件号 证件号码 身份证 身份证号 身份证号码 统一社会信用代码 "
        "执照号 id document",
        RollColumn.PHONE: "电话 手机 手机号 手机号码 联系电话 电话号码 联系方式 phone",
        RollColumn.DEVELOPER: "开发商持有 是否开发商持有 开发商 是否开发商 未售 developer",
        RollColumn.NOTE: "备注 说明 note remark",
        RollColumn.PLACE: "坐落 房屋坐落 坐落位置 房屋地址 地址 住址 place address",
    }
)
_BRACKET = re.compile(r"\([^()]*\)$")
_BUILDING = re.compile(
    r"(第?(?:[0-9]{1,4}|[A-Za-z]|[一二三四五六七八九十甲乙丙丁]{1,3})(?:号楼|栋|幢|座|楼))(?!上)"
)
_NUMBERED = re.compile(r"([0-9]{1,4}|[A-Za-z])-(?:([0-9]{1,2})-)?([0-9]{3,4})(?:室|号)?")
_ENTRANCE_ROOM = re.compile(r"([0-9]{1,2})-([0-9]{3,4})")
_PARKING = re.compile(r"车位|车库")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit; `building` is empty for what lies in none, such as parking.

    Args:
        line: the sheet's own row number.
        kind: None where nothing tells what the unit is used for.
        owners: empty only where the developer holds it.
        developer: what the row says of it; None where it says nothing.
        note: None where the sheet has no such column.
    """

    line: int
    building: str
    room: str
    area: int
    kind: Kind | None
    owners: tuple[OwnerCell, ...]
    developer: bool | None
    note: str | None


@dataclass(frozen=True, slots=True)
class RollSheet:
    """A whole sheet, read.

    Args:
        repeated: rows that say again what a row above them said.
        has_developer: whether a column says who holds it, so that an empty cell says no.
    """

    rows: tuple[UnitRow, ...]
    refused: tuple[RefusedRow, ...]
    repeated: int
    skipped_empty: int
    has_developer: bool


class NoRollHeader(DeskError):
    """No row names the columns, so that nothing can be read."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The column names were not found in the first {rows} rows. One row must name "
                "{room} (or {place}), {area} and {owners}; {others} are understood too."
            ),
            rows=HEADER_WITHIN,
            room=RollColumn.ROOM.value,
            place=RollColumn.PLACE.value,
            area=RollColumn.AREA.value,
            owners=RollColumn.OWNERS.value,
            others="、".join(
                column.value
                for column in TEMPLATE_COLUMNS
                if column not in (RollColumn.ROOM, RollColumn.AREA, RollColumn.OWNERS)
            ),
        )


def unit_key(building_id: int | None, room: str) -> str:
    """What two spellings of one place have in common: 1单元101室 is 1-101 of its building."""
    if building_id is None:
        return f"/{key_of(room)}"
    return f"{building_id}/{room_key(room)}"


def room_key(room: str) -> str:
    """The same, within one building."""
    key = loose_key(room)
    short = _ENTRANCE_ROOM.fullmatch(key)
    return f"{short[1]}单元{short[2]}" if short is not None else key


def read_sheet(
    header: Sequence[object],
    rows: Rows,
    *,
    skipped_empty: int = 0,
) -> RollSheet:
    """Read a sheet's rows, given as line number and cells, below its first filled row.

    Raises:
        NoRollHeader: neither `header` nor one of the next rows names the columns.
    """
    remaining = iter(rows)
    places = first_that_names(header, remaining, _header)
    if places is None:
        raise NoRollHeader
    taken: dict[tuple[str, str], UnitRow] = {}
    refused: list[RefusedRow] = []
    repeated = 0
    for line, values in remaining:
        if not any(place < len(values) and cell_text(values[place]) for place in places.values()):
            skipped_empty += 1
            continue
        try:
            row = _read_row(places, line, values)
            first = taken.setdefault((loose_key(row.building), room_key(row.room)), row)
            if first is not row:
                _need_equal(first, row)
                repeated += 1
        except BadRow as bad:
            refused.append(RefusedRow(line, bad.template, bad.params))
    has_developer = RollColumn.DEVELOPER in places
    return RollSheet(tuple(taken.values()), tuple(refused), repeated, skipped_empty, has_developer)


def _need_equal(first: UnitRow, row: UnitRow) -> None:
    def said(one: UnitRow) -> tuple[object, ...]:
        return (one.area, one.kind, one.owners, one.developer)

    if said(first) != said(row):
        raise BadRow(
            N_("Row {line} says something else about this unit. Write joint owners in one row."),
            line=first.line,
        )


def _header(values: Sequence[object]) -> Mapping[RollColumn, int] | None:
    return column_places(
        values,
        _column,
        lambda found: (
            RollColumn.AREA in found
            and (RollColumn.ROOM in found or RollColumn.PLACE in found)
            and (RollColumn.OWNERS in found or RollColumn.DEVELOPER in found)
        ),
    )


def _column(name: str) -> RollColumn | None:
    plain = plain_name(name)
    while plain not in _SPELLINGS and _BRACKET.search(plain):
        plain = _BRACKET.sub("", plain).strip("*:")
    return _SPELLINGS.get(plain)


def _read_row(places: Mapping[RollColumn, int], line: int, values: Sequence[object]) -> UnitRow:
    def cell(column: RollColumn) -> object:
        place = places.get(column, len(values))
        return values[place] if place < len(values) else None

    def word(column: RollColumn, longest: int = LONGEST_NAME) -> str:
        return fitting(column, clean_line(cell_text(cell(column))), longest)

    building, room = _place(
        word(RollColumn.BUILDING),
        word(RollColumn.ENTRANCE),
        word(RollColumn.ROOM) or word(RollColumn.PLACE, LONGEST_LINE),
    )
    filled(RollColumn.ROOM, room)
    area = roll_cells.area(cell(RollColumn.AREA))
    kind = roll_cells.kind(cell(RollColumn.KIND))
    if kind is None and _PARKING.search(building + room):
        kind = Kind.PARKING
    owners = roll_cells.owners(
        cell(RollColumn.OWNERS), cell(RollColumn.DOCUMENT), cell(RollColumn.PHONE)
    )
    developer = roll_cells.yes_or_no(cell(RollColumn.DEVELOPER))
    if owners and all(roll_cells.means_developer(one.name) for one in owners):
        owners, developer = (), True
    if not owners and not developer:
        raise BadRow(
            N_("{column} is empty. Fill it in, or write {yes} under {developer}."),
            column=RollColumn.OWNERS.value,
            yes=YES,
            developer=RollColumn.DEVELOPER.value,
        )
    note = word(RollColumn.NOTE, LONGEST_LINE) if RollColumn.NOTE in places else None
    return UnitRow(line, building, room, area, kind, owners, developer, note)


def _place(building: str, entrance: str, room: str) -> tuple[str, str]:
    """Building and room, however the columns share them."""
    if not building and (named := _BUILDING.search(room)) is not None:
        building, room = named[1], room[named.end() :].strip(" -—,，")
    elif not building and (short := _NUMBERED.fullmatch(room)) is not None:
        building = f"{short[1]}号楼"
        room = f"{short[2]}单元{short[3]}" if short[2] else short[3]
    elif building and room.startswith(building) and room != building:
        room = room[len(building) :].strip(" -—,，")
    if building.isdecimal():
        building = f"{building}号楼"
    if entrance and room and "单元" not in room:
        room = f"{entrance.removesuffix('单元')}单元{room}"
    return building, room


def developer_names(rows: Iterable[UnitRow], known: Mapping[str, int]) -> frozenset[str]:
    """Key of the name that means the developer: the company that holds most units as such.

    A buyer's name may stand beside a flat that was not handed over; where two companies hold
    equally many, neither name is taken for the developer's.

    Args:
        known: how many units each company holds on the roll already, by its key.
    """
    held = Counter(known)
    for row in rows:
        if row.developer:
            held.update(key_of(one.name) for one in row.owners if roll_cells.is_company(one.name))
    first = held.most_common(2)
    if not first or (len(first) == 2 and first[0][1] == first[1][1]):
        return frozenset()
    return frozenset({first[0][0]})

"""A sheet of the roll: columns in any order and spelling, cells as Excel leaves them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import roll_cells
from domain.areas import show_area
from domain.rights import Kind
from domain.roll_cells import OwnerCell
from domain.roll_rows import NoRollHeader, developer_names, read_sheet, room_key, unit_key
from domain.sheet_rows import BadRow

HEADER = (
    "楼栋",
    "单元",
    "房号",
    "建筑面积",
    "用途",
    "产权人",
    "证件号",
    "电话",
    "开发商持有",
    "备注",
)
ROW = ("3号楼", "1", "501", 89.5, "住宅", "林一", "", "", "", "")


def one(**changed: object) -> tuple[object, ...]:
    """A good row with some cells changed, by their column."""
    return tuple(changed.get(name, value) for name, value in zip(HEADER, ROW, strict=True))


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        (89.5, 8950),
        (89, 8900),
        ("89.5", 8950),
        (" 89.50 ㎡", 8950),
        ("89.5平方米", 8950),
        ("８９．５", 8950),
        ("1,089.5", 108950),
        ("89.500", 8950),
        (89.50000000001, 8950),
        (0.1 + 0.2, 30),
        (3 * 12345.67, 3703701),
        ("89.49999999999999", 8950),
        (0.01, 1),
        (1_000_000, 100_000_000),
    ],
)
def test_an_area_is_taken_as_it_was_meant(cell: object, area: int) -> None:
    assert roll_cells.area(cell) == area


@pytest.mark.parametrize(
    "cell",
    [
        *(89.501, 89.505, "89.501", 89.50001, "89,5", "1e3", 1e20, float("nan"), float("inf")),
        *(0, 0.0, "0.00", -3, "-3", True, None, "", "约90", "89.5.1", 1_000_000.01, "٣٤"),
        datetime(2026, 1, 1),  # noqa: DTZ001 – as Excel keeps it
    ],
)
def test_what_is_no_area_of_two_decimals_is_refused(cell: object) -> None:
    with pytest.raises(BadRow):
        roll_cells.area(cell)


@given(st.integers(1, 100_000_000))
def test_every_area_survives_excel_and_text(area: int) -> None:
    assert roll_cells.area(area / 100) == area
    assert roll_cells.area(show_area(area)) == area


@pytest.mark.parametrize(
    ("names", "papers", "phones", "owners"),
    [
        ("林一", "", "", (OwnerCell("林一"),)),
        ("林一、林二", "", "", (OwnerCell("林一"), OwnerCell("林二"))),
        (
            "林一，林二;林三；林四/林五+林六\n林七",
            "",
            "",
            tuple(map(OwnerCell, ["林一", "林二", "林三", "林四", "林五", "林六", "林七"])),
        ),
        ("林一、林二", "", "13800000001", (OwnerCell("林一", "13800000001"), OwnerCell("林二"))),
        ("林一", "", "13800000001、13800000002", (OwnerCell("林一", "13800000001"),)),
        ("林一", "", 13800000001.0, (OwnerCell("林一", "13800000001"),)),
        ("林一", "", "138****0001", (OwnerCell("林一"),)),
        (
            "林一、林一",
            "A-1、a 2",
            "",
            (OwnerCell("林一", None, "A1"), OwnerCell("林一", None, "A2")),
        ),
        ("林一", "110101900101123", "", (OwnerCell("林一", None, "110101199001011237"),)),
        ("林一", "1101**********1237", "", (OwnerCell("林一"),)),
        ("ABC Co., Ltd.", "", "", (OwnerCell("ABC Co., Ltd."),)),
        ("", "", "", ()),
        ("、/", "", "", ()),
        ("", "91320400", "", ()),
    ],
)
def test_owners_are_read_from_their_cells(
    names: str, papers: object, phones: object, owners: tuple[OwnerCell, ...]
) -> None:
    assert roll_cells.owners(names, papers, phones) == owners


@pytest.mark.parametrize(
    ("names", "papers", "phones"),
    [
        ("林一、林一", "", ""),
        ("林一、林 一", "A1、", ""),
        ("林一、林一", "A1、A1", ""),
        ("林一、林二", "A1", ""),
        ("林一、林二", "", "13800000001、13800000002、13800000003"),
        ("林一", "", "12"),
        ("林一", 110101199001011234, ""),  # Excel has kept fifteen digits
        ("林一", 1.10101199001011e17, ""),
        ("林一", "1.10101E+17", ""),
        ("林一", "9" * 41, ""),
        ("林" * 61, "", ""),
    ],
)
def test_owners_that_cannot_be_are_refused(names: str, papers: object, phones: object) -> None:
    with pytest.raises(BadRow):
        roll_cells.owners(names, papers, phones)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (HEADER, ROW),
        (("业主姓名", "面积（㎡）", "楼号", "室号", "单元号"), ("林一", "89.5", "3", "501", "1")),
        (
            ("房屋坐落", "产权人*", "建筑面积(平方米)"),
            ("江边路1号三盛巴厘岛3号楼1单元501室", "林一", 89.5),
        ),
        (("ROOM", "Owner", "Area"), ("3-1-501", "林一", "89.50")),
        (("幢号", "房号(必填)", "权利人：", "专有部分面积"), ("3幢", "1-501", "林一", 89.5)),
    ],
)
def test_columns_stand_in_any_order_and_spelling(
    header: tuple[object, ...], row: tuple[object, ...]
) -> None:
    sheet = read_sheet(("业主名册",), [(2, header), (3, row)])
    assert sheet.refused == ()
    (unit,) = sheet.rows
    assert (unit.line, unit.area, unit.owners) == (3, 8950, (OwnerCell("林一"),))
    assert unit.building.rstrip("号楼幢") == "3"
    assert room_key(unit.room) == room_key("1单元501")


def test_a_sheet_without_its_columns_is_refused_whole() -> None:
    with pytest.raises(NoRollHeader):
        read_sheet(("楼栋", "房号", "姓名"), [(2, ("1", "2", "林一"))])


@pytest.mark.parametrize(
    ("changed", "line_is_refused"),
    [
        ({}, False),
        ({"产权人": ""}, True),
        ({"产权人": "", "开发商持有": "是"}, False),
        ({"产权人": "开发商"}, False),
        ({"开发商持有": "也许"}, True),
        ({"用途": "鸡舍"}, True),
        ({"用途": ""}, False),
        ({"房号": ""}, True),
        ({"备注": "长" * 121}, True),
        ({"房号": "5" * 61}, True),
    ],
)
def test_each_bad_row_is_named_and_the_rest_goes_in(
    changed: dict[str, object], line_is_refused: bool
) -> None:
    sheet = read_sheet(HEADER, [(2, one(房号="601")), (7, one(**changed))])
    assert [row.line for row in sheet.refused] == ([7] if line_is_refused else [])
    assert len(sheet.rows) == (1 if line_is_refused else 2)


def test_a_unit_twice_is_repeated_or_contradicts_itself() -> None:
    rows = [(2, ROW), (3, one(房号="501室")), (4, one(建筑面积=90)), (5, one(产权人="林二"))]
    sheet = read_sheet(HEADER, rows)
    assert sheet.repeated == 1
    assert [(row.line, row.params) for row in sheet.refused] == [(4, {"line": 2}), (5, {"line": 2})]


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("地下车位B1-023", Kind.PARKING),
        ("机动车库12", Kind.PARKING),
        ("商铺3", None),
        ("101", None),
    ],
)
def test_parking_is_known_by_its_place_where_no_use_is_written(
    place: str, kind: Kind | None
) -> None:
    sheet = read_sheet(("坐落", "面积", "业主"), [(2, (place, 12, "林一"))])
    assert sheet.rows[0].kind is kind


@pytest.mark.parametrize(
    ("one_room", "other", "same"),
    [
        ("1单元101", "1-101", True),
        ("101", "0101室", True),
        ("1单元101室", "1单元101", True),
        ("1单元101", "2单元101", False),
        ("101", "1010", False),
    ],
)
def test_one_place_has_one_key(one_room: str, other: str, same: bool) -> None:
    assert (unit_key(7, one_room) == unit_key(7, other)) is same
    assert unit_key(7, one_room) != unit_key(8, one_room)


def test_the_developer_is_who_holds_most_and_nobody_where_that_is_open() -> None:
    big, buyer = "测试置业有限公司", "测试贸易有限公司"
    held = [(line, one(房号=str(line), 产权人=big, 开发商持有="是")) for line in (2, 3)]
    sold = (4, one(房号="4", 产权人=buyer, 开发商持有="是"))
    person = (5, one(房号="5", 产权人="林一", 开发商持有="是"))
    assert developer_names(read_sheet(HEADER, [*held, sold, person]).rows, {}) == {big}
    assert developer_names(read_sheet(HEADER, [held[0], sold]).rows, {}) == frozenset()
    assert developer_names(read_sheet(HEADER, [held[0], sold]).rows, {big: 9}) == {big}

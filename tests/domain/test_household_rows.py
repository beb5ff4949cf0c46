"""The list of households is read whatever its columns are called and in whatever order."""

import pytest

from domain.household_rows import RollHeaderMissing, RollRow, read_roll

HEADER = ["小区", "楼栋", "房号", "姓名", "电话"]


def test_columns_may_stand_in_any_order_under_usual_names() -> None:
    roll = read_roll(
        ["手机号码", "备注", "业主姓名", "室号", "单元", "楼号", "小区名称"],
        [(2, [13800000101.0, "x", "住户子", 501.0, "2", "3号楼", "一小区"])],
    )
    assert roll.rows == (RollRow(2, "一小区", "3号楼", "2单元501", "住户子", "13800000101"),)


def test_a_title_above_the_column_names_is_passed_over() -> None:
    roll = read_roll(["一小区住户表"], [(2, []), (3, HEADER), (4, ["一小区", "1", "101"])])
    assert [row.line for row in roll.rows] == [4]


def test_a_sheet_without_the_columns_is_refused_whole() -> None:
    with pytest.raises(RollHeaderMissing):
        read_roll(["标题", "内容"], [(line, ["x", "y"]) for line in range(2, 30)])


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["", "1号楼", "101", "甲", ""], "小区 is empty"),
        (["一小区", "", "101", "甲", ""], "楼栋 is empty"),
        (["一小区", "1号楼", None, "甲", ""], "房号 is empty"),
        (["一小区", "1号楼", "101", "甲", "12"], "“12” is no telephone number"),
        (["一小区", "1号楼", "101", "", "13800000101"], "without a name"),
        (["一小区", "x" * 61, "101", "甲", ""], "61 characters"),
    ],
)
def test_a_wrong_row_is_refused_alone_with_its_line(cells: list[object], said: str) -> None:
    good = ["一小区", "1号楼", "101", "乙", ""]
    roll = read_roll(HEADER, [(2, good), (3, cells)])
    assert [row.name for row in roll.rows] == ["乙"]
    assert [row.line for row in roll.refused] == [3]
    assert said in roll.refused[0].reason.format(**roll.refused[0].params)


def test_a_person_listed_twice_counts_once_and_keeps_the_number() -> None:
    roll = read_roll(
        HEADER,
        [
            (2, ["一小区", "1号楼", "101", "甲", ""]),
            (3, ["一小区", "1栋", "101室", "甲", "13800000101"]),
            (4, ["一小区", "1号楼", "101", "乙", ""]),
        ],
    )
    assert [(row.name, row.phone) for row in roll.rows] == [("甲", "13800000101"), ("乙", None)]
    assert roll.repeated == 1


def test_empty_rows_are_counted_and_left_out() -> None:
    roll = read_roll(HEADER, [(2, ["", " ", None]), (3, [])], skipped_empty=4)
    assert (roll.rows, roll.skipped_empty) == ((), 6)

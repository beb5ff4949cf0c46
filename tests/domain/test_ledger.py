"""The rows of an existing ledger: what goes in, what is refused and why, what is the same."""

# ruff: noqa: DTZ001 – a cell of Excel is a wall clock without a place

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import pytest

from domain.ledger import Ledger, read_ledger
from domain.ledger_columns import LedgerHeaderMissing
from domain.sheet_rows import cell_text

NOW = datetime(2026, 4, 2, 1, 0, tzinfo=UTC)
NINE = datetime(2026, 4, 1, 1, 5, tzinfo=UTC)
ALL = (
    "编号",
    "标题",
    "内容",
    "提出时间",
    "办结时间",
    "渠道",
    "类别",
    "反映人",
    "电话",
    "小区",
    "楼栋",
)
FULL = (
    "A-1",
    "电梯坏了",
    "三天没人修。",
    "2026/4/1 9:05:00",
    "2026-04-01 18:00",
    "电话",
    "电梯",
    "张三",
    13812345678.0,
    "菖蒲苑",
    "3栋",
)


def ledger(header: Sequence[object], *rows: Sequence[object]) -> Ledger:
    return read_ledger(header, list(enumerate(rows, start=2)), NOW)


def reasons(read: Ledger) -> list[tuple[int, str]]:
    return [(row.line, row.reason.format(**row.params)) for row in read.refused]


def test_a_full_row_becomes_a_matter_with_every_field() -> None:
    (row,) = ledger(ALL, FULL).rows
    assert (row.line, row.number, row.title, row.text) == (2, "A-1", "电梯坏了", "三天没人修。")
    assert (row.opened_at, row.closed_at) == (NINE, datetime(2026, 4, 1, 10, tzinfo=UTC))
    assert (row.channel, row.category, row.reporter) == ("电话", "电梯", "张三")
    assert (row.phone, row.estate, row.building) == ("13812345678", "菖蒲苑", "3栋")
    assert row.notes == {}


def test_columns_stand_in_any_order_and_the_others_are_kept_as_notes() -> None:
    header = ("处理人", *reversed(ALL), "备注", "备注", None)
    values = ("李工", *reversed(FULL), "已回访", 5, "无名")
    (row,) = ledger(header, values).rows
    (plain,) = ledger(ALL, FULL).rows
    assert row.notes == {"处理人": "李工", "备注": "已回访", "备注 (2)": "5", "O": "无名"}
    assert (row.key, row.phone, row.closed_at) == (plain.key, plain.phone, plain.closed_at)


@pytest.mark.parametrize(
    "name",
    [
        "提出时间",
        "\ufeff提出时间",
        " 提 出 时 间 ",
        "提出时间*",
        "提出时间：",
        "提出时间（必填）",
        "提出\n时间",
    ],
)
def test_a_column_name_is_known_with_marks_and_spaces(name: str) -> None:
    assert len(ledger((name, "标题"), ("2026-04-01 09:05", "漏水")).rows) == 1


def test_a_column_named_twice_counts_once_and_is_noted_the_second_time() -> None:
    (row,) = ledger(("提出时间", "标题", "标题"), ("2026-04-01", "漏水", "停电")).rows
    assert (row.title, row.notes) == ("漏水", {"标题": "停电"})


def test_names_that_only_resemble_a_column_are_notes() -> None:
    (row,) = ledger(("提出时间", "标题", "联系电话"), ("2026-04-01", "漏水", "110")).rows
    assert (row.phone, row.notes) == (None, {"联系电话": "110"})


def test_the_sheets_own_title_may_stand_above_the_column_names() -> None:
    read = ledger(("台账",), ("2026年4月",), ("提出时间", "标题"), ("2026-04-01", "漏水"))
    assert [row.line for row in read.rows] == [4]


@pytest.mark.parametrize(
    "header", [(), ("标题", "内容"), ("提出时间",), ("编号", "提出时间"), ("Title", "Opened")]
)
def test_a_sheet_without_the_required_columns_is_refused_whole(header: tuple[str, ...]) -> None:
    with pytest.raises(LedgerHeaderMissing, match="提出时间 and 标题 or 内容"):
        ledger(header, *[("2026-04-01", "漏水")] * 20)


def test_column_names_below_the_tenth_row_are_not_looked_for() -> None:
    names = ("提出时间", "标题")
    assert ledger(("x",), *[("x",)] * 8, names, ("2026-04-01", "漏水")).rows
    with pytest.raises(LedgerHeaderMissing):
        ledger(("x",), *[("x",)] * 9, names, ("2026-04-01", "漏水"))


@pytest.mark.parametrize(
    ("opened", "closed", "title", "text", "reason"),
    [
        ("", "", "漏水", "", "提出时间 is empty"),
        ("2026-04-01", "", "", "", "标题 and 内容 are both empty"),
        ("2026-02-30", "", "漏水", "", "提出时间: “2026-02-30” is no day"),
        ("昨天", "", "漏水", "", "提出时间: “昨天” cannot be read"),
        ("2026-04-04", "", "漏水", "", "提出时间: “2026-04-04” lies in the future"),
        ("2026-04-01", "明天", "漏水", "", "办结时间: “明天” cannot be read"),
        ("2026-04-01", "2026-04-04", "漏水", "", "办结时间: “2026-04-04” lies in the future"),
        ("2026-04-01 09:05", "2026-04-01 09:04:59", "漏水", "", "办结时间 lies before 提出时间"),
        ("2026-04-01 09:05", "2026-04-01", "漏水", "", "办结时间 lies before 提出时间"),
        ("2026-04-01", "", "漏水", "水" * 10_001, "内容 is 10001 characters long; 10000 are"),
        ("2026-04-01", "", "漏" * 5_001, "水" * 5_000, "内容 is 10002 characters long"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_the_rest_goes_in(
    opened: str, closed: str, title: str, text: str, reason: str
) -> None:
    good = ("2026-04-01", "", "停电", "")
    header = ("提出时间", "办结时间", "标题", "内容")
    read = ledger(header, good, (opened, closed, title, text), ("2026-04-01", "", "", "路灯"))
    ((line, told),) = reasons(read)
    assert line == 3
    assert told.startswith(reason)
    assert [row.line for row in read.rows] == [2, 4]


@pytest.mark.parametrize(
    ("opened", "closed"),
    [("2026-04-01 09:05", "2026-04-01 09:05"), ("2026-04-01 09:05", None), ("2026-04-01", "")],
)
def test_a_matter_may_close_in_the_minute_it_opened_or_not_at_all(
    opened: str, closed: str | None
) -> None:
    read = ledger(("提出时间", "办结时间", "标题"), (opened, closed, "漏水"))
    assert not read.refused


@pytest.mark.parametrize(
    ("column", "value", "refused"),
    [
        ("编号", "9" * 61, True),
        ("编号", "9" * 60, False),
        ("小区", "苑" * 61, True),
        ("电话", "1" * 61, True),
        ("备注", "长" * 10_001, True),
        ("备注", "长" * 10_000, False),
    ],
)
def test_no_field_is_cut_silently(column: str, value: str, refused: bool) -> None:
    read = ledger(("提出时间", "标题", column), ("2026-04-01", "漏水", value))
    assert [
        told.startswith(f"{column} is {len(value)} characters") for _, told in reasons(read)
    ] == ([True] if refused else [])


@pytest.mark.parametrize(
    ("title", "text", "kept_title", "kept_text"),
    [
        ("漏水", "三楼。", "漏水", "三楼。"),
        ("漏水", "", "漏水", "漏水"),
        ("", "三楼漏水。请快来。", "三楼漏水", "三楼漏水。请快来。"),
        ("漏" * 120, "三楼。", "漏" * 120, "三楼。"),
        ("漏" * 121, "三楼。", "漏" * 119 + "…", "漏" * 121 + "\n三楼。"),
        ("=1+1", "@SUM", "=1+1", "@SUM"),
        ("漏\n水", "一\r\n二_x000D_三\x00", "漏 水", "一\n二\n三"),
    ],
)
def test_title_and_text_complete_each_other_and_lose_nothing(
    title: str, text: str, kept_title: str, kept_text: str
) -> None:
    (row,) = ledger(("提出时间", "标题", "内容"), ("2026-04-01", title, text)).rows
    assert (row.title, row.text) == (kept_title, kept_text)


def test_empty_rows_are_counted_and_so_are_those_with_a_number_in_the_margin_only() -> None:
    header = ("序号", "提出时间", "标题")
    rows = [
        (1, "2026-04-01", "漏水"),
        (None, None, None),
        (),
        (" ", "\u3000", "\ufeff"),
        (2, "", ""),
    ]
    read = read_ledger(header, list(enumerate(rows, start=2)), NOW, skipped_empty=7)
    assert (len(read.rows), read.skipped_empty, read.refused) == (1, 11, ())


def test_short_rows_are_read_as_if_filled_up() -> None:
    (row,) = ledger(ALL, FULL[:4]).rows
    assert (row.closed_at, row.building) == (None, None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("A1", "漏水", "三楼", "张三"), ("A1", "停电", "", "李四"), True),
        (("A1", "漏水", "三楼", "张三"), ("ａ 1", "停电", "", ""), True),
        ((1.0, "漏水", "三楼", "张三"), ("1", "漏水", "三楼", "张三"), True),
        (("A1", "漏水", "三楼", "张三"), ("A2", "漏水", "三楼", "张三"), False),
        (("", "漏水", "三楼", "张三"), ("", "漏水", "三楼", "张三"), True),
        (("", "漏水", "三楼", "张三"), ("", " 漏水 ", "三楼\n", "张三"), True),
        (("", "漏水", "三楼", "张三"), ("", "漏水", "三楼", "李四"), False),
        (("", "漏水", "三楼", ""), ("", "漏水", "四楼", ""), False),
        (("", "漏水", "三楼", ""), ("", "漏水三楼", "", ""), False),
    ],
)
def test_rows_are_the_same_by_number_else_by_content(
    one: tuple[object, ...], other: tuple[object, ...], same: bool
) -> None:
    header = ("编号", "标题", "内容", "反映人", "提出时间")
    read = ledger(header, (*one, "2026-04-01 09:05"), (*other, datetime(2026, 4, 1, 9, 5)))
    assert read.repeated == ((3,) if same else ())
    assert len(read.rows) == (1 if same else 2)


def test_the_same_words_at_another_time_are_another_matter() -> None:
    read = ledger(("标题", "提出时间"), ("漏水", "2026-04-01"), ("漏水", "2026-03-01"))
    assert len({row.key for row in read.rows}) == 2


def test_a_refused_row_does_not_stand_in_the_way_of_its_corrected_twin() -> None:
    read = ledger(("编号", "标题", "提出时间"), ("A1", "漏水", "?"), ("A1", "漏水", "2026-04-01"))
    assert ([row.line for row in read.rows], read.repeated) == ([3], ())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (13812345678.0, "13812345678"),
        (1.5, "1.5"),
        (260039, "260039"),
        (datetime(2026, 4, 1, 9, 5), "2026-04-01 09:05"),
        (datetime(2026, 4, 1, 9, 5, 7), "2026-04-01 09:05:07"),
        (datetime(2026, 4, 1), "2026-04-01"),
        (NINE.date(), "2026-04-01"),
        (time(9, 5), "09:05"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        (" 👩‍🚒 \u202eabc ", "👩‍🚒 \u202eabc"),
    ],
)
def test_a_cell_is_written_as_a_person_would_read_it(value: object, text: str) -> None:
    assert cell_text(value) == text

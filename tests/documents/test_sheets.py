"""Tables come in from every honest file, never from a hostile one, and go out without formulas."""

# ruff: noqa: DTZ001 – a cell of Excel is a wall clock without a place

import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from documents import sheet_guard, sheets
from documents.sheets import (
    Broken,
    Encrypted,
    SheetRefused,
    Table,
    TooLarge,
    WrongKind,
    read_pasted,
    read_table,
    write_csv,
    write_table,
)
from domain.ledger import read_ledger

MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "residents_messages_300.xlsx"
NOW = datetime(2026, 4, 2, tzinfo=UTC)
HEADER = ("提出时间", "标题", "电话")


def excel(
    *rows: tuple[object, ...], change: Callable[[openpyxl.Workbook], None] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """Replace or drop (None) the parts whose names end so."""
    out = BytesIO()
    old = zipfile.ZipFile(BytesIO(data))
    with old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content: bytes | None = old.read(part)
            for ending, other in parts.items():
                if part.filename.endswith(ending):
                    content = other
            if content is not None:
                new.writestr(part.filename, content)
    return out.getvalue()


GOOD = excel(HEADER, (datetime(2026, 4, 1, 9, 5), "漏水", 13812345678))
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>%s</sheetData></worksheet>"
)


def with_sheet(rows: str, before: str = "") -> bytes:
    return repacked(GOOD, {"sheet1.xml": (before + SHEET % rows).encode()})


def test_an_excel_file_gives_its_header_and_rows_with_their_own_numbers() -> None:
    data = excel(
        (None, None), HEADER, (datetime(2026, 4, 1, 9, 5), "漏水", 1), (None, " "), (46113, 0, None)
    )
    assert read_table(data, "台账.xlsx") == Table(
        header=HEADER,
        rows=((3, (datetime(2026, 4, 1, 9, 5), "漏水", 1)), (5, (46113, 0))),
        empty_rows=1,
        sheet="Sheet",
        other_sheets=(),
    )


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (
            '提出时间,标题\r\n2026-04-01,"漏\n水"\r\n\r\n2026-04-01,停电'.encode("utf-8-sig"),
            "a.csv",
        ),
        ('提出时间,标题\n2026-04-01,"漏\n水"\n\n2026-04-01,停电\n'.encode(), "A.CSV"),
        ('提出时间,标题\n2026-04-01,"漏\n水"\n,\n2026-04-01,停电\n'.encode("gb18030"), "a.txt"),
        ('提出时间\t标题\n2026-04-01\t"漏\n水"\n\n2026-04-01\t停电\n'.encode("utf-16"), "a.csv"),
        ('提出时间;标题\r2026-04-01;"漏\n水"\r\r2026-04-01;停电\r'.encode(), "a.csv"),
        ('提出时间\t标题\n2026-04-01\t"漏\n水"\n\n2026-04-01\t停电\n'.encode("gb18030"), "a.xls"),
    ],
)
def test_a_text_file_is_read_in_the_encodings_and_forms_that_excel_writes(
    data: bytes, filename: str
) -> None:
    table = read_table(data, filename)
    assert table.header == ("提出时间", "标题")
    assert table.rows == ((2, ("2026-04-01", "漏\n水")), (4, ("2026-04-01", "停电")))
    assert table.empty_rows == 1


def test_pasted_cells_are_read_like_a_file() -> None:
    table = read_pasted("\ufeff提出时间\t标题\r\n2026/4/1 9:05\t漏水，急,很急\r\n")
    assert table.rows == ((2, ("2026/4/1 9:05", "漏水，急,很急")),)


def test_a_merged_cell_has_its_value_in_the_first_cell_only() -> None:
    data = excel(
        HEADER,
        ("2026-04-01", "漏水"),
        ("", "停电"),
        change=lambda book: book.active.merge_cells("A2:A3"),
    )
    table = read_table(data, "a.xlsx")
    assert table.rows == ((2, ("2026-04-01", "漏水")), (3, (None, "停电")))
    (refused,) = read_ledger(table.header, table.rows, NOW).refused
    assert (refused.line, refused.params["column"]) == (3, "提出时间")


def test_a_formula_gives_its_stored_result_and_without_one_nothing() -> None:
    assert read_table(excel(HEADER, ("2026-04-01", "=1+1", "x")), "a.xlsx").rows == (
        (2, ("2026-04-01", None, "x")),
    )
    rows = '<row r="1"><c r="A1" t="str"><f>1+1</f><v>提出时间</v></c></row>'
    assert read_table(with_sheet(rows), "a.xlsx").header == ("提出时间",)


def test_an_impossible_date_refuses_its_row_and_not_the_file() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>提出时间</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>标题</t></is></c></row>'
        '<row r="2"><c r="A2" s="1"><v>99999999</v></c><c r="B2"><v>7</v></c></row>'
        '<row r="3"><c r="A3" s="1"><v>46113</v></c><c r="B3"><v>8</v></c></row>'
    )
    table = read_table(with_sheet(rows), "a.xlsx")
    read = read_ledger(table.header, table.rows, NOW)
    assert [(row.line, row.title) for row in read.rows] == [(3, "8")]
    assert [row.line for row in read.refused] == [2]


def test_the_first_filled_visible_sheet_is_read_and_the_others_are_named() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.active.title = "空"
        book.create_sheet("隐藏").append(("x",))
        book["隐藏"].sheet_state = "hidden"
        book.create_sheet("三月").append(HEADER)
        book.create_sheet("四月").append(("y",))

    table = read_table(excel(change=change), "a.xlsx")
    assert (table.header, table.sheet, table.other_sheets) == (HEADER, "三月", ("空", "四月"))


def test_sixty_five_thousand_empty_rows_are_counted_and_not_kept() -> None:
    def change(book: openpyxl.Workbook) -> None:
        fill = PatternFill("solid", fgColor="FFFF00")
        for line in range(3, 1003):
            for place in range(1, 4):
                book.active.cell(line, place).fill = fill
        book.active.cell(65_003, 2).value = "停电"

    data = excel(HEADER, ("2026-04-01", "漏水"), change=change)
    table = read_table(data, "a.xlsx")
    assert [line for line, _ in table.rows] == [2, 65_003]
    assert table.empty_rows == 65_000


def test_a_cell_in_the_last_row_and_a_false_dimension_do_no_harm() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>'
    )
    sheet = (SHEET % rows).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    table = read_table(repacked(GOOD, {"sheet1.xml": sheet.encode()}), "a.xlsx")
    assert (table.header, table.rows, table.empty_rows) == ((1,), ((1_048_576, (2,)),), 1_048_574)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "filename", "error"),
    [
        (b"", "a.xlsx", Broken),
        (b"", "a.csv", SheetRefused),
        (b" \n\n,,\n", "a.csv", SheetRefused),
        (excel(), "a.xlsx", SheetRefused),
        (GOOD[: len(GOOD) // 2], "a.xlsx", Broken),
        (GOOD[:-40], "a.xlsx", Broken),
        (GOOD[:200] + b"x" * 300 + GOOD[500:], "a.xlsx", Broken),
        (b"PK\x03\x04" + b"\0" * 100, "a.xlsx", Broken),
        (b"no table", "a.xlsx", Broken),
        (OLE, "a.xls", WrongKind),
        (OLE, "a.xlsx", WrongKind),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", Encrypted),
        (b"%PDF-1.7 ...", "a.xlsx", WrongKind),
        (b"%PDF-1.7 ...", "a.csv", WrongKind),
        (b"\x89PNG\r\n\x1a\n", "a.xlsx", WrongKind),
        (b"\xff\xd8\xff\xe0", "a.csv", WrongKind),
        (b"<html><table>", "a.xls", WrongKind),
        (b"\xef\xbb\xbf<?xml", "a.csv", WrongKind),
        (b"MZ,a\nb,c", "a.exe", WrongKind),
        (b"a,b\x00\n", "a.csv", WrongKind),
        (b"\x81\xff,\xfe\n", "a.csv", WrongKind),
        (b"\xff\xfea", "a.csv", WrongKind),
        (repacked(GOOD, {"Types].xml": None}), "a.xlsx", SheetRefused),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(
    data: bytes, filename: str, error: type[SheetRefused]
) -> None:
    with pytest.raises(error) as refused:
        read_table(data, filename)
    assert str(refused.value).endswith(".")
    assert "{" not in str(refused.value)


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/hostname">]>'
ENTITY_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>'


@pytest.mark.parametrize(
    "doctype", [BOMB, OUTSIDE, '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">']
)
@pytest.mark.parametrize("padding", ["", " " * 200_000 + "<!-- " + "x" * 200_000 + " -->"])
def test_entities_are_refused_wherever_they_are_declared(doctype: str, padding: str) -> None:
    with pytest.raises(Broken):
        read_table(with_sheet(ENTITY_ROW, padding + doctype), "a.xlsx")
    book = b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    for ending in ("workbook.xml", "styles.xml", "core.xml", ".rels"):
        with pytest.raises(Broken):
            read_table(repacked(GOOD, {ending: (padding + doctype).encode() + book}), "a.xlsx")
    utf16 = (padding + doctype + SHEET % ENTITY_ROW).encode("utf-16")
    with pytest.raises(Broken):
        read_table(repacked(GOOD, {"sheet1.xml": utf16}), "a.xlsx")


def many(times: int, text: bytes) -> bytes:
    head, tail = (SHEET % "|").encode().split(b"|")
    return head + text * times + tail


@pytest.mark.parametrize(
    "sheet",
    [
        many(8_000_000, b"          "),
        many(1, b"<row>" + b"<c/>" * 300_000 + b"</row>"),
    ],
    ids=["spaces", "one endless row"],
)
def test_a_file_that_unpacks_without_end_is_refused_before_it_is_parsed(sheet: bytes) -> None:
    data = repacked(GOOD, {"sheet1.xml": sheet})
    assert len(data) < 1_000_000
    with pytest.raises(TooLarge, match="unpacks"):
        read_table(data, "a.xlsx")


def test_many_small_parts_do_not_hide_what_they_add_up_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_guard, "UNPACKED_LIMIT", 20_000)
    with pytest.raises(TooLarge, match="unpacks"):
        read_table(repacked(GOOD, {"core.xml": b"<x>" + b" " * 20_000 + b"</x>"}), "a.xlsx")


def test_all_parts_together_may_have_so_many_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    data = repacked(GOOD, {"sheet1.xml": many(50, b"<row/>"), "core.xml": many(50, b"<x/>")})
    monkeypatch.setattr(sheet_guard, "ELEMENTS_LIMIT", 100)
    with pytest.raises(TooLarge, match="unpacks"):
        read_table(data, "a.xlsx")


def test_a_locked_zip_is_called_protected() -> None:
    data = bytearray(GOOD)
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(Encrypted):
        read_table(bytes(data), "a.xlsx")


def test_a_word_document_is_not_a_table() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<x/>")
    with pytest.raises(WrongKind):
        read_table(out.getvalue(), "a.xlsx")


@pytest.mark.parametrize(("extra", "refused"), [(0, False), (1, True)])
def test_each_limit_holds_on_the_row_after_it(
    extra: int, refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "ROWS_LIMIT", 5)
    monkeypatch.setattr(sheets, "COLUMNS_LIMIT", 5)
    tall = "台账\n" + "\n".join(["a,b"] * (5 + extra))
    wide = "台账\n" + ",".join("b" * (5 + extra)) + ",,,"
    for text, told in ((tall, "Row 7"), (wide, "Row 2 has 6 columns")):
        if refused:
            with pytest.raises(TooLarge, match=told):
                read_pasted(text)
        else:
            assert read_pasted(text).rows


def test_a_file_above_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_guard, "FILE_LIMIT", 10)
    with pytest.raises(TooLarge, match="larger than"):
        read_table(b"a,b\n" * 3, "a.csv")


def test_an_endless_cell_is_cut_so_that_its_row_alone_is_refused() -> None:
    text = f"提出时间,标题,内容\n2026-04-01,漏水,{'水' * 200_000}\n2026-04-01,停电,\n"
    table = read_table(text.encode(), "a.csv")
    read = read_ledger(table.header, table.rows, NOW)
    assert [row.line for row in read.refused] == [2]
    assert [row.line for row in read.rows] == [3]


def test_exports_show_local_time_and_can_be_read_in_again() -> None:
    header = ("提出时间", "标题", "内容", "户数", "日期", "空")
    opened = datetime(2026, 4, 1, 1, 5, tzinfo=UTC)
    row = (opened, "漏水", "一\n二", 37, date(2026, 4, 1), None)
    data = write_table(header, [row], sheet="六事/[台账]", notes=["筛选：逾期"])
    table = read_table(data, "out.xlsx")
    assert table.header == header
    assert table.rows == (
        (2, (datetime(2026, 4, 1, 9, 5), "漏水", "一\n二", 37, datetime(2026, 4, 1))),
    )
    assert (table.sheet, table.other_sheets) == ("六事  台账", ("说明",))
    csv_data = write_csv(header, [row])
    assert csv_data.startswith(b"\xef\xbb\xbf")
    assert read_table(csv_data, "out.csv").rows == (
        (2, ("2026-04-01 09:05", "漏水", "一\n二", "37", "2026-04-01")),
    )


def test_an_export_has_fixed_names_and_filters_over_all_rows() -> None:
    data = write_table(HEADER, [("a", "b", "c")] * 60, sheet="x")
    page = openpyxl.load_workbook(BytesIO(data)).active
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:C61")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1", "=cmd|' /C calc'!A0"],
)
def test_no_text_becomes_a_formula_and_its_mark_goes_when_read_again(text: str) -> None:
    data = write_table(["标题"], [[text]], sheet="x")
    cell = openpyxl.load_workbook(BytesIO(data)).active["A2"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")
    data = write_csv(["标题", "n"], [[text, 1]])
    assert data.decode("utf-8-sig").splitlines()[1].lstrip('"')[0] == "'"
    assert read_table(data, "a.csv").rows == ((2, (text, "1")),)


def test_numbers_stay_numbers_and_long_ones_text() -> None:
    data = write_table(["n"], [[-5], [1.5], [10**17 + 1], [float("nan")], [True]], sheet="x")
    page = openpyxl.load_workbook(BytesIO(data)).active
    assert [cell.value for cell in page["A"][1:]] == [-5, 1.5, str(10**17 + 1), None, True]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=4))
def test_any_text_can_be_exported_and_read(rows: list[list[str]]) -> None:
    data = write_table(["a", "b"], rows, sheet="x")
    assert read_table(data, "a.xlsx").header == ("a", "b")
    assert read_table(write_csv(["a", "b"], rows), "a.csv").header == ("a", "b")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(GOOD)), st.sampled_from(["a.xlsx", "a.csv"]))
def test_no_bytes_do_worse_than_be_refused(junk: bytes, at: int, filename: str) -> None:
    for data in (junk, GOOD[:at] + junk + GOOD[at + len(junk) :]):
        try:
            table = read_table(data, filename)
        except SheetRefused:
            continue
        assert table.header


def test_three_hundred_real_messages_are_read_completely() -> None:
    if not MESSAGES.exists():
        pytest.skip("the real messages are not kept with the code and are not on this machine")
    table = read_table(MESSAGES.read_bytes(), MESSAGES.name)
    read = read_ledger(table.header, table.rows, NOW, skipped_empty=table.empty_rows)
    # Counts only: a failure must not print what residents wrote.
    assert (len(read.rows), len(read.refused), len(read.repeated)) == (300, 0, 0)
    assert (read.skipped_empty, sum(bool(row.notes) for row in read.rows)) == (0, 0)

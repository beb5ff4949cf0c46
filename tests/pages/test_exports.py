"""Every list can be taken along: the same rows as on the page, its filter beside, and recorded."""

import re
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from db import engine
from db.events import facts_of
from db.exports import Exported
from db.inbox import CaseFilter
from db.micro.matters import Wanted
from db.tables import Event
from domain.errors import NotAllowed
from pages.parts import export, export_files, who
from pages.parts.export import Column, excel, file_name, listed, text
from pages.parts.export_names import NAMES
from tests.pages.conftest import Open
from tests.pages.story import Story
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.need import ROOT

on_one = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

# Lists that have a way out of their own, and tables that people type into or only check.
OTHERWISE = {
    "audit.py",
    "case_table.py",  # the inbox and the lists behind figures
    "export.py",
    "intake_grid.py",
    "intake_ledger_tables.py",
    "micro_table.py",
    "paper_count.py",  # three numbers, which the minutes have
    "roll_import_tables.py",
    "roll_list.py",  # the whole roll
    "settings_backup.py",
    "upload.py",
    "volunteer_people.py",
    "vote_result.py",
}


def exported() -> list[tuple[str, int]]:
    """Which lists were taken along, with their rows."""
    with engine.read() as session:
        query = select(Event.payload).where(Event.kind == "list_exported").order_by(Event.id)
        facts = [facts_of(payload) for payload in session.scalars(query)]
    return [(str(one["list"]), int(str(one["rows"]))) for one in facts]


def table_of(words: list[str], **more: object) -> export.Table:
    return listed(
        "files",
        "事项",
        [Column("标题", lambda word: word), Column("长度", len)],
        lambda: words,
        **more,  # type: ignore[arg-type]
    )


@on_one
def test_the_sheet_says_its_filter_quotes_formulas_and_the_taking_is_recorded(
    cast: Cast, clock: TestClock
) -> None:
    who.stand_in(cast.secretary)
    table = table_of(["=1+1", "电梯"], narrowed=["办事", "一小区/东"], leaves=Exported.FILES)
    book = openpyxl.load_workbook(BytesIO(excel(table)()))
    sheet, notes = book.worksheets
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["标题", "长度"],
        ["'=1+1", 4],
        ["电梯", 2],
    ]
    said = [row[0].value for row in notes.iter_rows()]
    assert said[:3] == ["事项", "办事", "一小区/东"]
    assert any("已记录" in str(line) for line in said)
    assert exported() == [("files", 2)]
    # CSV has rows alone; the filter stands in its name.
    plain = text(table)()
    assert plain.startswith(b"\xef\xbb\xbf")
    assert plain.decode("utf-8-sig").splitlines() == ["标题,长度", "'=1+1,4", "电梯,2"]
    assert file_name(table) == "163desk-files-办事-一小区 东-2026-03-02"
    assert exported() == [("files", 2), ("files", 2)]
    who.stand_in(None)


@on_one
def test_the_desks_lists_hold_what_their_pages_hold_and_say_who_took_them(
    cast: Cast, story: Story
) -> None:
    story.published()
    story.given(text="楼道灯不亮", once="b")
    who.stand_in(cast.secretary)
    open_files = export_files.files(CaseFilter(), [])
    tables = [
        (open_files, "电梯异响，老人不敢坐"),
        (export_files.micro_list(Wanted(), []), "电梯异响，老人不敢坐"),
        (export_files.calls_to_make(), "林一"),
        (export_files.log("opened", None, [], str, str, str), "2026-000001"),
    ]
    for table, word in tables:
        assert word in text(table)().decode("utf-8-sig"), table.name
    who.stand_in(cast.property_contact)
    assert "楼道灯不亮" in text(export_files.tasks(done=False))().decode("utf-8-sig")
    taken = dict(exported())
    assert list(taken) == ["files", "micro_list", "calls", "audit", "tasks"]
    assert (taken["files"], taken["micro_list"], taken["audit"]) == (2, 2, 2)
    # Whoever may not see the list does not get it either, whatever their page offers.
    with pytest.raises(NotAllowed):
        excel(export_files.files(CaseFilter(), []))()
    assert len(exported()) == 5
    who.stand_in(None)


@on_one
def test_what_holds_nothing_personal_leaves_no_trace(cast: Cast, clock: TestClock) -> None:
    who.stand_in(cast.viewer)
    assert "未筛选" in "".join(export.notes_of(table_of([])))
    excel(table_of(["x"]))()
    assert exported() == []
    who.stand_in(None)


@on_one
def test_pages_offer_both_formats_of_what_they_list(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.published()
    story.given(text="楼道灯不亮", once="b")
    pages = {
        "inbox": (cast.secretary, "inbox"),
        "micro_list": (cast.committee, "micro"),
        "calls": (cast.social_worker, "calls"),
        "tasks": (cast.property_contact, "tasks"),
        "audit": (cast.secretary, "audit"),
    }
    for name, (person, key) in pages.items():
        page = open_page(person, name)
        assert not page.exception, name
        found = {button.proto.id.rsplit("-", 1)[-1] for button in page.get("download_button")}
        assert {f"{key}_xlsx", f"{key}_csv"} <= found, name


def test_the_log_has_a_name_for_every_list() -> None:
    assert set(NAMES) == set(Exported)


def test_no_list_is_shown_without_a_way_out() -> None:
    shown = {
        path.name
        for path in (ROOT / "pages").rglob("*.py")
        if re.search(r"\bst\.(dataframe|table)\(", path.read_text(encoding="utf-8"))
    }
    assert shown - OTHERWISE == set()

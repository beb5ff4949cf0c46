"""Intake: the desk, the meeting and the ledger, as the clerk's hands meet them."""

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from db.desk import DeskWords, take_down
from db.engine import Database
from db.intake import ReporterWords
from db.meetings import Demand, meetings, open_meeting, take_demands
from db.tables import Case, Contact, MeetingKind, Report, Reporter
from domain.ledger_columns import Column
from pages.parts.intake_grid import READY, demands
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

WORDS = "电梯又停了，老人下不了楼"


def files(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def said(page: AppTest) -> list[str]:
    return [item.value for item in page.error]


def keys(page: AppTest, beginning: str) -> list[str]:
    return [str(one.key) for one in page.button if str(one.key).startswith(beginning)]


def lift_file(cast: Cast, clock: TestClock) -> str:
    words = DeskWords(
        WORDS, reporter=ReporterWords("住户子", "13800000101", cast.household_101, True)
    )
    code = take_down(cast.social_worker, clock.now, words, "earlier").case_code
    assert code is not None
    return code


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([Column.OPENED.value, Column.TITLE.value, Column.NUMBER.value])
    for row in rows:
        page.append(list(row))
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_call_is_taken_in_by_room_matter_and_enter(
    open_page: Open, cast: Cast, database: Database
) -> None:
    page = open_page(cast.social_worker, "intake")
    page.text_input(key="intake_find").set_value("1-1-101").run()
    page.button(key=f"intake_home_{cast.household_101}_0").click().run()
    assert page.text_input(key="intake_name").value == "住户子"
    assert "138****0101" in page.text_input(key="intake_phone").placeholder
    page.text_input(key="intake_text").set_value(WORDS).run()
    page.checkbox(key="intake_consent").check()
    page.checkbox(key="intake_answered").check()
    page.button(key="intake_save").click().run()
    assert not page.exception
    assert [item.value for item in page.toast] == ["已保存"]
    assert page.metric[0].value == "2026-000001"
    # The next call finds an empty form.
    assert page.text_input(key="intake_text_1").value == ""
    assert page.text_input(key="intake_find_1").value == ""
    with database.read() as session:
        report, reporter = session.execute(
            select(Report, Reporter).join(Reporter, Reporter.id == Report.reporter_id)
        ).one()
        assert (reporter.name, reporter.household_id) == ("住户子", cast.household_101)
        assert reporter.consent_at is not None
        assert report.recorded_by == cast.social_worker.account_id
        assert session.scalar(select(Case.building_id)) == cast.building_one
        assert session.scalar(select(Contact.reached)) is True


@pytest.mark.parametrize("typed", ["zhz", "13800000101", "0101", "1号楼1单元101"])
def test_a_household_is_found_by_initials_phone_or_room(
    open_page: Open, cast: Cast, typed: str
) -> None:
    page = open_page(cast.social_worker, "intake")
    page.text_input(key="intake_find").set_value(typed).run()
    assert f"intake_home_{cast.household_101}_0" in keys(page, "intake_home_")


def test_a_number_that_was_typed_to_find_the_home_is_taken_over(
    open_page: Open, cast: Cast
) -> None:
    page = open_page(cast.social_worker, "intake")
    page.text_input(key="intake_find").set_value("13800000101").run()
    page.button(key=f"intake_home_{cast.household_101}_0").click().run()
    assert page.text_input(key="intake_phone").value == "13800000101"
    page.button(key="intake_other_home").click().run()
    assert page.text_input(key="intake_find")


def test_what_is_likely_the_same_appears_while_typing_and_takes_the_voice(
    open_page: Open, cast: Cast, clock: TestClock, database: Database
) -> None:
    code = lift_file(cast, clock)
    page = open_page(cast.social_worker, "intake")
    assert keys(page, "intake_into") == []
    page.text_input(key="intake_find").set_value("1-1-102").run()
    page.button(key=f"intake_home_{cast.household_102}_0").click().run()
    # Not typed yet: the building's open file is there already, once.
    assert keys(page, "intake_into") == [f"intake_into_{code}"]
    page.text_input(key="intake_text").set_value("电梯又停了").run()
    assert keys(page, "intake_into") == [f"intake_into_{code}"]
    assert any("同一栋楼" in item.value for item in page.markdown)
    page.text_input(key="intake_phone").set_value("13800000102")
    page.button(key=f"intake_into_{code}").click().run()
    assert page.success[0].value == "已附议到该件。"
    assert files(database) == 1
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Report)) == 2
        assert "13800000102" in set(session.scalars(select(Reporter.phone)))


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        ("text", "", "请在这里写点内容。"),
        ("text", "长" * 10_001, "10001"),
        ("phone", "12ab", "这不像电话号码"),
        ("name", "长" * 41, "41"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    open_page: Open, cast: Cast, database: Database, field: str, wrong: str, sentence: str
) -> None:
    page = open_page(cast.social_worker, "intake")
    page.text_input(key="intake_text").set_value(WORDS)
    page.text_area(key="intake_more").set_value("第二次了")
    page.text_input(key=f"intake_{field}").set_value(wrong)
    page.button(key="intake_save").click().run()
    assert [text for text in said(page) if sentence in text]
    assert len(said(page)) == 1
    assert page.text_input(key=f"intake_{field}").value == wrong
    assert page.text_area(key="intake_more").value == "第二次了"
    assert files(database) == 0


@pytest.mark.parametrize(
    "words",
    [
        "😀 שלום עולם — مرحبا",
        "<script>alert(1)</script>",
        "**急** [x](http://x.example) :material/home:",
        "'; DROP TABLE cases; --",
    ],
)
def test_odd_words_are_kept_as_they_are_and_shown_as_words(
    open_page: Open, cast: Cast, database: Database, words: str
) -> None:
    page = open_page(cast.social_worker, "intake")
    page.text_input(key="intake_text").set_value(words)
    page.button(key="intake_save").click().run()
    assert not page.exception
    with database.read() as session:
        assert session.scalar(select(Report.text)) == words
    page.text_input(key="intake_text_1").set_value(words).run()
    titles = [item.value for item in page.markdown if item.value.startswith("**")]
    assert not [value for value in titles if "[x](" in value or "<script>" in value]


def test_the_committee_takes_in_for_its_estate_without_seeing_people(
    open_page: Open, cast: Cast, database: Database
) -> None:
    page = open_page(cast.committee, "intake")
    page.text_input(key="intake_find").set_value("zhz").run()
    assert keys(page, "intake_home_") == []
    page.text_input(key="intake_find").set_value("1-1-101").run()
    assert "住户子" not in page.button(key=f"intake_home_{cast.household_101}_0").label
    assert "intake_answered" not in {box.key for box in page.checkbox}
    page.text_input(key="intake_text").set_value(WORDS)
    page.button(key="intake_save").click().run()
    with database.read() as session:
        assert session.scalar(select(Case.estate_id)) == cast.estate_one


def test_the_door_is_in_the_address(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.secretary, "intake", door="ledger")
    assert page.file_uploader(key="intake_ledger_file")
    page = open_page(cast.secretary, "intake", door="no-such-door")
    assert page.text_input(key="intake_text")
    page.button_group(key="intake_door").set_value("meeting").run()
    assert page.query_params["door"] == "meeting"
    assert page.text_input(key="intake_new_meeting_title")


def test_a_meeting_is_opened_and_its_grid_stands(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.secretary, "intake", door="meeting")
    page.button(key="intake_new_meeting_save").click().run()
    assert said(page) == ["请在这里写点内容。"]
    page.text_input(key="intake_new_meeting_title").set_value("三月夜话")
    page.button(key="intake_new_meeting_save").click().run()
    held = meetings(cast.secretary)
    assert [row.title for row in held] == ["三月夜话"]
    assert page.query_params["meeting"] == held[0].code
    page.button(key=f"intake_grid_{held[0].code}_save").click().run()
    assert said(page) == ["请至少写一条诉求。"]


def test_a_strangers_meeting_is_not_shown(open_page: Open, cast: Cast, clock: TestClock) -> None:
    code = open_meeting(
        cast.secretary,
        clock.now,
        kind=MeetingKind.HEARING,
        title="别的小区",
        held_on=clock.now.date(),
        estate_id=cast.estate_two,
    )
    take_demands(cast.secretary, clock.now, code, [Demand(1, "x")], "k")
    page = open_page(cast.committee, "intake", door="meeting", meeting=code)
    assert not page.exception
    assert page.selectbox(key="intake_meeting").options == ["新的一场"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (None, {}),
        ({"edited_rows": {0: {"text": " 灯 "}, 2: {"speaker": "甲"}}}, {1: "灯", 3: ""}),
        ({"edited_rows": {0: {"text": "灯"}, 1: {"text": "门"}}, "deleted_rows": [0]}, {1: "门"}),
        ({"added_rows": [{"text": "新"}, {"text": None}]}, {READY + 1: "新"}),
    ],
)
def test_the_grid_is_read_line_by_line(
    state: dict[str, object] | None, expected: dict[int, str], database: Database
) -> None:
    found = {line.line: line.text for line in demands(state) if not line.empty}
    assert found == expected


def test_a_ledger_is_looked_at_before_it_goes_in(
    open_page: Open, cast: Cast, database: Database
) -> None:
    page = open_page(cast.secretary, "intake", door="ledger")
    data = sheet(
        ("2026-02-01 09:05", "灯坏了", "A-1"),
        (None, "没有时间", "A-2"),
        ("2026-02-01", "=1+1", "A-3"),
    )
    page.file_uploader(key="intake_ledger_file").upload("台账.xlsx", data).run()
    assert not page.exception
    assert [metric.value for metric in page.metric] == ["1", "0", "0", "2"]
    assert files(database) == 0
    page.button(key="intake_ledger_save").click().run()
    assert files(database) == 1
    assert page.success[0].value == "已导入 1 行。"
    page.file_uploader(key="intake_ledger_file_1").upload("台账.xlsx", data).run()
    assert [metric.value for metric in page.metric] == ["0", "1", "0", "2"]
    assert keys(page, "intake_ledger_save") == []


def test_rows_are_pasted_from_the_clipboard(
    open_page: Open, cast: Cast, database: Database
) -> None:
    page = open_page(cast.secretary, "intake", door="ledger")
    pasted = "提出时间\t标题\n2026/2/1 9:05:00\t灯坏了\n"
    page.text_area(key="intake_ledger_pasted").set_value(pasted).run()
    page.button(key="intake_ledger_save").click().run()
    assert files(database) == 1


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("照片.xlsx", b"%PDF-1.4 nothing", "不是 .xlsx 或 .csv 表格"),
        ("空.csv", b"", "表格里没有内容"),
        ("没有表头.csv", "甲,乙\n1,2\n".encode(), "没有找到表头"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_in_a_sentence(
    open_page: Open, cast: Cast, database: Database, name: str, data: bytes, sentence: str
) -> None:
    page = open_page(cast.secretary, "intake", door="ledger")
    page.file_uploader(key="intake_ledger_file").upload(name, data).run()
    assert not page.exception
    assert len(said(page)) == 1
    assert sentence in said(page)[0]
    assert keys(page, "intake_ledger_save") == []

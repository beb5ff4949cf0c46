"""The audit log says what happened in words; a person's data are shown, given out, erased."""

import pytest
from streamlit.testing.v1 import AppTest

from db import units
from db.tables import UnitKind
from domain import labels
from pages.parts.audit_words import HOUSE
from tests.pages.conftest import Open
from tests.pages.story import PHONE, Story
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.need import ROOT

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def _said(page: AppTest) -> list[str]:
    assert not page.exception
    return list(page.dataframe[0].value["what"])


def test_the_audit_log_says_what_happened(
    open_page: Open, cast: Cast, story: Story, clock: TestClock
) -> None:
    code = story.reported()
    units.add_unit(cast.administrator, clock.now, name="新单位", kind=UnitKind.PARTNER)
    page = open_page(cast.administrator, "audit")
    assert _said(page) == ["添加了单位", "建立档案"]
    assert _said(open_page(cast.administrator, "audit", kind="unit_added")) == ["添加了单位"]
    assert code not in str(page.dataframe[0].value)
    assert "新单位" not in str(page.dataframe[0].value)


def test_every_kind_of_event_has_its_words(cast: Cast) -> None:
    """Read from the code: whatever is recorded is named in the log."""
    import ast

    recorded = set()
    for path in (ROOT / "db").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).rpartition(".")[2] == "record"
                and len(node.args) > 3
                and isinstance(node.args[3], ast.Constant)
            ):
                recorded.add(node.args[3].value)
    assert len(recorded) > 30
    assert recorded - {"moved"} <= set(labels.EVENT) | set(HOUSE)


def test_a_wrong_number_of_a_file_is_told_so(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.administrator, "audit", file="不存在")
    assert not page.exception
    assert len(page.error) == 1


def _ask(page: AppTest, phone: str, sure: bool) -> AppTest:
    page.text_input("personal_phone").input(phone)
    page.checkbox("personal_sure").set_value(sure)
    page.button("personal_save").click()
    page.run()
    assert not page.exception
    return page


def test_a_persons_data_are_shown_only_when_it_was_made_sure_who_asks(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.reported()
    page = open_page(cast.secretary, "personal")
    assert len(_ask(page, PHONE, sure=False).error) == 1
    assert not page.success
    assert "1" in _ask(page, PHONE, sure=True).success[0].value


def test_a_person_is_erased_after_a_second_confirmation(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.reported()
    page = _ask(open_page(cast.secretary, "personal"), PHONE, sure=True)
    page.button("personal_erase_save").click()
    page.run()
    assert len(page.error) == 1
    page.checkbox("personal_erase_sure").set_value(True)
    page.button("personal_erase_save").click()
    page.run()
    assert not page.exception
    assert "删除" in page.success[0].value
    again = _ask(open_page(cast.secretary, "personal"), PHONE, sure=True)
    assert len(again.error) == 1

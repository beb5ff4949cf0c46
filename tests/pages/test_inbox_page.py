"""The inbox: its address is its filter, its count is its rows, and portions follow each other."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open
from tests.pages.story import Story
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def titles(page: AppTest) -> list[str]:
    return list(page.dataframe[0].value["title"]) if page.dataframe else []


def address(page: AppTest) -> dict[str, str]:
    return dict(page.query_params)


def test_an_address_filters_and_the_count_is_that_of_the_rows(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.reported("电梯异响")
    story.accepted(text="楼道灯不亮", once="b")
    page = open_page(cast.secretary, "inbox", step="raise")
    assert titles(page) == ["电梯异响"]
    assert "**共 1 件**" in [item.value for item in page.markdown]


def test_what_is_chosen_stands_in_the_address_and_can_be_cleared(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.reported("电梯异响")
    story.reported("花园长椅坏了", once="b", place=cast.garden_code)
    page = open_page(cast.secretary, "inbox")
    page.text_input(key="inbox_q").set_value("长椅").run()
    assert address(page) == {"q": "长椅"}
    assert titles(page) == ["花园长椅坏了"]
    page.selectbox(key="inbox_estate").set_value("e-one").run()
    assert titles(page) == []
    page.button(key="inbox_clear").click().run()
    assert address(page) == {}
    assert len(titles(page)) == 2


def test_another_estate_forgets_the_building_of_the_first(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.reported()
    page = open_page(cast.secretary, "inbox", estate="e-one", building="1号楼")
    assert len(titles(page)) == 1
    page.selectbox(key="inbox_estate").set_value("e-two").run()
    assert address(page) == {"estate": "e-two"}


@pytest.mark.parametrize("name", ["step", "estate", "building", "category", "unit", "after"])
def test_an_address_that_makes_no_sense_narrows_nothing(
    open_page: Open, cast: Cast, story: Story, name: str
) -> None:
    story.reported()
    page = open_page(cast.secretary, "inbox", **{name: "<nonsense>"})
    assert not page.exception
    assert len(titles(page)) == 1


def test_portions_follow_each_other_and_lead_back(
    open_page: Open, cast: Cast, story: Story
) -> None:
    for n in range(53):
        story.reported(f"第{n}件", once=f"n{n}")
    page = open_page(cast.secretary, "inbox")
    first = titles(page)
    page.button(key="inbox_older").click().run()
    rest = titles(page)
    assert (len(first), len(rest)) == (50, 3)
    assert not set(first) & set(rest)
    page.button(key="inbox_first").click().run()
    assert titles(page) == first


def test_the_committee_finds_its_own_estate_alone(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.reported("电梯异响")
    story.reported("花园长椅坏了", once="b", place=cast.garden_code)
    page = open_page(cast.committee, "inbox", step="all", estate="e-two")
    assert titles(page) == ["电梯异响"]


def test_the_same_files_can_be_picked_by_typing(open_page: Open, cast: Cast, story: Story) -> None:
    story.reported("电梯异响")
    page = open_page(cast.secretary, "inbox")
    assert page.selectbox(key="inbox_pick").options == ["电梯异响 2026-000001"]

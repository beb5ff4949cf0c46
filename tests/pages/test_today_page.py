"""Today, for each role: what is there, what is not, and what an empty community is told."""

import pytest
from streamlit.testing.v1 import AppTest

from domain.moves import Step
from tests.pages.conftest import Open
from tests.pages.story import Story
from tests.support.cast import Cast
from tests.support.clock import TestClock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def counts(page: AppTest) -> list[str]:
    return [metric.value for metric in page.metric]


def links(page: AppTest) -> list[tuple[str, str]]:
    return [(link.page, link.proto.query_string) for link in page.page_link]


def opens(page: AppTest) -> list[str]:
    return [button.key for button in page.button if "open_" in (button.key or "")]


def test_each_step_shows_its_count_and_opens_exactly_its_list(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.reported()
    story.reported("楼道灯不亮", once="b")
    story.done(text="儿童滑梯松动", once="c")
    page = open_page(cast.secretary, "today")
    assert not page.exception
    assert counts(page) == ["2", "0", "0", "0", "1", "0"]
    steps = [query for _page, query in links(page) if query.startswith("step=")]
    assert steps == [f"step={step}" for step in Step if step is not Step.CLOSED]


def test_files_wait_in_the_order_of_their_deadlines_and_one_button_is_the_main_one(
    open_page: Open, cast: Cast, story: Story, clock: TestClock
) -> None:
    first = story.reported()
    clock.forward(hours=2)
    second = story.reported("楼道灯不亮", once="b")
    page = open_page(cast.secretary, "today")
    assert opens(page) == [f"today_open_{first}", f"today_open_{second}"]
    main = [button.key for button in page.button if button.proto.type == "primary"]
    assert main == [f"today_open_{first}"]


def test_a_deadline_is_said_in_words_and_turns_red_when_it_is_missed(
    open_page: Open, cast: Cast, story: Story, clock: TestClock
) -> None:
    story.reported()
    clock.forward(hours=21)
    near = open_page(cast.secretary, "today")
    assert [item.value for item in near.markdown if "还剩 3 小时：首次回应" in item.value]
    clock.forward(hours=28)
    late = open_page(cast.secretary, "today")
    red = [item.value for item in late.markdown if ":red-badge[" in item.value]
    assert [value for value in red if "已超 1 天：首次回应" in value]
    assert ("inbox", "overdue=1") in [(page.split("/")[-1], query) for page, query in links(late)]


def test_an_empty_community_is_told_what_to_do_first(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.secretary, "today")
    assert "先登记第一件吧" in page.info[0].value


def test_a_unit_sees_its_tasks_and_no_figures(open_page: Open, cast: Cast, story: Story) -> None:
    _code, task = story.given()
    page = open_page(cast.property_contact, "today")
    assert opens(page) == [f"task_open_{task}"]
    assert counts(page) == []


@pytest.mark.parametrize("login", ["viewer", "squad_leader", "administrator"])
def test_who_may_see_figures_alone_sees_figures_alone(
    open_page: Open, cast: Cast, story: Story, login: str
) -> None:
    story.reported()
    page = open_page(cast.people[login], "today")
    assert counts(page)[0] == "1"
    assert not opens(page)
    assert not [link for link, _query in links(page) if link in ("inbox", "case", "calls")]
    assert not [item for item in page.markdown if "电梯" in item.value]


@pytest.mark.parametrize("login", ["committee", "volunteer", "partner_contact", "social_worker"])
def test_today_opens_for_every_role(open_page: Open, cast: Cast, story: Story, login: str) -> None:
    story.given()
    page = open_page(cast.people[login], "today")
    assert not page.exception
    assert not page.error
    assert page.title[0].value == "今日"


def test_what_others_changed_is_told_and_a_number_narrows_it(
    open_page: Open, cast: Cast, story: Story, clock: TestClock
) -> None:
    story.reported()
    clock.forward(minutes=1)
    page = open_page(cast.committee, "today")
    assert not page.exception
    changed = page.get("button_group")[0]
    assert [option.content for option in changed.proto.options] == ["新建档 1"]
    assert page.button(key="today_changed_0").label.startswith("电梯异响")
    narrowed = open_page(cast.committee, "today", changed="reopened")
    assert not narrowed.exception
    assert "today_changed_0" not in [button.key for button in narrowed.button]

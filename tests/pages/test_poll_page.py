"""A poll on the signed-in pages: opened from a file, taken down on the telephone, decided on."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from db.casefile import case_file
from db.polls import opening
from db.polls.reads import poll_view, polls_of_case
from documents.sheet_writing import write_table
from domain.clocks import Promise, Standing
from domain.moves import State
from domain.polls import PollState
from pages.parts import poll_export
from tests.pages.conftest import Open
from tests.pages.story import Story
from tests.support.cast import Cast
from tests.support.polling import OPTIONS, QUESTION, all_homes, draft, houses, phone_in

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def keys(page: AppTest) -> set[str]:
    return {button.key for button in page.button if button.key}


def said(page: AppTest) -> list[str]:
    return [item.value for item in page.error]


def asked(cast: Cast, story: Story) -> tuple[str, str]:
    """An accepted file with an open poll; the codes of both."""
    code = story.accepted()
    words = draft(cast, story.clock.now)
    return code, opening.open_poll(cast.secretary, story.clock.now, code, words)


def open_form(page: AppTest) -> AppTest:
    next(one for one in page.expander if "征询" in one.label)
    page.session_state["case_poll_box"] = True
    return page.run()


def test_a_poll_is_opened_from_a_file_with_what_is_proposed(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.accepted()
    page = open_form(open_page(cast.secretary, "case", c=code))
    title = case_file(cast.secretary, code, story.clock.now).line.title
    assert page.text_input(key="case_poll_open_question").value == title
    page.text_input(key="case_poll_open_question").set_value(QUESTION)
    page.button(key="case_poll_open_save").click().run()
    assert not page.exception
    line = polls_of_case(cast.secretary, story.clock.now, code)[0]
    assert (line.question, line.asked, line.state) == (QUESTION, 3, PollState.OPEN)
    assert [option.text for option in line.options] == ["同意", "不同意", "都可以"]
    assert line.closes_at == story.clock.now + timedelta(hours=12)  # tonight at nine
    # It goes on at the poll's own page.
    assert page.title[0].value == QUESTION
    assert "poll_withdraw_save" in keys(page)


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.accepted()
    page = open_form(open_page(cast.committee, "case", c=code))
    page.text_area(key="case_poll_open_options").set_value("同意")
    page.button(key="case_poll_open_save").click().run()
    assert said(page) == ["请给出 2 到 6 个选项，每行一个。"]
    assert page.text_area(key="case_poll_open_options").value == "同意"
    page.text_area(key="case_poll_open_options").set_value("同意\n问13812345678")
    page.button(key="case_poll_open_save").click().run()
    assert polls_of_case(cast.secretary, story.clock.now, code) == ()
    page.checkbox(key="case_poll_open_personal_ok").check()
    page.button(key="case_poll_open_save").click().run()
    assert len(polls_of_case(cast.secretary, story.clock.now, code)) == 1


def test_a_file_is_sent_to_a_poll_before_it_is_opened(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.accepted()
    page = open_form(open_page(cast.secretary, "case", c=code))
    page.button(key="case_poll_send_save").click().run()
    clocks = {
        row.promise: row.standing for row in case_file(cast.secretary, code, story.clock.now).clocks
    }
    assert clocks[Promise.VOTE_OPENED] is Standing.RUNNING
    assert "case_poll_send_save" not in keys(open_form(page))


def test_the_file_shows_its_poll_and_offers_no_second_one(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code, poll = asked(cast, story)
    page = open_page(cast.secretary, "case", c=code)
    assert f"case_poll_{poll}" in keys(page)
    assert "case_poll_open_save" not in keys(page)
    page.text_area(key="case_decide_words").set_value("由物业牵头")
    page.button(key="case_decide_save").click().run()
    assert said(page) == ["这件事的意见征询还没截止。请等截止后再议定，或者先撤回征询。"]


def test_a_household_answers_on_the_telephone_and_the_page_says_not_what(
    open_page: Open, cast: Cast, story: Story
) -> None:
    _, poll = asked(cast, story)
    page = open_page(cast.social_worker, "poll", poll=poll)
    assert not page.exception
    page.text_input(key="poll_phone_find").set_value("1-1-101").run()
    page.button(key="poll_phone_save").click().run()
    assert said(page) == ["请选择一个选项。"]
    page.radio(key="poll_phone_option").set_value(2)
    page.button(key="poll_phone_save").click().run()
    assert poll_view(cast.secretary, story.clock.now, poll).line.answered == 1
    assert [metric.value for metric in page.metric] == ["1"]
    again = page.text_input(key="poll_phone_find_1").set_value("1号楼1单元101").run()
    options = again.radio(key="poll_phone_household_1").options
    assert options == ["1号楼 1单元101（已反馈）"]
    page.text_input(key="poll_phone_find_1").set_value("9-901").run()
    assert page.info


def test_a_link_is_made_for_the_chosen_household_and_shown_once(
    open_page: Open, cast: Cast, story: Story
) -> None:
    _, poll = asked(cast, story)
    page = open_page(cast.secretary, "poll", poll=poll)
    page.text_input(key="poll_phone_find").set_value("2-2-501").run()
    page.button(key="poll_link_save").click().run()
    assert [block.value for block in page.code if "/a/" in block.value]
    assert any("2号楼 2单元501" in item.value for item in page.markdown)
    page.button(key="poll_link_done").click().run()
    assert not page.code


def test_the_result_and_the_way_to_the_decision_stand_there_after_the_close(
    open_page: Open, cast: Cast, story: Story
) -> None:
    more = houses(cast.building_one, 14)
    code, poll = asked(cast, story)
    phone_in(cast.secretary, story.clock.now, poll, more[:8], 1)
    phone_in(cast.secretary, story.clock.now, poll, more[8:], 2)
    page = open_page(cast.secretary, "poll", poll=poll)
    assert not [head for head in page.subheader if "选择" in head.value]
    story.clock.forward(hours=12)
    page = open_page(cast.secretary, "poll", poll=poll)
    # No answer took the third: it is hidden, and the next smallest with it.
    assert [head.value for head in page.subheader] == ["选择最多的是“先划车位”", "议定结果"]
    assert "poll_phone_save" not in keys(page)
    assert "poll_decide" in keys(page)
    page = open_page(cast.secretary, "case", c=code)
    page.text_area(key="case_decide_words").set_value("先划车位")
    page.button(key="case_decide_save").click().run()
    assert case_file(cast.secretary, code, story.clock.now).line.state is State.DOING
    page = open_page(cast.secretary, "case", c=code)
    assert [item for item in page.markdown if "17 户中 14 户反馈" in item.value]
    page = open_page(cast.viewer, "poll", poll=poll)
    assert "先划车位" in [item.value for item in page.text]
    assert "poll_decide" not in keys(page)


def test_a_poll_is_withdrawn_with_its_reason(open_page: Open, cast: Cast, story: Story) -> None:
    _, poll = asked(cast, story)
    page = open_page(cast.secretary, "poll", poll=poll)
    page.button(key="poll_withdraw_save").click().run()
    assert said(page) == ["请在这里写点内容。"]
    page.text_input(key="poll_withdraw_reason").set_value("**问错了**")
    page.button(key="poll_withdraw_save").click().run()
    assert "**问错了**" in [item.value for item in page.text]
    assert "poll_phone_save" not in keys(page)


def test_who_sees_figures_alone_has_no_form_and_no_way_to_the_file(
    open_page: Open, cast: Cast, story: Story
) -> None:
    _, poll = asked(cast, story)
    page = open_page(cast.viewer, "poll", poll=poll)
    assert not page.exception
    assert page.title[0].value.startswith("先划车位")
    assert not page.text_input
    assert not keys(page) & {"poll_withdraw_save", "poll_phone_save"}


def test_a_foreign_poll_and_no_poll_get_the_same_answer(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.accepted(place=cast.garden_code)
    words = draft(cast, story.clock.now, estate_id=cast.estate_two)
    foreign = opening.open_poll(cast.secretary, story.clock.now, code, words)
    answers = [said(open_page(cast.committee, "poll", poll=one)) for one in (foreign, "nothing")]
    assert len(answers[0]) == 1
    assert answers[0] == answers[1]


def test_words_of_a_question_stay_words(open_page: Open, cast: Cast, story: Story) -> None:
    code = story.accepted()
    words = draft(
        cast, story.clock.now, question="**急** <script> :material/home:", options=("*a*", "_b_")
    )
    poll = opening.open_poll(cast.secretary, story.clock.now, code, words)
    page = open_page(cast.secretary, "poll", poll=poll)
    assert page.title[0].value.startswith(r"\*\*急\*\* \<script")
    assert not [
        item for item in page.markdown if "*a*" in item.value and r"\*a\*" not in item.value
    ]


def test_today_says_what_closes_and_what_waits_for_a_decision(
    open_page: Open, cast: Cast, story: Story
) -> None:
    _, poll = asked(cast, story)
    page = open_page(cast.secretary, "today")
    assert f"today_poll_{poll}" in keys(page)
    assert not [item for item in page.markdown if "待议定" in item.value]
    story.clock.forward(hours=13)
    page = open_page(cast.committee, "today")
    assert [item for item in page.markdown if "待议定" in item.value]
    page = open_page(cast.committee, "poll", poll=poll)
    assert "poll_decide" not in keys(page)  # the committee does not move files


@pytest.mark.parametrize("hours", [0, 12])
def test_the_export_holds_counts_and_no_result_before_the_close(
    cast: Cast, story: Story, hours: int
) -> None:
    _, poll = asked(cast, story)
    phone_in(cast.secretary, story.clock.now, poll, houses_asked(cast), 1)
    now = story.clock.forward(hours=hours)
    header, rows = poll_export.table(poll_view(cast.secretary, now, poll))
    assert header == ["项目", "征询户数", "反馈户数"]
    assert rows[:3] == [["全部", 3, 3], ["1号楼", 2, 2], ["2号楼", 1, 1]]
    # Three answers are too few to be told apart, before the close and after it.
    assert rows[3:] == [[f"选项：{text}", None, None] for text in OPTIONS]
    book = openpyxl.load_workbook(BytesIO(write_table(header, rows, sheet="意见征询")))
    assert book["意见征询"]["C2"].value == 3


def houses_asked(cast: Cast) -> list[int]:
    return all_homes(cast.estate_one)

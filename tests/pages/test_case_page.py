"""The page of a file: its main step, the other moves, errors beside fields, and what is masked."""

import pytest
from streamlit.testing.v1 import AppTest

from db.casefile import case_file
from db.casefile_views import CaseFile
from domain.closing import Outcome
from domain.moves import Move, State
from pages.parts.case_next import Also
from tests.pages.conftest import Open
from tests.pages.story import PHONE, WORDS, Story
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def now_is(story: Story, code: str) -> CaseFile:
    return case_file(story.cast.secretary, code, story.clock.now)


def said(page: AppTest) -> list[str]:
    return [item.value for item in page.error]


def toasts(page: AppTest) -> list[str]:
    return [item.value for item in page.toast]


def choose(page: AppTest, what: Move | Also) -> AppTest:
    return page.menu_button(key="case_other").click(what).run()


def test_the_main_button_accepts_a_new_file_and_says_so(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.reported()
    page = open_page(cast.secretary, "case", c=code)
    assert not page.exception
    page.button(key="case_accept_save").click().run()
    assert toasts(page) == ["已保存"]
    assert now_is(story, code).line.state is State.DELIBERATING
    assert page.button(key="case_decide_save")


def test_words_of_a_reporter_stay_words(open_page: Open, cast: Cast, story: Story) -> None:
    words = "**急** <script>alert(1)</script> [这里](http://x.example) :material/home:"
    page = open_page(cast.secretary, "case", c=story.reported(words))
    assert words in [item.value for item in page.text]
    assert page.title[0].value.startswith(r"\*\*急\*\*")


def test_a_missing_reason_is_said_beside_its_field_and_what_was_typed_stays(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.accepted()
    page = open_page(cast.secretary, "case", c=code)
    page.multiselect(key="case_decide_assisting").set_value([cast.partner_one])
    page.button(key="case_decide_save").click().run()
    assert said(page) == ["请在这里写点内容。"]
    assert page.multiselect(key="case_decide_assisting").value == [cast.partner_one]
    assert now_is(story, code).line.state is State.DELIBERATING


def test_deciding_hands_the_file_over_to_the_proposed_company(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.accepted()
    page = open_page(cast.secretary, "case", c=code)
    page.text_area(key="case_decide_words").set_value("由物业牵头检修")
    page.button(key="case_decide_save").click().run()
    file = now_is(story, code)
    assert file.line.state is State.DOING
    assert [task.unit_id for task in file.tasks] == [cast.property_one]


@pytest.mark.parametrize(
    ("move", "state"),
    [
        (Move.ASK, State.ASKED),
        (Move.EXPLAIN, State.PUBLISHING),
        (Move.PASS_ON, State.PUBLISHING),
        (Move.DECLINE, State.DECLINED),
        (Move.SUSPEND, State.SUSPENDED),
        (Move.WITHDRAW, State.PUBLISHING),
    ],
)
def test_another_move_is_chosen_from_the_menu_and_needs_its_reason(
    open_page: Open, cast: Cast, story: Story, move: Move, state: State
) -> None:
    code = story.reported()
    page = choose(open_page(cast.social_worker, "case", c=code), move)
    page.text_area(key=f"case_{move}_reason").set_value("理由如下")
    page.button(key=f"case_{move}_save").click().run()
    assert now_is(story, code).line.state is state
    assert "case_back" not in [button.key for button in page.button]


def test_a_number_is_masked_until_a_reason_is_given_which_is_kept(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.reported()
    page = open_page(cast.secretary, "case", c=code)
    report = now_is(story, code).reports[0]
    assert not [link for link in page.link_button if PHONE in link.url]
    page.button(key=f"case_reveal_{report.id}_save").click().run()
    assert said(page) == ["请在这里写点内容。"]
    page.text_input(key=f"case_reveal_{report.id}_reason").set_value("约维修时间")
    page.button(key=f"case_reveal_{report.id}_save").click().run()
    assert [link.url for link in page.link_button] == [f"tel:{PHONE}"]
    shown = [entry for entry in now_is(story, code).timeline if entry.kind == "phone_revealed"]
    assert [entry.words for entry in shown] == ["约维修时间"]


def test_the_committee_reads_the_words_but_not_who_said_them_and_has_no_button(
    open_page: Open, cast: Cast, story: Story
) -> None:
    page = open_page(cast.committee, "case", c=story.reported())
    texts = [item.value for item in page.text]
    assert WORDS in texts
    assert not [text for text in texts if "林一" in text or "138" in text]
    assert not [button for button in page.button if (button.key or "").startswith("case_")]


def test_a_file_of_another_estate_and_no_file_get_the_same_answer(
    open_page: Open, cast: Cast, story: Story
) -> None:
    foreign = story.reported(place=cast.garden_code)
    answers = [said(open_page(cast.committee, "case", c=code)) for code in (foreign, "nothing")]
    assert len(answers[0]) == 1
    assert answers[0] == answers[1]


def test_a_summary_with_a_number_is_published_only_after_the_tick(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.done("已更换，师傅电话13712345679")
    page = open_page(cast.secretary, "case", c=code)
    page.text_input(key="case_publish_no_evidence").set_value("机房不能拍照")
    page.button(key="case_publish_save").click().run()
    assert now_is(story, code).line.state is State.PUBLISHING
    assert [item for item in page.markdown if "13712345679" in item.value]
    page.checkbox(key="case_publish_personal_ok").check()
    page.button(key="case_publish_save").click().run()
    file = now_is(story, code)
    assert (file.line.state, file.outcome) == (State.RATING, Outcome.SOLVED)


def test_the_gate_says_what_is_missing_and_opens_after_the_rating(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.published()
    page = open_page(cast.secretary, "case", c=code)
    assert "case_close_save" not in [button.key for button in page.button]
    assert [item for item in page.markdown if "请联系反映人作评价" in item.value]
    page.segmented_control(key="case_rate_level").set_value(4)
    page.segmented_control(key="case_rate_solved").set_value("yes")
    page.button(key="case_rate_save").click().run()
    page.button(key="case_close_save").click().run()
    assert now_is(story, code).line.state is State.CLOSED


def test_two_calls_that_reached_nobody_open_the_gate(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.published()
    page = open_page(cast.secretary, "case", c=code)
    page.button(key="case_unreached_save").click().run()
    page.button(key="case_unreached_save_1").click().run()
    assert page.button(key="case_close_save")


def test_merging_by_words_and_taking_out_again(open_page: Open, cast: Cast, story: Story) -> None:
    into = story.reported("3号楼电梯坏了")
    code = story.reported("三号楼的电梯又停了", once="b", phone="13900000002")
    page = choose(open_page(cast.secretary, "case", c=code), Move.MERGE)
    page.text_input(key="case_merge_find").set_value("电梯坏了").run()
    page.text_input(key="case_merge_reason").set_value("同一部电梯")
    page.button(key="case_merge_save").click().run()
    file = now_is(story, code)
    assert file.line.state is State.MERGED
    assert file.parent is not None
    assert file.parent.code == into
    page.text_input(key="case_unmerge_reason").set_value("不是同一部")
    page.button(key="case_unmerge_save").click().run()
    assert now_is(story, code).line.state is State.NEW


def test_sorting_gives_title_and_category(open_page: Open, cast: Cast, story: Story) -> None:
    code = story.reported()
    page = choose(open_page(cast.secretary, "case", c=code), Also.SORT)
    page.text_input(key="case_sort_title").set_value("三号楼电梯")
    page.selectbox(key="case_sort_category").set_value(cast.permits)
    page.button(key="case_sort_save").click().run()
    line = now_is(story, code).line
    assert line.title == "三号楼电梯"
    assert line.category is not None
    assert line.category.id == cast.permits


def test_the_desk_reports_done_for_a_unit_and_sends_it_back(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code, _task = story.given()
    page = open_page(cast.social_worker, "case", c=code)
    page.text_area(key="case_done_words").set_value("物业来电：已修好")
    page.segmented_control(key="case_done_outcome").set_value(Outcome.PARTLY_SOLVED)
    page.button(key="case_done_save").click().run()
    assert now_is(story, code).outcome is Outcome.PARTLY_SOLVED
    page = choose(page, Move.SEND_BACK)
    page.text_area(key="case_send_back_reason").set_value("还有异响")
    page.button(key="case_send_back_save").click().run()
    assert now_is(story, code).line.state is State.DOING


def test_what_was_typed_for_one_file_is_gone_on_the_next(
    open_page: Open, cast: Cast, story: Story
) -> None:
    first = story.accepted()
    second = story.accepted(text="楼道灯不亮", once="b")
    page = open_page(cast.secretary, "case", c=first)
    page.text_area(key="case_decide_words").set_value("由物业牵头")
    page.button(key="case_decide_save").click()
    page.query_params["c"] = second
    page.run()
    areas = [area for area in page.text_area if (area.key or "").startswith("case_decide_words")]
    assert [area.value for area in areas] == [""]

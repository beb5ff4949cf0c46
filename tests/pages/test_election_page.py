"""An election's parts of the vote's page, the committee's meeting, questions and coverage."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from db.elections.candidate_list import candidates
from db.elections.candidates import CandidateIn, add_candidate
from db.elections.committee_list import committee_of
from db.elections.consultations import ask
from db.elections.coverage import coverage
from db.elections.questions import questions
from db.votes import counting
from db.votes.reads import result_view
from domain.candidacy import Obstacle
from domain.days import local_day
from domain.outreach import Coverage
from domain.standing import Choice
from domain.thresholds import Lane, Outcome
from domain.votes import Stage
from tests.db.test_committee_meeting import SEVEN, committee, noticed
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.elections import draw, tied
from tests.support.votes import VoteMade, make_vote

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def prepared(cast: Cast, clock: TestClock) -> VoteMade:
    return make_vote(cast, clock.now, lane=Lane.ELECTION, until=Stage.PREPARING, candidates=())


def said(page: AppTest) -> str:
    """Everything that is told in words."""
    kinds = (page.markdown, page.caption, page.text, page.error, page.success, page.info)
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def test_a_candidate_is_entered_cleared_and_displayed(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = prepared(cast, clock)
    page = open_page(cast.secretary, "vote", vote=made.code, part="questions")
    form = f"vote_candidate_{made.code}"
    page.selectbox(f"{form}_owner").select(made.owners["张明"])
    page.text_area(f"{form}_statement").input("为大家办事。")
    page.date_input(f"{form}_seen_on").set_value(local_day(clock.now))
    page.multiselect(f"{form}_admits").select(Obstacle.FEES)
    page.button(f"{form}_save").click().run()
    assert not page.exception
    one = candidates(cast.secretary, made.code).candidates[0]
    assert (one.name, one.ready) == ("张明", False)
    reason = f"vote_clear_{one.id}_fees"
    page.text_input(f"{reason}_reason").input("已补缴")
    page.button(f"{reason}_save").click().run()
    page.button(f"vote_display_{made.code}_save").click().run()
    assert not page.exception
    field = candidates(cast.secretary, made.code)
    assert field.candidates[0].ready
    assert field.displayed_on == local_day(clock.now)
    assert "已补缴" in said(page)


def test_what_is_missing_is_said_beside_its_field(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = prepared(cast, clock)
    add_candidate(cast.secretary, clock.now, made.code, CandidateIn("张明"))
    page = open_page(cast.secretary, "vote", vote=made.code, part="questions")
    form = f"vote_candidate_{made.code}"
    page.text_input(f"{form}_name").input("张明")
    page.button(f"{form}_save").click().run()
    assert any("同名" in one.value for one in page.error)
    assert len(candidates(cast.secretary, made.code).candidates) == 1


def test_a_tie_is_drawn_and_the_published_result_becomes_the_committee(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = tied(cast, clock.now)
    page = open_page(cast.secretary, "vote", vote=made.code, part="questions")
    form = f"vote_draw_{made.code}"
    page.multiselect(f"{form}_winners").select("候选戊")
    page.text_input(f"{form}_how").input("抽签")
    page.text_input(f"{form}_one").input("见证甲")
    page.text_input(f"{form}_two").input("见证乙")
    page.button(f"{form}_save").click().run()
    assert not page.exception
    found = result_view(cast.secretary, made.code)
    assert found is not None
    assert found.draw is not None
    assert found.draw.winners == ("候选戊",)
    counting.publish(cast.secretary, clock.now, made.code)
    page = open_page(cast.secretary, "vote", vote=made.code, part="committee")
    form = f"vote_committee_{made.code}"
    page.number_input(f"{form}_years").set_value(3)
    page.button(f"{form}_save").click().run()
    assert not page.exception
    committee = committee_of(cast.secretary, cast.estate_one, clock.now)
    assert committee is not None
    assert [one.name for one in committee.waiting] == ["候选己"]
    assert any("备案" in one.value for one in page.info)


def test_the_committees_meeting_is_recorded_in_one_form(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    members = committee(cast, clock)
    code = noticed(cast, clock)
    page = open_page(cast.secretary, "vote", vote=code, part="meeting")
    form = f"vote_meeting_{code}"
    page.time_input(f"{form}_clock").set_value(clock.now.time())
    for key in members[:4]:
        page.checkbox(f"{form}_there_{key}").check()
        page.segmented_control(f"{form}_choice_{key}_1").set_value(Choice.YES)
    page.button(f"{form}_save").click().run()
    assert not page.exception
    found = result_view(cast.secretary, code)
    assert found is not None
    assert [one.outcome for one in found.count.questions] == [Outcome.PASS]
    page = open_page(cast.secretary, "vote", vote=code, part="meeting")
    assert said(page).count("到会") - said(page).count("委员到会") == 4
    assert said(page).count("缺席") == len(SEVEN) - 4 + 1  # and once in the rule


def test_who_was_told_is_recorded_by_building(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    page = open_page(cast.committee, "vote", vote=made.code, part="told")
    form = f"vote_told_{made.code}_{cast.building_one}"
    page.checkbox(f"{form}_all").check()
    page.button(f"{form}_save").click().run()
    assert not page.exception
    found = coverage(cast.secretary, made.code)
    assert [one.coverage for one in found.buildings] == [Coverage(in_person=4), Coverage(not_yet=2)]


def test_a_question_is_answered_and_made_public_on_the_page(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    ask(clock.now, "192.0.2.1", estate_code="e-one", text="车位算票吗？")
    key = questions(cast.secretary)[0].id
    page = open_page(cast.secretary, "vote", vote=made.code, part="asked")
    page.text_area(f"vote_consult_{key}_answer").input("看议事规则，或致电13812345678。")
    page.button(f"vote_consult_{key}_save").click().run()
    page.button(f"vote_faq_{key}_save").click().run()
    assert questions(cast.secretary)[0].published_at is None
    page.text_area(f"vote_faq_{key}_said").input("看议事规则。")
    page.button(f"vote_faq_{key}_save").click().run()
    assert not page.exception
    assert questions(cast.secretary)[0].said == "看议事规则。"


def test_a_committee_that_sits_is_entered_on_the_page_of_all_votes(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    page = open_page(cast.committee, "votes")
    page.text_area("committee_enter_members").input("金、木，水 火\n土")
    page.date_input("committee_enter_on").set_value(local_day(clock.now) - timedelta(days=9))
    page.button("committee_enter_save").click().run()
    assert not page.exception
    found = committee_of(cast.secretary, cast.estate_one, clock.now)
    assert found is not None
    assert [one.name for one in found.sitting] == list("金木水火土")


@pytest.mark.parametrize("part", ["questions", "told", "asked"])
def test_who_only_sees_figures_has_none_of_the_forms(
    open_page: Open, cast: Cast, clock: TestClock, part: str
) -> None:
    made = prepared(cast, clock)
    add_candidate(cast.secretary, clock.now, made.code, CandidateIn("张明"))
    page = open_page(cast.viewer, "vote", vote=made.code, part=part)
    assert not page.exception
    assert not [one.key for one in page.button if str(one.key).endswith("_save")]


def test_a_draw_that_was_recorded_needs_no_form(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = tied(cast, clock.now)
    draw(cast, clock.now, made.code, "候选己")
    page = open_page(cast.secretary, "vote", vote=made.code, part="questions")
    assert f"vote_draw_{made.code}_save" not in [one.key for one in page.button]


def test_today_says_that_questions_wait(open_page: Open, cast: Cast, clock: TestClock) -> None:
    assert not any("咨询" in one.value for one in open_page(cast.secretary, "today").info)
    ask(clock.now, "192.0.2.1", estate_code="e-one", text="车位算票吗？")
    assert any("咨询" in one.value for one in open_page(cast.committee, "today").info)
    assert not any("咨询" in one.value for one in open_page(cast.viewer, "today").info)


def test_a_number_to_call_back_is_shown_with_a_reason(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    phone = "13812345678"
    ask(clock.now, "192.0.2.1", estate_code="e-one", text="几时投票？", phone=phone, consent=True)
    key = questions(cast.secretary)[0].id
    page = open_page(cast.secretary, "vote", vote=made.code, part="asked")
    assert not said(page).count(phone)
    page.button(f"vote_reveal_{key}_save").click().run()
    assert not page.exception
    assert phone in [one.proto.label for one in page.get("link_button")]
    page = open_page(cast.committee, "vote", vote=made.code, part="asked")
    assert f"vote_reveal_{key}_save" not in [one.key for one in page.button]


def test_a_candidate_is_changed_and_withdrawn_with_a_reason(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = prepared(cast, clock)
    key = add_candidate(cast.secretary, clock.now, made.code, CandidateIn("张明"))
    page = open_page(cast.secretary, "vote", vote=made.code, part="questions")
    page.toggle(f"vote_edit_{key}").set_value(True).run()
    page.text_area(f"vote_candidate_{key}_statement").input("改过的话。")
    page.button(f"vote_candidate_{key}_save").click().run()
    assert candidates(cast.secretary, made.code).candidates[0].statement == "改过的话。"
    page.button(f"vote_withdraw_{key}_save").click().run()
    assert len(candidates(cast.secretary, made.code).candidates) == 1  # without a reason
    page.text_input(f"vote_withdraw_{key}_reason").input("本人申请")
    page.button(f"vote_withdraw_{key}_save").click().run()
    assert not page.exception
    assert candidates(cast.secretary, made.code).withdrawn == (("张明", "本人申请"),)

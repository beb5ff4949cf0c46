"""The Votes page and the page of one vote: what each person sees and does at each stage."""

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db import engine
from db.casefile import case_file
from db.elections.committee_meeting import record_meeting
from db.tables.votes import VoteRight
from db.votes import counting
from db.votes.objections import objections
from db.votes.reads import vote_view, votes
from domain.lanes import GUIDES, Guide, Matter, Path
from domain.moves import Move, State
from domain.standing import Choice
from domain.tally import Invalid, Silent
from domain.thresholds import Lane
from domain.votes import Stage
from tests.db.test_committee_meeting import committee, noticed
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.polling import deliberating, opened
from tests.support.votes import make_vote
from tests.support.voting import OWNERS, cast_all, closed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
YES, NO, INVALID = Choice.YES, Choice.NO, Choice.INVALID


def keys(page: AppTest) -> set[str]:
    return {button.key or "" for button in page.button}


def said(page: AppTest) -> str:
    """All words of the page."""
    shown = (page.markdown, page.caption, page.info, page.warning, page.success, page.text)
    return "\n".join(str(item.value) for group in shown for item in group)


def test_an_empty_page_says_what_to_do_first(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.secretary, "votes")
    assert not page.exception
    assert "votes_start" in keys(page)
    assert page.info


def test_a_viewer_sees_votes_and_polls_and_starts_none(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    poll = opened(cast, clock.now)
    page = open_page(cast.viewer, "votes", start="1")
    assert not page.exception
    assert "votes_start" not in keys(page)
    assert not page.radio
    assert {f"votes_open_{made.code}", f"votes_poll_{poll}"} <= keys(page)


def test_another_estates_vote_is_not_listed_and_not_shown(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now, two=True)
    assert f"votes_open_{made.code}" not in keys(open_page(cast.committee, "votes"))
    page = open_page(cast.committee, "vote", vote=made.code)
    assert page.error
    assert "关于电梯" not in said(page)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda row: row.matter.value)
def test_each_matter_leads_to_its_own_way(open_page: Open, cast: Cast, guide: Guide) -> None:
    page = open_page(cast.secretary, "votes", start="1")
    assert not page.success
    page.radio(key="vote_matter").set_value(guide.matter).run()
    assert not page.exception
    assert page.success
    voted = guide.path in {Path.COMMITTEE, Path.ORDINARY, Path.SPECIAL, Path.ELECTION}
    assert ("vote_start_save" in keys(page)) is voted
    seats = [box.key for box in page.selectbox if box.key == "vote_start_seats"]
    assert bool(seats) is (guide.path is Path.ELECTION)


def test_a_vote_is_started_from_a_file_that_then_waits_for_it(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    file = deliberating(cast, clock.now)
    page = open_page(cast.secretary, "votes", start="1", c=file)
    page.radio(key="vote_matter").set_value(Matter.USE_FUND).run()
    page.text_input(key="vote_start_title").set_value("更换电梯曳引机")
    page.button(key="vote_start_save").click().run()
    (line,) = votes(cast.secretary, clock.now)
    assert (line.title, line.stage) == ("更换电梯曳引机", Stage.PREPARING)
    assert vote_view(cast.secretary, clock.now, line.code).case_code == file


def test_questions_are_written_and_the_notice_is_posted(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now, until=Stage.PREPARING)
    page = open_page(cast.secretary, "vote", vote=made.code)
    assert not page.exception
    page.text_input(key="vote_questions_question_3").set_value("更换大门")
    page.button(key="vote_questions_save").click().run()
    view = vote_view(cast.secretary, clock.now, made.code)
    assert [one.name for one in view.questions] == ["更换1号楼电梯", "粉刷楼道", "更换大门"]
    page.button(key="vote_notice_save").click().run()
    assert not page.exception
    assert vote_view(cast.secretary, clock.now, made.code).line.stage is Stage.NOTICED


def test_a_notice_that_is_too_short_is_refused_with_the_first_good_day(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now, until=Stage.PREPARING)
    page = open_page(cast.secretary, "vote", vote=made.code)
    page.date_input(key="vote_notice_meets_on").set_value(clock.now.date())
    page.button(key="vote_notice_save").click().run()
    assert "2026" in page.error[0].value
    assert vote_view(cast.secretary, clock.now, made.code).line.stage is Stage.PREPARING


def test_only_a_person_opens_and_only_when_all_is_there(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now, until=Stage.NOTICED)
    page = open_page(cast.secretary, "vote", vote=made.code)
    page.button(key="vote_open_save").click().run()
    assert not page.exception
    assert vote_view(cast.secretary, clock.now, made.code).line.stage is Stage.OPEN


def test_a_vote_that_is_not_ready_has_no_button_to_open_it(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now, until=Stage.NOTICED, closes_at=None)
    clock.set(made.closes_at)
    page = open_page(cast.secretary, "vote", vote=made.code)
    assert not page.exception
    assert "vote_open_save" not in keys(page)


def test_while_it_is_open_turnout_is_shown_and_nothing_of_the_result(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    cast_all(made, clock, {("张明",): (YES, NO), ("周丽",): (NO, NO)})
    for person in (cast.secretary, cast.viewer):
        page = open_page(person, "vote", vote=made.code)
        assert not page.exception
        assert [metric.value for metric in page.metric][:2] == ["2", "192.00"]
        assert any("212.84" in item.value for item in page.subheader)
        assert "赞成" not in said(page)
        assert not {"vote_publish_save", "vote_count_save"} & keys(page)


def test_a_closed_vote_is_counted_published_and_then_only_read(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    cast_all(made, clock, dict.fromkeys(OWNERS, (YES, NO)))
    clock.set(made.closes_at)
    page = open_page(cast.secretary, "vote", vote=made.code)
    page.button(key="vote_count_save").click().run()
    assert not page.exception
    assert "vote_publish_save" not in keys(open_page(cast.viewer, "vote", vote=made.code))
    page = open_page(cast.secretary, "vote", vote=made.code)
    page.button(key="vote_publish_save").click().run()
    assert not page.exception
    view = vote_view(cast.secretary, clock.now, made.code)
    assert view.line.stage is Stage.PUBLISHED
    assert "vote_publish_save" not in keys(page)


def test_strict_and_following_stand_side_by_side_where_they_differ(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now, silent=Silent.FOLLOW_MAJORITY)
    cast_all(made, clock, dict.fromkeys(OWNERS[:3], (YES, YES)))
    with engine.write() as session:
        for right in session.scalars(select(VoteRight).where(VoteRight.vote_id == made.id)):
            right.served_at = clock.now
    closed(cast, clock, made)
    page = open_page(cast.viewer, "vote", vote=made.code)
    assert not page.exception
    assert said(page).count("本次按此计算") == 2


def test_tellers_alone_choose_how_invalid_ballots_count(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    cast_all(
        made,
        clock,
        {
            ("张明",): (YES, YES),
            ("李红",): (YES, YES),
            ("赵勇", "陈静"): (INVALID, YES),
            (): (INVALID, YES),
            ("周丽",): (YES, YES),
        },
    )
    closed(cast, clock, made)
    assert "vote_invalid_save" not in keys(open_page(cast.viewer, "vote", vote=made.code))
    page = open_page(cast.committee, "vote", vote=made.code)
    assert "vote_publish_save" not in keys(page)
    page.selectbox(key="vote_invalid_rule").set_value(Invalid.PARTICIPATES)
    page.text_input(key="vote_invalid_source").set_value("业委会决定")
    page.button(key="vote_invalid_save").click().run()
    assert not page.exception
    assert "vote_publish_save" in keys(page)
    counting.publish(cast.secretary, clock.now, made.code)


def test_objections_are_written_down_and_answered_on_the_page(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now, until=Stage.NOTICED)
    page = open_page(cast.committee, "vote", vote=made.code, part="objections")
    page.text_area(key="vote_objection_text").set_value("102 面积不对")
    page.text_input(key="vote_objection_by").set_value("李红")
    page.button(key="vote_objection_save").click().run()
    (row,) = objections(cast.secretary, clock.now, made.code)
    page.text_area(key=f"vote_answer_{row.id}_answer").set_value("已更正")
    page.button(key=f"vote_answer_{row.id}_save").click().run()
    assert not page.exception
    assert objections(cast.secretary, clock.now, made.code)[0].answer == "已更正"
    viewer = open_page(cast.viewer, "vote", vote=made.code, part="objections")
    assert "李红" not in said(viewer)


def test_a_teller_counts_again_and_the_recount_agrees(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    cast_all(made, clock, dict.fromkeys(OWNERS, (YES, NO)))
    closed(cast, clock, made)
    page = open_page(cast.committee, "vote", vote=made.code, part="record")
    page.button(key="vote_recount").click().run()
    assert not page.exception
    assert page.success
    viewer = open_page(cast.viewer, "vote", vote=made.code, part="record")
    assert "vote_recount" not in keys(viewer)


@pytest.mark.parametrize("part", ["now", "questions", "days", "record", "objections", "nonsense"])
@pytest.mark.parametrize("lane", [Lane.SPECIAL, Lane.ELECTION])
def test_every_part_opens_at_every_stage(
    open_page: Open, cast: Cast, clock: TestClock, part: str, lane: Lane
) -> None:
    made = make_vote(cast, clock.now, lane=lane)
    for is_over in (False, True):
        if is_over:
            closed(cast, clock, made)
        page = open_page(cast.secretary, "vote", vote=made.code, part=part)
        assert not page.exception
        assert not page.error


def test_a_file_is_turned_to_a_vote_and_goes_on_with_its_result(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    file = deliberating(cast, clock.now)
    page = open_page(cast.secretary, "case", c=file)
    page.session_state["case_doing"] = Move.TO_VOTE
    page.run()
    assert not page.exception
    assert "case_start_vote" in keys(page)
    clock.forward(days=21)
    made = make_vote(cast, clock.now, case_code=file)
    running = open_page(cast.secretary, "case", c=file)
    assert not running.exception
    assert f"case_vote_{made.code}" in keys(running)
    assert running.text_area(key="case_from_vote_reason").value == ""
    cast_all(made, clock, dict.fromkeys(OWNERS, (YES, NO)))
    closed(cast, clock, made)
    counting.publish(cast.secretary, clock.now, made.code)
    over = open_page(cast.secretary, "case", c=file)
    assert "更换1号楼电梯" in over.text_area(key="case_from_vote_reason").value
    over.button(key="case_from_vote_save").click().run()
    assert not over.exception
    assert case_file(cast.secretary, file, clock.now).line.state is State.DELIBERATING


@pytest.mark.parametrize("part", ["now", "record", "days", "objections"])
def test_a_committees_meeting_shows_its_members_and_no_area(
    open_page: Open, cast: Cast, clock: TestClock, part: str
) -> None:
    members, code = committee(cast, clock), noticed(cast, clock)
    said_so = {key: {1: YES} for key in members[:4]}
    record_meeting(cast.secretary, clock.now, code, held_at=clock.now, choices=said_so)
    page = open_page(cast.viewer, "vote", vote=code, part=part)
    assert not page.exception
    assert not page.metric
    if part == "now":
        assert "全体委员 7 名，出席 4 名，赞成 4 名" in said(page)

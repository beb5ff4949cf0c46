"""The page of service, links and paper: what each person sees and does there."""

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.votes import papers
from db.votes.keying import key_paper
from db.votes.links import exchange
from db.votes.paper_desk import paper_desk
from db.votes.serving import served_units
from domain.standing import Choice
from domain.votes import Stage
from pages.parts import who
from pages.parts.forms import Sent
from pages.parts.service_list import save_signed
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.votes import VoteMade, make_vote, tells_a_choice

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
YES = {1: Choice.YES, 2: Choice.NO}


@pytest.fixture
def vote(cast: Cast, clock: TestClock, database: Database) -> VoteMade:
    return make_vote(cast, clock.now)


def handed_in(vote: VoteMade, clock: TestClock) -> None:
    papers.print_papers(vote.by, clock.now, vote.code, 2)
    papers.issue_papers(vote.by, clock.now, vote.code, [vote.rights["李红",]])
    papers.receive(vote.by, clock.now, vote.code, 1)


def said(page: AppTest) -> str:
    shown = (page.markdown, page.caption, page.info, page.success, page.error, page.text, page.code)
    return "\n".join(str(item.value) for group in shown for item in group)


def test_before_the_vote_is_open_the_page_says_when_it_begins(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    noticed = make_vote(cast, clock.now, until=Stage.NOTICED)
    page = open_page(cast.secretary, "papers", vote=noticed.code)
    assert not page.exception
    assert page.info
    assert "service_signed_save" not in keys(page)


def keys(page: AppTest) -> set[str]:
    return {button.key or "" for button in page.button}


@pytest.mark.parametrize("part", ["service", "links", "paper"])
def test_another_estates_vote_is_not_shown(
    open_page: Open, cast: Cast, clock: TestClock, part: str
) -> None:
    foreign = make_vote(cast, clock.now, two=True)
    for code in (foreign.code, "", "nothing"):
        page = open_page(cast.committee, "papers", vote=code, part=part)
        assert not page.exception
        assert page.error
        assert "李红" not in said(page)


def test_the_first_building_shown_is_the_one_with_most_left(
    open_page: Open, cast: Cast, vote: VoteMade, clock: TestClock
) -> None:
    page = open_page(cast.committee, "papers", vote=vote.code)
    assert not page.exception
    assert page.selectbox(key="papers_building").value == cast.building_one
    assert [metric.value for metric in page.metric] == ["0"]
    save_all(vote, cast, cast.building_one)
    page = open_page(cast.committee, "papers", vote=vote.code)
    assert page.selectbox(key="papers_building").value == cast.building_two
    assert [metric.value for metric in page.metric] == ["4"]


def save_all(vote: VoteMade, cast: Cast, building: int) -> None:
    who.stand_in(cast.committee)
    shown = tuple(unit.id for unit in served_units(vote.by, vote.code, building))
    save_signed(Sent({"all": True}, "all"), vote.code, shown)
    who.stand_in(None)


def test_ticked_rows_are_those_that_were_shown(
    open_page: Open, cast: Cast, vote: VoteMade, clock: TestClock
) -> None:
    who.stand_in(cast.committee)
    first, second, *_rest = (
        unit.id for unit in served_units(vote.by, vote.code, cast.building_one)
    )
    ticked = {"edited_rows": {"1": {"signed": True}, "0": {"signed": False}, "9": {"signed": True}}}
    save_signed(Sent({"rows": ticked}, "some"), vote.code, (first, second))
    who.stand_in(None)
    served = {
        unit.id for unit in served_units(vote.by, vote.code, cast.building_one) if unit.served_at
    }
    assert served == {second}


def test_a_new_link_is_shown_once_to_who_made_it_and_opens_the_ballot(
    open_page: Open, cast: Cast, vote: VoteMade, clock: TestClock
) -> None:
    page = open_page(cast.committee, "papers", vote=vote.code, part="links")
    page.selectbox(key="service_link_right").select(vote.rights["李红",])
    page.button(key="service_link_save").click().run()
    assert not page.exception
    (link,) = [code.value for code in page.code]
    assert exchange(clock.now, link.rpartition("/")[2], "n")
    assert not open_page(cast.secretary, "papers", vote=vote.code, part="links").code


def test_a_teller_keys_by_number_and_digits_alone(
    open_page: Open, cast: Cast, vote: VoteMade, clock: TestClock
) -> None:
    handed_in(vote, clock)
    key_paper(cast.social_worker, clock.now, vote.code, 1, YES)
    page = open_page(cast.committee, "papers", vote=vote.code, part="paper")
    assert not page.exception
    assert not tells_a_choice(said(page))
    page.text_input(key="paper_keying_number").input("1")
    page.text_input(key="paper_keying_marks").input("1x")
    page.button(key="paper_keying_save").click().run()
    assert page.error  # beside the field, and nothing was kept
    page.text_input(key="paper_keying_marks").input("12")
    page.button(key="paper_keying_save").click().run()
    assert not page.exception
    assert not page.error
    assert paper_desk(cast.committee, vote.code).stock.settled == 1


def test_what_i_have_keyed_does_not_wait_for_me(
    open_page: Open, cast: Cast, vote: VoteMade, clock: TestClock
) -> None:
    handed_in(vote, clock)
    key_paper(cast.committee, clock.now, vote.code, 1, YES)
    page = open_page(cast.committee, "papers", vote=vote.code, part="paper")
    assert "paper_keying_save" not in keys(page)
    page = open_page(cast.secretary, "papers", vote=vote.code, part="paper")
    assert "paper_keying_save" in keys(page)


def test_the_desk_hands_in_by_number_and_counts_the_rest_by_hand(
    open_page: Open, cast: Cast, vote: VoteMade, clock: TestClock
) -> None:
    papers.print_papers(vote.by, clock.now, vote.code, 3)
    papers.issue_papers(vote.by, clock.now, vote.code, [vote.rights["李红",]])
    page = open_page(cast.committee, "papers", vote=vote.code, part="paper")
    page.text_input(key="paper_number_number").input("１")
    page.button(key="paper_number_save").click().run()
    assert paper_desk(vote.by, vote.code).stock.received == 1
    page.number_input(key="paper_count_unused").set_value(1)
    page.number_input(key="paper_count_received").set_value(1)
    page.button(key="paper_count_save").click().run()
    assert page.error  # one of two unused ballots is missing
    found = paper_desk(vote.by, vote.code).reconciled
    assert found is not None
    assert found.missing == 1

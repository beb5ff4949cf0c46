"""Slips with links and paper ballots to print: for who runs the vote, made by a button alone."""

import re

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from db.engine import Database
from db.tables.votes import BallotLink
from db.votes import papers
from domain.thresholds import Lane
from tests.routes.conftest import Phone
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock
from tests.support.votes import U, VoteMade, make_vote

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def vote(cast: Cast, clock: TestClock) -> VoteMade:
    return make_vote(cast, clock.now)


def signed_in(phone: Phone, login: str, language: str = "zh-CN") -> TestClient:
    web = phone(language)
    page = web.get("/signin").text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = web.post("/signin", data={**hidden, "login": login, "password": PASSWORD})
    assert answer.status_code == 303
    return web


def links_of(html: str) -> int:
    return html.count("<article>")


def live(database: Database) -> int:
    with database.read() as session:
        query = select(func.count(BallotLink.id)).where(BallotLink.revoked_at.is_(None))
        return session.scalar(query) or 0


def test_looking_makes_no_link_and_the_same_form_makes_the_same_ones(
    phone: Phone, vote: VoteMade, database: Database
) -> None:
    web = signed_in(phone, "committee")
    where = f"/print/vote/{vote.code}/links"
    choice = web.get(where)
    assert choice.status_code == 200
    assert live(database) == 0
    once = re.findall(r'name="once" value="([^"]+)"', choice.text)[0]
    first = web.post(where, data={"once": once, "where": "unserved"})
    assert (first.status_code, links_of(first.text), live(database)) == (200, 6, 6)
    assert web.post(where, data={"once": once, "where": "unserved"}).text == first.text
    assert live(database) == 6
    assert "/v/" not in re.sub(r"<svg.*?</svg>", "", first.text, flags=re.DOTALL)  # in codes alone


def test_a_building_that_is_none_gets_nothing(phone: Phone, vote: VoteMade) -> None:
    web = signed_in(phone, "secretary")
    for where in ("", "99", "x", "-1", "９"):
        answer = web.post(f"/print/vote/{vote.code}/links", data={"where": where, "once": "k"})
        assert answer.status_code == 400
        assert links_of(answer.text) == 0


def test_sheets_are_for_who_runs_that_vote(
    phone: Phone, cast: Cast, vote: VoteMade, clock: TestClock, database: Database
) -> None:
    foreign = make_vote(cast, clock.now, two=True)
    for login, code, status in (
        ("viewer", vote.code, 403),
        ("administrator", vote.code, 403),
        ("property_contact", vote.code, 403),
        ("committee", foreign.code, 404),
    ):
        web = signed_in(phone, login)
        assert web.get(f"/print/vote/{code}/links").status_code == status
        assert web.get(f"/print/vote/{code}/ballots").status_code == status
        form = {"where": "unserved", "once": "k"}
        assert web.post(f"/print/vote/{code}/links", data=form).status_code == status
    stranger = phone()
    assert stranger.get(f"/print/vote/{vote.code}/links").status_code == 303
    assert live(database) == 0


def test_a_ballot_carries_number_units_questions_and_a_stub(
    phone: Phone, vote: VoteMade, clock: TestClock
) -> None:
    papers.print_papers(vote.by, clock.now, vote.code, 3)
    papers.issue_papers(vote.by, clock.now, vote.code, [vote.rights["张明",]])
    papers.spoil(vote.by, clock.now, vote.code, 2)
    html = (
        signed_in(phone, "committee", "en").get(f"/print/vote/{vote.code}/ballots?from=1&to=3").text
    )
    assert re.findall(r"编号 <b>(\d+)</b>", html) == ["1", "3"]  # the paper itself is Chinese
    for words in ("1号楼 1单元101 89.50 平方米", "1号楼 1单元103 60.00", "更换1号楼电梯", "反对"):
        assert words in html
    assert len(re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", html)) == 2
    for query in ("", "?from=x&to=y", "?from=9&to=9", "?from=-1", "?from=2&to=1"):
        answer = signed_in(phone, "committee").get(f"/print/vote/{vote.code}/ballots{query}")
        assert answer.status_code == 200


def test_an_election_sheet_says_how_many_may_be_marked(
    phone: Phone, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now, lane=Lane.ELECTION, seats=5)
    papers.print_papers(made.by, clock.now, made.code, 1)
    html = signed_in(phone, "secretary").get(f"/print/vote/{made.code}/ballots?from=1&to=1").text
    assert "最多选 5 名" in html
    assert "7. 候选庚" in html


def test_the_developers_hundreds_of_units_are_counted_and_not_listed(
    phone: Phone, cast: Cast, clock: TestClock
) -> None:
    many = [U(f"1单元{number}", 5_000) for number in range(101, 301)]
    made = make_vote(cast, clock.now, units=[*many, U("2单元901", 8_000, ("李红",))])
    papers.print_papers(made.by, clock.now, made.code, 1)
    papers.issue_papers(made.by, clock.now, made.code, [made.rights[()]])
    html = signed_in(phone, "secretary").get(f"/print/vote/{made.code}/ballots?from=1&to=1").text
    assert "共 200 处，合计 10000.00 平方米" in html
    assert "1单元150" not in html

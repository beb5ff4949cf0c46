"""A vote's sheet: for whoever sees figures, in their estate, without a result before the count."""

import re

import pytest
from starlette.testclient import TestClient

from domain.standing import Choice
from routes import vote_sheets
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock
from tests.support.gated import behind_the_gate
from tests.support.votes import make_vote
from tests.support.voting import OWNERS, cast_all, closed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def web(cast: Cast) -> TestClient:
    return behind_the_gate(vote_sheets.ROUTES)


def sign_in(web: TestClient, login: str) -> None:
    page = web.get("/signin").text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    web.post(
        "/signin",
        data={**hidden, "login": login, "password": PASSWORD},
        headers={"origin": "http://desk.example"},
    )


def test_the_sheet_shows_turnout_and_after_the_count_the_result(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    cast_all(made, clock, dict.fromkeys(OWNERS[:3], (Choice.YES, Choice.NO)))
    assert web.get(f"/print/vote/{made.code}").status_code == 303
    sign_in(web, "viewer")
    page = web.get(f"/print/vote/{made.code}").text
    assert "还差 1 户 / 115.34 m²" in page
    assert "更换1号楼电梯" not in page
    cast_all(made, clock, {("周丽",): (Choice.YES, Choice.NO), (): (Choice.YES, Choice.NO)})
    closed(cast, clock, made)
    sign_in(web, "viewer")  # a week has passed
    answer = web.get(f"/print/vote/{made.code}")
    assert "更换1号楼电梯" in answer.text
    assert answer.text.count("未通过") == 1
    assert len(answer.content) < 60_000
    assert "style=" not in answer.text


def test_another_estates_sheet_is_not_there(web: TestClient, cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now, two=True)
    sign_in(web, "committee")
    assert web.get(f"/print/vote/{made.code}").status_code == 404
    assert web.get("/print/vote/unknown").status_code == 404

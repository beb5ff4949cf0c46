"""Owners' votes on the public board and on follow pages: once published, and never before."""

import pytest
from starlette.testclient import TestClient

from db import moving
from db.votes import counting, preparing
from domain.lanes import Matter
from domain.moves import Move
from domain.standing import Choice
from domain.thresholds import Lane
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.html import faults
from tests.support.stories import report
from tests.support.votes import CANDIDATES, make_vote
from tests.support.voting import OWNERS, cast_all, closed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize("address", ["/board", "/board/votes"])
def test_a_result_is_on_the_board_once_it_is_published_and_stays(
    web: TestClient, cast: Cast, clock: TestClock, address: str
) -> None:
    made = make_vote(cast, clock.now)
    cast_all(made, clock, dict.fromkeys(OWNERS, (Choice.YES, Choice.NO)))
    assert "关于电梯" not in web.get(address).text
    closed(cast, clock, made)
    assert "关于电梯" not in web.get(address).text
    counting.publish(cast.secretary, clock.now, made.code)
    page = web.get(address)
    assert "关于电梯和楼道的表决" in page.text
    assert "607.25 m²" in page.text
    assert page.text.count("未通过") == 1
    for owners in OWNERS:
        assert not any(name in page.text for name in owners)
    assert faults(page) == []
    assert len(page.content) < 60_000
    clock.forward(days=400)
    assert "关于电梯和楼道的表决" in web.get(address).text


def test_an_elections_result_names_who_is_elected(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now, lane=Lane.ELECTION)
    cast_all(made, clock, dict.fromkeys(OWNERS, (Choice.YES,) * 5))
    closed(cast, clock, made)
    counting.publish(cast.secretary, clock.now, made.code)
    page = web.get("/board").text
    # Equal ones stand in text order.
    assert "、".join(sorted(CANDIDATES[:5])) in page


def test_the_board_of_another_estate_has_no_result_of_this_one(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    cast_all(made, clock, dict.fromkeys(OWNERS, (Choice.YES, Choice.NO)))
    closed(cast, clock, made)
    counting.publish(cast.secretary, clock.now, made.code)
    assert "关于电梯" in web.get("/board?estate=e-one").text
    assert "关于电梯" not in web.get("/board?estate=e-two").text
    assert web.get("/board?estate=%00").status_code == 200


def test_a_follow_page_says_that_the_matter_was_turned_to_a_vote(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    taken = report(cast, clock.now)
    moving.move(cast.secretary, clock.now, taken.case_code or "", Move.ACCEPT)
    preparing.create(
        cast.secretary,
        clock.now,
        estate_id=cast.estate_one,
        matter=Matter.USE_FUND,
        title="更换电梯曳引机",
        case_code=taken.case_code,
    )
    web.get(f"/f/{taken.follow_code}")
    page = web.get("/follow")
    assert "更换电梯曳引机" in page.text
    assert "筹备中" in page.text
    assert faults(page) == []

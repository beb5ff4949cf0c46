"""The council view: for whoever sees figures, one file without anything from outside, no person."""

import re

import pytest
from starlette.testclient import TestClient

from db.figures.made import make
from routes import council
from tests.pages.story import PHONE, WORDS, Story
from tests.routes.test_vote_sheets import sign_in
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.gated import behind_the_gate
from tests.support.votes import make_vote

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def web(cast: Cast) -> TestClient:
    return behind_the_gate(council.ROUTES)


def test_a_viewer_sees_the_slides_and_nothing_personal(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    story = Story(cast, clock)
    story.published()
    story.reported(once="2", text="楼上漏水，电话13800000001")
    make_vote(cast, clock.now)
    make(clock.now)
    assert web.get("/council").status_code == 303
    sign_in(web, "viewer")
    answer = web.get("/council")
    assert answer.status_code == 200
    page = answer.text
    assert page.count("<section") >= 7
    assert "一年受理 2 件，现有 2 件未销号" in page
    assert "电梯已修好。" in page
    for hidden in (WORDS, PHONE, "漏水", "林一", cast.secretary.name, cast.property_contact.name):
        assert hidden not in page


def test_the_page_is_whole_without_a_server(web: TestClient, cast: Cast, clock: TestClock) -> None:
    sign_in(web, "secretary")
    answer = web.get("/council?file=1")
    assert "attachment" in answer.headers["content-disposition"]
    assert not re.findall(r'(?:src|href)="(?!data:)', answer.text)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy.count("sha256-") == 2


def test_who_sees_no_figures_sees_no_slides(web: TestClient, cast: Cast) -> None:
    sign_in(web, "volunteer")
    answer = web.get("/council")
    assert answer.status_code in {303, 403, 404}
    assert "<section" not in answer.text

"""The posters' page: for those who set up places or take in, in their estate alone."""

import re

import pytest
from starlette.testclient import TestClient

from db.settings import change
from domain.people import SYSTEM
from routes import posters
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock
from tests.support.gated import behind_the_gate


@pytest.fixture
def web(cast: Cast) -> TestClient:
    return behind_the_gate(posters.ROUTES)


def _sign_in(web: TestClient, login: str) -> None:
    page = web.get("/signin").text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = web.post(
        "/signin",
        data={**hidden, "login": login, "password": PASSWORD},
        headers={"origin": "http://desk.example"},
    )
    assert answer.status_code == 303, answer.text


def test_nobody_prints_without_signing_in(web: TestClient) -> None:
    assert web.get("/print/posters").status_code == 303


def test_the_administrator_prints_all_or_the_chosen(web: TestClient, cast: Cast) -> None:
    _sign_in(web, "administrator")
    everything = web.get("/print/posters?per=6")
    assert everything.status_code == 200
    assert everything.text.count('class="poster"') == 2
    one = web.get(f"/print/posters?places={cast.gate_code},unknown")
    assert one.text.count('class="poster"') == 1
    assert f"http://desk.example/r/{cast.gate_code}" in one.text
    assert web.get("/print/posters?places=unknown").status_code == 404
    assert web.get("/print/posters?per=9999999999999999999").status_code == 200


def test_the_set_address_goes_onto_the_posters(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    change(SYSTEM, clock.now, base_url="https://163.example")
    _sign_in(web, "administrator")
    page = web.get(f"/print/posters?places={cast.gate_code}").text
    assert f"https://163.example/r/{cast.gate_code}" in page
    assert "还没有设置对外网址" not in page


def test_a_committee_prints_its_own_estates_places_alone(web: TestClient, cast: Cast) -> None:
    _sign_in(web, "committee")
    assert web.get("/print/posters").text.count('class="poster"') == 1
    assert web.get(f"/print/posters?places={cast.garden_code}").status_code == 404


@pytest.mark.parametrize("login", ["viewer", "volunteer", "property_contact"])
def test_others_are_refused(web: TestClient, login: str) -> None:
    _sign_in(web, login)
    assert web.get("/print/posters").status_code == 403


def test_the_policy_lets_nothing_run(web: TestClient, cast: Cast) -> None:
    _sign_in(web, "secretary")
    answer = web.get("/print/posters")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer.headers["cache-control"] == "private, no-store"

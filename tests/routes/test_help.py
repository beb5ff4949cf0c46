"""Asking neighbours for help without an account: the form, its page, and what nobody else sees."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from db import engine
from db.requests import answering, dispatching, reading
from db.tables.requests import HelpRequest, RequestPerson
from domain.requests import Called, RequestState, Urgency
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.helpers import with_account
from tests.support.html import Seen, faults

Phone = Callable[..., TestClient]

FULL = {
    "need": "孩子发烧，家里没有车",
    "urgency": "emergency",
    "called": "yes",
    "phone": "138 0000 0101",
    "name": "住户子",
    "door": "1单元101",
    "health": "青霉素过敏",
    "consent": "yes",
}


def send(web: TestClient, **fields: str):  # type: ignore[no-untyped-def]
    """Fill in and send the form as a browser does."""
    form = Seen(web.get("/help"))
    body = FULL | {"once": form.value("once")} | fields
    return web.post("/help", data=body, files={"none": ("", b"")})


def only() -> tuple[HelpRequest, RequestPerson]:
    with engine.read() as session:
        row = session.scalars(select(HelpRequest)).one()
        return row, session.get_one(RequestPerson, row.id)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_form_opens_with_120_and_has_no_fault(phone: Phone, cast: Cast, language: str) -> None:
    page = phone(language).get("/help")
    seen = Seen(page)
    assert "120" in seen.text("(//main//p)[1]")
    assert seen.root.xpath("//a[@href='tel:120']")
    assert faults(page) == []


def test_a_request_is_kept_and_its_page_shows_how_it_stands(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    where = f"{cast.estate_one}-{cast.building_one}"
    answer = send(web, where=where, strangers="yes")
    assert (answer.status_code, answer.headers["location"]) == (303, "/help/mine")
    row, person = only()
    assert (row.state, row.urgency, row.called) == (
        RequestState.NEW,
        Urgency.EMERGENCY,
        Called.FAMILY,
    )
    assert (row.building_id, row.strangers_only) == (cast.building_one, True)
    assert (person.phone, person.health, person.door) == ("13800000101", "青霉素过敏", "1单元101")
    assert person.consent_at is not None
    page = web.get("/help/mine")
    assert faults(page) == []
    assert "孩子发烧" in page.text
    for secret in ("13800000101", "青霉素", "1单元101", "住户子"):
        assert secret not in page.text
    dispatching.start(cast.secretary, clock.now, row.code)
    with engine.write() as session:
        with_account(session, clock.now, "helper", skills=())
    offer = dispatching.offer_to(cast.secretary, clock.now, row.code, "v-helper")
    answering.accept(cast.secretary, clock.now, offer)
    shown = web.get("/help/mine").text
    assert "志愿者已接单" in shown
    assert "helper" not in shown


@pytest.mark.parametrize(
    ("field", "value"),
    [("need", " "), ("phone", ""), ("phone", "12"), ("consent", ""), ("health", "痛" * 301)],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(
    web: TestClient, cast: Cast, field: str, value: str
) -> None:
    answer = send(web, **{field: value})
    assert answer.status_code == 422
    seen = Seen(answer)
    assert seen.beside(field)
    if field != "need":
        assert "孩子发烧" in seen.value("need")
    assert faults(answer) == []
    with engine.read() as session:
        assert session.scalars(select(HelpRequest)).all() == []


def test_the_same_form_sent_three_times_is_one_request(web: TestClient, cast: Cast) -> None:
    once = Seen(web.get("/help")).value("once")
    cookies = set()
    for _ in range(3):
        answer = send(web, once=once)
        cookies.add(answer.headers["set-cookie"].partition(";")[0])
    only()
    assert len(cookies) == 1


def test_the_code_leaves_the_address_and_only_the_right_one_opens(phone: Phone, cast: Cast) -> None:
    answer = send(phone())
    code = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    other = phone(address="192.0.2.9")
    entered = other.get(f"/help/{code.lower()}")
    assert entered.headers["location"] == "/help/mine"
    assert "孩子发烧" in other.get("/help/mine").text
    wrong = phone(address="192.0.2.10")
    wrong.get("/help/2222222222")
    assert wrong.get("/help/mine").headers["location"] == "/help"


def test_it_can_be_taken_back_with_a_reason_and_once(web: TestClient, cast: Cast) -> None:
    send(web)
    assert web.post("/help/mine", data={"reason": " "}).status_code == 422
    for _ in range(2):
        assert web.post("/help/mine", data={"reason": "已退烧"}).status_code == 303
    assert only()[0].state is RequestState.CANCELLED
    page = web.get("/help/mine")
    assert 'action="/help/mine"' not in page.text
    assert faults(page) == []


def test_a_flood_and_a_robot_are_held_back_for_the_desk(
    phone: Phone, cast: Cast, clock: TestClock
) -> None:
    for number in range(4):
        send(phone(), need=f"第{number}件")
    send(phone(address="192.0.2.77"), need="机器人", website="x")
    board = {line.need: line.held_for for line in reading.board(cast.secretary, clock.now)}
    assert board == {
        "第0件": None,
        "第1件": None,
        "第2件": None,
        "第3件": "flood",
        "机器人": "honeypot",
    }


def test_a_browser_without_cookies_is_shown_its_page_at_once(phone: Phone, cast: Cast) -> None:
    web = phone()
    answer = web.post("/help", data=FULL | {"once": "k" * 22}, files={"none": ("", b"")})
    assert answer.status_code == 200
    assert "孩子发烧" in answer.text
    assert faults(answer) == []


def test_a_foreign_place_is_no_place(web: TestClient, cast: Cast) -> None:
    send(web, where="999999-1")
    assert only()[0].estate_id is None

"""A household's ways to answer a poll, asked as a phone asks; and the papers that lead there."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from db import engine, moving, publishing, tasks
from db.polls import answering, links, opening
from db.polls.reads import poll_view
from db.tables.polls import PollAnswer, PollLink
from domain.moves import Move
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock
from tests.support.html import Seen, faults
from tests.support.polling import (
    OPTIONS,
    QUESTION,
    deliberating,
    draft,
    houses,
    opened,
    phone_in,
)
from tests.support.stories import report

Phone = Callable[..., TestClient]
# Headers of our own forms; another site's are refused by the gate.
OWN = {"origin": "http://testserver"}


def turnout(cast: Cast, clock: TestClock, poll: str) -> int:
    return poll_view(cast.viewer, clock.now, poll).line.answered


def slip_of(cast: Cast, clock: TestClock, poll: str, household: int) -> links.Slip:
    return links.issue_link(cast.secretary, clock.now, poll, household)


def opened_link(web: TestClient, token: str) -> TestClient:
    """The link pressed open; the browser holds its cookie from now on."""
    page = web.get(f"/a/{token}")
    answer = web.post(f"/a/{token}", data={"nonce": Seen(page).value("nonce")}, headers=OWN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/answer")
    return web


def signed_in(phone: Phone, login: str) -> TestClient:
    web = phone(address="192.0.2.77")
    web.post("/signin", data={"login": login, "password": PASSWORD}, headers=OWN)
    return web


def test_a_household_answers_by_its_link_and_changes_its_mind(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    slip = slip_of(cast, clock, poll, cast.household_101)
    opened_link(web, slip.token)
    page = web.get("/answer")
    assert faults(page) == []
    assert slip.token not in page.text
    assert QUESTION in page.text
    for option in ("2", "1"):
        sent = web.post("/answer", data={"option": option}, headers=OWN)
        assert sent.headers["location"] == "/answer?thanks=1"
    after = web.get("/answer?thanks=1")
    assert faults(after) == []
    assert "已经收到" in after.text
    # Which one it was is said to nobody, not even here.
    assert Seen(after).root.xpath("//input[@checked]") == []
    assert turnout(cast, clock, poll) == 1


def test_programs_that_look_at_a_link_do_not_use_it_up(
    web: TestClient, phone: Phone, cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    slip = slip_of(cast, clock, poll, cast.household_101)
    for method in ("GET", "HEAD", "GET"):
        page = web.request(method, f"/a/{slip.token}")
        assert page.status_code == 200
    assert faults(web.get(f"/a/{slip.token}")) == []
    with engine.read() as session:
        assert session.scalars(select(PollLink.used_at)).one() is None
    opened_link(web, slip.token)
    other = phone()
    refused = other.post(f"/a/{slip.token}", data={"nonce": "another"}, headers=OWN)
    assert refused.status_code == 400
    assert "另一台设备" in refused.text
    assert other.get("/answer").status_code == 404


def test_a_cut_line_at_the_exchange_loses_nothing(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    slip = slip_of(cast, clock, poll, cast.household_101)
    for _ in range(3):
        answer = web.post(f"/a/{slip.token}", data={"nonce": "the same page"}, headers=OWN)
        assert answer.status_code == 303
    assert web.get("/answer").status_code == 200


def test_every_bad_link_gets_the_same_answer_and_guessing_ends_soon(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    old = slip_of(cast, clock, poll, cast.household_101)
    slip_of(cast, clock, poll, cast.household_101)
    pages = {
        re.sub(r'href="\?[^"]*"', "", answer.text)
        for token in (old.token, "x", "x" * 200)
        if (answer := web.post(f"/a/{token}", data={"nonce": "n"}, headers=OWN))
    }
    assert len(pages) == 1
    for number in range(30):
        answer = web.post(f"/a/wrong{number}", data={"nonce": "n"}, headers=OWN)
    assert answer.status_code == 429


def test_after_the_close_the_link_shows_the_result_and_takes_no_answer(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    more = houses(cast.building_one, 30)
    poll = opened(cast, clock.now)
    slip = slip_of(cast, clock, poll, cast.household_101)
    opened_link(web, slip.token)
    phone_in(cast.secretary, clock.now, poll, more[:17], 1)
    phone_in(cast.secretary, clock.now, poll, more[17:], 2)
    before = web.get("/answer")
    assert "17" not in Seen(before).text("//main")
    clock.forward(hours=12)
    page = web.get("/answer")
    assert faults(page) == []
    # Nobody took the third answer, so it and the next smallest are hidden.
    rows = [
        [cell.text_content() for cell in row.xpath("td")]
        for row in Seen(page).root.xpath("//tbody/tr")
    ]
    assert rows == [[OPTIONS[0], "17"], [OPTIONS[1], "不显示"], [OPTIONS[2], "不显示"]]
    late = web.post("/answer", data={"option": "3"}, headers=OWN)
    assert late.status_code == 422
    assert "已截止" in late.text
    assert turnout(cast, clock, poll) == 30


def lobby_of(cast: Cast, clock: TestClock, poll: str) -> str:
    return f"/q/{poll_view(cast.secretary, clock.now, poll).lobby_code}"


def test_in_the_lobby_room_and_code_and_answer_go_together(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    slip = slip_of(cast, clock, poll, cast.household_102)
    lobby = lobby_of(cast, clock, poll)
    page = web.get(lobby)
    assert faults(page) == []
    links_to = Seen(page).root.xpath("//ul[@class='pick']//a/@href")
    assert links_to == [f"{lobby}?b={cast.building_one}", f"{lobby}?b={cast.building_two}"]
    page = web.get(links_to[0])
    assert faults(page) == []
    rooms = Seen(page).root.xpath("//select[@name='household']/option/text()")
    assert rooms == ["请选择", "1单元101", "1单元102"]
    form = {
        "building": str(cast.building_one),
        "household": str(cast.household_101),
        "code": slip.code.lower(),
        "option": "2",
    }
    wrong = web.post(lobby, data=form, headers=OWN)
    assert wrong.status_code == 422
    assert faults(wrong) == []
    seen = Seen(wrong)
    assert "对不上" in seen.beside("code")
    assert seen.value("household") == form["household"]
    assert seen.root.xpath("//input[@checked]/@value") == ["2"]
    thanks = web.post(lobby, data=form | {"household": str(cast.household_102)}, headers=OWN)
    assert thanks.status_code == 200
    assert "谢谢" in thanks.text
    assert "set-cookie" not in thanks.headers
    assert turnout(cast, clock, poll) == 1


@pytest.mark.parametrize("missing", ["household", "code", "option", "building"])
def test_a_lobby_form_with_a_gap_is_kept_and_says_where(
    web: TestClient, cast: Cast, clock: TestClock, missing: str
) -> None:
    poll = opened(cast, clock.now)
    slip = slip_of(cast, clock, poll, cast.household_102)
    form = {
        "building": str(cast.building_one),
        "household": str(cast.household_102),
        "code": slip.code,
        "option": "1",
    }
    del form[missing]
    answer = web.post(lobby_of(cast, clock, poll), data=form, headers=OWN)
    assert (answer.status_code, turnout(cast, clock, poll)) == (
        (200, 1) if missing == "building" else (422, 0)
    )


def test_a_poster_of_no_poll_says_so(web: TestClient, cast: Cast) -> None:
    assert web.get("/q/nothing").status_code == 404
    assert web.post("/q/nothing", data={}, headers=OWN).status_code == 404


def test_a_reporter_answers_on_the_page_of_the_own_report(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    taken = report(cast, clock.now, household_id=cast.household_101)
    code = taken.case_code or ""
    moving.move(cast.secretary, clock.now, code, Move.ACCEPT)
    poll = opening.open_poll(cast.secretary, clock.now, code, draft(cast, clock.now))
    web.get(f"/f/{taken.follow_code}")
    page = web.get("/follow")
    assert faults(page) == []
    sent = web.post("/follow/answer", data={"poll": poll, "option": "1"}, headers=OWN)
    assert sent.headers["location"] == "/follow#polls"
    page = web.get("/follow")
    assert "已经收到" in page.text
    assert faults(page) == []
    for bad in ({"poll": poll, "option": "9"}, {"poll": "nothing", "option": "1"}, {}):
        assert web.post("/follow/answer", data=bad, headers=OWN).status_code in {400, 404}
    clock.forward(hours=12)
    closed = web.get("/follow")
    assert "不足 5 户" in closed.text
    assert not Seen(closed).root.xpath("//input[@name='option']")
    assert turnout(cast, clock, poll) == 1


def test_a_reporter_without_a_household_sees_the_turnout_and_no_form(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    taken = report(cast, clock.now)
    moving.move(cast.secretary, clock.now, taken.case_code or "", Move.ACCEPT)
    poll = opening.open_poll(
        cast.secretary, clock.now, taken.case_code or "", draft(cast, clock.now)
    )
    web.get(f"/f/{taken.follow_code}")
    page = web.get("/follow")
    assert QUESTION in page.text
    assert not Seen(page).root.xpath("//input[@name='option']")
    sent = web.post("/follow/answer", data={"poll": poll, "option": "1"}, headers=OWN)
    assert sent.status_code == 403
    with engine.read() as session:
        assert session.scalar(select(PollAnswer.id)) is None


def test_nobody_answers_from_another_site(web: TestClient, cast: Cast, clock: TestClock) -> None:
    poll = opened(cast, clock.now)
    slip = slip_of(cast, clock, poll, cast.household_101)
    opened_link(web, slip.token)
    foreign = {"origin": "https://elsewhere.example"}
    assert web.post("/answer", data={"option": "1"}, headers=foreign).status_code == 403
    assert turnout(cast, clock, poll) == 0


def test_slips_are_made_by_a_button_shown_once_and_lead_to_their_household(
    web: TestClient, phone: Phone, cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    office = signed_in(phone, "social_worker")
    where = f"/print/poll/{poll}/slips"
    for _ in range(2):
        assert "/a/" not in office.get(where).text
    with engine.read() as session:
        assert session.scalar(select(PollLink.id)) is None
    sheet = office.post(where, data={"building": str(cast.building_one)}, headers=OWN)
    assert sheet.headers["cache-control"] == "private, no-store"
    seen = Seen(sheet)
    assert [head.text_content() for head in seen.root.xpath("//article/h2")] == [
        "1号楼 1单元101",
        "1号楼 1单元102",
    ]
    assert len(seen.root.xpath("//article//svg")) == 2
    code = seen.root.xpath("//article//p[@class='code']/text()")[0]
    answering.answer_in_lobby(
        clock.now,
        lobby_of(cast, clock, poll).removeprefix("/q/"),
        cast.household_101,
        code,
        1,
        "192.0.2.9",
    )
    again = office.post(where, data={"building": str(cast.building_one)}, headers=OWN)
    assert [h.text_content() for h in Seen(again).root.xpath("//article/h2")] == ["1号楼 1单元102"]


def test_the_posters_lead_to_each_buildings_rooms(
    phone: Phone, cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    sheet = signed_in(phone, "committee").get(f"/print/poll/{poll}/lobby")
    addresses = Seen(sheet).root.xpath("//p[@class='address']/text()")
    lobby = lobby_of(cast, clock, poll)
    assert addresses == [
        f"http://testserver{lobby}?b={building}"
        for building in (cast.building_one, cast.building_two)
    ]


@pytest.mark.parametrize(
    ("login", "status"),
    [("viewer", 403), ("property_contact", 403), ("administrator", 403), ("secretary", 200)],
)
def test_papers_are_for_who_runs_polls(
    phone: Phone, cast: Cast, clock: TestClock, login: str, status: int
) -> None:
    poll = opened(cast, clock.now)
    web = signed_in(phone, login)
    assert web.get(f"/print/poll/{poll}/slips").status_code == status
    assert web.get(f"/print/poll/{poll}/lobby").status_code == status
    made = web.post(
        f"/print/poll/{poll}/slips", data={"building": str(cast.building_one)}, headers=OWN
    )
    assert made.status_code == status
    assert signed_in(phone, login).get("/print/poll/nothing/lobby").status_code in {403, 404}


def test_the_board_shows_turnout_and_result_once_the_file_is_published(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    more = houses(cast.building_one, 20)
    code = deliberating(cast, clock.now)
    poll = opening.open_poll(cast.secretary, clock.now, code, draft(cast, clock.now))
    phone_in(cast.secretary, clock.now, poll, more[:12], 1)
    phone_in(cast.secretary, clock.now, poll, more[12:], 3)
    clock.forward(hours=13)
    given = tasks.decide(
        cast.secretary,
        clock.now,
        code,
        lead_unit_id=cast.property_one,
        due_on=clock.now.date(),
        words="先划车位",
    )
    tasks.report_done(cast.property_contact, clock.now, given.task_codes[0], "已划好")
    assert QUESTION not in web.get("/board").text
    publishing.show(
        cast.secretary, clock.now, code, summary="车位已划好。", no_evidence_reason="无照片"
    )
    board = web.get("/board")
    assert faults(board) == []
    assert "23 户中 20 户已反馈" in board.text
    page = web.get(f"/board/{code}")
    assert faults(page) == []
    cells = [cell.text_content() for cell in Seen(page).root.xpath("//tbody//td")]
    assert cells == [OPTIONS[0], "12", OPTIONS[1], "不显示", OPTIONS[2], "不显示"]

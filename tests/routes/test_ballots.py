"""The owner's door over HTTP: one button, one ballot, one receipt, and nothing for guessers."""

import re

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from db.engine import Database, DatabaseDown
from db.photos import store
from db.tables.votes import Ballot, Question, Service
from db.votes import counting, papers
from db.votes.links import issue_link
from db.votes.serving import served_units
from domain.thresholds import Lane
from tests.routes.conftest import Phone
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.votes import VoteMade, make_vote
from tests.support.world import PHOTO

FORM = {"choice_1": "yes", "choice_2": "no"}
LARGEST_PAGE = 60 * 1024


@pytest.fixture
def vote(cast: Cast, clock: TestClock) -> VoteMade:
    return make_vote(cast, clock.now)


def link(vote: VoteMade, clock: TestClock, *owners: str) -> str:
    return f"/v/{issue_link(vote.by, clock.now, vote.code, vote.rights[owners]).token}"


def nonce_of(html: str) -> str:
    return re.findall(r'name="nonce" value="([^"]+)"', html)[0]


def once_of(html: str) -> str:
    return re.findall(r'name="once" value="([^"]+)"', html)[0]


def press(web: TestClient, where: str) -> int:
    """Open the link and press its button; returns the status of the answer."""
    door = web.get(where)
    assert door.status_code == 200
    return web.post(where, data={"nonce": nonce_of(door.text)}).status_code


def vote_for(web: TestClient, form: dict[str, str]) -> str:
    """Fill in, confirm, send; returns the page with the receipt."""
    check = web.post("/ballot", data=form)
    assert check.status_code == 200
    sent = web.post("/ballot", data={**form, "once": once_of(check.text), "step": "send"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/ballot/done")
    return web.get("/ballot/done").text


def ballots(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Ballot.choices).order_by(Ballot.seq)))


def receipt_code(html: str) -> str:
    return re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", html)[0]


def test_opening_the_link_alone_does_nothing(
    web: TestClient, vote: VoteMade, clock: TestClock, database: Database
) -> None:
    where = link(vote, clock, "李红")
    for _ in range(3):  # a program that previews links
        assert web.get(where).status_code == 200
    with database.read() as session:
        assert session.scalar(select(func.count(Service.id))) == 0
    assert press(web, where) == 303


def test_an_owner_opens_votes_changes_and_has_a_receipt(
    web: TestClient, phone: Phone, vote: VoteMade, clock: TestClock, database: Database
) -> None:
    where = link(vote, clock, "李红")
    opened = web.post(where, data={"nonce": nonce_of(web.get(where).text)})
    assert opened.headers["location"] == "/ballot"
    cookie = next(one for one in opened.headers.get_list("set-cookie") if "desk_ballot" in one)
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    shown = web.get("/ballot").text
    for words in ("关于电梯和楼道的表决", "更换1号楼电梯", "1号楼 1单元102", "100.00", "李*"):
        assert words in shown
    assert "李红" not in shown
    first = receipt_code(vote_for(web, FORM))
    assert ballots(database) == ["1:yes,2:no"]
    again = web.get("/ballot").text
    assert " checked>" not in again  # what was chosen is not shown
    clock.forward(hours=1)
    second = receipt_code(vote_for(web, {"choice_1": "no", "choice_2": "no"}))
    assert ballots(database) == ["1:yes,2:no", "1:no,2:no"]
    stranger = phone(address="192.0.2.9")
    for code, stands in ((first, False), (second, True)):
        found = stranger.post("/receipt", data={"code": code.lower()})
        assert found.status_code == 200
        assert ("计入结果" in found.text) is stands
        for words in ("赞成", "反对", "弃权", "李", "1单元"):
            assert words not in found.text


def test_a_form_that_is_sent_twice_is_one_ballot_with_one_receipt(
    web: TestClient, vote: VoteMade, clock: TestClock, database: Database
) -> None:
    press(web, link(vote, clock, "李红"))
    form = {**FORM, "once": once_of(web.post("/ballot", data=FORM).text), "step": "send"}
    codes = set()
    for _ in range(3):  # the line was cut before the answer came
        assert web.post("/ballot", data=form).status_code == 303
        codes.add(receipt_code(web.get("/ballot/done").text))
    assert len(codes) == 1
    assert len(ballots(database)) == 1


def test_a_ballot_that_could_not_be_saved_is_kept_on_the_page_and_sent_again(
    web: TestClient,
    vote: VoteMade,
    clock: TestClock,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press(web, link(vote, clock, "李红"))
    once = once_of(web.post("/ballot", data=FORM).text)

    def down(*_args: object, **_more: object) -> None:
        raise DatabaseDown("nothing was saved")

    with monkeypatch.context() as broken:
        broken.setattr("db.votes.box.cast", down)
        answer = web.post("/ballot", data={**FORM, "once": once, "step": "send"})
    assert answer.status_code == 503
    assert ballots(database) == []
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert kept == {**FORM, "once": once, "step": "send"}
    assert web.post("/ballot", data=kept).status_code == 303
    assert ballots(database) == ["1:yes,2:no"]


def test_every_bad_token_gets_the_same_answer(
    phone: Phone, vote: VoteMade, clock: TestClock
) -> None:
    spent, replaced = link(vote, clock, "李红"), link(vote, clock, "王强")
    assert press(phone(), spent) == 303
    link(vote, clock, "王强")
    answers = set()
    for number, where in enumerate(
        (spent, replaced, "/v/" + "x" * 43, "/v/x", "/v/%00", "/v/票", "/v/" + "y" * 400)
    ):
        web = phone(address=f"192.0.2.{20 + number}")
        door = web.get(where)
        answer = web.post(where, data={"nonce": nonce_of(door.text)})
        assert "desk_ballot" not in str(answer.headers)
        answers.add((answer.status_code, answer.text))
    assert len(answers) == 1


def test_who_guesses_is_stopped_and_who_opens_a_spent_link_is_not(
    phone: Phone, vote: VoteMade, clock: TestClock
) -> None:
    spent, fresh = link(vote, clock, "李红"), link(vote, clock, "王强")
    press(phone(address="198.51.100.7"), spent)
    web = phone(address="192.0.2.1")
    for _ in range(25):
        assert press(web, spent) == 404
    for number in range(20):
        assert press(web, f"/v/{number:043d}") == 404
    assert press(web, f"/v/{99:043d}") == 429
    assert press(web, fresh) == 429
    assert web.post("/receipt", data={"code": "ABCD"}).status_code == 429
    assert press(phone(address="192.0.2.2"), fresh) == 303
    clock.forward(minutes=11)
    assert web.post("/receipt", data={"code": "ABCD"}).status_code == 404


def test_a_browser_without_cookies_does_not_use_the_link_up(
    phone: Phone, vote: VoteMade, clock: TestClock
) -> None:
    where = link(vote, clock, "李红")
    web = phone()
    nonce = nonce_of(web.get(where).text)
    web.cookies.clear()
    assert web.post(where, data={"nonce": nonce}).status_code == 409
    assert press(phone(), where) == 303


def test_the_same_browser_may_press_the_button_again(
    web: TestClient, vote: VoteMade, clock: TestClock
) -> None:
    one, two = link(vote, clock, "李红"), link(vote, clock, *sorted(("陈静", "赵勇")))
    assert press(web, one) == 303
    assert press(web, two) == 303
    assert "2号楼 2单元501" in web.get("/ballot").text
    assert press(web, one) == 303
    shown = web.get("/ballot").text
    assert "100.00" in shown
    assert 'action="/ballot/other"' in shown
    assert web.post("/ballot/other", data={"place": "1"}).status_code == 303
    assert "120.00" in web.get("/ballot").text
    web.post("/ballot/forget")
    assert 'name="choice_1"' not in web.get("/ballot").text


def test_without_a_ballot_nothing_is_taken_and_no_photo_shown(
    web: TestClient, vote: VoteMade, database: Database
) -> None:
    web.cookies.set("desk_ballot", "f" * 64 + "." + "0" * 64)
    for answer in (web.get("/ballot"), web.post("/ballot", data={**FORM, "step": "send"})):
        assert answer.status_code == 200
        assert "choice_1" not in answer.text
    assert web.get("/ballot/photo/1").status_code == 404
    assert web.get("/ballot/done").status_code == 303
    assert ballots(database) == []


def test_a_missing_answer_is_told_beside_its_question_and_the_others_are_kept(
    web: TestClient, vote: VoteMade, clock: TestClock, database: Database
) -> None:
    press(web, link(vote, clock, "李红"))
    for step in ({}, {"step": "send", "once": "k"}):
        answer = web.post("/ballot", data={"choice_1": "abstain", **step})
        assert answer.status_code == 422
        assert 'id="choice_2-wrong"' in answer.text
        assert answer.text.count(" checked>") == 1
    assert web.post("/ballot", data={"choice_1": "invalid", "choice_2": "yes"}).status_code == 422
    edited = web.post("/ballot", data={**FORM, "step": "edit"})
    assert edited.text.count(" checked>") == 2
    assert ballots(database) == []


def test_paper_closes_the_page_and_the_clock_too(
    web: TestClient, vote: VoteMade, clock: TestClock, database: Database
) -> None:
    press(web, link(vote, clock, "李红"))
    check = web.post("/ballot", data=FORM).text
    papers.print_papers(vote.by, clock.now, vote.code, 1)
    papers.issue_papers(vote.by, clock.now, vote.code, [vote.rights["李红",]])
    papers.receive(vote.by, clock.now, vote.code, 1)
    late = web.post("/ballot", data={**FORM, "once": once_of(check), "step": "send"})
    assert late.status_code == 200
    assert 'name="choice_1"' not in late.text
    papers.take_back(vote.by, clock.now, vote.code, 1)
    clock.set(vote.closes_at)
    closed = web.post("/ballot", data={**FORM, "once": once_of(check), "step": "send"})
    assert 'name="choice_1"' not in closed.text
    assert ballots(database) == []


def test_the_result_stands_there_once_it_is_published(
    web: TestClient, vote: VoteMade, clock: TestClock
) -> None:
    press(web, link(vote, clock, "李红"))
    vote_for(web, FORM)
    for moment in (clock.now, vote.closes_at):
        clock.set(moment)
        assert "赞成：" not in web.get("/ballot").text
    counting.count_now(vote.by, clock.now, vote.code)
    assert "赞成：" not in web.get("/ballot").text
    counting.publish(vote.by, clock.now, vote.code)
    assert "赞成：" in web.get("/ballot").text


def test_an_election_shows_who_stands_and_takes_at_most_the_seats(
    web: TestClient, cast: Cast, clock: TestClock, database: Database
) -> None:
    made = make_vote(cast, clock.now, lane=Lane.ELECTION, seats=5)
    with database.write() as session:
        first = session.scalars(select(Question).where(Question.position == 1)).one()
        first.photo_id = store(session, PHOTO, clock.now)
    press(web, link(made, clock, "李红"))
    shown = web.get("/ballot").text
    assert "候选甲愿意为大家服务。" in shown
    assert web.get("/ballot/photo/1/small").content == PHOTO.thumb
    assert web.get("/ballot/photo/2").status_code == 404
    many = {f"choice_{number}": "yes" for number in range(1, 7)}
    refused = web.post("/ballot", data=many)
    assert refused.status_code == 422
    assert refused.text.count(" checked>") == 6
    vote_for(web, {"choice_2": "yes", "choice_7": "yes"})
    vote_for(web, {})
    assert ballots(database) == ["2:yes,7:yes", ""]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_is_light_and_needs_no_script(
    phone: Phone, cast: Cast, clock: TestClock, language: str
) -> None:
    many = make_vote(cast, clock.now)
    web = phone(language)
    where = link(many, clock, "李红")
    pages = [web.get("/ballot"), web.get(where), web.get("/receipt")]
    press(web, where)
    pages += [web.get("/ballot"), web.post("/ballot", data=FORM)]
    vote_for(web, FORM)
    pages += [web.get("/ballot/done"), web.get("/ballot")]
    for one in pages:
        assert one.status_code == 200
        assert len(one.content) < LARGEST_PAGE
        assert "<script" not in one.text
        assert one.headers["cache-control"] == "no-store"
        assert f'lang="{language}"' in one.text


def test_pressing_the_button_is_the_proof_of_service(
    web: TestClient, vote: VoteMade, clock: TestClock, cast: Cast
) -> None:
    press(web, link(vote, clock, "李红"))
    units = served_units(vote.by, vote.code, cast.building_one)
    assert [unit.names for unit in units if unit.served_at] == [("李红",)]

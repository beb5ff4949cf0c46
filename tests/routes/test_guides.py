"""The guide pages: what hangs out, three ways to vote, a question that is taken once."""

import pytest
from starlette.testclient import TestClient

from db.elections.candidates import CandidateIn, add_candidate, display
from db.elections.consultations import answer, make_public
from db.elections.questions import questions
from domain.days import local_day
from domain.photos import PhotoIn
from domain.thresholds import Lane
from domain.votes import Stage
from tests.routes.conftest import Phone
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.elections import tied
from tests.support.html import Seen, faults
from tests.support.votes import VoteMade, make_vote

QUESTION = "我家两套房，能投几票？"


def prepared(cast: Cast, clock: TestClock) -> VoteMade:
    return make_vote(cast, clock.now, lane=Lane.ELECTION, until=Stage.PREPARING, candidates=())


def ask(web: TestClient, **fields: str) -> object:
    once = Seen(web.get("/guide/e-one")).value("once")
    return web.post("/guide/e-one", data={"once": once, "text": QUESTION} | fields)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_estate_is_chosen_and_its_guide_read(phone: Phone, cast: Cast, language: str) -> None:
    web = phone(language)
    where = web.get("/guide")
    assert Seen(where).root.xpath("//ul[@class='pick']//a/@href") == [
        "/guide/e-one",
        "/guide/e-two",
    ]
    page = web.get("/guide/e-one")
    assert page.status_code == 200
    assert faults(page) == faults(where) == []
    assert "一小区" in page.text


def test_a_vote_stands_in_the_guide_with_its_dates_once_its_notice_hangs(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    page = web.get(f"/guide/{made.code}")
    assert page.status_code == 200
    text = Seen(page).text("//section[@aria-labelledby='vote']")
    assert "正在投票" in text
    assert "更换1号楼电梯" in text
    assert "2月10日" in text  # the notice, 20 days before
    assert "3月9日 周一 09:00" in text
    assert faults(page) == []


def test_candidates_hang_out_with_their_photos_from_the_display_on(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    made = prepared(cast, clock)
    photo = PhotoIn(b"\xff\xd8full", b"\xff\xd8thumb", 40, 30)
    candidate = CandidateIn("张明", made.owners["张明"], "<b>办实事</b>", photo=photo)
    add_candidate(cast.secretary, clock.now, made.code, candidate)
    assert web.get(f"/guide/{made.code}").status_code == 404
    assert "张明" not in web.get("/guide/e-one").text
    display(cast.secretary, clock.now, made.code, local_day(clock.now))
    page = web.get(f"/guide/{made.code}")
    assert "&lt;b&gt;办实事&lt;/b&gt;" in page.text
    assert faults(page) == []
    source = Seen(page).root.xpath("//img/@src")[0]
    seen = web.get(source)
    assert (seen.content, seen.headers["content-type"]) == (photo.thumb, "image/jpeg")
    assert web.get(source.removesuffix("/small")).content == photo.full
    assert web.get("/guide/photo/nothing").status_code == 404


def test_the_guide_of_a_counted_election_tells_nothing_of_its_result(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    made = tied(cast, clock.now)
    page = web.get(f"/guide/{made.code}").text
    assert "候选甲" in page
    assert not any(word in page for word in ("当选", "候补", "得票", "抽中"))


def test_a_question_is_taken_once_and_thanked_for(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    once = Seen(web.get("/guide/e-one")).value("once")
    for _ in range(2):
        sent = web.post("/guide/e-one", data={"once": once, "text": QUESTION})
        assert (sent.status_code, sent.headers["location"]) == (
            303,
            "/guide/e-one?asked=1#ask",
        )
    assert [one.text for one in questions(cast.secretary)] == [QUESTION]
    page = web.get("/guide/e-one?asked=1")
    assert "您的问题已收到" in page.text
    assert faults(page) == []


def test_what_is_wrong_is_told_beside_its_field_and_the_words_are_kept(
    web: TestClient, cast: Cast
) -> None:
    page = ask(web, name="林一", phone="123")
    seen = Seen(page)  # type: ignore[arg-type]
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert seen.beside("phone")
    assert (seen.value("text").strip(), seen.value("name")) == (QUESTION, "林一")
    assert Seen(ask(web, text=" ")).beside("text")  # type: ignore[arg-type]
    assert Seen(ask(web, phone="13800001234")).beside("consent")  # type: ignore[arg-type]
    assert questions(cast.secretary) == ()


def test_a_trap_that_was_filled_in_waits_apart(web: TestClient, cast: Cast) -> None:
    ask(web, website="http://spam.example")
    assert [one.held_for for one in questions(cast.secretary)] == ["honeypot"]


def test_a_public_answer_stands_among_the_common_questions(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    ask(web)
    key = questions(cast.secretary)[0].id
    answer(cast.secretary, clock.now, key, "答在电话里。")
    assert "答在电话里" not in web.get("/guide/e-one").text
    make_public(cast.secretary, clock.now, key, asked="两套房几票？", said="人数一票，面积合并。")
    assert "人数一票，面积合并。" in web.get("/guide/e-one").text
    assert "人数一票" not in web.get("/guide/e-two").text


@pytest.mark.parametrize("code", ["nothing", "%00", "a" * 300, "%E7%A0%81"])
def test_every_wrong_address_gets_the_same_answer(web: TestClient, cast: Cast, code: str) -> None:
    assert web.get(f"/guide/{code}").status_code == 404
    assert web.post(f"/guide/{code}", data={"text": QUESTION}).status_code in {404, 405}

"""The public board: what is on it, how it is paged, and whose photos it shows."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from db import engine, merging, moving, publishing, rating, tasks
from db.intake import ReporterWords, take_report
from db.tables import Case, Channel, Photo
from domain.closing import Outcome
from domain.moves import Move, State
from domain.people import RESIDENT
from routes import follow
from tests.support import stories
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock
from tests.support.html import Seen, faults
from tests.support.pictures import photo

Phone = Callable[..., TestClient]


def published(
    cast: Cast,
    at: datetime,
    summary: str = "三号楼电梯已检修。更换了导靴。",
    *,
    words: str = "王阿姨家的电梯坏了",
    place_code: str | None = None,
    outcome: Outcome = Outcome.SOLVED,
) -> str:
    """A file that was done after two days and published on the third; its code."""
    taken = stories.report(cast, at, words, place_code=place_code)
    code = taken.case_code or ""
    task = stories.to_doing(cast, at, code, assisting=False)
    done = at + timedelta(days=2)
    tasks.report_done(cast.property_contact, done, task, "给王阿姨修好了", outcome=outcome)
    publishing.show(
        cast.secretary,
        at + timedelta(days=3),
        code,
        summary=summary,
        no_evidence_reason="不便拍照",
    )
    return code


def titles(seen: Seen) -> list[str]:
    return [" ".join(link.text_content().split()) for link in seen.root.xpath("//h2/a")]


def test_an_empty_board_says_what_will_stand_there(web: TestClient, cast: Cast) -> None:
    page = web.get("/board")
    assert "还没有公示" in page.text
    assert faults(page) == []


def test_a_published_file_stands_there_with_its_result_and_nobodys_name(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    code = published(cast, clock.now)
    stories.report(cast, clock.now, "还没公开的事")
    clock.forward(days=3)
    page = web.get("/board")
    seen = Seen(page)
    assert titles(seen) == ["三号楼电梯已检修"]
    card = seen.text("//article")
    for word in ("一小区 · 电梯维修 · 3月5日 周四", "已解决", "评事", "用时 2 天", "一号物业公司"):
        assert word in card
    assert seen.words() == ["更换了导靴。"]
    alone = web.get(f"/board/{code}")
    for text in (page.text, alone.text):
        hidden = ["王阿姨", "林一", "1380000", "还没公开", *(p.name for p in cast.people.values())]
        assert [word for word in hidden if word in text] == []
    assert faults(page) == faults(alone) == []


def test_what_was_reopened_is_taken_down_and_says_so_when_it_is_back(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    code = published(cast, clock.now)
    moving.move(cast.secretary, clock.forward(days=4), code, Move.REOPEN, "又坏了")
    assert titles(Seen(web.get("/board"))) == []
    assert web.get(f"/board/{code}").status_code == 404
    stories.to_rating(cast, clock.forward(days=1), code)
    card = Seen(web.get("/board")).text("//article")
    assert "重办 1 次" in card
    assert "用时 5 天" in card


@pytest.mark.parametrize("code", ["nope", "'--", "x" * 300, "%00", "漏水"])
def test_every_file_that_is_not_public_gets_the_same_answer(
    web: TestClient, cast: Cast, clock: TestClock, code: str
) -> None:
    secret = stories.report(cast, clock.now).case_code
    reference, answer = web.get(f"/board/{secret}"), web.get(f"/board/{code}")
    assert (reference.status_code, answer.status_code) == (404, 404)
    assert reference.text == answer.text
    assert faults(answer) == []


def test_satisfaction_is_shown_from_five_voices_on_and_with_their_number(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    code = stories.report(cast, clock.now, "第 1 位").case_code or ""
    others = [
        stories.report(cast, clock.now, f"第 {n} 位", into=code).follow_code for n in range(5)
    ]
    stories.to_rating(cast, clock.now, code)
    for voice, follow_code in enumerate(others[:4]):
        rating.rate_by_follow(RESIDENT, clock.now, follow_code, 5 - voice, "yes")
    assert "满意" not in Seen(web.get("/board")).text("//article")
    rating.rate_by_follow(RESIDENT, clock.now, others[4], 4, "yes")
    assert "5 位反映人中 3 位满意" in Seen(web.get("/board")).text("//article")
    assert "6 人反映" in Seen(web.get("/board")).text("//article")


def test_the_filters_stand_in_the_address(web: TestClient, cast: Cast, clock: TestClock) -> None:
    published(cast, clock.now, "一区的事。")
    published(cast, clock.now, "二区的事。", place_code=cast.garden_code)
    clock.forward(days=40)
    published(cast, clock.now, "四月的事。")
    clock.forward(days=3)
    found = {
        query: titles(Seen(web.get(f"/board?{query}")))
        for query in (
            "",
            "estate=e-one",
            "estate=e-two",
            "category=lifts",
            "category=permits",
            "month=2026-03",
            "month=2026-04",
            "estate=e-one&month=2026-03",
            "estate=&category=&month=",
            "estate=nope",
            "month=2026-13",
            "month=nonsense",
            "after=nope",
        )
    }
    everything = ["四月的事", "二区的事", "一区的事"]
    assert found == {
        "": everything,
        "estate=e-one": ["四月的事", "一区的事"],
        "estate=e-two": ["二区的事"],
        "category=lifts": ["四月的事", "一区的事"],
        "category=permits": [],
        "month=2026-03": ["二区的事", "一区的事"],
        "month=2026-04": ["四月的事"],
        "estate=e-one&month=2026-03": ["一区的事"],
        "estate=&category=&month=": everything,
        "estate=nope": [],
        "month=2026-13": everything,
        "month=nonsense": everything,
        "after=nope": everything,
    }
    page = web.get("/board?estate=e-one&month=2026-03")
    assert (Seen(page).value("estate"), Seen(page).value("month")) == ("e-one", "2026-03")
    assert faults(page) == []


def fill_board(cast: Cast, at: datetime, n: int) -> list[str]:
    """Published files as rows, several at one instant; their codes, newest first."""
    with engine.write() as session:
        for number in range(n):
            session.add(
                Case(
                    code=f"shown-{number}",
                    number=f"2025-{number:06d}",
                    title="王阿姨",
                    state=State.CLOSED,
                    round=1,
                    estate_id=cast.estate_one,
                    opened_at=at,
                    published_at=at + timedelta(seconds=number // 3),
                    summary=f"第 {number} 件" + "很长的说明" * 190,
                )
            )
    return [f"shown-{number}" for number in reversed(range(n))]


def test_paging_meets_every_file_once_and_each_page_stays_light(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    codes = fill_board(cast, clock.now, 47)
    met, address = [], "/board?estate=e-one"
    while address:
        page = web.get(address)
        assert faults(page) == []
        seen = Seen(page)
        met += [link.removeprefix("/board/") for link in seen.root.xpath("//h2/a/@href")]
        address = "".join(seen.root.xpath("//a[@rel='next']/@href"))
        assert not address or "estate=e-one" in address
    assert met == codes
    assert faults(web.get(f"/board/{codes[0]}")) == []


def test_words_of_the_board_are_never_markup(web: TestClient, cast: Cast, clock: TestClock) -> None:
    code = published(cast, clock.now, "<script>alert(1)</script>。<b>粗</b> **粗**")
    for page in (web.get("/board"), web.get(f"/board/{code}")):
        assert faults(page) == []
        assert "<b>粗</b> **粗**" in Seen(page).words()


def photos_of(case_code: str) -> dict[str, str]:
    """Codes of a file's photos: `before` and `after`."""
    with engine.read() as session:
        rows = session.execute(
            select(Photo.code, Photo.note_id)
            .join(Case, Case.id == Photo.case_id)
            .where(Case.code == case_code)
        )
        return {"after" if note_id else "before": code for code, note_id in rows}


def sign_in(web: TestClient, login: str) -> None:
    assert web.post("/signin", data={"login": login, "password": PASSWORD}).status_code == 303


def test_a_photo_is_shown_to_whom_it_may_be_shown_and_to_nobody_else(
    phone: Phone, cast: Cast, clock: TestClock
) -> None:
    taken = take_report(
        RESIDENT,
        clock.now,
        text="电梯坏了",
        channel=Channel.QR,
        place_code=cast.gate_code,
        reporter=ReporterWords(),
        photos=[photo("red")],
    )
    code = taken.case_code or ""
    task = stories.to_doing(cast, clock.now, code, assisting=False)
    tasks.report_done(cast.property_contact, clock.now, task, "好了", [photo("blue")])
    pictures = photos_of(code)
    before, after = pictures["before"], pictures["after"]

    def status(web: TestClient, address: str) -> int:
        answers = [web.get(address), web.get(f"{address}/small")]
        assert len({answer.status_code for answer in answers}) == 1
        if answers[0].status_code == 200:
            assert {answer.headers["content-type"] for answer in answers} == {"image/jpeg"}
            assert "sandbox" in answers[0].headers["content-security-policy"]
        return answers[0].status_code

    stranger, reporter = phone(), phone()
    reporter.cookies.set(follow.COOKIE, taken.follow_code)
    other = phone()
    other.cookies.set(follow.COOKIE, stories.report(cast, clock.now).follow_code)
    staff = {login: phone(address=f"192.0.2.{n}") for n, login in enumerate(cast.people)}
    for login, web in staff.items():
        sign_in(web, login)
    expected = {
        "administrator": 404,
        "secretary": 200,
        "social_worker": 200,
        "committee": 200,
        "property_contact": 200,
        "partner_contact": 404,
        "branch_contact": 404,
        "squad_leader": 404,
        "volunteer": 404,
        "viewer": 404,
    }
    assert {login: status(web, f"/photo/{before}") for login, web in staff.items()} == expected
    assert status(stranger, f"/photo/{before}") in {303, 401}
    assert status(reporter, f"/follow/photo/{before}") == 200
    # Not looked through yet: it comes with the summary.
    assert status(reporter, f"/follow/photo/{after}") == 404
    assert status(other, f"/follow/photo/{before}") == 404
    assert status(stranger, f"/follow/photo/{before}") == 404
    assert status(stranger, f"/board/photo/{before}") == 404

    publishing.show(cast.secretary, clock.now, code, summary="电梯修好了。", public_photos=[after])
    assert status(stranger, f"/board/photo/{after}") == 200
    assert status(stranger, f"/board/photo/{before}") == 404
    assert status(reporter, f"/follow/photo/{after}") == 200
    assert status(other, f"/follow/photo/{before}") == 404
    page = stranger.get("/board")
    assert f"/board/photo/{after}/small" in page.text
    assert before not in page.text
    assert faults(page) == []

    moving.move(cast.secretary, clock.now, code, Move.REOPEN, "又坏了")
    assert status(stranger, f"/board/photo/{after}") == 404
    assert status(stranger, "/board/photo/nope") == 404
    assert status(staff["secretary"], "/photo/nope") == 404


def test_photos_of_a_merged_report_are_the_units_that_got_the_file(
    phone: Phone, cast: Cast, clock: TestClock
) -> None:
    first = stories.report(cast, clock.now)
    second = take_report(
        RESIDENT, clock.now, text="电梯又坏", channel=Channel.QR, photos=[photo()],
        place_code=cast.gate_code,
    )  # fmt: skip
    stories.to_doing(cast, clock.now, first.case_code or "", assisting=False)
    picture = photos_of(second.case_code or "")["before"]
    unit = phone()
    sign_in(unit, "property_contact")
    assert unit.get(f"/photo/{picture}").status_code == 404
    merging.merge(
        cast.secretary, clock.now, second.case_code or "", first.case_code or "", "同一部电梯"
    )
    assert unit.get(f"/photo/{picture}").status_code == 200


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_board_speaks_both_languages(
    phone: Phone, cast: Cast, clock: TestClock, language: str
) -> None:
    published(cast, clock.now)
    seen = Seen(phone(language).get("/board"))
    assert seen.root.get("lang") == language
    assert ("Lifts" in seen.text("//article")) == (language == "en")
    assert ("Done in 2 days" in seen.text("//article")) == (language == "en")

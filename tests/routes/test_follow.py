"""The page of one report: what its reporter sees, may do, and what nobody else sees."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import func, select
from starlette.testclient import TestClient

from db import doors, engine, intake, merging, moving, publishing, tasks, telling
from db.tables import Case, Note, Photo, Rating
from domain.moves import Move, State
from domain.people import RESIDENT
from routes import follow
from tests.support import stories
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.html import Seen, faults
from tests.support.pictures import jpeg, photo

Phone = Callable[..., TestClient]
LIFT = "电梯异响，老人不敢坐。请尽快来看看"


def follow_page(web: TestClient, code: str) -> Seen:
    response = web.get(f"/f/{code}")
    assert (response.status_code, response.headers["location"]) == (303, "/follow")
    page = web.get("/follow")
    assert page.status_code == 200
    assert faults(page) == []
    return Seen(page)


def act(web: TestClient, what: str, **fields: str) -> Response:
    """Fill in the form that is on the page and send it."""
    once = Seen(web.get("/follow")).value("once")
    return web.post(f"/follow/{what}", data={"once": once} | fields)


def state_of(taken: intake.Taken) -> State:
    with engine.read() as session:
        return session.scalars(select(Case.state).where(Case.id == taken.case_id)).one()


def count(table: type[Note] | type[Rating] | type[Photo]) -> int:
    with engine.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_code_leaves_the_address_and_stays_in_a_cookie(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    taken = stories.report(cast, clock.now)
    response = web.get(f"/f/{taken.follow_code}")
    cookie = response.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    page = web.get(response.headers["location"])
    assert taken.follow_code not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("typed", ["{}", "{lower}", " {first}-{last} ", "{first} - {last}"])
def test_a_typed_code_may_have_any_case_spaces_and_dashes(
    web: TestClient, cast: Cast, clock: TestClock, typed: str
) -> None:
    code = stories.report(cast, clock.now).follow_code
    words = typed.format(code, lower=code.lower(), first=code[:5], last=code[5:])
    assert web.post("/follow", data={"code": words}).status_code == 303
    assert Seen(web.get("/follow")).words() == [LIFT]


BAD = [
    "",
    "AAAAAAAAAA",
    "1",
    "0OIL1",
    "' OR 1=1 --",
    "X" * 5000,
    "７ＫＱ２Ｍ",
    "\x00",
    "漏水",
    "..%2f",
]


@pytest.mark.parametrize("code", BAD)
def test_every_bad_code_gets_the_same_answer(phone: Phone, code: str) -> None:
    reference = Seen(phone().post("/follow", data={"code": "unknown"}))
    web = phone()
    answer = web.post("/follow", data={"code": code})
    assert answer.status_code == 404
    assert faults(answer) == []
    seen = Seen(answer)
    assert seen.beside("code") == reference.beside("code") != ""
    typed = seen.root.get_element_by_id("code").get("value")
    assert (typed or "")[:64] == code[:64].replace("\x00", "\ufffd") or code == "\x00"


@pytest.mark.parametrize("code", ["AAAAAAAAAA", "1", "%27%20OR%201=1", "X" * 500, "%00", "漏水"])
def test_every_bad_link_gets_the_same_page(phone: Phone, code: str) -> None:
    def page(code: str) -> Response:
        web = phone()
        assert web.get(f"/f/{code}").headers["location"] == "/follow"
        return web.get("/follow")

    answer, reference = page(code), page("unknown")
    assert answer.status_code == 404
    assert answer.text == reference.text
    for response in (answer, reference):
        assert f'{follow.COOKIE}=""; ' in response.headers["set-cookie"]


def test_guessing_is_stopped_by_address_for_right_codes_too(
    phone: Phone, cast: Cast, clock: TestClock
) -> None:
    code = stories.report(cast, clock.now).follow_code
    guesser = phone(address="192.0.2.66")
    for _ in range(doors.MISSES_FROM_ADDRESS):
        assert guesser.post("/follow", data={"code": "AAAAAAAAAA"}).status_code == 404
    for _ in range(2):
        stopped = guesser.post("/follow", data={"code": code})
        assert stopped.status_code == 429
        assert "retry-after" in stopped.headers
    guesser.cookies.set(follow.COOKIE, code)
    assert guesser.get("/follow").status_code == 429
    assert follow_page(phone(address="192.0.2.5"), code).words() == [LIFT]
    clock.forward(minutes=11)
    assert guesser.get("/follow").status_code == 200


def test_the_six_steps_show_where_it_stands_in_words_and_for_screen_readers(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    taken = stories.report(cast, clock.now)
    seen = follow_page(web, taken.follow_code)
    steps = seen.root.xpath("//ol[@class='flow']/li")
    assert [step.text_content().strip("1234567 ✓") for step in steps] == [
        "提事", "议事", "理事", "办事", "晒事", "评事",
    ]  # fmt: skip
    assert seen.text("//li[@aria-current='step']").endswith("提事")
    assert "还剩 24 小时" in seen.text("//ul[@class='clocks']")
    stories.to_doing(cast, clock.now, taken.case_code or "")
    clock.forward(hours=30)
    seen = follow_page(web, taken.follow_code)
    assert seen.text("//li[@aria-current='step']").endswith("办事")
    assert len(seen.root.xpath("//ol[@class='flow']/li[@class='done']")) == 3
    assert "一号物业公司正在办理" in seen.text("//main")
    clocks = seen.text("//ul[@class='clocks']")
    assert "已超 6 小时" in clocks
    assert "截至 3月9日 周一" in clocks
    assert "最晚 3月5日 周四 办好" in seen.text("//ol[@class='story']")


def test_only_ones_own_words_and_the_publics_stand_on_the_page(
    phone: Phone, cast: Cast, clock: TestClock
) -> None:
    mine = stories.report(cast, clock.now, "我家的电梯", name="林一", phone="13800000001")
    code = mine.case_code or ""
    other = stories.report(
        cast, clock.now, "我是王二，电梯夹到我了", name="王二", phone="13800000002", into=code
    )
    with engine.write() as session:
        case = session.scalars(select(Case)).one()
        moving.add_note(session, cast.secretary, clock.now, case, "contact", "内部备注")
    telling.answer(cast.secretary, clock.now, code, "明天上午派人来看")
    moving.supply(RESIDENT, clock.now, other.follow_code, "王二的补充", [photo("red")])
    moving.supply(RESIDENT, clock.now, mine.follow_code, "林一的补充")
    task = stories.to_doing(cast, clock.now, code, assisting=False)
    tasks.report_done(cast.property_contact, clock.now, task, "已给王二家修好", [photo()])
    seen = follow_page(phone(), mine.follow_code)
    assert sorted(seen.words()) == sorted(
        ["我家的电梯", "林一的补充", "明天上午派人来看", "由物业牵头，三天内检修"]
    )
    assert "一号物业公司" in seen.text("//ol[@class='story']")
    hidden = ["王二", "内部备注", "1380000", "林一 ", *(who.name for who in cast.people.values())]
    assert [word for word in hidden if word in seen.source] == []
    assert seen.root.xpath("//img") == []
    theirs = follow_page(phone(), other.follow_code)
    assert "林一的补充" not in theirs.source
    assert len(theirs.root.xpath("//img")) == 1


def test_a_merged_report_shows_the_progress_of_the_file_it_went_into(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    first = stories.report(cast, clock.now, "一号楼电梯夹人")
    second = stories.report(cast, clock.now, "电梯又坏了")
    stories.to_doing(cast, clock.now, first.case_code or "")
    merging.merge(
        cast.secretary, clock.now, second.case_code or "", first.case_code or "", "同一部电梯"
    )
    seen = follow_page(web, second.follow_code)
    assert f"已并入 {first.number}" in seen.text("//main")
    assert seen.text("//li[@aria-current='step']").endswith("办事")
    assert "一号楼电梯夹人" not in seen.source
    assert "同一部电梯" not in seen.source


def test_a_question_is_answered_on_the_page_with_words_and_photos(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    taken = stories.report(cast, clock.now)
    moving.move(cast.secretary, clock.now, taken.case_code or "", Move.ASK, "是几单元？")
    seen = follow_page(web, taken.follow_code)
    assert "是几单元？" in seen.text("//section[@class='warn']")
    empty = act(web, "more", text=" ")
    assert empty.status_code == 422
    assert "请在这里写点内容" in Seen(empty).beside("text")
    assert faults(empty) == []
    assert state_of(taken) is State.ASKED
    fields = {"once": seen.value("once"), "text": "二单元 <b>左边</b>"}
    files = [("photos", ("a.jpg", jpeg(), "image/jpeg"))]
    for _ in range(2):
        assert web.post("/follow/more", data=fields, files=files).status_code == 303
    assert state_of(taken) is State.NEW
    assert (count(Note), count(Photo)) == (2, 1)
    assert "二单元 <b>左边</b>" in follow_page(web, taken.follow_code).words()


def test_a_bad_photo_keeps_the_answers_words(web: TestClient, cast: Cast, clock: TestClock) -> None:
    taken = stories.report(cast, clock.now)
    follow_page(web, taken.follow_code)
    files = [("photos", ("a.jpg", b"%PDF-1.7", "image/jpeg"))]
    response = web.post("/follow/more", data={"once": "k", "text": "看这里"}, files=files)
    assert response.status_code == 422
    seen = Seen(response)
    assert "不是照片" in seen.beside("photos")
    assert seen.value("text").strip() == "看这里"
    assert (count(Note), count(Photo)) == (0, 0)


def test_a_rating_is_asked_for_when_it_is_time_and_given_once(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    taken = stories.report(cast, clock.now)
    assert "rate-title" not in follow_page(web, taken.follow_code).source
    early = act(web, "rate", level="5", solved="yes")
    assert early.status_code == 422
    assert "还" in Seen(early).text("//*[@role='alert']")
    stories.to_rating(cast, clock.now, taken.case_code or "")
    seen = follow_page(web, taken.follow_code)
    assert "三号楼电梯已检修" in seen.text("//section[@class='card']")
    assert len(seen.root.xpath("//input[@type='radio'][@name='level']")) == 5
    fields = {"once": seen.value("once"), "level": "2", "solved": "no", "comment": "又响了"}
    for _ in range(2):
        assert web.post("/follow/rate", data=fields).status_code == 303
    with engine.read() as session:
        kept = session.scalars(select(Rating)).one()
    assert (kept.level, kept.solved, kept.recorded_by) == (2, "no", None)
    after = follow_page(web, taken.follow_code)
    assert "rate-title" not in after.source
    assert "未解决，不满意" in after.text("//*[@class='good']")
    again = act(web, "rate", level="5", solved="yes")
    assert again.status_code == 422
    assert count(Rating) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"solved": "yes"}, "level"),
        ({"level": "6", "solved": "yes"}, "level"),
        ({"level": "²", "solved": "yes"}, "level"),
        ({"level": "5"}, "solved"),
        ({"level": "5", "solved": "maybe"}, "solved"),
        ({"level": "5", "solved": "yes", "comment": "字" * 1001}, "comment"),
    ],
)
def test_a_rating_that_cannot_be_is_told_beside_its_field(
    web: TestClient, cast: Cast, clock: TestClock, fields: dict[str, str], field: str
) -> None:
    taken = stories.report(cast, clock.now)
    stories.to_rating(cast, clock.now, taken.case_code or "")
    follow_page(web, taken.follow_code)
    response = act(web, "rate", **fields)
    assert response.status_code == 422
    assert Seen(response).beside(field)
    assert faults(response) == []
    assert count(Rating) == 0


def test_a_report_can_be_taken_back_once(web: TestClient, cast: Cast, clock: TestClock) -> None:
    taken = stories.report(cast, clock.now)
    seen = follow_page(web, taken.follow_code)
    fields = {"once": seen.value("once"), "reason": "已经好了"}
    for _ in range(2):
        assert web.post("/follow/withdraw", data=fields).status_code == 303
    assert state_of(taken) is State.PUBLISHING
    assert "reason" not in follow_page(web, taken.follow_code).root.xpath("//@name")


def test_whoever_says_not_solved_is_led_to_the_desk(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    taken = stories.report(cast, clock.now)
    code = taken.case_code or ""
    stories.to_rating(cast, clock.now, code)
    assert "请在上面的评价里选“未解决”" in follow_page(web, taken.follow_code).source
    act(web, "rate", level="3", solved="partly")
    assert str(taken.number) in follow_page(web, taken.follow_code).text("//details")
    publishing.close(cast.social_worker, clock.now + timedelta(days=8), code)
    seen = follow_page(web, taken.follow_code)
    assert "已经销号的事也可以重新办理" in seen.source
    assert seen.root.xpath("//li[@aria-current]") == []


def test_a_held_report_looks_like_one_that_was_just_taken(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    taken = stories.report(cast, clock.now, held_for="flood:address")
    seen = follow_page(web, taken.follow_code)
    assert seen.words() == [LIFT]
    assert seen.text("//li[@aria-current='step']").endswith("提事")
    response = web.post("/follow/more", data={"text": "还有一句", "once": "k"})
    assert response.status_code == 422
    assert faults(response) == []


def test_a_phone_forgets_the_code(web: TestClient, cast: Cast, clock: TestClock) -> None:
    follow_page(web, stories.report(cast, clock.now).follow_code)
    assert web.post("/follow/forget").status_code == 303
    page = web.get("/follow")
    assert Seen(page).words() == []
    assert page.status_code == 200
    assert follow.COOKIE not in web.cookies


@pytest.mark.parametrize("what", ["more", "rate", "withdraw"])
def test_nothing_is_done_without_a_code(web: TestClient, cast: Cast, what: str) -> None:
    response = web.post(f"/follow/{what}", data={"text": "x", "reason": "x", "once": "k"})
    assert response.status_code == 404
    assert faults(response) == []
    assert count(Note) == 0


def test_another_sites_form_is_refused(web: TestClient, cast: Cast, clock: TestClock) -> None:
    taken = stories.report(cast, clock.now)
    follow_page(web, taken.follow_code)
    fields = {"reason": "x", "once": "k"}
    foreign = {"origin": "https://example.org"}
    assert web.post("/follow/withdraw", data=fields, headers=foreign).status_code == 403
    assert state_of(taken) is State.NEW


def test_the_page_speaks_english(phone: Phone, cast: Cast, clock: TestClock) -> None:
    taken = stories.report(cast, clock.now)
    stories.to_doing(cast, clock.now, taken.case_code or "")
    web = phone("en")
    seen = follow_page(web, taken.follow_code)
    assert seen.root.get("lang") == "en"
    assert seen.text("//li[@aria-current='step']").endswith("Do")
    assert "7 days left" in seen.text("//ul[@class='clocks']")
    assert Seen(web.get("/follow?lang=zh_CN")).root.get("lang") == "zh-CN"

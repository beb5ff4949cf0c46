"""A resident's report: what the form takes, and that nothing is counted twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from db import engine
from db.held import held_reports
from db.tables import Case, Photo, PhotoBytes, Report, Reporter
from routes import report
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.html import Seen, faults
from tests.support.pictures import jpeg
from tests.support.reporting import GATE, code_of, fill, rows, send

Phone = Callable[..., TestClient]


def test_a_poster_presets_place_and_category_and_the_report_becomes_a_file(
    web: TestClient, cast: Cast
) -> None:
    form = web.get(GATE)
    assert "一小区 · 1号楼 · 1号楼大门" in form.text
    assert Seen(form).value("category") == "lifts"
    response = send(web, fill(web, name="林一", phone="138 0000 0001", consent="yes"))
    code = code_of(response)
    with engine.read() as session:
        case = session.scalars(select(Case)).one()
        who = session.scalars(select(Reporter)).one()
    assert (case.place_id, case.category_id) == (cast.gate, cast.lifts)
    assert (case.estate_id, case.building_id) == (cast.estate_one, cast.building_one)
    assert (who.name, who.phone) == ("林一", "13800000001")
    assert who.consent_at is not None
    page = web.get("/thanks")
    assert f"{code[:5]}-{code[5:]}" in page.text
    assert "<svg" in page.text
    assert "3月3日 周二 09:00" in page.text
    assert faults(page) == []


def test_the_code_travels_by_a_cookie_that_no_script_and_no_other_page_reads(
    web: TestClient,
) -> None:
    response = send(web, fill(web))
    cookie = response.headers["set-cookie"]
    assert code_of(response) in cookie
    assert {"HttpOnly", "SameSite=lax", "Path=/thanks"} <= set(cookie.split("; "))
    assert code_of(response) not in response.headers["location"]
    assert web.get("/thanks").headers["cache-control"] == "no-store"


def test_another_category_can_be_chosen_and_one_that_is_not_there_is_none(
    web: TestClient, cast: Cast
) -> None:
    code_of(send(web, fill(web, category="permits")))
    code_of(send(web, fill(web, category="'; drop table cases", text="第二件")))
    with engine.read() as session:
        found = list(session.scalars(select(Case.category_id).order_by(Case.id)))
    # What is no category is nothing said, so the poster's stands.
    assert found == [cast.permits, cast.lifts]


def test_a_double_tap_makes_one_report_and_shows_the_same_code(web: TestClient) -> None:
    fields = fill(web)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: send(web, fields, photos=[jpeg()]), range(6)))
    assert len({code_of(answer) for answer in answers}) == 1
    assert (rows(Report), rows(Case), rows(Photo)) == (1, 1, 1)


def test_a_retry_after_an_hour_shows_what_the_first_try_made(
    web: TestClient, clock: TestClock
) -> None:
    fields = fill(web)
    first = code_of(send(web, fields))
    clock.forward(hours=1)
    assert code_of(send(web, fields)) == first
    assert rows(Report) == 1


def test_the_same_form_with_other_words_is_another_report(web: TestClient) -> None:
    fields = fill(web)
    first = code_of(send(web, fields))
    second = code_of(send(web, fields | {"text": "还有，楼道灯不亮"}))
    assert first != second
    assert rows(Case) == 2


def test_two_people_with_the_same_words_make_two_reports(phone: Phone) -> None:
    codes = {code_of(send(web, fill(web))) for web in (phone(), phone())}
    assert len(codes) == 2


def test_a_browser_without_cookies_still_gets_its_code(phone: Phone) -> None:
    fields = fill(phone())
    response = send(phone(), fields)
    assert response.status_code == 200
    assert len(Seen(response).text("//*[@id='code']").replace("-", "")) == 10


def test_photos_are_kept_small_and_belong_to_the_report(web: TestClient) -> None:
    code_of(send(web, fill(web), photos=[jpeg("red", (2000, 1000)), jpeg("blue")]))
    with engine.read() as session:
        kept = list(session.scalars(select(Photo).order_by(Photo.id)))
        report_id, case_id = session.execute(select(Report.id, Report.case_id)).one()
        contents = list(session.scalars(select(PhotoBytes.full)))
    assert [(row.width, row.height) for row in kept] == [(1600, 800), (64, 48)]
    assert {(row.report_id, row.case_id, row.public) for row in kept} == {
        (report_id, case_id, False)
    }
    assert all(content.startswith(b"\xff\xd8") for content in contents)


def test_without_a_poster_estate_and_building_are_chosen(web: TestClient, cast: Cast) -> None:
    page = web.get("/report")
    assert faults(page) == []
    links = Seen(page).root.xpath("//ul[@class='pick']//a/@href")
    assert links == ["/report?estate=e-one", "/report?estate=e-two", "/report?estate=elsewhere"]
    where = links[0]
    code_of(send(web, fill(web, where, building=str(cast.building_two)), where))
    foreign = fill(web, where, building=str(cast.building_three), text="别家的楼")
    code_of(send(web, foreign, where))
    code_of(send(web, fill(web, links[2], text="说不准在哪"), links[2]))
    with engine.read() as session:
        found = session.execute(select(Case.estate_id, Case.building_id).order_by(Case.id))
        assert [tuple(row) for row in found] == [
            (cast.estate_one, cast.building_two),
            (cast.estate_one, None),
            (None, None),
        ]


def test_what_a_machine_fills_in_is_held_back(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    code_of(send(web, fill(web, **{report.HONEYPOT: "https://example.org"})))
    assert rows(Case) == 0
    assert [held.why for held in held_reports(cast.secretary, clock.now).lines] == ["honeypot"]


def test_a_flood_from_one_address_is_held_back_where_the_desk_sees_it(
    phone: Phone, clock: TestClock, cast: Cast
) -> None:
    web, other = phone(), phone(address="192.0.2.77")
    shown = []
    for number in range(7):
        code = code_of(send(web, fill(web, text=f"第 {number} 件")))
        page = web.get("/thanks")
        shown.append(page.text.replace(f"{code[:5]}-{code[5:]}", "").replace(code, ""))
        clock.forward(seconds=20)
    assert (rows(Report), rows(Case)) == (7, 5)
    held = held_reports(cast.secretary, clock.now).lines
    assert {row.text for row in held} == {"第 5 件", "第 6 件"}
    # The sender cannot tell: the pages differ in nothing but the code and its picture.
    assert len({text.split("<svg")[0] for text in shown}) == 1
    web.get(f"/f/{code}")
    assert Seen(web.get("/follow")).words() == ["第 6 件"]
    code_of(send(other, fill(other, text="邻居的事")))
    assert rows(Case) == 6
    clock.forward(minutes=10)
    code_of(send(web, fill(web, text="过了一会儿")))
    assert rows(Case) == 7


def test_a_flood_on_one_place_is_held_back_whoever_sends_it(phone: Phone) -> None:
    for number in range(22):
        web = phone(address=f"192.0.2.{number}")
        code_of(send(web, fill(web, text=f"第 {number} 件")))
    assert (rows(Report), rows(Case)) == (22, 20)
    web = phone(address="192.0.2.99")
    elsewhere = "/r/garden-place-code"
    code_of(send(web, fill(web, elsewhere), elsewhere))
    assert rows(Case) == 21


def test_repeats_and_refused_forms_do_not_count_as_a_flood(web: TestClient) -> None:
    fields = fill(web)
    for _ in range(8):
        code_of(send(web, fields))
        assert send(web, fields | {"text": ""}).status_code == 422
    for number in range(4):
        code_of(send(web, fill(web, text=f"第 {number} 件")))
    assert (rows(Report), rows(Case)) == (5, 5)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("where", [GATE, "/report", "/report?estate=e-one", "/thanks"])
def test_every_page_is_light_plain_and_speaks_its_language(
    phone: Phone, where: str, language: str
) -> None:
    web = phone(language)
    if where == "/thanks":
        code_of(send(web, fill(web)))
    page = web.get(where)
    assert page.status_code == 200
    assert page.headers["content-language"] == language
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert faults(page) == []

"""A resident's report: what the form takes, what it refuses, and that nothing is counted twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import func, select
from starlette.testclient import TestClient

from db import engine
from db.held import held_reports
from db.tables import Case, Photo, PhotoBytes, Report, Reporter
from domain.errors import N_
from domain.texts import clean
from routes import bodies, follow, report
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.html import Seen, faults
from tests.support.naughty import naughty_strings
from tests.support.pictures import jpeg

Phone = Callable[..., TestClient]
GATE = "/r/gate-place-code"
LIFT = "电梯异响，老人不敢坐"


def fill(web: TestClient, where: str = GATE, **fields: str) -> dict[str, str]:
    """The form as a browser would send it."""
    seen = Seen(web.get(where))
    filled = {
        name: seen.value(name) for name in ("once", "category", "name", "phone", report.HONEYPOT)
    }
    return filled | {"text": LIFT} | fields


def send(
    web: TestClient, fields: dict[str, str], where: str = GATE, photos: list[bytes] | None = None
) -> Response:
    files: list[Any] = [
        ("photos", (f"{n}.jpg", content, "image/jpeg")) for n, content in enumerate(photos or [])
    ]
    # A browser sends an empty part for each file input that was left alone.
    files = files or [("photos", ("", b"", "application/octet-stream"))]
    return web.post(where, data=fields, files=files)


def code_of(response: Response) -> str:
    assert response.status_code == 303, Seen(response).text("//main")
    assert response.headers["location"] == "/thanks"
    return str(response.cookies[report.THANKS_COOKIE])


def rows(table: Any) -> int:
    with engine.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


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


PDF = b"%PDF-1.7 nothing to see"


@pytest.mark.parametrize(
    ("fields", "photos", "field", "says"),
    [
        ({"text": ""}, [], "text", "请在这里写点内容"),
        ({"text": " \n\t\u3000\x00 "}, [], "text", "请在这里写点内容"),
        ({"text": "字" * 10_001}, [], "text", "10001"),
        ({"phone": "12345", "consent": "yes"}, [], "phone", "不像电话号码"),
        ({"phone": "13800000001"}, [], "consent", "请勾选"),
        ({"name": "林一"}, [], "consent", "请勾选"),
        ({"name": "长" * 41, "consent": "yes"}, [], "name", "41"),
        ({}, [PDF], "photos", "不是照片"),
        ({}, [jpeg(), jpeg()[:200]], "photos", "第 2 "),
        ({}, [jpeg()] * 4, "photos", "最多 3 张"),
        ({}, [bytes(20 * 1024 * 1024)], "photos", "15 MB"),
        ({}, [b""], "photos", "不是照片"),
    ],
    ids=[
        "nothing",
        "blanks",
        "one character too many",
        "a phone that is none",
        "a phone without consent",
        "a name without consent",
        "a very long name",
        "a PDF",
        "a broken second photo",
        "four photos",
        "20 MB",
        "an empty file",
    ],
)
def test_a_fault_is_told_beside_its_field_and_nothing_is_kept(
    web: TestClient, fields: dict[str, str], photos: list[bytes], field: str, says: str
) -> None:
    filled = fill(web, **fields)
    response = send(web, filled, photos=photos)
    assert response.status_code == 422
    seen = Seen(response)
    assert says in seen.beside(field)
    assert says in seen.text("//*[@role='alert']")
    assert seen.root.xpath("//*[@id=$field]/@aria-invalid", field=field) == ["true"]
    assert seen.value("phone") == filled["phone"]
    assert seen.value("name") == filled["name"]
    assert seen.value("text").strip() == filled["text"].replace("\x00", "\ufffd").strip()
    assert seen.value("once") == filled["once"]
    assert ("照片请重新选" in response.text) == bool(photos)
    assert [fault for fault in faults(response) if "bytes" not in fault] == []
    assert (rows(Report), rows(Reporter), rows(Photo), rows(Case)) == (0, 0, 0, 0)


def test_all_faults_are_told_at_once(web: TestClient) -> None:
    response = send(web, fill(web, text=" ", phone="1", name="林"), photos=[PDF])
    told = Seen(response).root.xpath("//*[@role='alert']//a/@href")
    assert told == ["#text", "#photos", "#phone", "#consent"]


def test_a_mended_form_is_taken_after_its_fault(web: TestClient) -> None:
    fields = fill(web, phone="1", consent="yes")
    assert send(web, fields).status_code == 422
    code_of(send(web, fields | {"phone": "13800000001"}))
    assert rows(Report) == 1


@pytest.mark.parametrize(
    "words",
    [
        "字" * 10_000,
        "🛗😱👨‍👩‍👧‍👦 电梯",
        "المصعد معطل \u202eكسر\u202c 电梯",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "**粗** [点我](javascript:alert(1)) ![](https://example.org/x.png)",
        "{{ 7*7 }} {% raw %} {text} %s $x",
        '"><style>*{display:none}</style>&amp;&lt;',
        "第一行\r\n第二行\t有缩进",
        "=1+1",
    ],
)
def test_any_words_are_kept_and_shown_as_they_were_written(web: TestClient, words: str) -> None:
    code = code_of(send(web, fill(web, text=words)))
    web.get(f"/f/{code}")
    page = web.get("/follow")
    assert Seen(page).words() == [words.replace("\r\n", "\n")]
    assert faults(page) == []


@pytest.mark.slow
def test_every_naughty_string_is_kept_or_refused_and_never_breaks_a_page(
    phone: Phone, clock: TestClock
) -> None:
    browsers = [phone(address=f"192.0.2.{number}") for number in range(10)]
    fields = fill(browsers[0], phone="13800000001", consent="yes")
    for number, words in enumerate(naughty_strings()):
        clock.forward(minutes=1)
        web = browsers[number % 10]
        web.cookies.set(report.PROBE_COOKIE, "1")
        response = send(web, fields | {"text": words, "name": words[:40], "once": f"key-{number}"})
        kept = clean(words)
        if response.status_code == 422:
            assert not kept, words
            continue
        web.cookies.set(follow.COOKIE, code_of(response))
        page = web.get("/follow")
        assert Seen(page).words() == [kept]
        assert faults(page) == []


def test_a_body_that_is_too_large_gets_a_page_that_says_so(
    web: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MOST_BODY", 20_000)
    fields = fill(web)
    known = send(web, fields, photos=[bytes(30_000)])
    assert known.status_code == 413
    assert "15 MB" in Seen(known).text("//main")
    assert faults(known) == []

    def endless() -> Any:
        yield b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\n"
        for _ in range(50):
            yield bytes(1000)

    head = {"content-type": "multipart/form-data; boundary=x"}
    unknown = web.post(GATE, content=endless(), headers=head)
    assert unknown.status_code == 413
    assert rows(Report) == 0


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"something else"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="te'),
        ("multipart/form-data; boundary=x", b"--x\r\nno header\r\n\r\nfoo\r\n--x--"),
        (
            "multipart/form-data; boundary=x",
            b"".join(
                b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' for _ in range(99)
            )
            + b"--x--",
        ),
    ],
    ids=["no boundary", "not multipart", "cut off", "no header", "99 fields"],
)
def test_a_malformed_body_is_refused_with_a_page(web: TestClient, kind: str, body: bytes) -> None:
    response = web.post(GATE, content=body, headers={"content-type": kind})
    assert response.status_code in {400, 422}
    assert faults(response) == []
    assert rows(Report) == 0


def test_other_kinds_of_body_are_a_form_without_words(web: TestClient) -> None:
    response = web.post(GATE, json={"text": LIFT})
    assert response.status_code == 422
    assert rows(Report) == 0


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


@pytest.mark.parametrize("code", ["nope", "GATE-PLACE-CODE", "'--", "x" * 500, "%00", "%F0%9F"])
def test_every_bad_place_code_gets_the_same_answer(web: TestClient, code: str) -> None:
    reference = web.get("/r/unknown")
    for response in (web.get(f"/r/{code}"), send(web, {"text": LIFT}, f"/r/{code}")):
        assert response.status_code == 404
        assert response.text == reference.text
    assert "/report" in reference.text
    assert faults(reference) == []
    assert rows(Report) == 0


def test_words_survive_a_database_that_does_not_answer(
    web: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = fill(web, text="<b>要紧的话</b>", phone="13800000001", consent="yes")

    def down(*_: object, **__: object) -> None:
        raise engine.DatabaseDown(
            N_("The database does not answer just now: nothing was saved. Try again in a minute.")
        )

    with monkeypatch.context() as broken:
        broken.setattr(report, "take_report", down)
        response = send(web, fields)
    assert response.status_code == 503
    seen = Seen(response)
    kept = {name: seen.value(name) for name in (*report.FIELDS, "once")}
    assert kept["text"] == fields["text"]
    assert faults(response) == []
    code_of(send(web, kept))
    assert rows(Report) == 1


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

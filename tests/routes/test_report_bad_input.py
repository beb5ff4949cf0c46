"""What a resident's form is sent by mistake or in malice, and how it answers."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from db import engine
from db.tables import Case, Photo, Report, Reporter
from domain.errors import N_
from routes import bodies, report
from tests.support.databases import KINDS
from tests.support.html import Seen, faults
from tests.support.pictures import jpeg
from tests.support.reporting import GATE, LIFT, code_of, fill, rows, send

Phone = Callable[..., TestClient]

# PostgreSQL refuses what SQLite takes, such as a zero byte.
pytestmark = pytest.mark.parametrize("database", KINDS, indirect=True)


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

"""Around every answer: errors as pages, the visitor's address, and an outage told quickly."""

import time
from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from db import sign_ins
from db.engine import DatabaseDown
from db.rates import TooMany
from domain.errors import DeskError, NotAllowed, NotFound, Refused
from routes.envelope import PROXY, UVICORN_PROXY, Envelope
from routes.errors import on_http_error
from routes.gate import Gate


def browser(handler: Callable[[Request], Response], peer: str = "192.0.2.1") -> TestClient:
    """A browser in front of one open and one closed address."""
    app = Starlette(
        routes=[Route("/board", handler), Route("/closed", handler)],
        middleware=[Middleware(Envelope), Middleware(Gate, go_and_sign_in=b"")],
        exception_handlers={HTTPException: on_http_error},
    )
    return TestClient(
        app, client=(peer, 4000), headers={"Accept-Language": "zh-CN"}, follow_redirects=False
    )


def who(request: Request) -> Response:
    """Tell the visitor's address and scheme."""
    assert request.client is not None
    return PlainTextResponse(f"{request.client.host} {request.url.scheme}")


@pytest.mark.parametrize(
    ("error", "status", "word"),
    [
        (NotFound("There is no such account."), 404, "没有这个账号"),
        (NotAllowed("Your role may not do this."), 403, "没有办成"),
        (Refused("No."), 400, "没有办成"),
        (DatabaseDown("The disk is full."), 503, "没有办成"),
    ],
)
def test_an_error_that_people_can_mend_is_a_sentence(
    error: DeskError, status: int, word: str
) -> None:
    def fail(_request: Request) -> Response:
        raise error

    answer = browser(fail).get("/board")
    assert answer.status_code == status
    assert word in answer.text


def test_whoever_has_to_wait_is_told_how_long() -> None:
    def fail(_request: Request) -> Response:
        from datetime import timedelta

        raise TooMany(timedelta(seconds=41.2))

    answer = browser(fail).get("/board")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "42")
    assert "42" in answer.text


def test_an_unforeseen_error_is_a_number_that_the_log_has_too(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_request: Request) -> Response:
        raise ValueError("住户子 13800000101")

    answer = browser(fail).get("/board")
    assert answer.status_code == 500
    number = answer.headers["x-request-id"]
    assert number in answer.text
    assert "住户" not in answer.text
    assert [record for record in caplog.records if getattr(record, "id", "") == number]
    assert "住户" not in caplog.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_an_address_that_is_nowhere_is_a_page_too() -> None:
    answer = browser(who).get("/board/nothing")
    assert answer.status_code == 404
    assert "这里没有内容" in answer.text


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "told"),
    [
        ("", "192.0.2.1", "203.0.113.9", "192.0.2.1 http"),
        ("", "127.0.0.1", "203.0.113.9", "127.0.0.1 http"),
        # As uvicorn has already rewritten it, believing its own machine.
        ("", "203.0.113.9", "203.0.113.9", "127.0.0.1 http"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9", "203.0.113.9 http"),
        ("192.0.2.1", "192.0.2.1", "203.0.113.9", "203.0.113.9 https"),
        ("192.0.2.0/24, 10.0.0.1", "192.0.2.77", "203.0.113.9", "203.0.113.9 https"),
        ("192.0.2.1", "192.0.2.2", "203.0.113.9", "192.0.2.2 http"),
        # Only what the proxy itself added is believed, not what came to it.
        ("192.0.2.1", "192.0.2.1", "198.51.100.1, 203.0.113.9", "203.0.113.9 https"),
    ],
)
def test_a_forwarded_address_is_believed_from_the_configured_proxy_alone(
    monkeypatch: pytest.MonkeyPatch, trusted: str, peer: str, forwarded: str, told: str
) -> None:
    monkeypatch.setenv(PROXY, trusted)
    monkeypatch.delenv(UVICORN_PROXY, raising=False)
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https"}
    assert browser(who, peer).get("/board", headers=headers).text == told


def test_a_database_that_hangs_is_told_within_two_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def hang(*_: object) -> None:
        time.sleep(4)

    monkeypatch.setattr(sign_ins, "session_of", hang)
    with browser(who) as client:
        began = time.monotonic()
        answer = client.get("/closed", headers={"Cookie": "desk_session=x"})
        took = time.monotonic() - began
    assert answer.status_code == 503
    assert "数据库暂时没有响应" in answer.text
    assert took < 2.5  # two, and what a busy machine adds


@pytest.mark.parametrize("error", [OSError("x"), RuntimeError("x"), TimeoutError()])
def test_who_cannot_be_recognised_is_not_let_in(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(sign_ins, "session_of", fail)
    answer = browser(who).get("/closed", headers={"Cookie": "desk_session=x"})
    assert answer.status_code == 503

"""The public pages behind the real gate and envelope, asked as a browser asks."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.testclient import TestClient

import locales
from db.engine import Database
from routes import (
    activities,
    activity_door,
    activity_posters,
    answers,
    ballot_sheets,
    ballots,
    board,
    calendars,
    errands,
    files,
    follow,
    guides,
    help,
    micro_list,
    month_sheets,
    poll_papers,
    receipts,
    report,
    signin,
)
from routes.envelope import Envelope
from routes.errors import on_http_error
from routes.gate import Gate
from tests.support.cast import Cast
from tests.support.databases import Databases

Phone = Callable[..., TestClient]


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Database]:
    """SQLite alone: what a database makes of a form is asked in `tests/db`, on both kinds."""
    yield from databases.in_use(request.param)


@pytest.fixture
def phone(cast: Cast) -> Iterator[Phone]:
    """Makes browsers: each has cookies, a language and a network address of its own."""
    app = Starlette(
        routes=[
            *signin.ROUTES,
            *report.ROUTES,
            *follow.ROUTES,
            *answers.ROUTES,
            *poll_papers.ROUTES,
            *ballots.ROUTES,
            *ballot_sheets.ROUTES,
            *receipts.ROUTES,
            *files.ROUTES,
            *board.ROUTES,
            *help.ROUTES,
            *errands.ROUTES,
            *calendars.ROUTES,
            *activity_posters.ROUTES,
            *activities.ROUTES,
            *activity_door.ROUTES,
            *guides.ROUTES,
            *micro_list.ROUTES,
            *month_sheets.ROUTES,
        ],
        middleware=[Middleware(Envelope), Middleware(Gate, go_and_sign_in=b"")],
        exception_handlers={HTTPException: on_http_error},
    )

    def make(language: str = "zh-CN", address: str = "192.0.2.1") -> TestClient:
        client = TestClient(
            app,
            client=(address, 4000),
            headers={"accept-language": language},
            follow_redirects=False,
        )
        # Entered, it keeps one event loop for all its requests.
        return clients.enter_context(client)

    with ExitStack() as clients:
        yield make
    locales.use(locales.CHINESE)


@pytest.fixture
def web(phone: Phone) -> TestClient:
    """One such browser, in Chinese."""
    return phone()

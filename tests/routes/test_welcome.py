"""The first visit: one question, two ways, and no third for whoever comes late."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from db import first_visit, sign_ins
from db.engine import Database
from jobs.demo_loading import Progress
from routes import signin
from routes.envelope import Envelope
from routes.gate import Gate
from routes.welcome import Welcome
from tests.support.cast import Cast
from tests.support.clock import TestClock


@dataclass
class Loader:
    """Stands in for the job that loads the demo."""

    state: Progress = field(default_factory=Progress)
    started: int = 0

    def start(self) -> bool:
        self.started += 1
        self.state = Progress(running=True)
        return True

    def progress(self) -> Progress:
        return self.state


@pytest.fixture
def loader() -> Loader:
    return Loader()


@pytest.fixture
def visitor(database: Database, clock: TestClock, loader: Loader) -> Iterator[TestClient]:
    """A browser in front of a database that may be empty."""
    app = Starlette(
        routes=[*signin.ROUTES, *Welcome(loader).routes()],
        middleware=[Middleware(Envelope), Middleware(Gate, go_and_sign_in=b"")],
    )
    with TestClient(app, headers={"Accept-Language": "zh-CN"}, follow_redirects=False) as client:
        yield client


def form(code: str, **changed: str) -> dict[str, str]:
    return {
        "community": "菖蒲社区",
        "name": "王芳",
        "login": "wangfang",
        "password": "一只老猫坐在墙头看天",
        "code": code,
    } | changed


def test_an_empty_database_asks_one_question(visitor: TestClient) -> None:
    assert visitor.get("/").headers["location"] == "/signin"
    assert visitor.get("/signin").headers["location"] == "/welcome"
    page = visitor.get("/welcome").text
    assert page.count("<form") == 2
    assert "<script" not in page


def test_starting_empty_signs_the_first_administrator_in(
    visitor: TestClient, clock: TestClock
) -> None:
    code = first_visit.set_up_code() or ""
    answer = visitor.post("/welcome", data=form(code))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert sign_ins.session_of(visitor.cookies["desk_session"], clock.now) is not None
    assert visitor.get("/welcome").headers["location"] == "/signin"
    again = visitor.post("/welcome", data=form(code, login="second"))
    assert again.status_code == 400


def test_what_was_typed_is_kept_beside_what_is_wrong_with_it(visitor: TestClient) -> None:
    code = first_visit.set_up_code() or ""
    answer = visitor.post("/welcome", data=form(code, login="wang fang", name='"><script>'))
    assert answer.status_code == 400
    assert "请填写不含空格的登录名" in answer.text
    assert 'value="wang fang"' in answer.text
    assert 'value="菖蒲社区"' in answer.text
    assert "<script" not in answer.text
    assert "一只老猫" not in answer.text  # a password is never sent back
    assert re.search(r'id="login"[^>]*aria-invalid="true"', answer.text)


def test_without_the_code_nothing_begins(visitor: TestClient) -> None:
    first_visit.set_up_code()
    answer = visitor.post("/welcome", data=form("AAAAA-AAAAA"))
    assert answer.status_code == 400
    assert "这不是服务器启动时显示的设置码" in answer.text
    assert visitor.get("/signin").headers["location"] == "/welcome"


def test_the_demo_begins_by_a_button_and_shows_how_far_it_is(
    visitor: TestClient, loader: Loader
) -> None:
    assert visitor.get("/welcome/demo").headers["location"] == "/welcome"
    assert loader.started == 0
    assert visitor.post("/welcome/demo").headers["location"] == "/welcome/demo"
    loader.state = Progress(running=True, done=30, total=125)
    page = visitor.get("/welcome/demo").text
    assert '<meta http-equiv="refresh" content="1">' in page
    assert 'max="125" value="30"' in page
    assert visitor.get("/welcome").headers["location"] == "/welcome/demo"


def test_a_demo_that_failed_says_so_and_can_be_tried_again(
    visitor: TestClient, loader: Loader
) -> None:
    loader.state = Progress(failed=True)
    page = visitor.get("/welcome/demo")
    assert page.status_code == 500
    assert "没有载入成功" in page.text
    assert "refresh" not in page.text
    visitor.post("/welcome/demo")
    assert loader.started == 1


def test_where_people_live_already_no_demo_is_loaded(
    visitor: TestClient, loader: Loader, cast: Cast
) -> None:
    visitor.post("/welcome/demo")
    assert loader.started == 0
    assert visitor.get("/welcome/demo").headers["location"] == "/signin"


def test_another_sites_form_starts_nothing(visitor: TestClient, loader: Loader) -> None:
    answer = visitor.post("/welcome/demo", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert loader.started == 0

"""What all tests share: databases of both kinds, the clock, the cast, and no skips in CI."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from db import engine
from db.now import CLOCK_FILE
from tests.support.browser import PC, PHONE, Screen, chromium
from tests.support.cast import Cast, settle
from tests.support.clock import DEMO_DAY, TestClock
from tests.support.databases import KINDS, Databases
from tests.support.naughty import naughty_strings as fetch_naughty_strings
from tests.support.need import NO_SHARED_DATA, in_ci, quick_folder
from tests.support.server import Server

# A test that forgot the `database` fixture must not find somebody's real data.
os.environ["DATABASE_URL"] = "sqlite://"  # in memory and without tables


SLOW_FIXTURES = {"start_server", "browser", "naughty_strings", "made"}


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """Gives out databases; the PostgreSQL behind it is one per test process."""
    with tempfile.TemporaryDirectory(prefix="desk-databases-", dir=quick_folder()) as folder:
        made = Databases(Path(folder))
        yield made
        made.close()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, databases: Databases) -> Iterator[engine.Database]:
    """A fresh migrated database that the whole code uses; the test runs once on each kind.

    A test that is about one kind says so with
    `@pytest.mark.parametrize("database", ["sqlite"], indirect=True)`.
    """
    yield from databases.in_use(request.param)


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClock:
    """The server's clock, standing at a Monday, 9:00, until the test moves it."""
    path = tmp_path / "clock"
    monkeypatch.setenv(CLOCK_FILE, str(path))
    return TestClock(path)


@pytest.fixture
def demo_day(databases: Databases, clock: TestClock) -> Iterator[engine.Database]:
    """The demo community on SQLite, and the clock at its day; a copy that may be changed."""
    url = databases.with_demo(clock.set(DEMO_DAY))
    used = engine.use(url)
    assert used is not None
    yield used
    engine.use(None)
    databases.forget(url)


@pytest.fixture
def cast(database: engine.Database, clock: TestClock) -> Cast:
    """The small cast, settled in the test's database."""
    with database.write() as session:
        return settle(session, clock.now)


@pytest.fixture
def start_server(database: engine.Database, clock: TestClock) -> Iterator[Callable[..., Server]]:
    """Starts servers on the test's database and clock; takes more environment variables."""
    started: list[Server] = []

    def start(**extra: str) -> Server:
        url = database.url.render_as_string(hide_password=False)
        started.append(Server(url, clock.path, extra))
        return started[-1].start()

    yield start
    for server in started:
        server.remove()


@pytest.fixture
def server(cast: Cast, start_server: Callable[..., Server]) -> Server:
    """The real server, with the cast in its database."""
    return start_server()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def open_screen(
    request: pytest.FixtureRequest, server: Server, browser: Browser
) -> Iterator[Callable[..., Screen]]:
    """Opens a device on the server; see `Screen`."""
    opened: list[Screen] = []

    def screen(shape: dict[str, object], **options: object) -> Screen:
        opened.append(Screen(browser, server.address, shape, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield screen
    failed = getattr(request.node, "failed_call", False)
    for number, one in enumerate(opened):
        if failed:  # what each person saw at the end
            one.shot(f"failed_{request.node.name[:60]}_{number}")
        one.close()


@pytest.fixture
def phone(open_screen: Callable[..., Screen]) -> Screen:
    """An old phone: 360 px, touch, Chinese."""
    return open_screen(PHONE)


@pytest.fixture
def pc(open_screen: Callable[..., Screen]) -> Screen:
    """A PC's browser in Chinese."""
    return open_screen(PC)


@pytest.fixture(scope="session")
def naughty_strings() -> list[str]:
    """485 strings that break programs."""
    return fetch_naughty_strings()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts a server or a browser is slow, without saying so itself.

    So is what runs on SQLite as well: the quick run takes the embedded default alone.
    """
    for item in items:
        parameters = item.callspec.params if hasattr(item, "callspec") else {}
        second = "postgresql" in map(str, parameters.values())
        if second or SLOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


def _may_skip(report: pytest.TestReport | pytest.CollectReport) -> bool:
    return not in_ci() or NO_SHARED_DATA in str(report.longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """In CI a test that did not run is a test that failed."""
    report = yield
    item.failed_call = report.failed  # type: ignore[attr-defined]
    if report.skipped and not hasattr(report, "wasxfail") and not _may_skip(report):
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped in CI, but: {report.longrepr[2]}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):  # type: ignore[no-untyped-def]
    """The same for a module that leaves itself out while it is being read."""
    report = yield
    if report.skipped and not _may_skip(report):
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped in CI, but: {report.longrepr[2]}"
    return report

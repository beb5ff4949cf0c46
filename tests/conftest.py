"""What all tests share: databases of both kinds, the clock, the cast, and no skips in CI."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import engine
from db.now import CLOCK_FILE
from tests.support.cast import Cast, settle
from tests.support.clock import TestClock
from tests.support.databases import KINDS, Databases
from tests.support.need import NO_SHARED_DATA, in_ci


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Gives out databases; the PostgreSQL behind it is one per test process."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, databases: Databases) -> Iterator[engine.Database]:
    """A fresh migrated database that the whole code uses; the test runs once on each kind.

    A test that is about one kind says so with
    `@pytest.mark.parametrize("database", ["sqlite"], indirect=True)`.
    """
    url = databases.fresh(request.param)
    used = engine.use(url)
    assert used is not None
    yield used
    engine.use(None)
    databases.forget(url)


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClock:
    """The server's clock, standing at a Monday, 9:00, until the test moves it."""
    path = tmp_path / "clock"
    monkeypatch.setenv(CLOCK_FILE, str(path))
    return TestClock(path)


@pytest.fixture
def cast(database: engine.Database, clock: TestClock) -> Cast:
    """The small cast, settled in the test's database."""
    with database.write() as session:
        return settle(session, clock.now)


def _may_skip(report: pytest.TestReport | pytest.CollectReport) -> bool:
    return not in_ci() or NO_SHARED_DATA in str(report.longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """In CI a test that did not run is a test that failed."""
    report = yield
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

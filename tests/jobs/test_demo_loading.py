"""Loading the demo: once, beside the server, and what is seen of it meanwhile."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from db import demo, leases
from db.engine import Database
from jobs import demo_loading
from jobs.demo_loading import LEASE, Progress
from tests.support.cast import Cast
from tests.support.clock import TestClock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    demo_loading._state = Progress()
    yield
    demo_loading._state = Progress()


def until(wanted: Callable[[], bool]) -> None:
    for _ in range(500):
        if wanted():
            return
        time.sleep(0.02)
    raise AssertionError(demo_loading.progress())


def test_it_is_loaded_once_however_often_it_is_asked_for(
    database: Database, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, loaded = threading.Event(), []

    def load(tell: Callable[[int, int], None]) -> None:
        tell(30, 125)
        go_on.wait(10)
        loaded.append(1)

    monkeypatch.setattr(demo, "load", load)
    assert demo_loading.start()
    until(lambda: demo_loading.progress() == Progress(running=True, done=30, total=125))
    assert not demo_loading.start()
    # Another server knows nothing of this one but the lease.
    assert not leases.take(LEASE, "another server", clock.now, 60)
    go_on.set()
    until(lambda: not demo_loading.progress().running)
    assert not demo_loading.progress().failed
    assert loaded == [1]
    until(lambda: leases.take(LEASE, "another server", clock.now, 60))


def test_a_failure_is_told_and_it_can_be_tried_again(
    database: Database, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_tell: Callable[[int, int], None]) -> None:
        raise OSError

    monkeypatch.setattr(demo, "load", fail)
    assert demo_loading.start()
    until(lambda: demo_loading.progress() == Progress(failed=True))
    until(demo_loading.start)


def test_nothing_is_loaded_among_people(
    cast: Cast, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[int] = []
    monkeypatch.setattr(demo, "load", lambda _tell: loaded.append(1))
    demo_loading.start()
    until(lambda: not demo_loading.progress().running)
    assert loaded == []

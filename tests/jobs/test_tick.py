"""The tick: each job when it is due, once over all servers, whatever another one does."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from db.engine import Database
from jobs.tick import JOBS, Job, run_due
from tests.support.clock import TestClock


def job(name: str, run: Callable[[datetime], object], minutes: int = 10) -> Job:
    return Job(name, timedelta(minutes=minutes), run)


def test_a_job_runs_when_its_time_has_come_and_not_before(
    database: Database, clock: TestClock
) -> None:
    ran: list[datetime] = []
    jobs = (job("count", ran.append),)
    for minutes, times in ((0, 1), (1, 1), (8, 1), (1, 2), (9, 2), (1, 3)):
        run_due(clock.forward(minutes=minutes), jobs)
        assert len(ran) == times
    assert ran[-1] == clock.now


def test_a_job_that_fails_stops_no_other_and_its_words_stay_out_of_the_log(
    database: Database, clock: TestClock, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_now: datetime) -> None:
        raise ValueError("住户子 13800000101")

    ran: list[datetime] = []
    assert run_due(clock.now, (job("bad", fail), job("good", ran.append))) == ["good"]
    assert len(ran) == 1
    assert "job failed" in caplog.text
    assert "住户" not in caplog.text


def test_an_outage_does_not_end_the_tick(clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object) -> bool:
        raise OSError

    monkeypatch.setattr("jobs.tick.leases.take", down)
    assert run_due(clock.now, (job("any", lambda _now: None),)) == []


def test_of_many_servers_that_tick_at_one_moment_one_runs_the_job(
    database: Database, clock: TestClock
) -> None:
    ran: list[datetime] = []
    together = threading.Barrier(6)

    def tick() -> None:
        together.wait()
        run_due(clock.now, (job("once", ran.append),))

    threads = [threading.Thread(target=tick) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ran) == 1


def test_every_planned_job_runs_on_an_empty_database(database: Database, clock: TestClock) -> None:
    assert run_due(clock.now) == [one.name for one in JOBS]
    assert len({one.name for one in JOBS}) == len(JOBS)

"""Leases: one holder at a time."""

import threading
from datetime import timedelta

import pytest

from db import leases
from db.engine import Database
from tests.support.clock import TestClock


def test_a_lease_is_held_by_one_until_it_ends_or_is_given_back(
    database: Database, clock: TestClock
) -> None:
    assert leases.take("tick", "one", clock.now, 60)
    assert leases.take("tick", "one", clock.now, 60)
    assert not leases.take("tick", "two", clock.now + timedelta(seconds=59), 60)
    assert leases.take("tick", "two", clock.now + timedelta(seconds=60), 60)
    leases.release("tick", "one", clock.now)
    assert not leases.take("tick", "three", clock.now + timedelta(seconds=61), 60)
    leases.release("tick", "two", clock.now + timedelta(seconds=61))
    assert leases.take("tick", "three", clock.now + timedelta(seconds=61), 60)


def test_leases_of_different_names_know_nothing_of_each_other(
    database: Database, clock: TestClock
) -> None:
    assert leases.take("a", "one", clock.now, 60)
    assert leases.take("b", "two", clock.now, 60)


@pytest.mark.parametrize("round_", range(3))
def test_of_many_at_one_moment_one_gets_it(
    database: Database, clock: TestClock, round_: int
) -> None:
    together, got = threading.Barrier(8), []

    def try_it(number: int) -> None:
        together.wait()
        if leases.take("demo", f"server {number}", clock.now, 60):
            got.append(number)

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1

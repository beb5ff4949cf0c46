"""Reminders as rows: each rung once, in duty hours, whoever ticks and however often."""

import threading

import pytest
from sqlalchemy import select

from db import engine, intake, moving, reminding
from db.reminding import raise_due
from db.tables import Channel, ClockRow, Reminder
from domain.clocks import Promise
from domain.moves import Move
from domain.people import RESIDENT
from domain.reminders import Rung
from tests.support.cast import Cast
from tests.support.clock import TestClock


def new_file(cast: Cast, clock: TestClock) -> str:
    taken = intake.take_report(
        RESIDENT, clock.now, text="地库渗水", channel=Channel.QR, place_code=cast.gate_code
    )
    return taken.case_code or ""


def rungs(promise: Promise) -> list[Rung]:
    with engine.read() as session:
        query = select(Reminder.rung).join(ClockRow, ClockRow.id == Reminder.clock_id)
        return list(session.scalars(query.where(ClockRow.promise == promise).order_by(Reminder.id)))


def test_the_ladder_is_climbed_one_rung_after_the_other(cast: Cast, clock: TestClock) -> None:
    new_file(cast, clock)  # Monday 9:00; the first answer is due on Tuesday 9:00
    table = (
        ("2026-03-02 16:29", []),
        ("2026-03-02 16:30", [Rung.BEFORE]),  # an hour of duty is left
        ("2026-03-02 23:00", [Rung.BEFORE]),
        ("2026-03-03 08:59", [Rung.BEFORE]),
        ("2026-03-03 09:00", [Rung.BEFORE, Rung.DUE]),
        ("2026-03-04 08:59", [Rung.BEFORE, Rung.DUE]),
        ("2026-03-04 09:00", [Rung.BEFORE, Rung.DUE, Rung.CHASE]),
        ("2026-03-06 09:00", [Rung.BEFORE, Rung.DUE, Rung.CHASE, Rung.AGENDA]),
        ("2026-03-07 09:00", [Rung.BEFORE, Rung.DUE, Rung.CHASE, Rung.AGENDA]),
    )
    for moment, expected in table:
        clock.set(moment)
        raise_due(clock.now)
        raise_due(clock.now)
        assert rungs(Promise.FIRST_ANSWER) == expected, moment


def test_a_kept_promise_and_a_paused_one_remind_nobody(cast: Cast, clock: TestClock) -> None:
    moving.move(cast.secretary, clock.now, new_file(cast, clock), Move.ASK, "几单元？")
    clock.set("2026-03-20 10:00")
    assert raise_due(clock.now) == 0


def test_two_servers_that_tick_at_once_raise_each_rung_once(cast: Cast, clock: TestClock) -> None:
    for _ in range(5):
        new_file(cast, clock)
    clock.set("2026-03-03 10:00")
    counts: list[int] = []
    start = threading.Barrier(4)

    def tick() -> None:
        start.wait()
        counts.append(raise_due(clock.now))

    threads = [threading.Thread(target=tick) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 5
    assert rungs(Promise.FIRST_ANSWER) == [Rung.DUE] * 5


def test_more_clocks_than_a_portion_are_all_reminded(
    cast: Cast, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        new_file(cast, clock)
    clock.set("2026-03-03 10:00")
    monkeypatch.setattr(reminding, "CHUNK", 2)
    assert raise_due(clock.now) == 5

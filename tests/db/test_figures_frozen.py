"""A month is frozen 31 days after its end; what is corrected later stands beside it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from db import engine, intake, moving
from db.engine import Database
from db.figures.freezing import freeze, frozen_at
from db.figures.made import make
from db.figures.reads import Overview, Wanted, overview
from db.tables import Channel
from db.tables.figures import FrozenSum
from domain.figure_words import Figure
from domain.moves import Move
from domain.people import RESIDENT, SYSTEM
from tests.support.cast import Cast
from tests.support.clock import TestClock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def shown(now: datetime, month: date) -> Overview:
    make(now)
    return overview(SYSTEM, now, Wanted(month, month))


def kept() -> set[tuple[object, ...]]:
    with engine.read() as session:
        return {tuple(row) for row in session.execute(select(*FrozenSum.__table__.columns))}


def a_file(now: datetime, words: str) -> str:
    code = intake.take_report(RESIDENT, now, text=words, channel=Channel.QR).case_code
    assert code
    return code


@pytest.mark.parametrize(
    ("month", "at"),
    [
        (date(2026, 1, 1), datetime(2026, 3, 3, 16, tzinfo=UTC)),
        (date(2026, 2, 1), datetime(2026, 3, 31, 16, tzinfo=UTC)),
        (date(2028, 2, 1), datetime(2028, 3, 31, 16, tzinfo=UTC)),  # a leap day in it
        (date(2026, 11, 1), datetime(2026, 12, 31, 16, tzinfo=UTC)),
        (date(2026, 12, 1), datetime(2027, 1, 31, 16, tzinfo=UTC)),
    ],
)
def test_a_month_is_frozen_31_days_after_its_end_in_the_communitys_zone(
    month: date, at: datetime
) -> None:
    assert frozen_at(month) == at


def test_a_frozen_month_is_not_rewritten_and_the_correction_stands_beside(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    code = a_file(clock.now, "路灯不亮")
    month = clock.now.date().replace(day=1)
    moving.move(cast.secretary, clock.now + HOUR, code, Move.ACCEPT)
    moving.move(cast.secretary, clock.now + HOUR, code, Move.EXPLAIN, "已说明")
    limit = frozen_at(month)
    make(limit - HOUR)
    assert freeze(limit - timedelta(seconds=1)) == 0
    before = shown(limit - timedelta(seconds=1), month)
    assert not before.frozen
    assert freeze(limit) == 1
    assert freeze(limit + HOUR) == 0
    frozen, rows = shown(limit, month), kept()
    assert frozen.frozen == (month,)
    assert frozen.shares == before.shares
    # Reopened after the freeze: its work does not count as done any more in today's facts alone.
    moving.move(cast.secretary, limit + HOUR, code, Move.REOPEN, "又坏了")
    late = a_file(clock.now + 2 * HOUR, "补录的事项")
    assert late
    after = shown(limit + DAY, month)
    assert (after.received, after.received_now) == (1, 2)
    response = after.shares[Figure.RESPONSE]
    was = before.shares[Figure.RESPONSE]
    assert (response.hit, response.due) == (was.hit, was.due)
    assert response.now == (was.hit, was.due + 1)
    assert freeze(limit + 2 * DAY) == 0
    assert kept() == rows


def test_a_server_that_stood_still_freezes_what_was_known_then(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    code = a_file(clock.now, "路灯不亮")
    month = clock.now.date().replace(day=1)
    limit = frozen_at(month)
    make(limit)
    assert freeze(limit) == 1
    in_time = kept()
    with engine.write() as session:
        session.connection().exec_driver_sql("DELETE FROM frozen_sums")
    moving.move(cast.secretary, limit + HOUR, code, Move.ACCEPT)
    moving.move(cast.secretary, limit + HOUR, code, Move.EXPLAIN, "已说明")
    make(limit + 40 * DAY)
    assert freeze(limit + 40 * DAY) == 1
    assert kept() == in_time

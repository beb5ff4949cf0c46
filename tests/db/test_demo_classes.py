"""The demo's class and errand desk, whenever it is loaded."""

from datetime import UTC, datetime, timedelta

import pytest

from db.classes import reads
from db.demo.classes import CHILDREN, COURSES, teach
from db.demo.diary import Diary
from db.demo.errands import ERRANDS, SERVICES, serve
from db.engine import Database, batch
from db.errands.reads import ended_errands, open_errands
from db.errands.services import services
from domain.days import local_day
from domain.people import SYSTEM
from tests.db.test_demo_rounds import settle


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_term_is_half_over_and_the_desk_has_errands(database: Database) -> None:
    now = datetime(2025, 11, 17, 10, 20, tzinfo=UTC)  # a Monday, 18:20
    diary = Diary(now)
    settled = settle(now - timedelta(days=345))
    teach(diary, settled)
    serve(diary, settled)
    with batch():
        diary.play(lambda _done, _all: None)
    (line,) = reads.terms(SYSTEM)
    assert line.is_on(local_day(now))
    view = reads.term(SYSTEM, now, line.code)
    assert (view.children, len(view.courses)) == (CHILDREN, len(COURSES))
    assert sum(one.waiting for one in view.courses) > 0
    assert all(6 <= one.held < one.planned and one.noted for one in view.courses)
    assert len(services()) == len(SERVICES) == 12
    waiting, done = open_errands(SYSTEM), ended_errands(SYSTEM).lines
    assert (len(waiting), len(waiting) + len(done)) == (6, len(ERRANDS))
    assert waiting[0].due_at < now < waiting[-1].due_at
    assert sum(one.held for one in waiting) > 3
    assert not any(one.held for one in done)
    assert [one.holder for one in waiting].count("") == 1

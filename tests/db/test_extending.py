"""A later day for a unit: asked for, granted with a reason, counted, and no promise moved."""

from datetime import date, timedelta

import pytest

from db import extending
from db.casefile import case_file
from db.engine import Database
from db.figures.made import make
from db.figures.reads import Wanted, overview
from domain.days import day_end
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.figure_words import Figure
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.stories import report, to_doing

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def doing(cast: Cast, clock: TestClock) -> tuple[str, str]:
    code = report(cast, clock.now).case_code or ""
    return code, to_doing(cast, clock.now, code)


def moved(cast: Cast, clock: TestClock) -> tuple[int, int]:
    make(clock.now)
    month = date(clock.now.year, clock.now.month, 1)
    share = overview(cast.secretary, clock.now, Wanted(month, month)).shares[Figure.EXTENDED]
    return share.hit, share.due


def test_a_later_day_is_asked_for_and_granted_and_the_promise_stays(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    code, task = doing(cast, clock)
    before = case_file(cast.secretary, code, clock.now)
    first = before.tasks[0].due_at
    later = clock.now.date() + timedelta(days=9)
    extending.ask_later(cast.property_contact, clock.now, task, later, "配件要订货", key="k")
    extending.ask_later(cast.property_contact, clock.now, task, later, "配件要订货", key="k")
    waits = extending.asked_later(cast.secretary)
    assert [(one.case_code, one.asked_due_at) for one in waits] == [(code, day_end(later))]
    assert case_file(cast.secretary, code, clock.now).tasks[0].due_at == first
    extending.grant_later(cast.secretary, clock.now, task, later, "同意，等配件")
    after = case_file(cast.secretary, code, clock.now)
    assert {one.due_at for one in after.tasks} == {day_end(later)}  # those who assist too
    assert {one.first_due_at for one in after.tasks} == {first}
    assert extending.asked_later(cast.secretary) == []
    assert [c.due_at for c in after.clocks] == [c.due_at for c in before.clocks]
    # Counted from the day that was given first, and not before it has come.
    assert moved(cast, clock) == (0, 0)
    clock.set(first)
    assert moved(cast, clock) == (1, 1)


def test_a_day_that_stays_is_told_with_the_reason_and_counts_as_kept(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    code, task = doing(cast, clock)
    later = clock.now.date() + timedelta(days=9)
    extending.ask_later(cast.property_contact, clock.now, task, later, "人手不够")
    extending.refuse_later(cast.secretary, clock.now, task, "请按期办")
    file = case_file(cast.secretary, code, clock.now)
    assert file.tasks[0].asked_due_at is None
    assert file.tasks[0].first_due_at is None
    kinds = [entry.kind for entry in file.timeline]
    assert kinds[-2:] == ["later_asked", "later_refused"]
    with pytest.raises(Refused):
        extending.refuse_later(cast.secretary, clock.now, task, "请按期办")
    clock.set(file.tasks[0].due_at)
    assert moved(cast, clock) == (0, 1)


def test_who_leads_asks_and_the_office_grants_a_day_that_is_later(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    _code, task = doing(cast, clock)
    given = clock.now.date() + timedelta(days=3)
    later = given + timedelta(days=1)
    with pytest.raises(NotAllowed):
        extending.grant_later(cast.property_contact, clock.now, task, later, "自己批")
    with pytest.raises(NotAllowed):
        extending.ask_later(cast.secretary, clock.now, task, later, "代单位申请")
    with pytest.raises(NotFound):
        extending.ask_later(cast.branch_contact, clock.now, task, later, "别人的任务")
    for day, words in ((given, "同一天"), (given - timedelta(days=30), "过去"), (later, " ")):
        with pytest.raises(FieldError):
            extending.ask_later(cast.property_contact, clock.now, task, day, words)

"""What changed since a person was here: by others, in their scope, and no dearer when much did."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from db import changes as module
from db import moving, sign_ins
from db.changes import changes
from db.engine import Database
from db.tables import Event
from domain.changes import Change
from domain.moves import Move
from tests.pages.story import Story
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock


def come(clock: TestClock, login: str) -> None:
    """Sign in and look around."""
    sign_ins.sign_in(login, PASSWORD, "203.0.113.5", clock.now)


def told(found: module.Changes | None) -> dict[Change, int]:
    assert found is not None
    return {change: count.n for change, count in found.counts.items()}


def test_the_evenings_work_of_others_is_news_in_the_morning_and_ones_own_is_not(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    story = Story(cast, clock)
    old = story.accepted(text="早就受理的", once="old")
    clock.forward(hours=1)
    come(clock, "social_worker")
    clock.forward(hours=6)
    story.done(text="电梯坏了", once="done")  # the secretary, the company
    moving.move(cast.social_worker, clock.now, old, Move.SUSPEND, "等材料")
    clock.forward(hours=14)
    come(clock, "social_worker")
    found = changes(cast.social_worker, clock.now)
    assert told(found) == {
        Change.OPENED: 1,
        Change.MOVED: 1,
        Change.DECIDED: 1,
        Change.DONE: 1,
    }
    assert found is not None
    assert {line.title for line in found.lines} == {"电梯坏了"}
    only = changes(cast.social_worker, clock.now, Change.DONE)
    assert only is not None
    assert [line.change for line in only.lines] == [Change.DONE]
    # Looking writes nothing, and the same visit goes on hearing the same.
    with database.read() as session:
        before = session.scalar(select(func.count()).select_from(Event))
    assert changes(cast.social_worker, clock.forward(hours=2)) is not None
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == before


def test_nobody_hears_of_files_that_they_may_not_read(cast: Cast, clock: TestClock) -> None:
    Story(cast, clock).reported()
    clock.forward(minutes=1)
    elsewhere = replace(cast.committee, estate_id=cast.estate_two)
    committee, other = changes(cast.committee, clock.now), changes(elsewhere, clock.now)
    assert told(committee) == {Change.OPENED: 1}
    assert told(other) == {}
    assert other is not None
    assert other.lines == ()
    assert changes(cast.viewer, clock.now) is None
    assert changes(cast.property_contact, clock.now) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_much_news_is_counted_to_a_limit_and_read_in_as_many_queries(
    cast: Cast, clock: TestClock, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOKED_AT", 3)
    module._events.cache_clear()
    asked: list[str] = []
    story = Story(cast, clock)
    for n in range(5):
        story.reported(text=f"第{n}件", once=str(n))
    clock.forward(minutes=1)
    event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(str(args[2])))
    found = changes(cast.secretary, clock.now)
    module._events.cache_clear()
    assert found is not None
    assert str(found.counts[Change.OPENED]) == "3+"
    assert len([line for line in asked if line.startswith("SELECT")]) <= 4


def test_a_sign_in_that_stays_open_notes_each_visit(cast: Cast, clock: TestClock) -> None:
    token = sign_ins.sign_in("secretary", PASSWORD, "203.0.113.5", clock.now)
    view = sign_ins.session_of(token, clock.now)
    assert view is not None
    left = clock.now
    Story(cast, clock).reported()
    clock.forward(hours=5)
    first = changes(cast.secretary, clock.now)
    sign_ins.touch(view.key, clock.now)
    second = changes(cast.secretary, clock.forward(minutes=10))
    assert first is not None
    assert second is not None
    assert first.since == second.since == left
    assert clock.now - left > timedelta(hours=5)

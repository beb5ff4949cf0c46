"""When a visit begins, and since when a change is news."""

from datetime import datetime, timedelta

import pytest

from domain.changes import AT_FIRST, AT_MOST, TOLD_BY, Change, change_of, noted, since
from domain.days import COMMUNITY_ZONE
from domain.moves import Move


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=COMMUNITY_ZONE)


@pytest.mark.parametrize(
    ("seen", "left", "now", "news_since"),
    [
        ("02T17:30", "01T17:00", "03T08:30", "02T17:30"),  # the next morning
        ("03T11:30", "02T17:30", "03T14:00", "02T17:30"),  # lunch is the same visit
        ("03T11:00", "02T17:30", "03T14:00", "02T17:30"),  # three hours to the minute
        ("03T10:59", "02T17:30", "03T14:00", "03T10:59"),
        ("03T14:01", "02T17:30", "03T14:00", "02T17:30"),  # another server's clock runs ahead
    ],
)
def test_a_visit_begins_after_three_hours_away(
    seen: str, left: str, now: str, news_since: str
) -> None:
    assert since(at(seen), at(left), at(now)) == at(news_since)
    noted_seen, noted_left = noted(at(seen), at(left), at(now))
    assert noted_seen >= at(now)
    # Noted or not yet: the same news.
    assert since(noted_seen, noted_left, at(now)) == at(news_since)


def test_the_first_visit_hears_of_a_week_and_a_long_absence_of_a_month() -> None:
    now = at("02T09:00")
    assert since(None, None, now) == now - AT_FIRST
    assert since(now, None, now) == now - AT_FIRST
    assert since(now - timedelta(days=90), None, now) == now - AT_MOST


@pytest.mark.parametrize("move", list(Move))
def test_every_move_is_a_change_that_its_kind_can_tell(move: Move) -> None:
    assert change_of("moved", move.value) in TOLD_BY["moved"]


def test_the_end_of_the_loop_is_told_by_name() -> None:
    assert [change_of("moved", move) for move in (Move.DONE, Move.CLOSE, Move.REOPEN)] == [
        Change.DONE,
        Change.CLOSED,
        Change.REOPENED,
    ]
    assert change_of("moved", Move.ACCEPT) is Change.MOVED
    assert change_of("opened", None) is Change.OPENED

"""What changed since a person was here: when a visit begins, and what each change is called."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from domain.days import as_utc
from domain.errors import N_
from domain.moves import Move

# Lunch and an afternoon outside belong to one visit; the next morning begins another.
AWAY = timedelta(hours=3)
# Who comes for the first time, or after a long while, is told of so much at most.
AT_FIRST = timedelta(days=7)
AT_MOST = timedelta(days=31)


class Change(StrEnum):
    """One kind of change, in the order of the loop."""

    OPENED = "opened"
    MOVED = "moved"
    POLL_OPENED = "poll_opened"
    POLL_CLOSED = "poll_closed"
    DECIDED = "decided"
    DONE = "done"
    SHOWN = "shown"
    CLOSED = "closed"
    REOPENED = "reopened"


TITLES: Mapping[Change, str] = {
    Change.OPENED: N_("New files"),
    Change.MOVED: N_("Moved on"),
    Change.POLL_OPENED: N_("Polls opened"),
    Change.POLL_CLOSED: N_("Polls closed"),
    Change.DECIDED: N_("Decided"),
    Change.DONE: N_("Reported done"),
    Change.SHOWN: N_("Published"),
    Change.CLOSED: N_("Struck off"),
    Change.REOPENED: N_("Reopened"),
}

_OF_MOVES: Mapping[Move, Change] = {
    Move.DECIDE: Change.DECIDED,
    Move.DONE: Change.DONE,
    Move.SHOW: Change.SHOWN,
    Move.CLOSE: Change.CLOSED,
    Move.REOPEN: Change.REOPENED,
}
# Kinds of events that tell of a change; moves say themselves which one.
EVENTS: Mapping[str, Change] = {
    "opened": Change.OPENED,
    "moved": Change.MOVED,
    "task_done": Change.DONE,
    "poll_opened": Change.POLL_OPENED,
}

# The changes that events of a kind can tell of.
TOLD_BY: Mapping[str, frozenset[Change]] = {
    kind: frozenset({change, *(_OF_MOVES.values() if kind == "moved" else ())})
    for kind, change in EVENTS.items()
}


def change_of(kind: str, move: str | None) -> Change:
    """What an event of one of the kinds in `EVENTS` tells of."""
    if kind == "moved" and move in frozenset(Move):
        return _OF_MOVES.get(Move(str(move)), Change.MOVED)
    return EVENTS[kind]


def noted(
    seen_at: datetime | None, left_at: datetime | None, now: datetime
) -> tuple[datetime, datetime | None]:
    """A person is here: when they were last seen, and when their visit before this one ended."""
    if seen_at is None:
        return now, left_at
    if as_utc(now) - as_utc(seen_at) > AWAY:
        return now, seen_at
    return max(now, seen_at), left_at


def since(seen_at: datetime | None, left_at: datetime | None, now: datetime) -> datetime:
    """From when on a change is news to them, whether or not this visit was noted yet."""
    _, left = noted(seen_at, left_at, now)
    return now - AT_FIRST if left is None else max(left, now - AT_MOST)

"""Places and the waiting list: who moves up when somebody cancels or places are added."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who signed up and has not cancelled; in the order of signing up."""

    id: int
    seated: bool


def free(entries: Iterable[Entry], capacity: int | None) -> int | None:
    """How many places are left; None: as many as come."""
    if capacity is None:
        return None
    return max(0, capacity - sum(entry.seated for entry in entries))


def has_place(entries: Iterable[Entry], capacity: int | None) -> bool:
    """Whether the next to sign up gets a place: nobody passes those who wait."""
    rows = list(entries)
    return free(rows, capacity) != 0 and all(entry.seated for entry in rows)


def moved_up(entries: Iterable[Entry], capacity: int | None) -> tuple[int, ...]:
    """Who gets a place now, in the order in which they signed up."""
    rows = list(entries)
    left = free(rows, capacity)
    waiting = [entry.id for entry in rows if not entry.seated]
    return tuple(waiting if left is None else waiting[:left])


def number_waiting(entries: Iterable[Entry], key: int) -> int:
    """The place in the waiting list, counted from 1; 0 for who has a place."""
    waiting = [entry.id for entry in entries if not entry.seated]
    return waiting.index(key) + 1 if key in waiting else 0

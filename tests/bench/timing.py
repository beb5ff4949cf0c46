"""Comparing side by side: everything that is compared is timed in turns in one run."""

import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence

WARM_UP = 3

Timed = Callable[[], Awaitable[object]]


async def in_turns(doing: Mapping[str, Timed], repeats: int) -> dict[str, list[float]]:
    """The seconds that each takes, one after the other and round again, after the warm-up.

    Every second round goes the other way, so that none always follows the same other one.
    """
    spent: dict[str, list[float]] = {name: [] for name in doing}
    names = list(doing)
    warm_up = min(WARM_UP, repeats)
    for turn in range(repeats + warm_up):
        for name in names if turn % 2 else reversed(names):
            begun = time.perf_counter()
            await doing[name]()
            if turn >= warm_up:
                spent[name].append(time.perf_counter() - begun)
    return spent


def median_ratio(spent: Mapping[str, Sequence[float]], one: str, other: str) -> float:
    """How many times as long the one takes."""
    return statistics.median(spent[one]) / statistics.median(spent[other])


def p95(seconds: Sequence[float]) -> float:
    """The value that 95 in 100 do not exceed."""
    return sorted(seconds)[max(0, -(-95 * len(seconds) // 100) - 1)]

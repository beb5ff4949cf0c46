"""Durations in classes: fine enough for a percentile that is marked as approximate."""

import math
from collections.abc import Mapping
from enum import StrEnum

# Each class ends a twentieth later than the one before: no percentile is off by more than 5 %.
STEP = 1.05


class Stretch(StrEnum):
    """Which stretch of a file's life took so long; the last six are `domain.moves.Step`."""

    WALL = "wall"  # from opening to done
    NET = "net"  # the same without pauses
    RAISE = "raise"
    DELIBERATE = "deliberate"
    COORDINATE = "coordinate"
    CARRY_OUT = "carry_out"
    PUBLISH = "publish"
    RATE = "rate"

    @property
    def column(self) -> str:
        """Where a file's minutes stand."""
        return f"{self.value}_minutes"


STEP_STRETCHES = tuple(one for one in Stretch if one not in {Stretch.WALL, Stretch.NET})


def bucket_of(minutes: int) -> int:
    """The class of a duration; 0 for less than a minute."""
    return 0 if minutes < 1 else 1 + int(math.log(minutes) / math.log(STEP) + 1e-9)


def longest_in(bucket: int) -> float:
    """The end of a class in minutes, which none of its durations exceeds by more than rounding."""
    return 1.0 if bucket == 0 else STEP**bucket


def percentile(buckets: Mapping[int, int], percent: int) -> float | None:
    """The nearest-rank percentile in minutes, up to the width of a class; None of nothing."""
    files = sum(buckets.values())
    if not files:
        return None
    rank = max(-(-percent * files // 100), 1)
    for bucket in sorted(buckets):
        rank -= buckets[bucket]
        if rank <= 0:
            return longest_in(bucket)
    raise AssertionError("the ranks of all classes together are the number of files")

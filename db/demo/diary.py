"""The demo's diary: who does what and when, planned first and then played in order of time."""

import random
from collections.abc import Callable
from datetime import datetime, time, timedelta

from domain.days import at_local, day_end, day_start, local_day, local_time

Act = Callable[[datetime], None]

OPENS, CLOSES = time(8, 40), time(17, 20)  # when the office and units do their work
TELL_EVERY = 5


class Diary:
    """Acts with their times; those after `now` have not happened yet and are left out."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._acts: list[tuple[datetime, int, Act]] = []

    def add(self, at: datetime, act: Act) -> None:
        """Write an act down; acts of one moment happen in the order they were written."""
        if at <= self.now:
            self._acts.append((at, len(self._acts), act))

    def play(self, progress: Callable[[int, int], None]) -> None:
        """Do everything, in order of time."""
        acts = sorted(self._acts, key=lambda entry: entry[:2])
        for number, (at, _, act) in enumerate(acts, 1):
            act(at)
            if number % TELL_EVERY == 0 or number == len(acts):
                progress(number, len(acts))

    def day(self, ago: int, hour: int, minute: int = 0) -> datetime:
        """A time of day so many days ago, at least one."""
        return at_local(local_day(self.now) - timedelta(days=ago), time(hour, minute))

    def today(self, share: float) -> datetime:
        """A moment of today, at that share of what has passed of it."""
        begins = day_start(local_day(self.now))
        return begins + (self.now - begins) * share


def office(at: datetime, rng: random.Random) -> datetime:
    """The moment itself in office hours, else some time after the office opens next."""
    clock = local_time(at).time()
    if OPENS <= clock < CLOSES:
        return at
    day = local_day(at) if clock < OPENS else local_day(day_end(local_day(at)))
    return at_local(day, OPENS) + timedelta(minutes=rng.randrange(90))

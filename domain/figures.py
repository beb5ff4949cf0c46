"""The figures 成效: each defined once, from what is known of files at one moment."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.clocks import Clock, Standing, in_time
from domain.moves import Step

REOPENED_WITHIN = timedelta(days=30)
SATISFIED_FROM = 3  # the top three of five levels: 5, 4 and 3
ONE_DAY = timedelta(days=1)
SECONDS_AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class GivenRating:
    """One reporter's word on the result of one round."""

    report_id: int
    at: datetime
    level: int
    solved: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as it was known at the moment that is asked about.

    Args:
        is_open: neither closed nor merged away.
        first_answer, decision, vote, done: the first round's clocks; a reopening starts new
            ones and rewrites none of these. None where it was never started.
        done_at: the end of the work that still counts: neither sent back nor reopened.
        closings: when it was closed, in order.
        reopenings: when it was reopened after a closing, in order.
        asked: the reports whose reporters were asked for a rating.
        reached: those whose reporters were reached for it, on the telephone or by the page.
        voted: turned to a statutory owners' vote in the first round.
        chased: a promise of the first round was chased in writing 催办.
        work_due_at: the day first given to the unit that leads; `extended` once it was moved.
        reports: all reports about it, those of files merged into it too.
        steps: how long it stood at each step that it has left, in the first round.
    """

    case_id: int
    opened_at: datetime
    is_open: bool
    first_answer: Clock | None = None
    vote: Clock | None = None
    decision: Clock | None = None
    done: Clock | None = None
    done_at: datetime | None = None
    closings: Sequence[datetime] = ()
    reopenings: Sequence[datetime] = ()
    asked: frozenset[int] = frozenset()
    reached: frozenset[int] = frozenset()
    ratings: Sequence[GivenRating] = ()
    voted: bool = False
    chased: bool = False
    work_due_at: datetime | None = None
    extended: bool = False
    reports: int = 1
    steps: Mapping[Step, timedelta] = field(default_factory=dict)


@dataclass(slots=True)
class Rate:
    """A share that never stands without what it is a share of."""

    numerator: int = 0
    denominator: int = 0

    @property
    def value(self) -> float | None:
        """None where there is nothing to be a share of."""
        return self.numerator / self.denominator if self.denominator else None

    def count(self, hit: bool) -> None:
        """One more in the denominator, and where it hit in the numerator."""
        self.denominator += 1
        self.numerator += hit


@dataclass(slots=True)
class Figures:
    """All figures of one period.

    Args:
        seconds: from opening to done, one for each file that is done.
        ages: of the files that are open.
    """

    received: int = 0
    response: Rate = field(default_factory=Rate)
    vote_same_day: Rate = field(default_factory=Rate)
    decision_next_day: Rate = field(default_factory=Rate)
    done_in_time: Rate = field(default_factory=Rate)
    done_voted: Rate = field(default_factory=Rate)
    solved: Rate = field(default_factory=Rate)
    solved_closed: Rate = field(default_factory=Rate)
    satisfied: Rate = field(default_factory=Rate)
    return_rate: Rate = field(default_factory=Rate)
    reopened: Rate = field(default_factory=Rate)
    chased: Rate = field(default_factory=Rate)
    extended: Rate = field(default_factory=Rate)
    repeated: Rate = field(default_factory=Rate)
    seconds: list[float] = field(default_factory=list)
    ages: list[timedelta] = field(default_factory=list)

    def hours(self, percent: int) -> float | None:
        """The percentile of the time from opening to done, in hours; None where none is done."""
        value = nearest_rank(self.seconds, percent)
        return None if value is None else round(value / SECONDS_AN_HOUR, 2)

    @property
    def oldest_days(self) -> int | None:
        """Whole days since the oldest open file was opened."""
        return max(self.ages) // ONE_DAY if self.ages else None


def nearest_rank(values: Sequence[float], percent: int) -> float | None:
    """The smallest value that at least `percent` of all do not exceed; it is one of them."""
    if not values:
        return None
    return sorted(values)[max(math.ceil(percent * len(values) / 100), 1) - 1]


def figures(files: Iterable[FileFacts], as_of: datetime) -> Figures:
    """Count the files; what happened after `as_of` must not be in them."""
    total = Figures()
    for file in files:
        total.received += 1
        _promises(total, file, as_of)
        if file.work_due_at is not None and file.work_due_at <= as_of:
            total.extended.count(file.extended)
        total.repeated.numerator += file.reports - 1
        total.repeated.denominator += file.reports
        _ratings(total, file)
        if file.closings:
            total.reopened.count(_was_reopened_soon(file))
        if file.done_at is not None:
            total.seconds.append((file.done_at - file.opened_at).total_seconds())
        if file.is_open:
            total.ages.append(as_of - file.opened_at)
    return total


def _promises(total: Figures, file: FileFacts, as_of: datetime) -> None:
    # The law's periods are longer than the house's promise: such files are counted apart.
    done = total.done_voted if file.voted else total.done_in_time
    due = (
        _promise(total.response, file.first_answer, as_of, void_counts=True),
        _promise(total.vote_same_day, file.vote, as_of),
        _promise(total.decision_next_day, file.decision, as_of),
        _promise(done, file.done, as_of),
    )
    if any(due):
        total.chased.count(file.chased)


def _promise(
    rate: Rate, clock: Clock | None, as_of: datetime, *, void_counts: bool = False
) -> bool:
    """Count a promise whose limit has passed; returns whether it has.

    A clock that stood still when its limit came has not passed it. One that was ended because
    its promise no longer applied does not count, but for the first answer: a file that was
    closed without a word to anybody is a miss.
    """
    if clock is None or (clock.result is Standing.VOID and not void_counts):
        return False
    paused = clock.result is None and clock.paused_at is not None
    if paused and clock.paused_at is not None and in_time(clock, clock.paused_at):
        return False
    if clock.due_at > as_of:
        return False
    rate.count(clock.met_at is not None and in_time(clock, clock.met_at))
    return True


def _ratings(total: Figures, file: FileFacts) -> None:
    last = {rating.report_id: rating for rating in sorted(file.ratings, key=lambda r: r.at)}
    for rating in file.ratings:
        total.satisfied.count(rating.level >= SATISFIED_FROM)
    for report_id in file.reached | last.keys():
        said = last.get(report_id)
        total.solved.count(said is not None and said.solved == "yes")
    for report_id in file.asked | last.keys():
        total.return_rate.count(report_id in last)
    if file.closings and not file.is_open:
        # Closed is not solved: somebody must have said so, and nobody the contrary.
        said_so = {rating.solved for rating in last.values()}
        total.solved_closed.count(said_so == {"yes"})


def _was_reopened_soon(file: FileFacts) -> bool:
    return any(
        closed <= reopened <= closed + REOPENED_WITHIN
        for closed in file.closings
        for reopened in file.reopenings
    )

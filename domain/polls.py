"""The poll 意见征询: when it closes, what may be asked, and what of its result is shown.

A poll is advisory. It has answers and a turnout, and neither passes nor decides anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from domain import texts
from domain.days import at_local, local_day, local_time
from domain.errors import N_, FieldError

FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
LONGEST_QUESTION, LONGEST_OPTION = 200, 60
LONGEST_OPEN = timedelta(days=7)  # longer is no same-day question any more
SHORTEST_OPEN = timedelta(minutes=15)  # nobody reads the notice faster

# A poll closes tonight; one that is opened too late for that leaves people the next morning.
TONIGHT, TOO_LATE_FOR_TONIGHT, NEXT_NOON = time(21), time(20), time(12)

# A smaller figure says more about a few neighbours than about the matter.
SMALL = 5
# From so many answers on it can be said that most chose one, without telling how many did not.
ENOUGH_FOR_MAJORITY = 10


class PollState(StrEnum):
    """Where a poll stands; computed from its times, never stored."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Cells:
    """What of a result is shown.

    Args:
        counts: answers for each option; None where the figure is hidden.
        majority: the option that more than half chose, where its figure is hidden.
    """

    counts: tuple[int | None, ...]
    majority: int | None = None

    @property
    def hides(self) -> bool:
        """Whether any figure is hidden."""
        return None in self.counts


def state(closes_at: datetime, withdrawn_at: datetime | None, now: datetime) -> PollState:
    """Where the poll stands; the closing instant itself is too late for an answer."""
    if withdrawn_at is not None:
        return PollState.WITHDRAWN
    return PollState.OPEN if now < closes_at else PollState.CLOSED


def proposed_close(now: datetime) -> datetime:
    """Tonight, or where that is too near, tomorrow at noon."""
    today = local_day(now)
    if local_time(now).time() < TOO_LATE_FOR_TONIGHT:
        return at_local(today, TONIGHT)
    return at_local(today + timedelta(days=1), NEXT_NOON)


def check_close(opened_at: datetime, closes_at: datetime) -> None:
    """Refuse a time that leaves nobody time to answer, or that is no quick question any more.

    Raises:
        FieldError: `closes`, with what is possible.
    """
    if closes_at < opened_at + SHORTEST_OPEN:
        raise FieldError(
            "closes",
            N_("Leave people at least {minutes} minutes to answer."),
            minutes=SHORTEST_OPEN // timedelta(minutes=1),
        )
    if closes_at > opened_at + LONGEST_OPEN:
        raise FieldError(
            "closes", N_("A poll is open for {days} days at most."), days=LONGEST_OPEN.days
        )


def question(text: str) -> str:
    """The question, on one line.

    Raises:
        FieldError: `question`: nothing is asked, or too long.
    """
    return texts.required("question", " ".join(text.split()), LONGEST_QUESTION)


def options(lines: Sequence[str]) -> tuple[str, ...]:
    """The answers to choose from, blank lines left out.

    Raises:
        FieldError: `options`: too few, too many, too long, or the same twice.
    """
    kept = tuple(
        texts.fitting("options", " ".join(line.split()), LONGEST_OPTION)
        for line in lines
        if texts.clean(line)
    )
    if not FEWEST_OPTIONS <= len(kept) <= MOST_OPTIONS:
        raise FieldError(
            "options",
            N_("Give {fewest} to {most} answers to choose from, one a line."),
            fewest=FEWEST_OPTIONS,
            most=MOST_OPTIONS,
        )
    if len(set(kept)) < len(kept):
        raise FieldError("options", N_("Two answers are the same. Change one of them."))
    return kept


def cells(counts: Sequence[int]) -> Cells:
    """Hide figures under 5, and with them as many as keep them from being computed.

    The number of answers is public, so one hidden figure could be had by subtraction. Hidden
    are whole groups of equal figures, the smallest first, until the hidden ones are not all
    equal: then each could be exchanged for another, and no reader who knows this rule can tell
    which is which. With fewer than 5 answers in all, the turnout is all that is said.
    """
    hidden = {count for count in counts if count < SMALL}
    for count in sorted(set(counts)):
        if not hidden or len(hidden) > 1:
            break
        hidden.add(count)
    if sum(counts) < SMALL:
        hidden = set(counts)
    shown = tuple(None if count in hidden else count for count in counts)
    return Cells(shown, _majority(counts) if set(counts) == hidden else None)


def _majority(counts: Sequence[int]) -> int | None:
    total, most = sum(counts), max(counts)
    if total < ENOUGH_FOR_MAJORITY or 2 * most <= total:
        return None
    return list(counts).index(most)

"""The figures' names and definitions 口径, and the columns of which each one is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.durations import longest_in
from domain.errors import N_

# A share of fewer ratings says more about one person than about the work.
FEWEST_RATINGS = 5
# Ages of open files in community days, both ends included; None: without end.
AGES: tuple[tuple[int, int | None], ...] = ((0, 1), (2, 3), (4, 7), (8, 14), (15, 30), (31, None))
# Ends of the classes in which durations are drawn, in days; the last class is all that is longer.
CLASSES_DAYS = (1, 3, 7, 14, 30)
_MINUTES_A_DAY = 1440


class Figure(StrEnum):
    """What is counted; the value is its name in addresses and in the command's output."""

    RECEIVED = "received"
    RESPONSE = "response"
    VOTE_SAME_DAY = "vote_same_day"
    DECISION_NEXT_DAY = "decision_next_day"
    DONE_IN_TIME = "done_in_time"
    DONE_VOTED = "done_voted"
    SOLVED = "solved"
    SOLVED_CLOSED = "solved_closed"
    SATISFIED = "satisfied"
    RETURN_RATE = "return_rate"
    REOPENED = "reopened"
    CHASED = "chased"
    EXTENDED = "extended"
    REPEATED = "repeated"
    DURATION = "duration"
    BACKLOG = "backlog"


class Part(StrEnum):
    """Which of those that a figure counts: the numerator, the denominator, or the difference."""

    HIT = "hit"
    DUE = "due"
    MISS = "miss"


@dataclass(frozen=True, slots=True)
class Counts:
    """The columns of a rate's numerator and denominator in the sums.

    Args:
        each_file: False where reporters or ratings are counted, of which a file has several.
    """

    hit: str
    due: str
    each_file: bool = True


RATES: dict[Figure, Counts] = {
    Figure.RESPONSE: Counts("response_hit", "response_due"),
    Figure.VOTE_SAME_DAY: Counts("vote_same_day_hit", "vote_same_day_due"),
    Figure.DECISION_NEXT_DAY: Counts("decision_next_day_hit", "decision_next_day_due"),
    Figure.DONE_IN_TIME: Counts("done_in_time_hit", "done_in_time_due"),
    Figure.DONE_VOTED: Counts("done_voted_hit", "done_voted_due"),
    Figure.SOLVED: Counts("solved", "reached", each_file=False),
    Figure.SOLVED_CLOSED: Counts("solved_closed_hit", "solved_closed_due"),
    Figure.SATISFIED: Counts("satisfied", "ratings", each_file=False),
    Figure.RETURN_RATE: Counts("returned", "asked", each_file=False),
    Figure.REOPENED: Counts("reopened_hit", "reopened_due"),
    Figure.CHASED: Counts("chased_hit", "chased_due"),
    Figure.EXTENDED: Counts("extended_hit", "extended_due"),
    Figure.REPEATED: Counts("repeated", "reports", each_file=False),
}
# The fewer the better: their numerator is what went wrong.
UNWANTED = frozenset({Figure.REOPENED, Figure.CHASED, Figure.EXTENDED, Figure.REPEATED})
PROMISES = (
    Figure.RESPONSE,
    Figure.VOTE_SAME_DAY,
    Figure.DECISION_NEXT_DAY,
    Figure.DONE_IN_TIME,
)

TITLES: dict[Figure, str] = {
    Figure.RECEIVED: N_("Files received"),
    Figure.RESPONSE: N_("Answered within 24 hours"),
    Figure.VOTE_SAME_DAY: N_("Poll opened the same day"),
    Figure.DECISION_NEXT_DAY: N_("Decided by the next day"),
    Figure.DONE_IN_TIME: N_("Done within the limit"),
    Figure.DONE_VOTED: N_("Done in time after an owners' vote"),
    Figure.SOLVED: N_("Solved, say reporters"),
    Figure.SOLVED_CLOSED: N_("Solved, of all closed"),
    Figure.SATISFIED: N_("Satisfied"),
    Figure.RETURN_RATE: N_("Ratings returned"),
    Figure.REOPENED: N_("Reopened within 30 days"),
    Figure.CHASED: N_("Chased in writing"),
    Figure.EXTENDED: N_("Due day moved"),
    Figure.REPEATED: N_("Reports of a known matter"),
    Figure.DURATION: N_("From opening to done"),
    Figure.BACKLOG: N_("Open now"),
}

DEFINITIONS: dict[Figure, str] = {
    Figure.RECEIVED: N_(
        "Files opened in the period. Reports merged into another file count there and not again."
    ),
    Figure.RESPONSE: N_(
        "Files whose reporter was really reached within 24 hours ÷ files whose 24 hours have "
        "passed. No answer is a miss."
    ),
    Figure.VOTE_SAME_DAY: N_(
        "Files whose poll opened by the end of the day on which they were sent to one ÷ files "
        "sent to a poll whose day has passed."
    ),
    Figure.DECISION_NEXT_DAY: N_(
        "Files decided by the end of the day after their poll opened (without a poll: after "
        "deliberation began) ÷ files for which that day has passed."
    ),
    Figure.DONE_IN_TIME: N_(
        "Files reported done within their limit ÷ files whose limit has passed, by the date of "
        "opening. Pauses do not count. Files turned to an owners' vote are counted apart."
    ),
    Figure.DONE_VOTED: N_(
        "The same for files that were turned to a statutory owners' vote, whose periods the law "
        "sets. The clock stands still while the vote runs."
    ),
    Figure.SOLVED: N_("Reporters who say that it is solved ÷ reporters who were reached."),
    Figure.SOLVED_CLOSED: N_(
        "Closed files of which a reporter says that it is solved and none says otherwise ÷ all "
        "closed files. Closed without a word from anybody is not solved."
    ),
    Figure.SATISFIED: N_(
        "Ratings in the top three of five levels ÷ all ratings. Hidden below 5 ratings."
    ),
    Figure.RETURN_RATE: N_("Reporters who gave a rating ÷ reporters who were asked for one."),
    Figure.REOPENED: N_("Files reopened within 30 days of a closing ÷ files that were closed."),
    Figure.CHASED: N_(
        "Files that were chased in writing because a promise was missed ÷ files of which a "
        "promise has come due."
    ),
    Figure.EXTENDED: N_(
        "Files whose leading unit was granted a later day ÷ files given to a unit whose first "
        "day has come. The promise to residents does not move with it."
    ),
    Figure.REPEATED: N_(
        "Reports of a matter that had its file already, joined to it or merged ÷ all reports."
    ),
    Figure.DURATION: N_(
        "From opening to done, on the wall clock and without pauses. Median, P75 and P90 by "
        "nearest rank from classes of 5 %, so marked ≈."
    ),
    Figure.BACKLOG: N_("Files open now, whenever they were opened, by age in days."),
}


def drawn_classes(buckets: Iterable[tuple[int, int]]) -> list[int]:
    """Files by the classes that are drawn, from (bucket of `domain.durations`, files)."""
    found = [0] * (len(CLASSES_DAYS) + 1)
    for bucket, files in buckets:
        # A bucket's end may lie a rounding beyond a class that it fills to the brim.
        days = longest_in(bucket) / _MINUTES_A_DAY
        place = next((i for i, end in enumerate(CLASSES_DAYS) if days <= end * 1.025), None)
        found[len(CLASSES_DAYS) if place is None else place] += files
    return found

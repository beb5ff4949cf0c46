"""Surveys 入户走访: each household of the list is asked once, and only once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_, Refused


class Outcome(StrEnum):
    """What came of one knock at a door."""

    DONE = "done"
    NOT_HOME = "not_home"
    REFUSED = "refused"
    VACANT = "vacant"


OUTCOME: Mapping[Outcome, str] = {
    Outcome.DONE: N_("visited and asked"),
    Outcome.NOT_HOME: N_("not at home"),
    Outcome.REFUSED: N_("did not want to"),
    Outcome.VACANT: N_("empty flat"),
}

# Who was not at home is asked again another time; whoever answered or declined is not.
FINAL = frozenset({Outcome.DONE, Outcome.REFUSED, Outcome.VACANT})


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a survey is."""

    homes: int
    asked: int
    refused: int
    vacant: int
    not_home: int

    @property
    def open(self) -> int:
        """Homes where somebody is still to knock, a first time or again."""
        return self.homes - self.asked - self.refused - self.vacant


def tally(homes: int, latest: Iterable[Outcome]) -> Tally:
    """Count the homes by their last outcome; homes without one are open."""
    found = list(latest)
    return Tally(
        homes,
        found.count(Outcome.DONE),
        found.count(Outcome.REFUSED),
        found.count(Outcome.VACANT),
        found.count(Outcome.NOT_HOME),
    )


def check_may_ask(earlier: Iterable[Outcome]) -> None:
    """Nobody is asked twice.

    Raises:
        Refused: this home has answered, declined or stands empty.
    """
    if FINAL & set(earlier):
        raise Refused(N_("This home is done already. Nobody is asked twice."))

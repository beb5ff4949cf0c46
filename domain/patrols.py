"""Storm patrol 暴雨排查: pairs of insured people, points, coverage, and nobody left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.days import local_day
from domain.errors import N_, FieldError, Refused

MOST_POINTS = 80
PAIR = 2  # nobody goes alone


class Finding(StrEnum):
    """What was found at a point."""

    CLEAR = "clear"
    HAZARD = "hazard"


FINDING: Mapping[Finding, str] = {
    Finding.CLEAR: N_("in order"),
    Finding.HAZARD: N_("hazard"),
}


class Where(StrEnum):
    """Where a member of a patrol is."""

    EXPECTED = "expected"
    OUT = "out"  # on patrol
    BACK = "back"
    ABSENT = "absent"  # did not come


WHERE: Mapping[Where, str] = {
    Where.EXPECTED: N_("expected"),
    Where.OUT: N_("on patrol"),
    Where.BACK: N_("back safely"),
    Where.ABSENT: N_("did not come"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One volunteer of a patrol, as far as it goes."""

    volunteer_id: int
    checked_in_at: datetime | None = None
    checked_out_at: datetime | None = None
    absent_at: datetime | None = None

    @property
    def where(self) -> Where:
        """Where they are."""
        if self.checked_out_at is not None:
            return Where.BACK
        if self.checked_in_at is not None:
            return Where.OUT
        return Where.ABSENT if self.absent_at is not None else Where.EXPECTED


def check_pairs(
    pairs: Sequence[Sequence[int]], insured_until: Mapping[int, date | None], now: datetime
) -> None:
    """Refuse a patrol whose people may not go.

    Args:
        pairs: volunteers' ids, two or more together.
        insured_until: the last day of each one's accident insurance.

    Raises:
        FieldError: nobody goes, somebody goes alone or twice, or is not insured today.
    """
    if not pairs:
        raise FieldError("pairs", N_("Choose at least one pair of volunteers."))
    going = [person for pair in pairs for person in pair]
    if any(len(pair) < PAIR for pair in pairs):
        raise FieldError("pairs", N_("Nobody patrols alone: give everybody a partner."))
    if len(set(going)) != len(going):
        raise FieldError("pairs", N_("Somebody is in two pairs. Choose another person."))
    today = local_day(now)
    for person in going:
        until = insured_until.get(person)
        if until is None or until < today:
            raise FieldError(
                "pairs", N_("Somebody is not insured today. A patrol needs accident insurance.")
            )


def pair_up(people: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Neighbours in the list go together; with an odd number the last three do."""
    if len(people) < PAIR:
        return (tuple(people),) if people else ()
    ends = len(people) - len(people) % PAIR
    pairs = [tuple(people[place : place + PAIR]) for place in range(0, ends, PAIR)]
    pairs[-1] += tuple(people[ends:])
    return tuple(pairs)


def share_out(points: int, pairs: int) -> tuple[int, ...]:
    """For each point the number of its pair, in even and unbroken stretches."""
    return tuple(point * pairs // points for point in range(points))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many points were looked at, and with what result."""

    seen: int
    of: int
    hazards: int


def coverage(findings: Iterable[Finding | None]) -> Coverage:
    """Count the points; None was not looked at yet."""
    found = list(findings)
    seen = [one for one in found if one is not None]
    return Coverage(len(seen), len(found), seen.count(Finding.HAZARD))


def check_close(members: Iterable[Member]) -> None:
    """A patrol ends when everybody is accounted for.

    Raises:
        Refused: somebody is still out, or was expected and nobody knows whether they came.
    """
    left = [one.where for one in members if one.where in {Where.OUT, Where.EXPECTED}]
    if left:
        raise Refused(
            N_(
                "{n} people are not accounted for. Reach each of them, note that they are back or "
                "did not come, and only then end the patrol."
            ),
            n=len(left),
        )

"""The ladder of offers: who is asked and told, how many minutes after help was called for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.days import as_utc
from domain.offers import Offer, OfferState, has_lapsed
from domain.requests import Urgency


class Rung(StrEnum):
    """One rung of an emergency's ladder."""

    FIRST = "first"  # the best three
    NEXT = "next"  # the next three
    LEADERS = "leaders"  # the squad leader and the property company's duty desk
    SECRETARY = "secretary"  # the community secretary


AFTER: dict[Rung, timedelta] = {
    Rung.FIRST: timedelta(0),
    Rung.NEXT: timedelta(minutes=3),
    Rung.LEADERS: timedelta(minutes=6),
    Rung.SECRETARY: timedelta(minutes=10),
}
# How many are asked at once; the higher rungs tell people and ask no volunteers.
ASKED: dict[Rung, int] = {Rung.FIRST: 3, Rung.NEXT: 3, Rung.LEADERS: 0, Rung.SECRETARY: 0}
ROUTINE_ASKED = 1
# A request without an agreed time counts as filled in time within a day.
ROUTINE_FILLED_WITHIN = timedelta(days=1)


def fill_by(urgency: Urgency, made_at: datetime, from_at: datetime | None) -> datetime:
    """Until when somebody must have accepted for the request to be filled in time."""
    if urgency is Urgency.EMERGENCY:
        return made_at + AFTER[Rung.SECRETARY]
    return from_at or made_at + ROUTINE_FILLED_WITHIN


def due_rungs(started_at: datetime, now: datetime, raised: Collection[Rung]) -> tuple[Rung, ...]:
    """The rungs that are due and not raised yet, lowest first.

    Computed from the stored beginning alone, so that midnight, a restart or a second server
    changes nothing: what was missed while no server ran is due at once.
    """
    begun, at = as_utc(started_at), as_utc(now)
    return tuple(rung for rung in Rung if rung not in raised and begun + AFTER[rung] <= at)


def next_rung(started_at: datetime, raised: Collection[Rung]) -> tuple[Rung, datetime] | None:
    """The rung that comes next and when; None at the top of the ladder."""
    for rung in Rung:
        if rung not in raised:
            return rung, as_utc(started_at) + AFTER[rung]
    return None


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done for a request now.

    Args:
        expire: offers whose time is over.
        ask: how many more volunteers are to be asked, best first.
        rungs: rungs of the ladder to record as raised.
    """

    expire: tuple[int, ...] = ()
    ask: int = 0
    rungs: tuple[Rung, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.expire or self.ask or self.rungs)


def step(
    urgency: Urgency,
    started_at: datetime,
    now: datetime,
    raised: Collection[Rung],
    offers: Sequence[Offer],
) -> Step:
    """What the ladder asks for at `now`, for a request that is being offered.

    Args:
        started_at: when offering began.
        raised: rungs that were raised since.
        offers: all offers that were made since.
    """
    if urgency is Urgency.EMERGENCY:
        rungs = due_rungs(started_at, now, raised)
        # Whom the desk asked by hand to begin with are of the first three.
        by_hand = 0 if raised else len(offers)
        return Step(ask=max(0, sum(ASKED[rung] for rung in rungs) - by_hand), rungs=rungs)
    lapsed = tuple(offer.id for offer in offers if has_lapsed(offer, now))
    open_ones = sum(offer.state is OfferState.SENT for offer in offers) - len(lapsed)
    return Step(expire=lapsed, ask=max(0, ROUTINE_ASKED - open_ones))

"""Offers 派单邀请: what a volunteer may answer, and how long an offer stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import N_, Refused
from domain.requests import Urgency


class OfferState(StrEnum):
    """What became of an offer; only one that was sent is open."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    UNREACHABLE = "unreachable"


class Answer(StrEnum):
    """What may happen to an open offer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    NOT_REACHED = "not_reached"


ANSWERS: dict[Answer, tuple[OfferState, OfferState]] = {
    Answer.ACCEPT: (OfferState.SENT, OfferState.ACCEPTED),
    Answer.DECLINE: (OfferState.SENT, OfferState.DECLINED),
    Answer.EXPIRE: (OfferState.SENT, OfferState.EXPIRED),
    Answer.NOT_REACHED: (OfferState.SENT, OfferState.UNREACHABLE),
}


class Ended(StrEnum):
    """Why an offer expired."""

    TIME = "time"  # nobody answered in time
    TAKEN = "taken"  # somebody else was first
    WITHDRAWN = "withdrawn"  # the request was cancelled, transferred or a duplicate
    GAVE_WAY = "gave_way"  # to an emergency for the same volunteer


class Why(StrEnum):
    """Why a volunteer declines, in one tap. It costs nothing and is never scored."""

    BUSY = "busy"
    AWAY = "away"
    UNWELL = "unwell"
    NOT_ABLE = "not_able"  # not what I can do
    OTHER = "other"


# "Routine: one at a time, 4 hours."
ROUTINE_STANDS = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer, as the rules need it."""

    id: int
    volunteer_id: int
    state: OfferState
    sent_at: datetime
    expires_at: datetime | None


class OfferGone(Refused):
    """The offer is not open any more."""


def stands_until(urgency: Urgency, sent_at: datetime) -> datetime | None:
    """When an unanswered offer ends by itself.

    An emergency's stands until somebody has taken the request: a doctor who wakes in the
    fourth minute must still be able to say yes.
    """
    return sent_at + ROUTINE_STANDS if urgency is Urgency.ROUTINE else None


def has_lapsed(offer: Offer, now: datetime) -> bool:
    """Whether the offer is open and its time is over (at the very moment it is)."""
    return (
        offer.state is OfferState.SENT and offer.expires_at is not None and offer.expires_at <= now
    )


def answered(answer: Answer, state: OfferState) -> OfferState:
    """The state after an answer; the same answer once more changes nothing.

    Raises:
        OfferGone: another answer was given, or the offer ended meanwhile.
    """
    source, target = ANSWERS[answer]
    if state not in (source, target):
        raise OfferGone(
            N_("This offer is not open any more: somebody else has taken it, or it has ended.")
        )
    return target

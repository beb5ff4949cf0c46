"""Offers: every answer from every state, and the minute at which a routine one ends."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.offers import Answer, Offer, OfferGone, OfferState, answered, has_lapsed, stands_until
from domain.requests import Urgency

SENT_AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # 23:00 in the community

AFTER = {
    "accept": "accepted",
    "decline": "declined",
    "expire": "expired",
    "not_reached": "unreachable",
}


@pytest.mark.parametrize("answer", Answer)
@pytest.mark.parametrize("state", OfferState)
def test_only_an_open_offer_is_answered_and_a_repeat_changes_nothing(
    answer: Answer, state: OfferState
) -> None:
    if state in ("sent", AFTER[answer]):
        assert answered(answer, state) == AFTER[answer]
    else:
        with pytest.raises(OfferGone):
            answered(answer, state)


def test_a_routine_offer_stands_four_hours_and_an_emergencys_until_it_is_taken() -> None:
    assert stands_until(Urgency.ROUTINE, SENT_AT) == SENT_AT + timedelta(minutes=240)
    assert stands_until(Urgency.EMERGENCY, SENT_AT) is None


@pytest.mark.parametrize(
    ("state", "minutes", "seconds", "lapsed"),
    [
        ("sent", 239, 59, False),
        ("sent", 240, 0, True),  # 03:00, past midnight
        ("sent", 10_000, 0, True),
        ("declined", 240, 0, False),
        ("accepted", 10_000, 0, False),
    ],
)
def test_an_open_offer_lapses_at_the_minute(
    state: str, minutes: int, seconds: int, lapsed: bool
) -> None:
    ends = stands_until(Urgency.ROUTINE, SENT_AT)
    offer = Offer(1, 1, OfferState(state), SENT_AT, ends)
    assert has_lapsed(offer, SENT_AT + timedelta(minutes=minutes, seconds=seconds)) is lapsed


def test_an_emergencys_offer_never_lapses() -> None:
    offer = Offer(1, 1, OfferState.SENT, SENT_AT, stands_until(Urgency.EMERGENCY, SENT_AT))
    assert not has_lapsed(offer, SENT_AT + timedelta(days=30))

"""The ladder of offers, to the minute: across midnight, after a restart, on two servers."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import COMMUNITY_ZONE
from domain.escalation import Rung, Step, due_rungs, next_rung, step
from domain.offers import Offer, OfferState
from domain.requests import Urgency

BEGUN = datetime(2026, 3, 2, 23, 55, tzinfo=COMMUNITY_ZONE)  # midnight is five minutes away


def at(minutes: float) -> datetime:
    return BEGUN + timedelta(minutes=minutes)


# Minutes after the call, and what has been done by then: dispatch.md, word for word.
LADDER = [
    (0, "first", 3),
    (2.99, "first", 3),
    (3, "first next", 6),
    (5.99, "first next", 6),
    (6, "first next leaders", 6),
    (9.99, "first next leaders", 6),
    (10, "first next leaders secretary", 6),
    (600, "first next leaders secretary", 6),
]


@pytest.mark.parametrize(("minutes", "rungs", "asked"), LADDER)
def test_the_ladder_of_an_emergency(minutes: float, rungs: str, asked: int) -> None:
    due = step(Urgency.EMERGENCY, BEGUN, at(minutes), (), ())
    assert (" ".join(due.rungs), due.ask) == (rungs, asked)


def test_whom_the_desk_asked_by_hand_is_one_of_the_first_three() -> None:
    assert step(Urgency.EMERGENCY, BEGUN, BEGUN, (), [offer(1, "sent", 0)]).ask == 2
    begun = step(Urgency.EMERGENCY, BEGUN, at(3), (Rung.FIRST,), [offer(1, "sent", 0)] * 3)
    assert begun.ask == 3


def test_nothing_is_due_before_the_call() -> None:
    assert step(Urgency.EMERGENCY, BEGUN, at(-0.01), (), ()).nothing


@given(st.lists(st.integers(0, 20 * 60), max_size=30))
def test_however_often_and_late_it_runs_each_rung_is_raised_once(seconds: list[int]) -> None:
    raised: list[Rung] = []
    asked = 0
    for moment in sorted(seconds):
        due = step(Urgency.EMERGENCY, BEGUN, BEGUN + timedelta(seconds=moment), raised, ())
        raised += due.rungs
        asked += due.ask
    last = max(seconds, default=-1)
    expected = [
        rung for rung, minute in zip(Rung, (0, 3, 6, 10), strict=True) if minute * 60 <= last
    ]
    assert raised == expected
    assert asked == 3 * len([rung for rung in expected if rung in ("first", "next")])


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        ("", ("first", 0)),
        ("first", ("next", 3)),
        ("first next", ("leaders", 6)),
        ("first next leaders", ("secretary", 10)),
        ("first next leaders secretary", None),
    ],
)
def test_what_comes_next(raised: str, expected: tuple[str, int] | None) -> None:
    found = next_rung(BEGUN, [Rung(word) for word in raised.split()])
    assert found == (None if expected is None else (Rung(expected[0]), at(expected[1])))


def test_a_zone_changes_nothing() -> None:
    utc = BEGUN.astimezone(tz=None)
    assert due_rungs(utc, at(3), ()) == due_rungs(BEGUN, at(3), ()) == (Rung.FIRST, Rung.NEXT)


def offer(number: int, state: str, minutes: float) -> Offer:
    return Offer(number, number, OfferState(state), at(minutes), at(minutes + 240))


@pytest.mark.parametrize(
    ("offers", "minutes", "expected"),
    [
        ([], 0, Step(ask=1)),
        ([offer(1, "sent", 0)], 239.9, Step()),
        ([offer(1, "sent", 0)], 240, Step(expire=(1,), ask=1)),
        ([offer(1, "declined", 0)], 1, Step(ask=1)),
        ([offer(1, "unreachable", 0)], 1, Step(ask=1)),
        ([offer(1, "declined", 0), offer(2, "sent", 1)], 60, Step()),
        # The dispatcher asked two by hand: nobody else is asked while one of them may say yes.
        ([offer(1, "sent", 0), offer(2, "sent", 5)], 240, Step(expire=(1,))),
    ],
)
def test_routine_asks_one_at_a_time_for_four_hours(
    offers: list[Offer], minutes: float, expected: Step
) -> None:
    assert step(Urgency.ROUTINE, BEGUN, at(minutes), (), offers) == expected

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.thresholds import (
    Lane,
    Outcome,
    Weight,
    committee_size_allowed,
    fewest_candidates,
    outcome,
    percent,
    petition_met,
    shortfall,
)


def weight(area: str, heads: int) -> Weight:
    whole, _, cents = area.replace(",", "").partition(".")
    return Weight(int(whole) * 100 + int(cents.ljust(2, "0")), heads)


@pytest.mark.parametrize(
    ("lane", "roll", "participating", "approving", "expected"),
    [
        (
            Lane.ORDINARY,
            weight("100,000", 1000),
            weight("66,666.67", 667),
            weight("33,333.34", 334),
            Outcome.PASS,
        ),
        (
            Lane.ORDINARY,
            weight("100,000", 1000),
            weight("66,666.66", 667),
            weight("33,333.34", 334),
            Outcome.NO_QUORUM,
        ),
        (
            Lane.ORDINARY,
            weight("100,000", 1000),
            weight("66,666.67", 666),
            weight("33,333.34", 334),
            Outcome.NO_QUORUM,
        ),
        (
            Lane.ORDINARY,
            weight("90,000", 900),
            weight("60,000", 600),
            weight("30,000.01", 301),
            Outcome.PASS,
        ),
        (
            Lane.ORDINARY,
            weight("90,000", 900),
            weight("60,000", 600),
            weight("30,000.00", 301),
            Outcome.FAIL,
        ),
        (
            Lane.ORDINARY,
            weight("90,000", 900),
            weight("60,000", 600),
            weight("30,000.01", 300),
            Outcome.FAIL,
        ),
        (
            Lane.ELECTION,
            weight("90,000", 900),
            weight("60,000", 600),
            weight("30,000.00", 301),
            Outcome.FAIL,
        ),
        (
            Lane.SPECIAL,
            weight("90,000", 900),
            weight("60,000", 600),
            weight("45,000", 450),
            Outcome.PASS,
        ),
        (
            Lane.SPECIAL,
            weight("90,000", 900),
            weight("60,000", 600),
            weight("45,000", 449),
            Outcome.FAIL,
        ),
        (
            Lane.SPECIAL,
            weight("90,000", 900),
            weight("60,000", 600),
            weight("44,999.99", 450),
            Outcome.FAIL,
        ),
        (
            Lane.ORDINARY,
            weight("90,000", 900),
            weight("72,000", 720),
            weight("37,000", 350),
            Outcome.FAIL,
        ),
        (Lane.COMMITTEE, Weight(0, 7), Weight(0, 4), Weight(0, 3), Outcome.FAIL),
        (Lane.COMMITTEE, Weight(0, 7), Weight(0, 4), Weight(0, 4), Outcome.PASS),
        (Lane.COMMITTEE, Weight(0, 7), Weight(0, 3), Weight(0, 3), Outcome.NO_MEETING),
        (Lane.POLL, Weight(0, 7), Weight(0, 1), Weight(0, 1), Outcome.ADVISORY),
        # Nobody on the roll: two thirds of nothing are there, and still nothing is decided.
        (Lane.SPECIAL, Weight(), Weight(), Weight(), Outcome.FAIL),
        (Lane.ORDINARY, Weight(), Weight(), Weight(), Outcome.FAIL),
        (Lane.COMMITTEE, Weight(), Weight(), Weight(), Outcome.NO_MEETING),
    ],
)
def test_outcomes_at_their_boundaries(
    lane: Lane, roll: Weight, participating: Weight, approving: Weight, expected: Outcome
) -> None:
    assert outcome(lane, roll, participating, approving) is expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (6666666, 10000000, "66.66"),
        (6666667, 10000000, "66.66"),
        (2, 3, "66.66"),
        (1, 2, "50.00"),
        (4999999999, 10000000000, "49.99"),
        (1, 1, "100.00"),
        (0, 5, "0.00"),
        (1, 20000, "0.00"),
        (0, 0, "0.00"),
    ],
)
def test_percentages_are_cut_and_never_rounded_up(part: int, whole: int, expected: str) -> None:
    assert percent(part, whole) == expected


@pytest.mark.parametrize(
    ("lane", "roll", "participating", "expected"),
    [
        (Lane.ORDINARY, weight("100,000", 1000), weight("66,666.66", 667), weight("0.01", 0)),
        (Lane.ORDINARY, weight("100,000", 1000), weight("66,666.67", 667), Weight()),
        (Lane.SPECIAL, weight("100,000", 1000), weight("64,526.67", 630), weight("2,140", 37)),
        (Lane.COMMITTEE, weight("700", 7), Weight(0, 3), Weight(0, 1)),
        (Lane.COMMITTEE, weight("600", 6), Weight(0, 3), Weight(0, 1)),
        (Lane.COMMITTEE, weight("600", 6), Weight(0, 4), Weight()),
        (Lane.POLL, weight("600", 6), Weight(), Weight()),
    ],
)
def test_shortfall_says_what_quorum_or_attendance_lacks(
    lane: Lane, roll: Weight, participating: Weight, expected: Weight
) -> None:
    assert shortfall(lane, roll, participating) == expected


weights = st.builds(Weight, st.integers(0, 3000), st.integers(0, 30))


@given(st.sampled_from([Lane.ORDINARY, Lane.SPECIAL, Lane.COMMITTEE]), weights, weights)
def test_the_shortfall_is_the_least_that_ends_it(lane: Lane, roll: Weight, part: Weight) -> None:
    missing = {Outcome.NO_QUORUM, Outcome.NO_MEETING}
    lack = shortfall(lane, roll, part)
    if roll.heads:
        assert (outcome(lane, roll, part, part) in missing) is (lack != Weight())
        assert outcome(lane, roll, part + lack, part) not in missing
    for less in (Weight(1, 0), Weight(0, 1)):
        if (lack - less).area >= 0 and (lack - less).heads >= 0:
            assert outcome(lane, roll, part + lack - less, part) in missing


@given(weights, weights, weights)
def test_integers_agree_with_exact_shares(roll: Weight, part: Weight, yes: Weight) -> None:
    for lane, share, open_end in (
        (Lane.ORDINARY, Fraction(1, 2), True),
        (Lane.SPECIAL, Fraction(3, 4), False),
    ):
        if min(roll.area, roll.heads, part.area, part.heads) == 0:
            return
        turnout = [Fraction(part.area, roll.area), Fraction(part.heads, roll.heads)]
        shares = [Fraction(yes.area, part.area), Fraction(yes.heads, part.heads)]
        expected = Outcome.FAIL
        if min(turnout) < Fraction(2, 3):
            expected = Outcome.NO_QUORUM
        elif all(one > share or (one == share and not open_end) for one in shares):
            expected = Outcome.PASS
        assert outcome(lane, roll, part, yes) is expected


@pytest.mark.parametrize(
    ("signed", "owners", "met"),
    [(200, 1001, False), (201, 1001, True), (200, 1000, True), (199, 1000, False), (0, 0, False)],
)
def test_a_petition_needs_a_fifth_of_the_owners(signed: int, owners: int, met: bool) -> None:
    assert petition_met(signed, owners) is met


@pytest.mark.parametrize(
    ("seats", "candidates"), [(5, 6), (7, 9), (9, 11), (11, 14), (10, 12), (1, 2)]
)
def test_an_election_needs_a_fifth_more_candidates_than_seats(seats: int, candidates: int) -> None:
    assert fewest_candidates(seats) == candidates


@pytest.mark.parametrize(
    ("seats", "allowed"),
    [(3, False), (4, False), (5, True), (6, False), (7, True), (9, True), (11, True), (13, False)],
)
def test_a_committee_is_odd_and_of_five_to_eleven(seats: int, allowed: bool) -> None:
    assert committee_size_allowed(seats) is allowed

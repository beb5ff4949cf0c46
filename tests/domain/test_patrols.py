"""Patrols: pairs of insured people, points shared out, and nobody left out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import FieldError, Refused
from domain.patrols import (
    Coverage,
    Finding,
    Member,
    Where,
    check_close,
    check_pairs,
    coverage,
    pair_up,
    share_out,
)
from tests.support.clock import MONDAY_NINE

TODAY = MONDAY_NINE.date()
INSURED = {1: TODAY, 2: date(2027, 1, 1), 3: date(2027, 1, 1), 4: date(2026, 3, 1), 5: None}


@pytest.mark.parametrize(
    ("pairs", "wrong"),
    [
        ([[1, 2]], None),
        ([[1, 2, 3]], None),
        ([], "at least one pair"),
        ([[1]], "alone"),
        ([[1, 2], [3]], "alone"),
        ([[1, 2], [2, 3]], "two pairs"),
        ([[1, 4]], "not insured"),  # until yesterday
        ([[1, 5]], "not insured"),
        ([[1, 6]], "not insured"),
    ],
)
def test_who_may_go(pairs: list[list[int]], wrong: str | None) -> None:
    if wrong is None:
        check_pairs(pairs, INSURED, MONDAY_NINE)
    else:
        with pytest.raises(FieldError, match=wrong):
            check_pairs(pairs, INSURED, MONDAY_NINE)


@given(st.lists(st.integers(), unique=True, min_size=2, max_size=30))
def test_everybody_gets_a_partner(people: list[int]) -> None:
    pairs = pair_up(people)
    assert [person for pair in pairs for person in pair] == people
    assert {len(pair) for pair in pairs} <= {2, 3}


@given(st.integers(1, 80), st.integers(1, 12))
def test_points_are_shared_evenly_and_in_order(points: int, pairs: int) -> None:
    shared = share_out(points, pairs)
    assert len(shared) == points
    assert list(shared) == sorted(shared)
    if points >= pairs:
        sizes = [shared.count(pair) for pair in range(pairs)]
        assert max(sizes) - min(sizes) <= 1


def test_coverage_counts_each_point_once() -> None:
    assert coverage([None, Finding.CLEAR, Finding.HAZARD, None]) == Coverage(2, 4, 1)


OUT = Member(1, checked_in_at=MONDAY_NINE)
BACK = Member(2, checked_in_at=MONDAY_NINE, checked_out_at=MONDAY_NINE)
ABSENT = Member(3, absent_at=MONDAY_NINE)


@pytest.mark.parametrize(
    ("members", "left"),
    [((BACK,), 0), ((BACK, ABSENT), 0), ((OUT, BACK), 1), ((Member(4), OUT, BACK), 2), ((), 0)],
)
def test_a_patrol_cannot_end_while_anybody_is_not_accounted_for(
    members: tuple[Member, ...], left: int
) -> None:
    if not left:
        check_close(members)
        return
    with pytest.raises(Refused) as refused:
        check_close(members)
    assert refused.value.params == {"n": left}


def test_who_came_and_went_is_back_even_if_marked_absent_before() -> None:
    late = Member(1, checked_in_at=MONDAY_NINE, absent_at=MONDAY_NINE)
    assert late.where is Where.OUT

"""The poll's rules: closing times, answers to choose from, and figures that cannot be recovered."""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import COMMUNITY_ZONE
from domain.errors import FieldError
from domain.polls import PollState, cells, check_close, options, proposed_close, question, state


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COMMUNITY_ZONE)


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        ("2026-03-02 00:00", "2026-03-02 21:00"),
        ("2026-03-02 19:59:59", "2026-03-02 21:00"),
        ("2026-03-02 20:00", "2026-03-03 12:00"),
        ("2026-03-02 23:59", "2026-03-03 12:00"),
    ],
)
def test_a_poll_closes_tonight_or_else_tomorrow_at_noon(now: str, closes: str) -> None:
    assert proposed_close(at(now)) == at(closes)


@pytest.mark.parametrize(
    ("closes", "allowed"),
    [
        ("2026-03-02 08:00", False),
        ("2026-03-02 09:14:59", False),
        ("2026-03-02 09:15", True),
        ("2026-03-09 09:00", True),
        ("2026-03-09 09:00:01", False),
    ],
)
def test_a_poll_is_open_for_a_quarter_of_an_hour_to_seven_days(closes: str, allowed: bool) -> None:
    if allowed:
        check_close(at("2026-03-02 09:00"), at(closes))
        return
    with pytest.raises(FieldError) as refused:
        check_close(at("2026-03-02 09:00"), at(closes))
    assert refused.value.field == "closes"


@pytest.mark.parametrize(
    ("now", "withdrawn", "expected"),
    [
        ("2026-03-02 20:59:59", None, PollState.OPEN),
        ("2026-03-02 21:00", None, PollState.CLOSED),
        ("2026-03-02 20:00", "2026-03-02 19:00", PollState.WITHDRAWN),
        ("2026-03-02 22:00", "2026-03-02 19:00", PollState.WITHDRAWN),
    ],
)
def test_the_clock_closes_a_poll(now: str, withdrawn: str | None, expected: PollState) -> None:
    gone = at(withdrawn) if withdrawn else None
    assert state(at("2026-03-02 21:00"), gone, at(now)) is expected


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["同意", "不同意"], ("同意", "不同意")),
        (["同意", "", "  不 同意 ", "\t"], ("同意", "不 同意")),
        (list("甲乙丙丁戊己"), tuple("甲乙丙丁戊己")),
        (["同意"], None),
        (["同意", " 同意 "], None),
        (list("甲乙丙丁戊己庚"), None),
        (["同意", "不" * 61], None),
        ([], None),
    ],
)
def test_two_to_six_different_answers_can_be_given(
    lines: list[str], kept: tuple[str, ...] | None
) -> None:
    if kept is not None:
        assert options(lines) == kept
        return
    with pytest.raises(FieldError) as refused:
        options(lines)
    assert refused.value.field == "options"


def test_a_question_stands_on_one_line_and_is_not_empty() -> None:
    assert question(" 先修路灯\n还是先划车位？ ") == "先修路灯 还是先划车位？"
    for bad in (" \n", "问" * 201):
        with pytest.raises(FieldError):
            question(bad)


N = None


@pytest.mark.parametrize(
    ("counts", "shown", "majority"),
    [
        # All large enough.
        ((5, 5), (5, 5), None),
        ((57, 33, 12), (57, 33, 12), None),
        # Fewer than five answers in all: the turnout alone.
        ((0, 0), (N, N), None),
        ((4, 0), (N, N), None),
        ((2, 1, 1), (N, N, N), None),
        # One small figure takes the next smallest with it.
        ((20, 4, 9), (20, N, N), None),
        ((57, 3), (N, N), 0),
        ((57, 0), (N, N), 0),
        ((5, 0), (N, N), None),
        ((9, 0), (N, N), None),
        ((0, 10), (N, N), 1),
        # With all its equals, or the one that is left out would tell.
        ((5, 5, 4), (N, N, N), None),
        ((8, 30, 8, 2), (N, 30, N, N), None),
        # Two different small ones hide each other; two equal ones do not.
        ((30, 1, 2), (30, N, N), None),
        ((30, 4, 4), (N, N, N), 0),
        ((30, 9, 0, 0), (30, N, N, N), None),
        ((30, 9, 0, 1), (30, 9, N, N), None),
    ],
)
def test_small_figures_are_hidden_and_cannot_be_subtracted(
    counts: tuple[int, ...], shown: tuple[int | None, ...], majority: int | None
) -> None:
    found = cells(counts)
    assert (found.counts, found.majority) == (shown, majority)


@pytest.mark.parametrize(("wide", "most"), [(2, 40), (3, 26), (4, 22)])
def test_whoever_knows_the_rule_and_the_total_can_tell_no_hidden_figure(
    wide: int, most: int
) -> None:
    """Every result that there can be, grouped by what is shown of it."""
    alike = defaultdict(list)
    for counts in product(range(most + 1), repeat=wide):
        if sum(counts) <= most:
            alike[sum(counts), cells(counts)].append(counts)
    for (total, shown), possible in alike.items():
        for place, count in enumerate(shown.counts):
            values = {counts[place] for counts in possible}
            if count is not None:
                assert values == {count}
                assert count >= 5
            elif total:  # that nobody chose anything is no secret where nobody answered
                assert len(values) > 1, (total, shown, possible)


@given(st.lists(st.integers(0, 400), min_size=2, max_size=6))
def test_figures_are_hidden_by_their_size_and_not_by_their_place(counts: list[int]) -> None:
    shown = cells(counts).counts
    assert cells(counts[::-1]).counts == shown[::-1]
    hidden = {count for count, cell in zip(counts, shown, strict=True) if cell is None}
    kept = {count for count, cell in zip(counts, shown, strict=True) if cell is not None}
    assert hidden.isdisjoint(kept)
    assert all(count >= 5 for count in kept)
    # Exchanged for another that is hidden too, each hidden figure could be that one.
    assert not hidden or len(hidden) > 1 or not kept


def test_a_majority_is_said_of_more_than_half_and_of_ten_answers_at_least() -> None:
    assert cells((6, 4)).majority == 0
    assert cells((5, 4)).majority is None
    assert cells((4, 4, 4)).majority is None


def test_seven_days_are_to_the_second() -> None:
    opened = at("2026-03-02 09:00")
    check_close(opened, opened + timedelta(days=7))

"""What a teller types of a paper ballot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import FieldError
from domain.paper_marks import read_marks
from domain.standing import Choice

YES, NO, ABSTAIN, INVALID = Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.INVALID


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("123", {1: YES, 2: NO, 4: ABSTAIN}),  # position 3 was withdrawn
        ("1 2 0", {1: YES, 2: NO, 4: INVALID}),
        (" １２３ ", {1: YES, 2: NO, 4: ABSTAIN}),
    ],
)
def test_one_digit_stands_for_each_question(typed: str, choices: dict[int, Choice]) -> None:
    assert read_marks(typed, [1, 2, 4], None) == choices


@pytest.mark.parametrize("typed", ["", "12", "1234", "124", "yes", "1-3", "-", "12x"])
def test_anything_else_is_told(typed: str) -> None:
    with pytest.raises(FieldError):
        read_marks(typed, [1, 2, 4], None)


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("1 3", {2: YES, 7: YES}),  # numbered as on the sheet
        ("3、1", {2: YES, 7: YES}),
        ("1 2 3", {2: YES, 5: YES, 7: YES}),  # too many for the seats is keyed as it is
        ("-", {}),
        ("－", {}),
        ("0", {2: INVALID}),
    ],
)
def test_the_chosen_candidates_stand_by_their_numbers(
    typed: str, choices: dict[int, Choice]
) -> None:
    assert read_marks(typed, [2, 5, 7], 1) == choices


@pytest.mark.parametrize("typed", ["", "4", "1 1", "0 1", "1 -", "甲"])
def test_a_number_that_is_not_on_the_sheet_is_told(typed: str) -> None:
    with pytest.raises(FieldError):
        read_marks(typed, [2, 5, 7], 1)


@given(st.text(max_size=8), st.integers(0, 5), st.booleans())
def test_whatever_is_typed_is_read_or_refused(typed: str, many: int, election: bool) -> None:
    positions = list(range(1, many + 1))
    try:
        choices = read_marks(typed, positions, 3 if election else None)
    except FieldError:
        return
    assert set(choices) <= set(positions)
    assert election or set(choices) == set(positions)

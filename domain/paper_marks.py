"""How a teller types a paper ballot: one digit a question, or the numbers of the chosen."""

import re
import unicodedata
from collections.abc import Sequence

from domain.errors import N_, FieldError
from domain.standing import Choice

# As the boxes stand on the sheet from left to right; 0 for what cannot be read.
DIGITS = {"1": Choice.YES, "2": Choice.NO, "3": Choice.ABSTAIN, "0": Choice.INVALID}
NOBODY = "-"


def read_marks(text: str, positions: Sequence[int], seats: int | None) -> dict[int, Choice]:
    """The choices by the question's position.

    Args:
        text: in an election the numbers of the chosen candidates as the sheet counts them, `0`
            for a ballot that cannot be counted, `-` where nobody is chosen; else one digit for
            each question.
        positions: of the questions, in the sheet's order.
        seats: of an election.

    Raises:
        FieldError: something else was typed; it says what is expected.
    """
    # Typed in a Chinese input method, digits and signs come in their wide forms.
    typed = unicodedata.normalize("NFKC", text).strip()
    return _chosen(typed, positions) if seats is not None else _digits(typed, positions)


def _digits(typed: str, positions: Sequence[int]) -> dict[int, Choice]:
    digits = "".join(typed.split())
    if len(digits) != len(positions) or set(digits) - set(DIGITS):
        raise FieldError(
            "marks",
            N_("Type {n} digits, one for each question: 1 for, 2 against, 3 abstain, 0 invalid."),
            n=len(positions),
        )
    return {place: DIGITS[digit] for place, digit in zip(positions, digits, strict=True)}


def _chosen(typed: str, positions: Sequence[int]) -> dict[int, Choice]:
    if typed == NOBODY:
        return {}
    numbers = [one for one in re.split(r"[\s,、，;；.]+", typed) if one]
    if numbers == ["0"]:
        return {positions[0]: Choice.INVALID} if positions else {}
    known = {str(number): place for number, place in enumerate(positions, start=1)}
    if not numbers or set(numbers) - set(known) or len(set(numbers)) != len(numbers):
        raise FieldError(
            "marks",
            N_(
                "Type the numbers of the chosen candidates with blanks between them, "
                "- for nobody, 0 for an invalid ballot."
            ),
        )
    return {known[one]: Choice.YES for one in numbers}

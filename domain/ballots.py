"""A ballot as it is written down: its choices as text, its digest, and whether it may be cast."""

from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256

from domain.errors import N_, FieldError, Refused
from domain.standing import Choice


class Way(StrEnum):
    """Who uses a personal link."""

    OWNER = "owner"
    PROXY = "proxy"


class BallotRefused(Refused):
    """This ballot cannot be taken; nothing was stored."""


def write_choices(choices: Mapping[int, Choice]) -> str:
    """Question positions with their choices, in the order of the questions."""
    return ",".join(f"{position}:{choice.value}" for position, choice in sorted(choices.items()))


def read_choices(text: str) -> dict[int, Choice]:
    """The reverse of `write_choices`.

    Raises:
        ValueError: the text is none that it wrote.
    """
    if not text:
        return {}
    pairs = (part.split(":") for part in text.split(","))
    return {int(position): Choice(choice) for position, choice in pairs}


def check_choices(
    choices: Mapping[int, Choice], positions: set[int], seats: int | None, *, by_hand: bool
) -> None:
    """Whether a filled-in ballot can be taken.

    Args:
        positions: the questions that are asked; each needs an answer, except that a candidate
            who is not named has an abstention.
        seats: of an election. Too many names spoil a paper ballot, which is then keyed as it
            is; the page for owners says so before it is sent.
        by_hand: keyed from paper, where an answer may be invalid.

    Raises:
        FieldError: which question lacks an answer, or how many may be chosen.
    """
    if set(choices) - positions:
        raise BallotRefused(N_("The questions of this vote are others. Open the page again."))
    if not by_hand and Choice.INVALID in choices.values():
        raise BallotRefused(N_("Choose for, against or abstain."))
    if seats is None:
        for position in sorted(positions):
            if position not in choices:
                raise FieldError(
                    f"choice_{position}", N_("Answer question {number}."), number=position
                )
    elif not by_hand and sum(choice is Choice.YES for choice in choices.values()) > seats:
        raise FieldError("choices", N_("Choose at most {seats} candidates."), seats=seats)


def digest(salt: str, right: str, choices: str, channel: str) -> str:
    """What a ballot's event commits to; the salt keeps it from being guessed back."""
    return sha256(f"{salt}|{right}|{choices}|{channel}".encode()).hexdigest()

"""Which ballot stands: one for each right, whatever was sent, handed in or repeated."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_, DeskError


class Choice(StrEnum):
    """What a ballot says to one question."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    INVALID = "invalid"


class Channel(StrEnum):
    """The way by which a ballot came."""

    ONLINE = "online"
    PAPER = "paper"
    PROXY = "proxy"


# The signed paper before the link, the owner before the proxy.
RANK = {Channel.PROXY: 0, Channel.ONLINE: 1, Channel.PAPER: 2}


def precedence(channel: Channel, seq: int) -> tuple[int, int]:
    """The ballot with the higher stands: first by channel, then by `seq`."""
    return RANK[channel], seq


class Repeated(DeskError):
    """The same line of the same ballot was given twice."""


@dataclass(frozen=True, slots=True)
class BallotLine:
    """One answer of one ballot; the lines of a ballot share `seq`, later ballots have a higher."""

    right: str
    question: str
    choice: Choice
    channel: Channel
    seq: int

    @property
    def precedence(self) -> tuple[int, int]:
        """See the function of this name."""
        return precedence(self.channel, self.seq)


def standing_answers(lines: Iterable[BallotLine]) -> dict[str, dict[str, Choice]]:
    """Return the standing choice by question, then by right; any order of lines gives the same.

    Raises:
        Repeated: while the offending line is the last one taken from `lines`.
    """
    best: dict[str, dict[str, tuple[tuple[int, int], Choice]]] = {}
    # Only what was voted on again needs its history; most rights vote once.
    history: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for line in lines:
        of_question = best.setdefault(line.question, {})
        precedence = line.precedence
        held = of_question.get(line.right)
        if held is not None:
            seen = history.setdefault((line.question, line.right), {held[0]})
            if precedence in seen:
                raise _repeated()
            seen.add(precedence)
            if precedence < held[0]:
                continue
        of_question[line.right] = (precedence, line.choice)
    return {
        question: {right: choice for right, (_, choice) in held_by.items()}
        for question, held_by in best.items()
    }


def standing_papers(lines: Iterable[BallotLine]) -> dict[str, dict[str, Choice]]:
    """Return, for an election, each right's standing ballot as a whole: candidate → choice.

    Raises:
        Repeated: while the offending line is the last one taken from `lines`.
    """
    papers: dict[str, dict[tuple[int, int], dict[str, Choice]]] = {}
    for line in lines:
        paper = papers.setdefault(line.right, {}).setdefault(line.precedence, {})
        if line.question in paper:
            raise _repeated()
        paper[line.question] = line.choice
    return {right: ballots[max(ballots)] for right, ballots in papers.items()}


def _repeated() -> Repeated:
    return Repeated(N_("The same right, question, channel and seq were given before. Keep one."))

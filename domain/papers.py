"""Paper ballots 纸质选票: where each one is, whether none is missing, and who keys it next.

Printed = issued + unused + spoiled, counted by hand and not by the computer alone: a ballot
that lies nowhere could be anybody's. Two people key each returned ballot without seeing the
other's reading; where they differ a third reads it, and that reading holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_, Refused

BLIND = 2  # people who key a ballot without seeing each other's reading


class PaperState(StrEnum):
    """Where a numbered paper ballot is."""

    UNUSED = "unused"
    ISSUED = "issued"  # 已发出
    RECEIVED = "received"  # 已收回, to be keyed
    SETTLED = "settled"  # its choices agreed, its ballot is in the box
    SPOILED = "spoiled"  # 作废


def paper_state(*, issued: bool, received: bool, settled: bool, spoiled: bool) -> PaperState:
    """Where a ballot is, from what has happened to it."""
    if spoiled:
        return PaperState.SPOILED
    if settled:
        return PaperState.SETTLED
    if received:
        return PaperState.RECEIVED
    return PaperState.ISSUED if issued else PaperState.UNUSED


@dataclass(frozen=True, slots=True)
class Stock:
    """How many ballots of a vote are where.

    Args:
        issued: handed out, whether they came back or not.
        received: of those, handed in.
        settled: of those, keyed and in the box.
    """

    printed: int
    issued: int
    unused: int
    spoiled: int
    received: int
    settled: int

    @property
    def outstanding(self) -> int:
        """Handed out and not handed in."""
        return self.issued - self.received

    @property
    def to_key(self) -> int:
        """Handed in and not in the box yet."""
        return self.received - self.settled


def stock(printed: int, states: Mapping[PaperState, int]) -> Stock:
    """Put the counts by state together."""
    counted = {state: states.get(state, 0) for state in PaperState}
    settled = counted[PaperState.SETTLED]
    received = counted[PaperState.RECEIVED] + settled
    return Stock(
        printed=printed,
        issued=counted[PaperState.ISSUED] + received,
        unused=counted[PaperState.UNUSED],
        spoiled=counted[PaperState.SPOILED],
        received=received,
        settled=settled,
    )


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Whether the paper on the table is the paper in the book 选票核对.

    Args:
        missing: printed ballots that are neither issued nor unused nor spoiled; below zero
            there are more than were printed.
        received_off: by how many the counted returned ballots exceed the book.
    """

    missing: int
    received_off: int

    @property
    def balanced(self) -> bool:
        """Whether every printed ballot is accounted for."""
        return self.missing == 0 and self.received_off == 0


def reconcile(book: Stock, *, unused: int, spoiled: int, received: int) -> Reconciled:
    """Compare what two people counted on the table with the book.

    Args:
        unused, spoiled, received: counted by hand.
    """
    return Reconciled(
        missing=book.printed - (book.issued + unused + spoiled),
        received_off=received - book.received,
    )


class AlreadyKeyed(Refused):
    """This person has read this ballot; another one is needed."""


@dataclass(frozen=True, slots=True)
class Next:
    """What a reading leads to.

    Args:
        place: 1 and 2 key blind, 3 settles.
        settled: the choices that hold; None while another person must read it.
    """

    place: int
    settled: str | None


def next_reading(earlier: Sequence[tuple[int, str]], account_id: int, choices: str) -> Next:
    """Where a new reading stands, and whether the ballot is settled by it.

    Args:
        earlier: account and choices of the readings so far, in their order.

    Raises:
        AlreadyKeyed: the same person again.
        Refused: nothing is left to read.
    """
    if account_id in {account for account, _ in earlier}:
        raise AlreadyKeyed(N_("You have keyed this ballot already. Another teller must read it."))
    place = len(earlier) + 1
    if place > BLIND and (place > BLIND + 1 or earlier[0][1] == earlier[1][1]):
        raise Refused(N_("This ballot is settled already."))
    if place == 1:
        return Next(place, None)
    if place == BLIND:
        return Next(place, choices if choices == earlier[0][1] else None)
    return Next(place, choices)


class Waits(StrEnum):
    """What a returned ballot waits for."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


def waits_for(readings: int) -> Waits:
    """What a ballot with so many readings waits for."""
    return (Waits.FIRST, Waits.SECOND, Waits.THIRD)[readings]

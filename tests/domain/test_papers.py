"""Paper ballots: where each is, whether one is missing, whose reading holds."""

import pytest

from domain.errors import Refused
from domain.papers import (
    AlreadyKeyed,
    Next,
    PaperState,
    Reconciled,
    next_reading,
    paper_state,
    reconcile,
    stock,
)


@pytest.mark.parametrize(
    ("issued", "received", "settled", "spoiled", "where"),
    [
        (False, False, False, False, PaperState.UNUSED),
        (True, False, False, False, PaperState.ISSUED),
        (True, True, False, False, PaperState.RECEIVED),
        (True, True, True, False, PaperState.SETTLED),
        (False, False, False, True, PaperState.SPOILED),  # misprinted
        (True, False, False, True, PaperState.SPOILED),  # given back
    ],
)
def test_where_a_ballot_is_follows_from_what_happened_to_it(
    issued: bool, received: bool, settled: bool, spoiled: bool, where: PaperState
) -> None:
    found = paper_state(issued=issued, received=received, settled=settled, spoiled=spoiled)
    assert found is where


@pytest.mark.parametrize(
    # the book: printed 100, of them issued 60 (40 handed in), spoiled 3, so unused 37
    ("unused", "spoiled", "received", "found"),
    [
        (37, 3, 40, Reconciled(0, 0)),
        (36, 3, 40, Reconciled(1, 0)),  # one lies nowhere
        (37, 4, 40, Reconciled(-1, 0)),  # one too many
        (36, 4, 40, Reconciled(0, 0)),  # spoiled and not yet written into the book
        (37, 3, 39, Reconciled(0, -1)),  # a returned one is not in the box
        (38, 3, 41, Reconciled(-1, 1)),
    ],
)
def test_printed_is_issued_and_unused_and_spoiled(
    unused: int, spoiled: int, received: int, found: Reconciled
) -> None:
    book = stock(
        100,
        {
            PaperState.UNUSED: 37,
            PaperState.ISSUED: 20,
            PaperState.RECEIVED: 15,
            PaperState.SETTLED: 25,
            PaperState.SPOILED: 3,
        },
    )
    assert (book.issued, book.received, book.outstanding, book.to_key) == (60, 40, 20, 15)
    result = reconcile(book, unused=unused, spoiled=spoiled, received=received)
    assert result == found
    assert result.balanced is (found == Reconciled(0, 0))


@pytest.mark.parametrize(
    ("earlier", "account", "choices", "then"),
    [
        ([], 1, "1:yes", Next(1, None)),
        ([(1, "1:yes")], 2, "1:yes", Next(2, "1:yes")),
        ([(1, "1:yes")], 2, "1:no", Next(2, None)),
        ([(1, "1:yes"), (2, "1:no")], 3, "1:no", Next(3, "1:no")),
        ([(1, "1:yes"), (2, "1:no")], 3, "1:abstain", Next(3, "1:abstain")),
    ],
)
def test_two_equal_readings_hold_and_a_third_settles_a_difference(
    earlier: list[tuple[int, str]], account: int, choices: str, then: Next
) -> None:
    assert next_reading(earlier, account, choices) == then


@pytest.mark.parametrize(
    ("earlier", "account", "refusal"),
    [
        ([(1, "1:yes")], 1, AlreadyKeyed),
        ([(1, "1:yes"), (2, "1:no")], 1, AlreadyKeyed),  # neither of the two settles it
        ([(1, "1:yes"), (2, "1:no")], 2, AlreadyKeyed),
        ([(1, "1:yes"), (2, "1:yes")], 3, Refused),
        ([(1, "1:yes"), (2, "1:no"), (3, "1:no")], 4, Refused),
    ],
)
def test_nobody_reads_twice_and_nothing_is_read_after_it_is_settled(
    earlier: list[tuple[int, str]], account: int, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        next_reading(earlier, account, "1:yes")

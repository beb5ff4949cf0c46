"""What fills an agenda, and how a hand orders it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agenda import Candidate, Entry, Kept, Key, Kind, Source, agenda, filled, moved
from domain.errors import FieldError

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def key(number: int, kind: Kind = Kind.CASE) -> Key:
    return Key(kind, number)


def because(number: int, source: Source, days: int = 0) -> Candidate:
    return Candidate(key(number), source, NOON - timedelta(days=days))


def order(entries: tuple[Entry, ...]) -> list[int]:
    return [entry.key.id for entry in entries]


def test_one_file_stands_once_by_its_strongest_reason() -> None:
    entries = filled([because(1, Source.SHARED, 9), because(1, Source.ESCALATED, 1)])
    assert entries == (Entry(key(1), Source.ESCALATED, NOON - timedelta(days=1)),)


def test_reasons_come_in_their_order_and_the_longest_waiting_first() -> None:
    entries = filled(
        [
            because(1, Source.SHARED, 90),
            because(2, Source.POLL, 1),
            because(3, Source.ESCALATED, 2),
            because(4, Source.ESCALATED, 5),
            because(5, Source.POSTPONED),
        ]
    )
    assert order(entries) == [5, 4, 3, 2, 1]


def test_what_comes_after_the_hand_ordered_stands_behind_it() -> None:
    said = [
        Kept(key(2), Source.SHARED, NOON, 0),
        Kept(key(1), Source.SHARED, NOON, 1),
    ]
    found = [because(1, Source.SHARED), because(2, Source.SHARED), because(3, Source.ESCALATED)]
    assert order(agenda(found, said)) == [2, 1, 3]


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        # Ordered by hand once, and decided since: it drops off.
        (Kept(key(7), Source.ESCALATED, NOON, 0), False),
        (Kept(key(7), Source.HAND, NOON, None), True),
        (Kept(key(7), Source.HAND, NOON, None, left_out=True), False),
        (Kept(key(7, Kind.ITEM), Source.POSTPONED, NOON, None), True),
    ],
)
def test_only_what_was_added_by_hand_stands_without_a_reason(said: Kept, stands: bool) -> None:
    assert (7 in order(agenda([], [said]))) is stands


def test_what_was_left_out_stays_out_though_its_reason_stands() -> None:
    said = [Kept(key(1), Source.ESCALATED, NOON, None, left_out=True)]
    assert agenda([because(1, Source.ESCALATED)], said) == ()


@pytest.mark.parametrize(
    ("number", "up", "after"),
    [(1, True, [1, 2, 3]), (1, False, [2, 1, 3]), (3, True, [1, 3, 2]), (3, False, [1, 2, 3])],
)
def test_an_item_moves_one_place_and_stops_at_the_ends(
    number: int, up: bool, after: list[int]
) -> None:
    changed = moved([key(one) for one in (1, 2, 3)], key(number), up)
    assert [one.id for one in changed] == after


def test_what_is_gone_cannot_be_moved() -> None:
    with pytest.raises(FieldError):
        moved([key(1)], key(2), up=True)


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(Source), st.integers(0, 9))))
def test_every_reason_is_on_the_agenda_exactly_once(found: list[tuple[int, Source, int]]) -> None:
    entries = agenda([because(*one) for one in found], [])
    assert sorted(order(entries)) == sorted({number for number, *_ in found})
    ranks = [list(Source).index(entry.source) for entry in entries]
    assert ranks == sorted(ranks)

from dataclasses import replace
from hashlib import sha256

import pytest

from domain.chain import GENESIS, Chain, Link, check, link

AT = "2026-07-16T09:30:00+08:00"


def chain_of(*payloads: str) -> list[Link]:
    links, prev = [], GENESIS
    for seq, payload in enumerate(payloads, start=1):
        digest = link(prev, seq, AT, "ballot", payload)
        links.append(Link(seq, AT, "ballot", payload, prev, digest))
        prev = digest
    return links


GOOD = chain_of("甲|yes", "", "c", "d")


def test_a_link_is_the_sha256_of_the_text_with_bars() -> None:
    text = f"{'0' * 64}|1|{AT}|ballot|甲|yes".encode()
    assert GOOD[0].hash == link(GENESIS, "1", AT, "ballot", "甲|yes") == sha256(text).hexdigest()


def test_an_unbroken_chain_ends_at_its_head() -> None:
    assert check(GOOD) == Chain(4, GOOD[3].hash)


def test_an_empty_chain_has_the_first_prev_as_its_head() -> None:
    assert check([]) == Chain(0, "0" * 64)


@pytest.mark.parametrize(
    "change",
    [
        {"payload": "x"},
        {"at": "2026-07-16T09:30:01+08:00"},
        {"kind": "open"},
        {"seq": 9},
        {"prev": "1" * 64},
        {"hash": "1" * 64},
    ],
)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_any_changed_field_breaks_the_chain_where_it_stands(
    place: int, change: dict[str, object]
) -> None:
    changed = [*GOOD]
    changed[place] = replace(changed[place], **change)
    assert check(changed).broken == place + 1


@pytest.mark.parametrize(
    ("links", "broken"),
    [
        (GOOD[1:], 1),
        ([GOOD[0], *GOOD[2:]], 2),
        ([GOOD[0], GOOD[2], GOOD[1], GOOD[3]], 2),
        ([GOOD[0], GOOD[0], *GOOD[1:]], 2),
        ([*GOOD[:2], *chain_of("x")], 3),
    ],
)
def test_dropped_moved_repeated_and_foreign_events_break_it(links: list[Link], broken: int) -> None:
    assert check(links).broken == broken

"""The hash chain of events: whoever changes, drops or inserts one breaks every later link."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """One event as it was written; texts are hashed as they stand."""

    seq: int | str
    at: str
    kind: str
    payload: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Chain:
    """How far a chain holds: `head` is the last good hash, `broken` the first bad position."""

    events: int
    head: str
    broken: int | None = None


def link(prev: str, seq: int | str, at: str, kind: str, payload: str) -> str:
    """Return the hex SHA-256 that ties an event to the one before it."""
    return sha256(f"{prev}|{seq}|{at}|{kind}|{payload}".encode()).hexdigest()


def check(links: Iterable[Link]) -> Chain:
    """Follow a chain from its beginning to its end or its first break (positions from 1)."""
    head, events = GENESIS, 0
    for one in links:
        if one.prev != head or one.hash != link(head, one.seq, one.at, one.kind, one.payload):
            return Chain(events, head, broken=events + 1)
        head, events = one.hash, events + 1
    return Chain(events, head)

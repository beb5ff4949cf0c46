"""The agenda 议程 of the next joint conference: what fills it, and how a hand orders it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import N_, FieldError
from domain.moves import State

# As many neighbours with one trouble make it more than one household's matter.
SHARED_BY = 3


class Kind(StrEnum):
    """What an item can be about."""

    CASE = "case"
    REPORT = "report"  # of a unit
    ITEM = "item"  # words of the office, without a file


class Source(StrEnum):
    """Why something is on the agenda, the strongest reason first."""

    POSTPONED = "postponed"  # put off by the conference before
    ESCALATED = "escalated"  # its promise is so late that the ladder's last rung was raised
    POLL = "poll"  # the neighbours were asked, and nobody has decided
    SHARED = "shared"  # several households, or more than one estate
    REPORT = "report"  # a unit's own report
    HAND = "hand"  # added by the office


class Result(StrEnum):
    """What the conference made of an item."""

    DECIDED = "decided"  # who leads by when
    NOTED = "noted"  # heard; nothing to hand over
    POSTPONED = "postponed"  # to the next conference


SOURCE: Mapping[Source, str] = {
    Source.POSTPONED: N_("put off last time"),
    Source.ESCALATED: N_("escalated"),
    Source.POLL: N_("poll to decide on"),
    Source.SHARED: N_("shared matter"),
    Source.REPORT: N_("unit's report"),
    Source.HAND: N_("added by hand"),
}

RESULT: Mapping[Result, str] = {
    Result.DECIDED: N_("decided"),
    Result.NOTED: N_("noted"),
    Result.POSTPONED: N_("put off"),
}

# Where a file stands when the conference may say who leads: it takes it up, or takes it back.
DECIDABLE = frozenset(
    {State.NEW, State.REOPENED, State.DELIBERATING, State.COORDINATING, State.DOING}
)

_RANK = {source: place for place, source in enumerate(Source)}


@dataclass(frozen=True, slots=True)
class Key:
    """What an item is about: a file, a unit's report, or words without either."""

    kind: Kind
    id: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reason to put something on the agenda, and since when it stands."""

    key: Key
    source: Source
    since: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person said of an item before the meeting; the rest fills itself.

    Args:
        position: where it was put by hand; None for where it falls.
        left_out: it was taken off, with a reason.
    """

    key: Key
    source: Source
    since: datetime
    position: int | None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the agenda."""

    key: Key
    source: Source
    since: datetime


def filled(candidates: Iterable[Candidate]) -> tuple[Entry, ...]:
    """One entry for each thing, by its strongest reason; the longest waiting first."""
    best: dict[Key, Candidate] = {}
    for one in candidates:
        other = best.get(one.key)
        if other is None or (_RANK[one.source], one.since) < (_RANK[other.source], other.since):
            best[one.key] = one
    ordered = sorted(
        best.values(), key=lambda one: (_RANK[one.source], one.since, one.key.kind, one.key.id)
    )
    return tuple(Entry(one.key, one.source, one.since) for one in ordered)


def agenda(candidates: Iterable[Candidate], kept: Iterable[Kept]) -> tuple[Entry, ...]:
    """What a hand has put into order, then what has come since, as it falls.

    What was ordered by hand but has no reason left (the file was decided meanwhile) drops off;
    what was added by hand stays.
    """
    said = {one.key: one for one in kept}
    entries = {entry.key: entry for entry in filled(candidates)}
    for one in said.values():
        by_hand = one.source is Source.HAND or one.key.kind is Kind.ITEM
        if by_hand and one.key not in entries:
            entries[one.key] = Entry(one.key, one.source, one.since)
    left = [
        entry for entry in entries.values() if not (entry.key in said and said[entry.key].left_out)
    ]
    placed = {key: one.position for key, one in said.items() if one.position is not None}
    return tuple(sorted(left, key=lambda entry: placed.get(entry.key, len(placed) + 10_000)))


def moved(order: list[Key], key: Key, up: bool) -> list[Key]:
    """The order with one item a place higher or lower; at the end it stays.

    Raises:
        FieldError: it is not on the agenda any more.
    """
    if key not in order:
        raise FieldError("item", N_("This is not on the agenda any more. Load the page again."))
    place = order.index(key)
    target = place - 1 if up else place + 1
    changed = list(order)
    if 0 <= target < len(changed):
        changed[place], changed[target] = changed[target], changed[place]
    return changed

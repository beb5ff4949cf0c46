"""Which owners of the roll are one person, and where a person has to say so.

One name with one document, or with one telephone number, is one owner. One name with neither in
common proves nothing: merging would take a vote away, splitting would give one too many, so it
is a doubt until somebody settles it. Two documents are two people.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_
from domain.names import key_of


class Doubt(StrEnum):
    """Why a person must look."""

    SAME_NAME = "same_name"
    SAME_DOCUMENT = "same_document"
    TWO_DOCUMENTS = "two_documents"


DOUBTS: dict[Doubt, str] = {
    Doubt.SAME_NAME: N_("same name, and nothing that tells whether it is one person"),
    Doubt.SAME_DOCUMENT: N_("one document under two names"),
    Doubt.TWO_DOCUMENTS: N_("same name and telephone number, but two documents"),
}

Pairs = Collection[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an owner is named; mentions of one `owner` are known to be one person.

    Args:
        phone: in its stored form.
        document: anything that is equal for equal documents, such as a keyed hash.
        counts: whether it is of a unit that takes part in votes; only those raise doubts.
    """

    owner: int
    name: str
    phone: str | None = None
    document: str | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class DoubtGroup:
    """Owners that may be one person, by id in ascending order, and why it is not known."""

    why: Doubt
    owners: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """What the mentions prove.

    Args:
        same: for each owner the smallest id of those that are the same person.
        groups: what somebody must settle; an owner may stand in two.
    """

    same: Mapping[int, int]
    groups: tuple[DoubtGroup, ...]

    @property
    def doubts(self) -> dict[int, Doubt]:
        """Each doubtful owner with the first reason."""
        found: dict[int, Doubt] = {}
        for group in self.groups:
            for owner in group.owners:
                found.setdefault(owner, group.why)
        return found


class _Sets:
    """Disjoint sets of ids, each known by its smallest."""

    def __init__(self, ids: Iterable[int]) -> None:
        self._above = {key: key for key in ids}

    def __contains__(self, key: int) -> bool:
        return key in self._above

    def top(self, key: int) -> int:
        while (above := self._above[key]) != key:
            self._above[key] = self._above[above]
            key = above
        return key

    def join(self, ids: Iterable[int]) -> None:
        tops = {self.top(key) for key in ids}
        least = min(tops)
        for top in tops:
            self._above[top] = least


def match(mentions: Iterable[Mention], different: Pairs = ()) -> Matched:
    """Merge what is proven to be one person, and name what is doubtful.

    Where one name and number lead to two documents, or to two people as somebody said, nothing
    that hangs on that number is merged: no order of the rows may decide to whom it belongs.

    Args:
        different: owners of whom somebody said that they are two people.
    """
    known = list(mentions)
    apart: dict[int, set[int]] = defaultdict(set)
    for one, other in different:
        apart[one].add(other)
        apart[other].add(one)
    same = _proven(known, apart)
    return Matched(same, _doubtful(known, same, apart))


def _proven(known: Sequence[Mention], apart: Mapping[int, set[int]]) -> dict[int, int]:
    by_document = _owners(known, lambda one: one.document and (key_of(one.name), one.document))
    by_phone = _owners(known, lambda one: one.phone and (key_of(one.name), one.phone))
    proven = _Sets(one.owner for one in known)
    whole = _Sets(one.owner for one in known)
    for owners in by_document.values():
        whole.join(owners)
        if not any(apart.get(one, set()) & owners for one in owners):
            proven.join(owners)
    for owners in by_phone.values():
        whole.join(owners)
    parts: dict[int, set[int]] = defaultdict(set)
    documented: dict[int, set[int]] = defaultdict(set)
    torn = set()
    for one in known:
        top = whole.top(one.owner)
        parts[top].add(one.owner)
        if one.document is not None:
            documented[top].add(proven.top(one.owner))
        if any(whole.top(other) == top for other in apart.get(one.owner, ()) if other in whole):
            torn.add(top)
    for top, owners in parts.items():
        if top not in torn and len(documented[top]) < 2:
            proven.join(owners)
    return {one.owner: proven.top(one.owner) for one in known}


def _owners(
    known: Iterable[Mention], key: Callable[[Mention], Hashable]
) -> dict[Hashable, set[int]]:
    groups: dict[Hashable, set[int]] = defaultdict(set)
    for one in known:
        if found := key(one):
            groups[found].add(one.owner)
    return groups


def _doubtful(
    known: Sequence[Mention], same: Mapping[int, int], apart: Mapping[int, set[int]]
) -> tuple[DoubtGroup, ...]:
    counting = [one for one in known if one.counts]
    documented = {same[one.owner] for one in known if one.document is not None}
    decided: dict[int, set[int]] = defaultdict(set)
    for one, others in apart.items():
        if one in same:
            decided[same[one]] |= {same[other] for other in others if other in same}

    def persons(key: Callable[[Mention], Hashable]) -> Iterable[set[int]]:
        for owners in _owners(counting, key).values():
            yield {same[owner] for owner in owners}

    def open_among(persons: set[int], others: set[int]) -> set[int]:
        """Those who may be one of the others, as far as anybody said."""
        return {
            one
            for one in persons
            if len(others) > (one in others) + len((decided[one] - {one}) & others)
        }

    found: set[tuple[Doubt, tuple[int, ...]]] = set()

    def add(why: Doubt, persons: set[int]) -> None:
        if persons:
            found.add((why, tuple(sorted(persons))))

    for named in persons(lambda one: key_of(one.name)):
        bare = named - documented
        add(Doubt.SAME_NAME, open_among(bare, named) | open_among(named - bare, bare))
    for reached in persons(lambda one: one.phone and (key_of(one.name), one.phone)):
        shown = reached & documented
        add(Doubt.TWO_DOCUMENTS, open_among(shown, shown))
    for papers in persons(lambda one: one.document):
        add(Doubt.SAME_DOCUMENT, open_among(papers, papers))
    order = list(Doubt)
    return tuple(
        DoubtGroup(why, owners)
        for why, owners in sorted(found, key=lambda one: (one[1], order.index(one[0])))
    )

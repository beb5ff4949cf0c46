"""Likely duplicates (疑似重复): which open files may be about the same matter, and why.

A suggestion for a person, never a decision. The pure rule compares two sketches; which others are
worth comparing (same words, same building, same reporter) is the database's search.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.bigrams import terms
from domain.errors import N_

# A pair that scores less is not shown. On 300 real messages of a city this shows every pair that
# one person posted twice, and about one pair in 1,200 in all.
SUGGESTED_FROM = 0.5

# What each agreement adds. Words alone must be nearly the same (0.83 of 1); the same reporter
# within a week needs a third of the words, the same building within a week less than half.
WORDS_WEIGHT = 0.6
REPORTER_WEIGHT = 0.2
BUILDING_WEIGHT = 0.15
CATEGORY_WEIGHT = 0.1
WITHIN_DAYS_WEIGHT = {7: 0.1, 30: 0.05}

# What each contradiction takes away, where both sides are known: 3栋电梯坏了 is not 5栋电梯坏了.
OTHER_BUILDING_WEIGHT = 0.2
OTHER_ESTATE_WEIGHT = 0.25

# Less than this share of common words is chance, and is not given as a reason.
SAME_WORDS_FROM = 0.3
# Imagined differing pairs, so that two characters in common (漏水) prove little and twenty much.
CAUTION = 3
# The beginning says what the matter is; comparing more only costs time while the clerk types.
COMPARED_LENGTH = 1_000


class Why(StrEnum):
    """Kinds of agreement, in the order in which they are told."""

    SAME_REPORTER = "same_reporter"
    SAME_WORDS = "same_words"
    SAME_BUILDING = "same_building"
    SAME_CATEGORY = "same_category"
    WITHIN_DAYS = "within_days"


# How a reason is told; the fields are the reason's params.
SENTENCES: Mapping[Why, str] = {
    Why.SAME_REPORTER: N_("same reporter"),
    Why.SAME_WORDS: N_("{percent} % the same words"),
    Why.SAME_BUILDING: N_("same building"),
    Why.SAME_CATEGORY: N_("same category"),
    Why.WITHIN_DAYS: N_("within {days} days of each other"),
}


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is known of a report so far; None or "" where it is not known yet.

    Args:
        id: the file's id, None while the report is being typed.
        reporter_key: whatever tells one reporter from another: a row id, a normal phone.
        at: when it was opened (aware), or now while it is being typed.
    """

    id: Hashable
    title: str
    text: str
    estate_id: Hashable
    building_id: Hashable
    category: str | None
    reporter_key: Hashable
    at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """One agreement with its numbers: `percent` for words, `days` for time."""

    why: Why
    params: Mapping[str, int] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The English sentence, key of its translation."""
        return SENTENCES[self.why]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two reports are, from 0 to 1, and why; the strongest kind of reason first."""

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    title: frozenset[str]
    whole: frozenset[str]


def likely(a: Sketch, b: Sketch) -> Likeness | None:
    """Compare two reports; None where they are not alike enough to be shown."""
    return _compare(a, _words(a), b)


def candidates_ranked(
    sketch: Sketch, others: Iterable[Sketch], limit: int = 5
) -> tuple[tuple[Sketch, Likeness], ...]:
    """Choose the most alike of the others, itself left out; the newer first among equals."""
    words = _words(sketch)
    ranked = [
        (other, likeness)
        for other in others
        if (other.id is None or other.id != sketch.id)
        and (likeness := _compare(sketch, words, other))
    ]
    ranked.sort(key=lambda pair: (-pair[1].score, -pair[0].at.timestamp()))
    return tuple(ranked[:limit])


def _compare(a: Sketch, words: _Words, b: Sketch) -> Likeness | None:
    share = _shared(words, _words(b))
    score = WORDS_WEIGHT * share
    reasons: list[Reason] = []
    if _same(a.reporter_key, b.reporter_key):
        score += REPORTER_WEIGHT
        reasons.append(Reason(Why.SAME_REPORTER))
    if share >= SAME_WORDS_FROM:
        reasons.append(Reason(Why.SAME_WORDS, {"percent": round(100 * share)}))
    if _same(a.building_id, b.building_id):
        score += BUILDING_WEIGHT
        reasons.append(Reason(Why.SAME_BUILDING))
    elif _differ(a.estate_id, b.estate_id):
        score -= OTHER_ESTATE_WEIGHT
    elif _differ(a.building_id, b.building_id):
        score -= OTHER_BUILDING_WEIGHT
    if _same(a.category, b.category):
        score += CATEGORY_WEIGHT
        reasons.append(Reason(Why.SAME_CATEGORY))
    apart = abs(a.at - b.at)
    for days, weight in WITHIN_DAYS_WEIGHT.items():
        if apart <= timedelta(days=days):
            score += weight
            reasons.append(Reason(Why.WITHIN_DAYS, {"days": days}))
            break
    if score < SUGGESTED_FROM:
        return None
    return Likeness(round(min(score, 1.0), 3), tuple(reasons))


def _same(a: Hashable, b: Hashable) -> bool:
    return a not in (None, "") and a == b


def _differ(a: Hashable, b: Hashable) -> bool:
    return a not in (None, "") and b not in (None, "") and a != b


def _words(sketch: Sketch) -> _Words:
    title = _pairs(sketch.title)
    return _Words(title, title | _pairs(sketch.text[:COMPARED_LENGTH]))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(term for term in terms(text) if len(term) == 2)


def _shared(a: _Words, b: _Words) -> float:
    """Share of common pairs: of both titles, or of the shorter report in the longer one.

    The second measure is what makes a half-typed sentence find the whole one.
    """
    titles = 2 * len(a.title & b.title) / (len(a.title) + len(b.title) + 2 * CAUTION)
    shorter = min(len(a.whole), len(b.whole))
    return max(titles, len(a.whole & b.whole) / (shorter + CAUTION))

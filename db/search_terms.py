"""What stands in the search indexes for a text, and what is asked of them for a query.

The terms are those of `domain.bigrams`. Pairs of digits are too few to tell numbers apart (there
are a hundred, and every file holds dozens), so numbers of three and more digits are looked up by
each three of their digits instead.
"""

import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.bigrams import normalise, query_phrases, terms, token

# More terms than these narrow no further; the text itself is compared anyway then.
MOST_TERMS = 16
ID_BITS = 31
_NUMBER = re.compile(r"[0-9]{3,}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, taken apart.

    Args:
        needle: what a text must hold, normalised.
        phrases: terms that stand side by side in every hit, the rarest kind first; a term of one
            character begins some term.
        exact: whether the only phrase says all; else the text must be compared.
    """

    needle: str
    phrases: tuple[tuple[str, ...], ...]
    exact: bool


def asked(query: str) -> Asked | None:
    """The query taken apart, or None for one that finds nothing."""
    runs = [_run(phrase) for phrase in query_phrases(query)]
    if not runs:
        return None
    numbers: list[tuple[str, ...]] = []
    words: list[tuple[str, ...]] = []
    for run in runs:
        within: set[int] = set()
        for match in _NUMBER.finditer(run):
            numbers.append(_threes(match[0]))
            within.update(range(match.start(), match.end() - 1))
        if len(run) == 1:
            words.append((run,))
        pairs: list[str] = []
        for start in range(len(run) - 1):
            if start in within:
                words.append(tuple(pairs))
                pairs = []
            else:
                pairs.append(run[start : start + 2])
        words.append(tuple(pairs))
    phrases, left = [], MOST_TERMS
    # Four digits in a row are rarer than what stands beside them, which is compared instead.
    longest = max(numbers, key=len, default=())
    for phrase in (longest,) if len(longest) > 1 else (*numbers, *words):
        if phrase and left > 0:
            phrases.append(phrase[:left])
        left -= len(phrase)
    needle = normalise(query)
    return Asked(needle, tuple(phrases), exact=runs == [needle] and not numbers and left >= 0)


def fts5_match(question: Asked) -> str:
    """The question in FTS5's language."""
    return " AND ".join(
        f'"{token(phrase[0])}" *'
        if len(phrase[0]) == 1
        else '"' + " ".join(_spelled(term) for term in phrase) + '"'
        for phrase in question.phrases
    )


def fts5_tokens(words: str) -> str:
    """The tokens of a normalised text, side by side as its terms are, its numbers after them."""
    numbers = (three for match in _NUMBER.finditer(words) for three in _threes(match[0]))
    return " ".join([*(token(term) for term in terms(words)), *numbers])


def gin_terms(question: Asked) -> list[str]:
    """The terms that a hit holds, wherever they stand."""
    return list(dict.fromkeys(term for phrase in question.phrases for term in phrase))


def gin_keys(words: str, position: int) -> list[int]:
    """The keys of a normalised text: its terms, characters and numbers, each with the month."""
    parts = {*terms(words)}
    parts |= {part[0] for part in parts}
    parts.update(three for match in _NUMBER.finditer(words) for three in _threes(match[0]))
    month = month_of(position)
    return sorted({gin_key(month, part) for part in parts})


def gin_key(month: int, term: str) -> int:
    """One key; two terms that share one cost a comparison in vain and nothing else."""
    return zlib.crc32(f"{month}:{term}".encode()) - 2**31


def month_of(position: int) -> int:
    """The month in which the file at this position was opened, counted through the years."""
    opened = datetime.fromtimestamp(position >> ID_BITS, UTC)
    return opened.year * 12 + opened.month


def _run(phrase: tuple[str, ...]) -> str:
    return phrase[0][0] + "".join(term[1:] for term in phrase)


def _threes(number: str) -> tuple[str, ...]:
    return tuple(number[start : start + 3] for start in range(len(number) - 2))


def _spelled(term: str) -> str:
    return term if len(term) == 3 else token(term)

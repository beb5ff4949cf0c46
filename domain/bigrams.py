"""Search terms for Chinese (检索词): what is stored for a text, and what is asked for a query.

Chinese has no spaces and most of its words have two characters, so the unit of search is the
overlapping pair. A run of letters, digits and symbols gives one term for every character: the
pair that starts there, and at the end of the run the last character alone:

    漏水了，快来  →  漏水 水了 了 | 快来 来

The lone last character does two things. It stands between two runs, so that a phrase of adjoining
terms is found exactly where the query is a substring of one run, never across a comma. And as
every character starts some term, a query of one character is found as the *beginning* of a term.

`found` is the definition of a hit. The terms only narrow the search: every text for which
`found` is true holds all phrases of the query, some others may (parts in another order).
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# Punctuation, separators and control characters end a run. Symbols do not: 🔥 and ℃ are searched.
_BREAKS = frozenset(["Cc", "Zs", "Zl", "Zp", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"])
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
# Format characters that phones and WeChat put between visible ones, and lone surrogates.
# Unassigned ones stay: they are the emoji that this Python does not know yet.
_INVISIBLE = frozenset({"Cf", "Cs"})
_VARIATION_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
# More than the characters in use; without a bound a stranger could fill the memory.
_CHARACTERS_KEPT = 30_000
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


class _Table(dict[int, int | str | None]):
    """A translation table that is filled as characters are met, up to a bound."""

    def __init__(self, translate: Callable[[str], str | None]) -> None:
        super().__init__()
        self._translate = translate

    def __missing__(self, ordinal: int) -> str | None:
        translated = self._translate(chr(ordinal))
        if len(self) < _CHARACTERS_KEPT:
            self[ordinal] = translated
        return translated


def _visible(character: str) -> str | None:
    invisible = unicodedata.category(character) in _INVISIBLE
    return None if invisible or character in _VARIATION_SELECTORS else character


def _searchable(character: str) -> str:
    return " " if unicodedata.category(character) in _BREAKS else character


_VISIBLE = _Table(_visible)
_SEARCHABLE = _Table(_searchable)


def normalise(text: str) -> str:
    """Fold what readers take for the same: width, case, composition, invisible characters, spaces.

    Punctuation stays. Applying it twice changes nothing. Lone surrogates, which no database takes,
    are dropped.
    """
    visible = text.translate(_VISIBLE)
    # Folding can undo composition and composition can allow folding (ͅ, ẞ …): Unicode's D146.
    folded = unicodedata.normalize("NFD", visible).casefold()
    folded = unicodedata.normalize("NFKD", folded).casefold()
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", folded)).strip()


def _runs(text: str) -> list[str]:
    return normalise(text).translate(_SEARCHABLE).split()


def terms(text: str) -> tuple[str, ...]:
    """List the terms of a text in order: never more than it has characters."""
    return tuple(run[i : i + 2] for run in _runs(text) for i in range(len(run)))


def query_phrases(query: str) -> tuple[tuple[str, ...], ...]:
    """List what a text must hold to be a hit: all phrases, each of adjoining terms in order.

    A part of one character is a phrase of one term of one character and matches any term that
    *begins* with it. A query without a letter, digit or symbol gives (), and finds nothing.
    """
    return tuple(
        (run,) if len(run) == 1 else tuple(run[i : i + 2] for i in range(len(run) - 1))
        for run in _runs(query)
    )


def found(query: str, text: str) -> bool:
    """Say whether the text holds the query: the definition that every search must agree with."""
    return bool(_runs(query)) and normalise(query) in normalise(text)


def token(term: str) -> str:
    """Spell a term so that no tokenizer splits, folds or drops it: four of 0-9a-z a character.

    FTS5's unicode61 would take emoji and marks for separators and strip accents. The fixed width
    keeps `token("水")` the beginning of exactly those tokens whose term begins with 水.
    """
    return "".join(_base36(ord(character)) for character in term)


@lru_cache(maxsize=_CHARACTERS_KEPT)
def _base36(number: int) -> str:
    digits = ""
    for _ in range(4):
        number, rest = divmod(number, 36)
        digits = _BASE36[rest] + digits
    return digits

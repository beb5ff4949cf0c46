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
from functools import lru_cache

# Punctuation, separators and control characters end a run. Symbols do not: 🔥 and ℃ are searched.
_BREAKS = frozenset(["Cc", "Zs", "Zl", "Zp", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"])
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
# Format characters that phones and WeChat put between visible ones, and lone surrogates.
# Unassigned ones stay: they are the emoji that this Python does not know yet.
_INVISIBLE = frozenset({"Cf", "Cs"})
_VARIATION_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=20_000)
def _kind(character: str) -> str:
    """Give "" for a character that is dropped, " " for one that ends a run, else "x"."""
    category = unicodedata.category(character)
    if category in _INVISIBLE or character in _VARIATION_SELECTORS:
        return ""
    return " " if category in _BREAKS else "x"


def normalise(text: str) -> str:
    """Fold what readers take for the same: width, case, composition, invisible characters, spaces.

    Punctuation stays. Applying it twice changes nothing. Lone surrogates, which no database takes,
    are dropped.
    """
    visible = text if text.isascii() else "".join(c for c in text if _kind(c))
    # Folding can undo composition and composition can allow folding (ͅ, ẞ …): Unicode's D146.
    folded = unicodedata.normalize("NFD", visible).casefold()
    folded = unicodedata.normalize("NFKD", folded).casefold()
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", folded)).strip()


def _runs(text: str) -> list[str]:
    return "".join(c if _kind(c) == "x" else " " for c in normalise(text)).split()


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


@lru_cache(maxsize=200_000)
def token(term: str) -> str:
    """Spell a term so that no tokenizer splits, folds or drops it: four of 0-9a-z a character.

    FTS5's unicode61 would take emoji and marks for separators and strip accents. The fixed width
    keeps `token("水")` the beginning of exactly those tokens whose term begins with 水.
    """
    return "".join(_base36(ord(character)) for character in term)


def _base36(number: int) -> str:
    digits = ""
    for _ in range(4):
        number, rest = divmod(number, 36)
        digits = _BASE36[rest] + digits
    return digits

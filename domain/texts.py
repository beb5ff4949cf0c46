"""Texts that people type: cleaned of what no database or reader can use, and measured."""

import unicodedata

from domain.errors import N_, FieldError

LONGEST_TEXT = 10_000  # a long letter; longer is a file to attach or a mistake
LONGEST_LINE = 120
TITLE_FROM_TEXT = 40  # characters of a first sentence that serve as a title

# Where a sentence ends, in Chinese and English.
_ENDS = "。！？!?\n；;"


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, its ends trimmed.

    NUL breaks PostgreSQL and lone surrogates break UTF-8; line breaks and tabs stay. Emoji
    and right-to-left text are kept as they were typed.
    """
    kept = "".join(
        character
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}
    )
    return kept.strip()


def required(field: str, text: str, longest: int = LONGEST_TEXT) -> str:
    """The cleaned text.

    Raises:
        FieldError: it is empty or longer than `longest` characters.
    """
    kept = clean(text)
    if not kept:
        raise FieldError(field, N_("Please write something here."))
    return fitting(field, kept, longest)


def fitting(field: str, text: str, longest: int = LONGEST_LINE) -> str:
    """The cleaned text, which may be empty.

    Raises:
        FieldError: it is longer than `longest` characters.
    """
    kept = clean(text)
    if len(kept) > longest:
        raise FieldError(
            field,
            N_("This is {length} characters long; {longest} are possible. Please shorten it."),
            length=len(kept),
            longest=longest,
        )
    return kept


def title_of(text: str) -> str:
    """A title from the first sentence of what was said."""
    line = clean(text)
    for place, character in enumerate(line):
        if character in _ENDS and place:
            line = line[:place]
            break
    line = " ".join(line.split())
    return line if len(line) <= TITLE_FROM_TEXT else line[: TITLE_FROM_TEXT - 1] + "…"

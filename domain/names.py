"""Names of things: cleaned when they are typed, and compared as people mean them."""

import re
import unicodedata

from domain.errors import N_, FieldError

# Longer is no name but a remark, and would be cut on posters and in lists.
LONGEST_NAME = 60

# Words that people add or leave out: 菖蒲苑 is 菖蒲苑小区, 3 is 3号楼, 第3栋 and 3幢.
_OPTIONAL = re.compile(r"^第|(小区|社区|号楼|号|栋|幢|座|楼|单元|室)$")


def clean_line(text: str) -> str:
    """The text as one line that any database keeps: no control characters, single spaces.

    Characters that only steer the direction or the encoding of text are left out too; they
    would let a name look like another one.
    """
    kept = (
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cs", "Cf"}
    )
    return " ".join("".join(kept).split())


def clean_name(field: str, text: str, longest: int = LONGEST_NAME) -> str:
    """A name as it is kept.

    Raises:
        FieldError: there is nothing, or too much.
    """
    name = clean_line(text)
    if not name:
        raise FieldError(field, N_("Write a name."))
    if len(name) > longest:
        raise FieldError(field, N_("Use at most {n} characters."), n=longest)
    return name


def key_of(name: str) -> str:
    """What two spellings of one name have in common: width, case, spaces do not matter."""
    return "".join(unicodedata.normalize("NFKC", clean_line(name)).casefold().split())


def loose_key(name: str) -> str:
    """Like `key_of`, without the words that people add or leave out (3号楼, 第3栋, 3)."""
    key = key_of(name)
    shorter = key
    while (next_one := _OPTIONAL.sub("", shorter)) != shorter and next_one:
        shorter = next_one
    return shorter.lstrip("0") or key

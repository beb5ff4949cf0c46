"""Pinyin initials, by which people find a name quickly: 王医生 is found by “wys”."""

from pypinyin import Style, lazy_pinyin


def pinyin_initials(name: str) -> str:
    """The first letters of a name's syllables, in small letters; digits and letters stay.

    >>> pinyin_initials("三盛巴厘岛2区")
    'ssbld2q'
    """
    syllables = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return "".join(letter for letter in syllables if letter.isalnum()).casefold()

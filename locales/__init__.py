"""The words: Chinese first, English complete, and dates and numbers in both.

Texts in the code are English message ids. Every `*.po` file under `locales/zh_CN` and
`locales/en` is read, so that each room keeps a catalogue of its own.
"""

import gettext as gettext_library
from collections.abc import Iterable
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CHINESE = "zh_CN"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)
HERE = Path(__file__).parent

language: ContextVar[str] = ContextVar("desk_language", default=CHINESE)


@cache
def catalogue(code: str) -> gettext_library.GNUTranslations:
    """All of a language's messages, from its `.po` files, read once."""
    merged = gettext_library.GNUTranslations()
    merged._catalog = {}  # type: ignore[attr-defined]
    for path in sorted((HERE / code).glob("*.po")):
        with path.open("rb") as file:
            compiled = BytesIO()
            write_mo(compiled, read_po(file, locale=code))
        compiled.seek(0)
        one = gettext_library.GNUTranslations(compiled)
        merged._catalog.update(one._catalog)  # type: ignore[attr-defined]
        merged.plural = one.plural  # type: ignore[attr-defined]
    return merged


def use(code: str) -> None:
    """Speak this language from now on, in this thread or task."""
    language.set(code if code in LANGUAGES else CHINESE)


def choose(asked: str | None, accepted: str = "") -> str:
    """The language to speak: what was asked for, else the browser's list, else Chinese.

    Args:
        asked: a language code from an address, a cookie or an account.
        accepted: the browser's Accept-Language header.
    """
    if asked in LANGUAGES:
        return str(asked)
    for part in _by_weight(accepted):
        if part.startswith("zh"):
            return CHINESE
        if part.startswith("en"):
            return ENGLISH
    return CHINESE


def _by_weight(accepted: str) -> Iterable[str]:
    weighted = []
    for place, part in enumerate(accepted.split(",")):
        name, _, weight = part.strip().lower().partition(";q=")
        try:
            weighted.append((-float(weight or 1), place, name))
        except ValueError:
            continue
    return [name for _, _, name in sorted(weighted)]


def gettext(msgid: str, **params: object) -> str:
    """The text in the current language, its `{fields}` filled in."""
    text = catalogue(language.get()).gettext(msgid) if msgid else ""
    return text.format(**params) if params else text


def ngettext(one: str, many: str, n: int, **params: object) -> str:
    """Like `gettext`, for one or for `{n}` things."""
    return catalogue(language.get()).ngettext(one, many, n).format(n=n, **params)


_ = gettext

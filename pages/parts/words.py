"""The words of a page, in this browser's language, in the frame and in fragments alike."""

from contextvars import ContextVar

import streamlit as st

import locales

LANGUAGE_COOKIE = "desk_language"
_chosen: ContextVar[str | None] = ContextVar("desk_chosen_language", default=None)


def speak() -> str:
    """Speak this tab's language from now on; returns its code.

    The cookie that the language switch sets wins over the browser's own list. Both are fixed
    while a tab is connected, and a thread of Streamlit's serves one tab, so one look is enough.
    """
    code = _chosen.get()
    if code is None:
        cookie = st.context.cookies.get(LANGUAGE_COOKIE)
        accepted = st.context.headers.get("Accept-Language")
        # Without a browser (AppTest) these are stand-ins that are no text.
        code = locales.choose(
            cookie if isinstance(cookie, str) else None,
            accepted if isinstance(accepted, str) else st.context.locale or "",
        )
        _chosen.set(code)
        locales.use(code)
    return code


def _(msgid: str, **params: object) -> str:
    """The text in this tab's language, its `{fields}` filled in."""
    speak()
    return locales.gettext(msgid, **params)


def ngettext(one: str, many: str, n: int, **params: object) -> str:
    """Like `_`, for one or for `{n}` things."""
    speak()
    return locales.ngettext(one, many, n, **params)


def opening(text: str) -> str:
    """The text with a capital at its beginning, where it stands alone and not in a sentence."""
    return text[:1].upper() + text[1:]

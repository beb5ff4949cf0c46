"""How a page tells what went wrong: a sentence that says what to do, or a number in the log."""

import logging
import re
import secrets

import streamlit as st

from domain import labels
from domain.errors import DeskError
from domain.moves import Move, State
from domain.outline import outline
from pages.parts.words import _

log = logging.getLogger(__name__)

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&^=])")
# Streamlit makes links and icons of these after it has read the escapes.
_LINKS = re.compile(r"(:|@|www)")
WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """People's words for a place where Streamlit reads markdown, so that they stay words.

    Where it can be had, `st.text` or a table is better: nothing is interpreted there.
    """
    escaped = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return _LINKS.sub(lambda found: found.group() + WORD_JOINER, escaped)


def sentence(error: DeskError) -> str:
    """What an error tells, in this tab's language, safe as markdown."""
    params = {name: plain(_named(value)) for name, value in error.params.items()}
    return _(error.template, **params)


def _named(value: object) -> str:
    """What a value of an error is called on pages."""
    if isinstance(value, State):
        return _(labels.STATE[value])
    if isinstance(value, Move):
        return _(labels.MOVE[value])
    if isinstance(value, tuple):
        return _(", ").join(_named(one) for one in value)
    return str(value)


def show_error(error: DeskError) -> None:
    """Show an error that the user can mend."""
    st.error(sentence(error), icon=":material/error:")


def show_fault(error: BaseException) -> None:
    """Show an error that nobody foresaw, under a number that the log has too."""
    number = secrets.token_hex(4)
    log.error("page failed", extra={"fault": number, "where": outline(error)})
    st.error(
        _(
            "Something went wrong here; what you had saved is safe. Reload the page. "
            "If it happens again, tell the administrator this number: {id}",
            id=number,
        ),
        icon=":material/report:",
    )


def on_script_error(error: Exception) -> bool:
    """The one handler of every page and fragment; True: nothing more is to be shown."""
    if isinstance(error, DeskError):
        show_error(error)
    else:
        show_fault(error)
    return True

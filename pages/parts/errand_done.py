"""Errands that are over, the newest first."""

import streamlit as st

from db.errands import reads
from pages.parts.errand_list import table
from pages.parts.who import actor
from pages.parts.words import _

AFTER = "after"  # in the address


def show() -> None:
    """A portion, and the way to the next one."""
    page = reads.ended_errands(actor(), st.query_params.get(AFTER))
    if not page.lines:
        st.info(_("No errand is over yet."), icon=":material/history:")
        return
    table(page.lines, "errands_ended", over=True)
    if page.next_cursor:
        st.button(_("More"), key="errands_more", on_click=turn, args=(page.next_cursor,))


def turn(cursor: str) -> None:
    """The next portion."""
    st.query_params[AFTER] = cursor

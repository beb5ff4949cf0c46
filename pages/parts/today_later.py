"""Units on Today that ask for a later day."""

from collections.abc import Sequence

import streamlit as st

from db.extending import Asked
from pages.parts import go
from pages.parts.show import plain
from pages.parts.when import last_day
from pages.parts.words import _


def later_asked(rows: Sequence[Asked]) -> None:
    """Each with the way to its file, where it is granted or not."""
    st.subheader(_("Units ask for a later day"), anchor=False)
    for row in rows:
        with st.container(gap=None):
            until = _("asks for {day}", day=last_day(row.asked_due_at))
            st.caption(plain(f"{row.unit} · {until}"))
            go.case_button(row.case_code, plain(row.title), f"today_later_{row.case_code}")

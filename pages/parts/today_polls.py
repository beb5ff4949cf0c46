"""Polls on Today: what closes tonight, and what waits for a decision."""

import streamlit as st

from db.polls.views import PollLine
from domain.polls import PollState
from pages.parts import go
from pages.parts.poll_words import state_badge, turnout_words
from pages.parts.show import plain
from pages.parts.words import _, opening


def polls(lines: tuple[PollLine, ...]) -> None:
    """Open polls and those on which nobody has decided yet."""
    st.subheader(_("Polls of the neighbours"), anchor=False)
    for line in lines:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{plain(line.question)}**")
            st.caption(plain(f"{line.where} · {turnout_words(line)}"))
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                if line.state is PollState.OPEN:
                    state_badge(line)
                else:
                    words = opening(_("waits for the decision"))
                    st.badge(words, icon=":material/gavel:", color="orange")
                st.button(
                    _("To the poll"),
                    key=f"today_poll_{line.code}",
                    on_click=go.to_poll,
                    args=(line.code,),
                    help=plain(line.question),
                )

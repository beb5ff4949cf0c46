"""What became of everything that was said at one meeting."""

from collections.abc import Callable, Sequence

import streamlit as st

from db.conference.listening import DemandLine, Talk, talk
from db.now import now
from domain import labels
from domain.errors import NotFound
from locales.times import day_words
from pages.parts import go
from pages.parts.conference_past import conference_link
from pages.parts.show import plain, show_error
from pages.parts.when import day, moment
from pages.parts.who import actor
from pages.parts.words import _, ngettext, opening


def one_talk(code: str, ahead: Callable[[Talk], None]) -> None:
    """The meeting and its demands.

    Args:
        ahead: shows what comes before the demands.
    """
    try:
        held, demands = talk(actor(), now(), code)
    except NotFound as error:
        show_error(error)
        return
    st.subheader(plain(held.title), anchor=False)
    at = moment(held.starts_at) if held.starts_at else day_words(held.held_on)
    told = [_(labels.MEETING[held.kind]), at, held.place or "", held.estate or _("all estates")]
    st.caption(plain(" · ".join(part for part in told if part)))
    ahead(held)
    if not demands:
        return
    counts(demands)
    for place, line in enumerate(demands):
        demand(line, place)


def counts(demands: Sequence[DemandLine]) -> None:
    """How far they have come, in one line of figures."""
    with st.grid(4, min_column_width=110, border=True, key="talk_counts"):
        st.metric(_("Demands"), len(demands))
        st.metric(_("At a conference"), sum(one.conference is not None for one in demands))
        st.metric(_("Work done"), sum(one.done_at is not None for one in demands))
        st.metric(_("On the board"), sum(one.on_board for one in demands))
    waiting = sum(one.to_call for one in demands)
    if waiting:
        words = ngettext("{n} speaker waits for a call", "{n} speakers wait for a call", waiting)
        go.link("calls", words, "call")


def demand(one: DemandLine, place: int) -> None:
    """The words, where they stand, and the ways on."""
    with st.container(border=True, gap="xsmall"):
        st.text(one.words)
        told = [one.speaker or "", one.line.number, one.line.lead_unit or ""]
        st.caption(plain(" · ".join(part for part in told if part)))
        with st.container(horizontal=True, gap="small"):
            state = opening(_(labels.STATE[one.line.state]))
            st.badge(state, icon=":material/flag:", color="blue")
            if one.done_at is not None:
                words = _("done {when}", when=day(one.done_at))
                st.badge(words, icon=":material/check_circle:", color="green")
            if one.to_call:
                st.badge(_("Speaker to be called"), icon=":material/call:", color="orange")
            elif one.told:
                st.badge(_("Speaker was told"), icon=":material/mark_chat_read:", color="green")
        with st.container(horizontal=True, gap="small"):
            go.case_button(one.line.code, _("Open the file"), f"talk_case_{place}")
            if one.conference is not None:
                conference_link(*one.conference, f"talk_{place}")
            if one.on_board:
                board_link(one.line.code, f"talk_{place}")


def board_link(code: str, key: str) -> None:
    """The way to what everybody can read."""
    st.link_button(
        _("On the public board"),
        f"/board/{code}",
        key=f"board_{key}",
        icon=":material/campaign:",
        type="tertiary",
    )

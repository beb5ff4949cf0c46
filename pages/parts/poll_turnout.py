"""The turnout of a poll, drawn again by itself while the poll is open."""

import streamlit as st

from db.now import now
from db.polls.reads import PollView, poll_view
from domain.polls import PollState
from pages.parts.show import plain
from pages.parts.when import left_of, show_deadline
from pages.parts.who import actor
from pages.parts.words import _

EVERY = 15  # seconds; a hall that watches sees each answer soon enough


def live_turnout(view: PollView) -> None:
    """The turnout; while it is open, of this very moment."""
    open_now = view.line.state is PollState.OPEN
    st.fragment(_drawn, run_every=EVERY if open_now else None)(view.line.code, open_now)


def _drawn(code: str, was_open: bool) -> None:
    view = poll_view(actor(), now(), code)
    line = view.line
    if was_open and line.state is not PollState.OPEN:
        st.rerun()  # it closed while somebody watched: the result appears
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.metric(_("Households that answered, of {asked}", asked=line.asked), str(line.answered))
        st.progress(share(line.answered, line.asked), text=percent(line.answered, line.asked))
        if line.state is PollState.OPEN:
            show_deadline(left_of(line.closes_at - now()))
            st.caption(_("The result appears here when the poll closes."))
    if len(view.buildings) > 1:
        with right:
            for row in view.buildings:
                st.progress(
                    share(row.answered, row.asked),
                    text=_(
                        "{building}: {answered} of {asked}",
                        building=plain(row.name),
                        answered=row.answered,
                        asked=row.asked,
                    ),
                )


def share(part: int, whole: int) -> float:
    """A part of a whole, between 0 and 1."""
    return min(1.0, part / whole) if whole else 0.0


def percent(part: int, whole: int) -> str:
    """Truncated to whole percents."""
    return f"{int(share(part, whole) * 100)} %"

"""Volunteers' help on a file: what was asked for, and asking for more."""

import streamlit as st

from db.casefile_views import CaseFile
from db.now import now
from db.requests.reading import of_case
from domain.moves import OPEN_STATES
from domain.people import Right
from pages.parts import go
from pages.parts.dispatch_list import badges, how_it_goes
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _


def volunteers_help(file: CaseFile) -> None:
    """The file's requests, and the way to ask volunteers."""
    requests = of_case(actor(), file.line.code, now())
    may_ask = actor().may(Right.DISPATCH) and file.line.state in OPEN_STATES
    if not requests and not may_ask:
        return
    st.subheader(_("Volunteers' help"), anchor=False)
    for line in requests:
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, gap="small"):
                badges(line)
            st.text(line.need)
            told = [line.number, how_it_goes(line, now())]
            st.caption(plain(" · ".join(part for part in told if part)))
            if actor().may(Right.DISPATCH):
                st.page_link(
                    "dispatch.py",
                    label=_("Open"),
                    icon=":material/chevron_right:",
                    query_params={go.REQUEST: line.code},
                    help="",
                )
    if may_ask:
        st.page_link(
            "dispatch.py",
            label=_("Ask volunteers"),
            icon=":material/volunteer_activism:",
            query_params={"new": "1", "case": file.line.code},
            help="",
        )

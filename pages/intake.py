"""Intake 提事: three doors, one form: the errand desk, a meeting's grid, an existing ledger."""

import streamlit as st

from db.held import count_held
from db.now import now
from domain.people import Right
from pages.parts import go
from pages.parts.forms import announce
from pages.parts.intake_desk import desk_door
from pages.parts.intake_ledger import ledger_door
from pages.parts.intake_meeting import meeting_door
from pages.parts.who import actor
from pages.parts.words import _

DOOR = "door"  # in the address
DESK, MEETING, LEDGER = DOORS = ("desk", "meeting", "ledger")


def chosen() -> None:
    """Put the chosen door into the address."""
    st.query_params.from_dict({DOOR: str(st.session_state["intake_door"])})


def door() -> str:
    """The door that the address names, for choosing another."""
    asked = str(st.query_params.get(DOOR, DESK))
    st.session_state["intake_door"] = asked if asked in DOORS else DESK
    names = {
        DESK: ":material/call: " + _("Errand desk"),
        MEETING: ":material/forum: " + _("Meeting"),
        LEDGER: ":material/table: " + _("Ledger"),
    }
    st.segmented_control(
        _("How did it come?"),
        DOORS,
        format_func=names.__getitem__,
        key="intake_door",
        required=True,
        on_change=chosen,
        label_visibility="collapsed",
    )
    return str(st.session_state["intake_door"])


def held_back() -> None:
    """Reports that flooding held back wait here too."""
    if actor().may(Right.HANDLE) and (waiting := count_held(actor(), now())).n:
        go.link("held", _("Reports held back: {n}", n=waiting), "shield")


st.set_page_config(layout="wide")
announce()
actor().need(Right.TAKE_IN)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    st.title(_("Take in"), anchor=False, width="content")
    through = door()
    held_back()
if through == MEETING:
    meeting_door()
elif through == LEDGER:
    ledger_door()
else:
    desk_door()

"""理事: the next joint conference with its agenda, what was decided, listening, earlier ones."""

import streamlit as st

from domain.people import Right
from pages.parts import conference_flow, conference_next, conference_past, talk_list
from pages.parts.forms import announce
from pages.parts.who import actor
from pages.parts.words import _

SECTION = "s"  # in the address

SHOW = {
    "next": conference_next.show,
    "decided": conference_flow.show,
    "past": conference_past.show,
    "talks": talk_list.show,
}


def sections() -> dict[str, tuple[str, str]]:
    """Each section's icon and name, for this person."""
    found = {
        "next": ("event_upcoming", _("Next conference")),
        "decided": ("account_tree", _("What was decided")),
        "past": ("history", _("Earlier conferences")),
    }
    if actor().may(Right.TAKE_IN):
        found["talks"] = ("forum", _("Hearings and night talks"))
    return found


def chosen() -> None:
    """Put the chosen section into the address."""
    st.query_params.from_dict({SECTION: str(st.session_state["conference_section"])})


st.set_page_config(layout="wide")
st.title(_("Conference"), anchor=False)
announce()
names = sections()
asked = str(st.query_params.get(SECTION, "next"))
st.session_state["conference_section"] = asked if asked in names else "next"
st.pills(
    _("Section"),
    list(names),
    format_func=lambda name: f":material/{names[name][0]}: {names[name][1]}",
    key="conference_section",
    required=True,
    on_change=chosen,
    label_visibility="collapsed",
)
SHOW[str(st.session_state["conference_section"])]()

"""Volunteers 志愿者: who they are, who is on call, what they served, the cards they hold."""

import streamlit as st

from domain.people import Right
from pages.parts import volunteer_cards, volunteer_hours, volunteer_on_call, volunteer_people
from pages.parts.who import actor
from pages.parts.words import _

SECTION = "s"  # in the address


def sections() -> dict[str, tuple[str, str]]:
    """Each section's icon and name."""
    return {
        "people": ("diversity_1", _("People")),
        "on-call": ("event_available", _("On call")),
        "hours": ("timer", _("Hours")),
        "cards": ("badge", _("Cards")),
    }


SHOW = {
    "people": volunteer_people.show,
    "on-call": volunteer_on_call.show,
    "hours": volunteer_hours.show,
    "cards": volunteer_cards.show,
}


def chosen() -> None:
    """Put the chosen section into the address."""
    st.query_params.from_dict({SECTION: str(st.session_state["volunteers_section"])})


st.set_page_config(layout="wide")
st.title(_("Volunteers"), anchor=False)
actor().need(Right.DISPATCH)
names = sections()
asked = str(st.query_params.get(SECTION, "people"))
st.session_state["volunteers_section"] = asked if asked in SHOW else "people"
st.pills(
    _("Section"),
    list(names),
    format_func=lambda name: f":material/{names[name][0]}: {names[name][1]}",
    key="volunteers_section",
    required=True,
    on_change=chosen,
    label_visibility="collapsed",
)
SHOW[str(st.session_state["volunteers_section"])]()

"""Care visits 探访关爱: today's round, the month, and who is visited."""

import streamlit as st

from domain.people import Right
from pages.parts import visit_month, visit_people, visit_round
from pages.parts.who import actor
from pages.parts.words import _

SECTION = "s"  # in the address


def sections() -> dict[str, tuple[str, str]]:
    """Each section's icon and name."""
    return {
        "round": ("today", _("Today's round")),
        "month": ("calendar_month", _("The month")),
        "people": ("elderly", _("Who is visited")),
    }


SHOW = {"round": visit_round.show, "month": visit_month.show, "people": visit_people.show}


def chosen() -> None:
    """Put the chosen section into the address."""
    st.query_params.from_dict({SECTION: str(st.session_state["visits_section"])})


st.set_page_config(layout="wide")
st.title(_("Care visits"), anchor=False)
actor().need(Right.DISPATCH)
names = sections()
asked = str(st.query_params.get(SECTION, "round"))
st.session_state["visits_section"] = asked if asked in SHOW else "round"
st.pills(
    _("Section"),
    list(names),
    format_func=lambda name: f":material/{names[name][0]}: {names[name][1]}",
    key="visits_section",
    required=True,
    on_change=chosen,
    label_visibility="collapsed",
)
SHOW[str(st.session_state["visits_section"])]()

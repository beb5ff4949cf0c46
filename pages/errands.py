"""The errand desk 代办点: one call on one screen, what is open by its day, what the desk offers."""

import streamlit as st

from domain.people import Right
from pages.parts import errand_done, errand_file, errand_list, errand_services, errand_take
from pages.parts.who import actor
from pages.parts.words import _

SECTION = "s"  # in the address


def sections() -> dict[str, tuple[str, str]]:
    """Each section's icon and name."""
    return {
        "open": ("pending_actions", _("Open errands")),
        "take": ("call", _("Take an errand in")),
        "done": ("task_alt", _("Over")),
        "services": ("list_alt", _("Services")),
    }


SHOW = {
    "open": errand_list.show,
    "take": errand_take.show,
    "done": errand_done.show,
    "services": errand_services.show,
}


def chosen() -> None:
    """Put the chosen section into the address."""
    st.query_params.from_dict({SECTION: str(st.session_state["errands_section"])})


st.set_page_config(layout="wide")
actor().need(Right.TAKE_IN)
code = str(st.query_params.get(errand_file.ERRAND, ""))
if code:
    errand_file.show(code)
else:
    st.title(_("Errand desk"), anchor=False)
    names = sections()
    asked = str(st.query_params.get(SECTION, "open"))
    st.session_state["errands_section"] = asked if asked in SHOW else "open"
    st.pills(
        _("Section"),
        list(names),
        format_func=lambda name: f":material/{names[name][0]}: {names[name][1]}",
        key="errands_section",
        required=True,
        on_change=chosen,
        label_visibility="collapsed",
    )
    SHOW[str(st.session_state["errands_section"])]()

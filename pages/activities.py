"""Activities 活动: the calendar with what is missing, one activity with its list, rooms."""

import streamlit as st

from domain.people import Right
from pages.parts import activity_calendar, activity_file, activity_plan, activity_rooms
from pages.parts.activity_words import ACTIVITY, SECTION
from pages.parts.who import actor
from pages.parts.words import _


def sections() -> dict[str, tuple[str, str]]:
    """Each section's icon and name; who does not plan reads the calendar alone."""
    found = {"calendar": ("calendar_month", _("Calendar"))}
    if actor().may(Right.HANDLE):
        found["plan"] = ("add_circle", _("Plan something"))
        found["rooms"] = ("meeting_room", _("Rooms"))
    return found


SHOW = {
    "calendar": activity_calendar.show,
    "plan": activity_plan.show,
    "rooms": activity_rooms.show,
}


def chosen() -> None:
    """Put the chosen section into the address."""
    st.query_params.from_dict({SECTION: str(st.session_state["activities_section"])})


def leave() -> None:
    """Back to the calendar, at the month that it showed."""
    st.query_params.pop(ACTIVITY, None)


st.set_page_config(layout="wide")
st.title(_("Activities"), anchor=False)
code = str(st.query_params.get(ACTIVITY, ""))
if code:
    st.button(
        _("Back to the calendar"),
        key="activities_back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=leave,
    )
    activity_file.show(code)
else:
    names = sections()
    asked = str(st.query_params.get(SECTION, "calendar"))
    st.session_state["activities_section"] = asked if asked in names else "calendar"
    if len(names) > 1:
        st.pills(
            _("Section"),
            list(names),
            format_func=lambda name: f":material/{names[name][0]}: {names[name][1]}",
            key="activities_section",
            required=True,
            on_change=chosen,
            label_visibility="collapsed",
        )
    SHOW[str(st.session_state["activities_section"])]()

"""Settings 设置: everything that the administrator keeps in order, one section at a time."""

import streamlit as st

from domain.people import Right
from pages.parts import (
    settings_backup,
    settings_calendar,
    settings_categories,
    settings_channels,
    settings_clocks,
    settings_community,
    settings_estates,
    settings_households,
    settings_people,
    settings_places,
    settings_start,
    settings_units,
)
from pages.parts.who import actor
from pages.parts.words import _

SECTION = "s"  # in the address


def sections() -> dict[str, tuple[str, str]]:
    """Each section's icon and name, in the order in which a new community needs them."""
    return {
        "start": ("checklist", _("Overview")),
        "community": ("home_pin", _("Community")),
        "units": ("handshake", _("Units")),
        "estates": ("apartment", _("Estates")),
        "households": ("family_home", _("Households")),
        "people": ("group", _("People")),
        "places": ("qr_code_2", _("QR places")),
        "categories": ("category", _("Categories")),
        "clocks": ("timer", _("Time limits")),
        "calendar": ("calendar_month", _("Work calendar")),
        "channels": ("notifications", _("Notification channels")),
        "backup": ("backup", _("Backup")),
    }


SHOW = {
    "start": settings_start.show,
    "community": settings_community.show,
    "units": settings_units.show,
    "estates": settings_estates.show,
    "households": settings_households.show,
    "people": settings_people.show,
    "places": settings_places.show,
    "categories": settings_categories.show,
    "clocks": settings_clocks.show,
    "calendar": settings_calendar.show,
    "channels": settings_channels.show,
    "backup": settings_backup.show,
}


def chosen() -> None:
    """Put the chosen section into the address."""
    st.query_params.from_dict({SECTION: str(st.session_state["settings_section"])})


st.title(_("Settings"), anchor=False)
actor().need(Right.SET_UP)
names = sections()
asked = str(st.query_params.get(SECTION, "start"))
st.session_state["settings_section"] = asked if asked in SHOW else "start"
st.pills(
    _("Section"),
    list(names),
    format_func=lambda name: f":material/{names[name][0]}: {names[name][1]}",
    key="settings_section",
    required=True,
    on_change=chosen,
    label_visibility="collapsed",
)
SHOW[str(st.session_state["settings_section"])]()

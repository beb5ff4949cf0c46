"""Addresses of calendars to subscribe to: the public one, and a secret one with everything."""

import streamlit as st

from db.activities import feeds
from db.now import now
from pages.parts.forms import Form, Sent
from pages.parts.who import actor, settings
from pages.parts.words import _

MADE = "activities_own_address"


def show() -> None:
    """Both addresses, the secret one only when it was just made."""
    with st.popover(_("Subscribe in a calendar"), icon=":material/calendar_add_on:"):
        st.markdown(_("Public activities, for anybody:"))
        st.code(address("calendar.ics"), language=None, wrap_lines=True)
        st.markdown(_("Meetings, activities and lessons, for you alone:"))
        made = st.session_state.get(MADE)
        if made:
            st.code(address(f"feed/{made}"), language=None, wrap_lines=True)
            st.caption(_("Copy it now; it is not shown again. Pass it on to nobody."))
        form = Form("activities_address")
        known = feeds.has_address(actor())
        label = _("Make a new address; the old one ends") if known else _("Make my address")
        form.button(label, make, main=False, icon=":material/key:", said=False)


def address(behind: str) -> str:
    """A whole address, by the public one where it is set."""
    base = settings().base_url
    if not base:
        seen = st.context.url or ""
        scheme, _colon, rest = seen.partition("://")
        base = f"{scheme}://{rest.partition('/')[0]}" if rest else ""
    return f"{base}/activity/{behind}"


def make(_sent: Sent) -> None:
    """Make it, and keep it in this tab until it is closed."""
    st.session_state[MADE] = feeds.new_address(actor(), now())

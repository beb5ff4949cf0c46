"""A volunteer's own care visits, on a phone."""

import streamlit as st

from db.now import now
from db.rounds.care_query import my_visits
from pages.parts.visit_record import file_opened, visit_card
from pages.parts.who import actor
from pages.parts.words import _


def show() -> None:
    """Whom I visit in the coming days; nothing for who visits nobody."""
    file_opened()
    lines = my_visits(actor(), now())
    if not lines:
        return
    st.subheader(_("My care visits"), anchor=False)
    for line in lines:
        visit_card(line, main=False, wide=True, door=True)

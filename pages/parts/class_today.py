"""Today's lessons, for the class's staff."""

import streamlit as st

from db.classes import lesson_reads
from db.now import now
from pages.parts.class_lesson import lesson_card
from pages.parts.who import actor
from pages.parts.words import _


def show() -> None:
    """Each lesson of today with its children."""
    lines = lesson_reads.today(actor(), now())
    if not lines:
        st.info(_("No lesson today. The next ones stand under “Courses”."), icon=":material/event:")
    for place, line in enumerate(lines):
        lesson_card(line, main=place == 0)

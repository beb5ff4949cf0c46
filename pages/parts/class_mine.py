"""A teacher's own lesson of today, on a phone."""

import streamlit as st

from db.classes import lesson_reads
from db.now import now
from pages.parts.class_lesson import lesson_card
from pages.parts.who import actor
from pages.parts.words import _


def show() -> None:
    """The lessons that I give today; nothing for who gives none."""
    lines = [line for line in lesson_reads.today(actor(), now()) if line.own]
    if not lines:
        return
    st.subheader(_("My lesson today"), anchor=False)
    for line in lines:
        lesson_card(line, main=False, wide=True)

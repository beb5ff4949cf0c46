"""A lesson of an earlier day: the staff adds what was forgotten."""

import streamlit as st

from db.classes.lesson_reads import LessonLine
from domain.classes import PRESENCE, Presence
from pages.parts import class_seen
from pages.parts.class_lesson import look_button, put
from pages.parts.show import plain
from pages.parts.words import _, opening


def past_card(line: LessonLine) -> None:
    """A lesson of an earlier day: what was forgotten is added."""
    listed = class_seen.seen(line.course)
    if listed is None:
        look_button(line.course, main=False)
        return
    for child in listed:
        mark = line.marks.get(child.code)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(f"**{plain(child.name)}**", width="content")
            if mark is not None:
                st.badge(opening(_(PRESENCE[mark.presence])), color="gray")
            if mark is None or mark.fetched_at is None:
                for presence, icon in (
                    (Presence.PRESENT, "check"),
                    (Presence.ABSENT, "person_off"),
                ):
                    if mark is None or mark.presence is not presence:
                        put(line, child, presence, opening(_(PRESENCE[presence])), icon)

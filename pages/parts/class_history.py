"""One child's lessons: when it came, when and with whom it went home."""

import pyarrow as pa
import streamlit as st

from db.classes import children
from db.classes.children import AttendanceLine, ChildLine
from db.exports import Exported
from db.now import now
from domain.classes import PRESENCE
from domain.days import local_day, local_time
from locales.times import day_words
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, opening

HISTORY = "class_history"


def show(child: ChildLine) -> None:
    """When it came, and with whom it went home; the look is recorded."""
    found: tuple[str, tuple[AttendanceLine, ...]] | None = st.session_state.get(HISTORY)
    if found is None or found[0] != child.code:
        Form(f"child_history_{child.code}").button(
            _("When it came, and who fetched it"),
            look,
            child.code,
            main=False,
            icon=":material/history:",
            said=False,
        )
        return
    rows = found[1]
    if not rows:
        st.caption(_("Nothing was noted of this child yet."))
        return
    export.frame(
        pa.table(
            {
                "day": [day_words(row.day, local_day(now())) for row in rows],
                "course": [row.course for row in rows],
                "presence": [opening(_(PRESENCE[row.presence])) for row in rows],
                "home": [
                    f"{local_time(row.fetched_at):%H:%M}" if row.fetched_at else "" for row in rows
                ],
                "by": [home_with(row) for row in rows],
            }
        ),
        hide_index=True,
        key="child_history",
        leaves=Exported.CHILDREN,
        alt=_("When the child came, and with whom it went home"),
        column_config={
            "day": st.column_config.TextColumn(_("Day"), width=120),
            "course": st.column_config.TextColumn(_("Course"), width=120),
            "presence": st.column_config.TextColumn(_("Here or not"), width=90),
            "home": st.column_config.TextColumn(_("Went home at"), width=90),
            "by": st.column_config.TextColumn(_("With whom"), width=120),
        },
    )


def home_with(row: AttendanceLine) -> str:
    """Who fetched it, or that nobody had to."""
    return row.fetched_by or (_("goes home by itself") if row.fetched_at else "")


def look(_sent: Sent, child: str) -> None:
    """Look at one child's lessons."""
    st.session_state[HISTORY] = (child, children.attendance(actor(), now(), child))

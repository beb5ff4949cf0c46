"""Open errands by their day: what is late comes first."""

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from db.errands import reads
from db.errands.reads import ErrandLine
from db.exports import Exported
from db.now import now
from domain.days import local_day
from domain.errands import last_day
from locales.times import day_words
from pages.parts import export
from pages.parts.errand_file import ERRAND
from pages.parts.when import day, left_of
from pages.parts.who import actor
from pages.parts.words import _, speak


def show() -> None:
    """Counts, then the list; choosing a row opens it."""
    lines = reads.open_errands(actor())
    if not lines:
        st.success(
            _("No errand is open. A call is written down under “Take an errand in”."),
            icon=":material/task_alt:",
        )
        return
    at = now()
    with st.container(horizontal=True):
        st.metric(_("Open errands"), len(lines), border=True)
        st.metric(_("Late"), sum(line.due_at <= at for line in lines), border=True)
        st.metric(_("Nobody sees to it"), sum(not line.holder for line in lines), border=True)
        st.metric(_("Papers at the desk"), sum(line.held for line in lines), border=True)
    table(lines, "errands_open", over=False)


def table(lines: Sequence[ErrandLine], key: str, *, over: bool) -> None:
    """Errands in rows; choosing one opens it."""
    speak()
    today = local_day(now())

    def picked() -> None:
        rows = st.session_state[key].selection.rows
        if rows:
            st.query_params[ERRAND] = lines[rows[0]].code

    export.frame(
        pa.table(
            {
                "when": [ended(line) if over else left(line) for line in lines],
                "day": [day_words(last_day(line.due_at), today) for line in lines],
                "service": [line.service for line in lines],
                "name": [line.name for line in lines],
                "where": [line.where for line in lines],
                "holder": [line.holder for line in lines],
                "held": [line.held for line in lines],
                "number": [line.number for line in lines],
            }
        ),
        hide_index=True,
        height="content",
        key=key,
        on_select=picked,
        selection_mode="single-row",
        alt=_("Errands; choose a row to open one"),
        leaves=Exported.ERRANDS,
        column_config={
            "when": st.column_config.TextColumn(
                _("Ended") if over else _("Time left"), width=130 if over else 95
            ),
            "day": st.column_config.TextColumn(_("Due"), width=100),
            "service": st.column_config.TextColumn(_("Errand service"), width=130),
            "name": st.column_config.TextColumn(_("Resident"), width=70),
            "where": st.column_config.TextColumn(_("Where"), width=165),
            "holder": st.column_config.TextColumn(_("Seen to by"), width=110),
            "held": st.column_config.NumberColumn(_("Papers held"), width=60),
            "number": st.column_config.TextColumn(_("Number"), width=110),
        },
    )
    st.caption(_("Choose a row to open it."))


def left(line: ErrandLine) -> str:
    """How long there is."""
    return left_of(line.due_at - now()).words


def ended(line: ErrandLine) -> str:
    """When it ended, and how."""
    if line.ended_at is None:
        return ""
    words = day(line.ended_at)
    if line.reason:
        return _("{when}, taken back", when=words)
    return _("{when}, late", when=words) if line.late else words

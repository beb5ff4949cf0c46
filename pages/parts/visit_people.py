"""Who is visited: everybody enrolled, with the ways to one person and to enrolling."""

import pyarrow as pa
import streamlit as st

from db.exports import Exported
from db.now import now
from db.rounds.care_query import CareLine, care_list
from domain.people import Right
from domain.visits import TIER
from pages.parts import export, visit_enrol, visit_file
from pages.parts.when import day, last_day
from pages.parts.who import actor
from pages.parts.words import _, opening


def show() -> None:
    """The list, or one person; the office enrols."""
    lines = {line.code: line for line in care_list(actor(), now())}
    chosen = lines.get(str(st.query_params.get(visit_file.PERSON, "")))
    if chosen is not None:
        visit_file.one(chosen)
        return
    if lines:
        table(list(lines.values()))
    else:
        st.info(
            _("Nobody is enrolled yet. Enrol the first person who agreed to be visited."),
            icon=":material/volunteer_activism:",
        )
    if actor().may(Right.HANDLE):
        visit_enrol.enrol()


def table(lines: list[CareLine]) -> None:
    """Everybody; choosing a row opens it."""

    def picked() -> None:
        rows = st.session_state["visits_people"].selection.rows
        if rows:
            st.query_params[visit_file.PERSON] = lines[rows[0]].code

    export.frame(
        pa.table(
            {
                "name": [line.name for line in lines],
                "where": [line.where for line in lines],
                "tier": [opening(_(TIER[line.tier])) for line in lines],
                "visitor": [line.visitor for line in lines],
                "met": [day(line.last_met) if line.last_met else "" for line in lines],
                "due": [due_words(line) for line in lines],
            }
        ),
        hide_index=True,
        key="visits_people",
        on_select=picked,
        selection_mode="single-row",
        alt=_("Everybody who is visited; choose a row to open it"),
        leaves=Exported.VISITS,
        column_config={
            "name": st.column_config.TextColumn(_("Name"), width=90),
            "where": st.column_config.TextColumn(_("Where"), width="medium"),
            "tier": st.column_config.TextColumn(_("How often"), width=120),
            "visitor": st.column_config.TextColumn(_("Visitor"), width=100),
            "met": st.column_config.TextColumn(_("Last met"), width=110),
            "due": st.column_config.TextColumn(_("Next by"), width=130),
        },
    )
    st.caption(_("Choose a row to open it."))


def due_words(line: CareLine) -> str:
    """Until when the next visit is in time."""
    if line.paused:
        return _("resting")
    if line.due is None:
        return _("after an event")
    return _("overdue") if line.overdue else last_day(line.due.at)

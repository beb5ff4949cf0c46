"""The head of a file: what it is about, where it stands, what was promised."""

import streamlit as st

from db.casefile_views import CaseFile
from domain import labels
from domain.moves import State
from pages.parts import go
from pages.parts.flow import case_flow
from pages.parts.show import plain
from pages.parts.when import deadline, moment, show_deadline
from pages.parts.words import _, ngettext, opening, speak


def header(file: CaseFile) -> None:
    """Title, number, place, the flow of its steps, its clocks in words."""
    line = file.line
    st.title(plain(line.title), anchor=False)
    category = line.category.name("en" if speak() == "en" else "zh_CN") if line.category else ""
    told = [
        line.number,
        str(line.where) or _("place not known"),
        category or _("no category"),
        ngettext("{n} reporter", "{n} reporters", line.reporters),
        moment(line.opened_at),
    ]
    st.caption(plain(" · ".join(told)))
    case_flow(line.step, _(labels.STATE[line.state]))
    with st.container(horizontal=True, gap="small"):
        for clock in file.clocks:
            show_deadline(deadline(clock))
        if file.outcome is not None:
            ended = opening(_(labels.OUTCOME[file.outcome]))
            st.badge(ended, icon=":material/flag:", color="blue")
        if line.round > 1:
            st.badge(
                opening(_("round {n}", n=line.round)), icon=":material/replay:", color="orange"
            )
        if file.anonymised_at is not None:
            st.badge(opening(_("anonymised")), icon=":material/visibility_off:", color="gray")
    if file.parent is not None and line.state is State.MERGED:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("This file goes on in:"))
            go.case_button(
                file.parent.code, plain(f"{file.parent.number} {file.parent.title}"), "case_parent"
            )

"""A unit's tasks as cards for one hand: what, where, by when, and one button."""

from collections.abc import Sequence

import streamlit as st

from db.now import now
from db.tasklist import TaskLine
from pages.parts import go
from pages.parts.show import plain
from pages.parts.when import left_of, moment, show_deadline
from pages.parts.words import _


def open_tasks(lines: Sequence[TaskLine]) -> None:
    """The open tasks under their heading."""
    st.subheader(_("Given to us"), anchor=False)
    if not lines:
        st.success(
            _("Nothing is open. What the community gives you appears here."),
            icon=":material/task_alt:",
        )
    for place, line in enumerate(lines):
        task_card(line, first=place == 0)


def task_card(line: TaskLine, first: bool = False) -> None:
    """One task."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(line.title)}**")
        told = [str(line.where), "" if line.lead else _("we assist")]
        st.caption(plain(" · ".join(part for part in told if part)) or line.number)
        if line.done_at is not None:
            st.badge(
                _("done {when}", when=moment(line.done_at)),
                icon=":material/check_circle:",
                color="green",
            )
        else:
            show_deadline(left_of(line.due_at - now()))
        st.button(
            _("Open"),
            key=f"task_open_{line.code}",
            type="primary" if first else "secondary",
            width="stretch",
            on_click=go.to_task,
            args=(line.code,),
            help=plain(line.title),
        )

"""Requests for help on Today: how many wait for the desk, and whether a neighbour asks for me."""

import streamlit as st

from db.now import now
from db.requests.mine import my_help
from db.requests.reading import waiting
from db.volunteers.own import is_volunteer
from domain.people import Right
from pages.parts import go
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _


def help_today() -> None:
    """One line for the desk; for a volunteer what is asked of them, first of all."""
    if actor().may(Right.SERVE) and is_volunteer(actor()):
        mine = my_help(actor(), now())
        asked = [mine.task.need] if mine.task else [offer.need for offer in mine.offers]
        for need in asked:
            with st.container(border=True, gap="xsmall"):
                st.markdown(f":material/volunteer_activism: **{plain(need)}**")
                go.link("tasks", _("My tasks"), "task_alt")
    if actor().may(Right.DISPATCH) and (count := waiting(actor())):
        go.link("dispatch", _("Requests for help: {n}", n=count), "support_agent")

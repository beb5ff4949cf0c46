"""The conference on Today: when it is near or running, and help that a unit could give."""

from datetime import timedelta

import streamlit as st

from db.conference import helping
from db.conference.reads import coming
from db.conference.views import Stage
from db.now import now
from domain.people import Right
from pages.parts import go
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

NEAR = timedelta(days=2)  # from here on one prepares for it


def conference_today() -> None:
    """One line for whoever takes part, one for a unit that is asked for help."""
    who = actor()
    if not (who.may(Right.READ_CASES) or who.may(Right.READ_OWN_TASKS)):
        return
    next_one = coming(who)
    calls = helping.open_calls(who) if who.may(Right.DO_TASKS) and who.unit_id else ()
    if next_one is None and not calls:
        return
    with st.container(horizontal=True, key="today_conference"):
        if next_one is not None and next_one.stage is Stage.RUNNING:
            go.link("conference", _("The joint conference is running"), "co_present")
        elif next_one is not None and next_one.meets_at <= now() + NEAR:
            words = _("Joint conference: {when}", when=moment(next_one.meets_at))
            go.link("conference", f"{words} · {plain(next_one.place)}", "groups")
        if calls:
            go.link("unit", _("Help wanted: {n}", n=len(calls)), "front_hand")

"""The file of one person who is visited: what a visitor needs, what is planned, what was."""

from datetime import timedelta

import pyarrow as pa
import streamlit as st

from db.exports import Exported
from db.now import now
from db.rounds import care
from db.rounds.care_query import CareLine, visits_of
from domain.days import local_day
from domain.people import Right
from domain.visits import Tier
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.visit_enrol import tier_and_visitor
from pages.parts.visit_record import at_the_door
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

PERSON = "p"  # in the address


def leave() -> None:
    """Back to the list."""
    st.query_params.pop(PERSON, None)


def one(line: CareLine) -> None:
    """One person: what is planned, what was, and the office's changes."""
    st.button(
        _("Everybody"),
        key="visits_back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=leave,
    )
    st.subheader(f"{plain(line.name)} · {plain(line.where)}", anchor=False)
    if actor().may(Right.HANDLE):
        at_the_door(line)
        change(line)
        rest(line)
    rows = visits_of(actor(), line.code)
    if rows:
        export.frame(
            pa.table(
                {
                    "at": [moment(row.at) for row in rows],
                    "met": [_("met") if row.met else _("nobody there") for row in rows],
                    "by": [row.by for row in rows],
                    "note": [row.note for row in rows],
                }
            ),
            hide_index=True,
            key="visits_of_one",
            alt=_("The latest visits"),
            leaves=Exported.VISITS,
            column_config={
                "at": st.column_config.TextColumn(_("When"), width=150),
                "met": st.column_config.TextColumn(_("Result"), width=90),
                "by": st.column_config.TextColumn(_("Visitor"), width=100),
                "note": st.column_config.TextColumn(_("Note"), width="large"),
            },
        )


def change(line: CareLine) -> None:
    """How often and by whom; a new health note replaces the old one."""
    form = Form(f"visit_change_{line.code}")
    with st.form(form.key("form")):
        tier_and_visitor(form, line.tier, line.visitor_id)
        st.text_area(
            _("New health note"),
            key=form.key("health"),
            max_chars=care.LONGEST_HEALTH,
            height=80,
            help=_("Only what a visitor must know. Empty: the note stays as it is."),
        )
        form.submit(_("Save"), save_change, line.code)


def save_change(sent: Sent, code: str) -> None:
    """Keep it."""
    care.change_care(
        actor(),
        now(),
        code,
        tier=Tier(sent.pick("tier")),
        visitor_id=sent.pick("visitor"),
        health=sent.text("health") or None,
    )


def rest(line: CareLine) -> None:
    """Visits rest, go on, or end."""
    with st.container(horizontal=True, gap="small"):
        if line.paused:
            Form(f"visit_resume_{line.code}").button(
                _("Visits go on"), resume, line.code, main=False, icon=":material/play_arrow:"
            )
        else:
            with st.popover(_("Let visits rest"), icon=":material/pause:"):
                form = Form(f"visit_pause_{line.code}")
                with st.form(form.key("form"), border=False):
                    st.text_input(_("Reason"), key=form.key("reason"), max_chars=120)
                    form.mend("reason")
                    st.date_input(
                        _("Until, if it is known"),
                        value=None,
                        min_value=local_day(now()) + timedelta(days=1),
                        key=form.key("until"),
                    )
                    form.mend("until")
                    form.submit(_("Let visits rest"), pause, line.code, main=False)
        with st.popover(_("End the visits"), icon=":material/logout:"):
            st.write(_("Number and health note are forgotten; the visits stay counted."))
            Form(f"visit_end_{line.code}").button(_("End the visits"), end, line.code, main=False)


def pause(sent: Sent, code: str) -> None:
    """They rest."""
    care.pause(actor(), now(), code, reason=sent.text("reason"), until=sent.pick("until"))


def resume(_sent: Sent, code: str) -> None:
    """They go on."""
    care.resume(actor(), now(), code)


def end(_sent: Sent, code: str) -> None:
    """They end."""
    care.end_care(actor(), now(), code)
    st.query_params.pop(PERSON, None)

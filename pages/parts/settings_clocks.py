"""The promises' limits, and the duty hours in which people are reminded."""

from datetime import time

import streamlit as st

from db import settings
from db.now import now
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _


def show() -> None:
    """One form for both."""
    known = settings.settings()
    form = Form("settings_clocks")
    st.caption(_("Promises that were given already keep their time; new ones count with these."))
    with st.form("settings_clocks_form"):
        left, right = st.columns(2)
        with left:
            number(form, "first_answer_hours", _("First answer within, hours"), known, 1)
            number(form, "decision_days", _("Decision by the end of day"), known, 0)
        with right:
            number(form, "vote_days", _("Vote opened by the end of day"), known, 0)
            number(form, "done_days", _("Work done by the end of day"), known, 1)
        st.caption(_("Day 0 is the same day, 1 the next one; a day ends at 24:00."))
        left, right = st.columns(2)
        with left:
            st.time_input(
                _("Duty begins"),
                value=time.fromisoformat(known.duty_from),
                key=form.key("duty_from"),
            )
            form.mend("duty_from")
        with right:
            st.time_input(
                _("Duty ends"), value=time.fromisoformat(known.duty_to), key=form.key("duty_to")
            )
            form.mend("duty_to")
        st.toggle(
            _("On duty on working days only"),
            value=known.duty_working_days_only,
            key=form.key("duty_working_days_only"),
            help=_("Nobody is reminded outside of duty hours."),
        )
        form.submit(_("Save"), save)


def number(form: Form, name: str, label: str, known: settings.Settings, least: int) -> None:
    """One limit."""
    st.number_input(
        label,
        min_value=least,
        max_value=365,
        value=int(getattr(known, name)),
        step=1,
        key=form.key(name),
    )
    form.mend(name)


def save(sent: Sent) -> None:
    """Save all of them."""
    limits = {
        name: int(sent.pick(name) or 0)
        for name in ("first_answer_hours", "vote_days", "decision_days", "done_days")
    }
    duty = {
        name: f"{sent.pick(name):%H:%M}" if sent.pick(name) else ""
        for name in ("duty_from", "duty_to")
    }
    settings.change(
        actor(),
        now(),
        **limits,
        **duty,
        duty_working_days_only=bool(sent.pick("duty_working_days_only")),
    )

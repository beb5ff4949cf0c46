"""The leading unit asks for a later day."""

from datetime import date, timedelta

import streamlit as st

from db import extending
from db.now import now
from db.tasklist import TaskLine
from domain.days import local_day
from pages.parts.forms import Form, Sent
from pages.parts.when import last_day
from pages.parts.who import actor
from pages.parts.words import _


def ask_form(line: TaskLine) -> None:
    """Until when, and why."""
    if line.asked_due_at is not None:
        st.info(
            _(
                "You asked for {day}; the office has not answered yet.",
                day=last_day(line.asked_due_at),
            ),
            icon=":material/schedule:",
        )
    form = Form("task_later", wide=True)
    with st.form(form.key("form"), border=False):
        st.date_input(
            _("By when can it be done?"),
            value=max(local_day(line.due_at + timedelta(days=2)), local_day(now())),
            min_value=local_day(now()),
            key=form.key("due_on"),
            format="YYYY-MM-DD",
        )
        form.mend("due_on")
        st.text_area(
            _("Why does it take longer?"),
            key=form.key("words"),
            height=100,
            placeholder=_("Such as: the part has to be ordered from the maker"),
        )
        form.mend("words")
        form.submit(_("Ask for a later day"), ask, line.code)


def ask(sent: Sent, code: str) -> None:
    """Ask the office."""
    due_on = sent.pick("due_on") or date.min
    extending.ask_later(actor(), now(), code, due_on, sent.text("words"), key=sent.once)

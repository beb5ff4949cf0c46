"""延期: the office moves the unit's day, or says why it stays."""

from datetime import date, timedelta

import streamlit as st

from db import extending
from db.casefile_views import CaseFile, TaskView
from db.now import now
from domain.days import local_day
from pages.parts.case_form import case_form
from pages.parts.forms import Sent
from pages.parts.show import plain
from pages.parts.when import last_day
from pages.parts.who import actor
from pages.parts.words import _

SECOND = timedelta(seconds=1)


def later_form(file: CaseFile) -> None:
    """A later day for the unit that leads, with the reason."""
    task = next((one for one in file.tasks if _works(one)), None)
    if task is None:
        st.caption(_("No unit is working on it."))
        return
    form = case_form("later")
    given = local_day(task.due_at - SECOND)
    with st.form(form.key("form"), border=False):
        st.markdown(f"**{plain(task.unit)}** · " + _("until {day}", day=last_day(task.due_at)))
        if task.asked_due_at is not None:
            st.caption(_("The unit asks for {day}.", day=last_day(task.asked_due_at)))
        wanted = task.asked_due_at or task.due_at + timedelta(days=3)
        st.date_input(
            _("New last day"),
            value=max(local_day(wanted - SECOND), local_day(now())),
            min_value=min(given, local_day(now())),
            key=form.key("due_on"),
            format="YYYY-MM-DD",
        )
        form.mend("due_on")
        st.text_area(_("Why later?"), key=form.key("words"), height=100)
        form.mend("words")
        st.caption(
            _(
                "The reporter reads these words on the follow page. The promise to residents "
                "does not move."
            )
        )
        with st.container(horizontal=True):
            form.submit(_("Grant the later day"), grant, task.code)
            if task.asked_due_at is not None:
                st.form_submit_button(
                    _("Keep the day"), key=form.key("refuse"), **form.sends(refuse, task.code)
                )


def _works(task: TaskView) -> bool:
    return task.lead and task.done_at is None and task.recalled_at is None


def grant(sent: Sent, code: str) -> None:
    """Move the day."""
    due_on = sent.pick("due_on") or date.min
    extending.grant_later(actor(), now(), code, due_on, sent.text("words"), key=sent.once)


def refuse(sent: Sent, code: str) -> None:
    """The day stays."""
    extending.refuse_later(actor(), now(), code, sent.text("words"), key=sent.once)

"""The desk reports done for a unit that telephoned."""

import streamlit as st

from db import tasks
from db.casefile_views import CaseFile
from db.now import now
from pages.parts.case_form import case_form
from pages.parts.choice import plain_choice
from pages.parts.done_fields import done_fields, outcome_of
from pages.parts.forms import Sent
from pages.parts.photos import checked
from pages.parts.who import actor
from pages.parts.words import _


def done_form(file: CaseFile) -> None:
    """Which unit, what it did, with a photo."""
    open_ones = {
        task.code: task.unit if task.lead else _("{unit} (assists)", unit=task.unit)
        for task in sorted(file.tasks, key=lambda task: not task.lead)
        if task.done_at is None and task.recalled_at is None
    }
    if not open_ones:
        st.caption(_("No unit has it any more. Take it back, and hand it over again."))
        return
    st.caption(
        _(
            "The unit reports this itself under “My tasks”. "
            "Here you do it for a unit that telephoned."
        )
    )
    form = case_form("done")
    with st.form(form.key("form"), border=False):
        plain_choice(_("Which unit?"), open_ones, form.key("task"), next(iter(open_ones)))
        done_fields(form)
        form.submit(_("Report done"), report)


def report(sent: Sent) -> None:
    """Report it done, in the desk's name."""
    tasks.report_done(
        actor(),
        now(),
        str(sent.pick("task")),
        sent.text("words"),
        checked(sent.many("photos")),
        outcome=outcome_of(sent),
        key=sent.once,
    )

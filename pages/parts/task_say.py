"""What a unit says of its task: done, how it stands, or that it needs more time."""

import streamlit as st

from db import tasks
from db.now import now
from db.tasklist import TaskLine
from pages.parts import task_later
from pages.parts.done_fields import done_fields, outcome_of
from pages.parts.forms import Form, Sent
from pages.parts.photos import checked, photo_input
from pages.parts.who import actor
from pages.parts.words import _


def say(line: TaskLine) -> None:
    """Report it done, say how it stands, or ask for a later day."""
    code = line.code
    ways = {"done": _("It is done"), "answer": _("How it stands")}
    if line.lead:
        ways["later"] = _("More time")
    st.segmented_control(
        _("What do you want to say?"),
        list(ways),
        default="done",
        required=True,
        format_func=ways.__getitem__,
        key="task_way",
        width="stretch",
    )
    if st.session_state["task_way"] == "done":
        form = Form("task_done", wide=True)
        with st.form(form.key("form"), border=False):
            done_fields(form)
            form.submit(_("Report done"), report, code)
        return
    if st.session_state["task_way"] == "later":
        task_later.ask_form(line)
        return
    form = Form("task_answer", wide=True)
    with st.form(form.key("form"), border=False):
        st.text_area(
            _("How does it stand?"),
            key=form.key("words"),
            height=100,
            placeholder=_("Such as: the parts are ordered and come on Thursday"),
        )
        form.mend("words")
        photo_input(form.key("photos"))
        form.mend("photos")
        form.submit(_("Send"), answer, code)


def report(sent: Sent, code: str) -> None:
    """Report the work done."""
    tasks.report_done(
        actor(),
        now(),
        code,
        sent.text("words"),
        checked(sent.many("photos")),
        outcome=outcome_of(sent),
        key=sent.once,
    )


def answer(sent: Sent, code: str) -> None:
    """Say how it stands."""
    photos = checked(sent.many("photos"))
    tasks.answer_task(actor(), now(), code, sent.text("words"), photos, key=sent.once)

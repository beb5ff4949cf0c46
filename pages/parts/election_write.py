"""A question that was asked by phone or at the counter, written down by who heard it."""

from collections.abc import Mapping

import streamlit as st

from db.elections import consultations
from db.now import now
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _


def write_form(names: Mapping[int, str], vote_code: str) -> None:
    """A question by phone or at the counter, answered at once or later."""
    form = Form(f"vote_written_{vote_code or 'all'}")
    only = next(iter(names)) if len(names) == 1 else None
    with st.form(form.key("form"), border=False):
        if not vote_code:
            plain_choice(_("Estate"), names, form.key("estate"), only)
        st.text_area(_("What was asked?"), height=80, key=form.key("text"))
        form.mend("text")
        left, right = st.columns(2)
        left.text_input(_("Name"), max_chars=40, key=form.key("name"))
        right.text_input(_("Phone"), max_chars=30, key=form.key("phone"))
        form.mend("phone")
        st.text_area(_("Answer, if it was given at once"), height=80, key=form.key("answer"))
        form.mend("answer")
        form.submit(_("Save the question"), write_down, only, vote_code, main=False)


def write_down(sent: Sent, only: int | None, vote_code: str) -> None:
    """Keep it."""
    consultations.write_down(
        actor(),
        now(),
        estate_id=sent.pick("estate") or only or 0,
        vote_code=vote_code or None,
        text=sent.text("text"),
        name=sent.text("name"),
        phone=sent.text("phone"),
        answer=sent.text("answer"),
        key=sent.once,
    )

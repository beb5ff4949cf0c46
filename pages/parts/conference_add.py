"""Something for the agenda that has no file, before the conference and during it."""

import streamlit as st

from db.conference import planning
from db.now import now
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _


def add_form() -> None:
    """Something that has no file."""
    form = Form("conference_add")
    with (
        st.expander(_("Add an item"), icon=":material/add:"),
        st.form("conference_add_form", border=False),
    ):
        st.text_input(
            _("What is it about?"),
            key=form.key("title"),
            placeholder=_("Such as: next month's activities"),
        )
        form.mend("title")
        st.caption(_("A file is put onto the agenda from its own page."))
        form.submit(_("Add"), add, main=False)


def add(sent: Sent) -> None:
    """Add it."""
    planning.add_words(actor(), now(), sent.text("title"), key=sent.once)

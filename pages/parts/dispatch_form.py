"""The form of a request for help: taken down at the desk, or sorted by it."""

import streamlit as st

from db.casefile import case_file
from db.now import now
from db.requests import asking
from db.requests.views import RequestView
from pages.parts import go
from pages.parts.dispatch_fields import asked, person_fields, what_fields
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _


def new_request(case_code: str | None) -> None:
    """Take a request down, by phone or from a file."""
    st.title(_("New request"), anchor=False)
    st.error(_("Danger to life: first call 120."), icon=":material/emergency:")
    need = ""
    if case_code:
        line = case_file(actor(), str(case_code), now()).line
        need = line.title
        st.caption(plain(_("From file {number}: {title}", number=line.number, title=line.title)))
    form = Form("dispatch_ask")
    with st.form(form.key("form"), border=False):
        what_fields(form, need)
        person_fields(form)
        form.submit(_("Save the request"), take, case_code)


def take(sent: Sent, case_code: str | None) -> None:
    """Save it and open it."""
    made = asking.ask(actor(), now(), asked(sent), case_code=case_code, key=sent.once)
    st.query_params.from_dict({go.REQUEST: made.code})


def sort_form(view: RequestView, unwanted: dict[str, str]) -> None:
    """Complete a request before volunteers are asked.

    Args:
        unwanted: names by code, of whom the resident may wish not to see.
    """
    form = Form("dispatch_sort")
    with st.form(form.key("form"), border=False):
        what_fields(form, view.line.need, view)
        st.multiselect(
            _("The resident does not wish to see"),
            list(unwanted),
            format_func=lambda code: unwanted[code],
            key=form.key("unwanted"),
            placeholder=_("Nobody"),
        )
        form.submit(_("Save"), save, view.line.code, main=False)


def save(sent: Sent, code: str) -> None:
    """Keep what was completed."""
    asking.sort(actor(), now(), code, asked(sent))

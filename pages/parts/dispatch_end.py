"""How a request ends without a visit: handed over, a duplicate, not needed; or the secretary."""

import streamlit as st

from db.now import now
from db.requests import dispatching
from db.requests.views import RequestView
from domain import request_labels as labels
from domain.requests import Act, Authority, possible
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _

CHOICES = (Act.TRANSFER, Act.CANCEL, Act.DUPLICATE, Act.ESCALATE)


def end_form(view: RequestView) -> None:
    """What else may be done, behind one switch."""
    names = {
        Act.TRANSFER: _("Hand over to 120 or 110"),
        Act.CANCEL: _("Not needed any more"),
        Act.DUPLICATE: _("The same was asked for already"),
        Act.ESCALATE: _("Call the secretary in"),
    }
    may = [act for act in CHOICES if act in possible(view.line.state)]
    if not may:
        return
    with st.expander(_("Something else")):
        plain_choice(_("What?"), {act: names[act] for act in may}, "dispatch_else", None)
        chosen = st.session_state["dispatch_else"]
        if chosen in may:
            form_of(chosen, view.line.code, names[chosen])


def form_of(act: Act, code: str, label: str) -> None:
    """The fields of one way to end it."""
    form = Form(f"dispatch_end_{act.value}")
    with st.form(form.key("form"), border=False):
        if act is Act.TRANSFER:
            st.segmented_control(
                _("To whom?"),
                list(Authority),
                default=Authority.AMBULANCE,
                required=True,
                format_func=lambda one: _(labels.AUTHORITY[one]),
                key=form.key("authority"),
            )
        if act is Act.DUPLICATE:
            st.text_input(_("Number of the other request"), key=form.key("number"))
            form.mend("number")
        elif act is not Act.ESCALATE:
            st.text_input(_("Why?"), key=form.key("reason"))
            form.mend("reason")
        form.submit(label, end, act, code, main=False)


def end(sent: Sent, act: Act, code: str) -> None:
    """End it, or call for help."""
    if act is Act.TRANSFER:
        authority = Authority(sent.pick("authority") or Authority.AMBULANCE)
        dispatching.transfer(actor(), now(), code, authority, sent.text("reason"))
    elif act is Act.CANCEL:
        dispatching.cancel(actor(), now(), code, sent.text("reason"))
    elif act is Act.DUPLICATE:
        dispatching.duplicate(actor(), now(), code, sent.text("number"))
    else:
        dispatching.escalate(actor(), now(), code)

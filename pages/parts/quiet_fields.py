"""The fields for quiet hours: a toggle and two times."""

from datetime import time

import streamlit as st

from pages.parts.forms import Form, Sent
from pages.parts.words import _


def quiet_fields(form: Form, known: tuple[str, str]) -> None:
    """Quiet hours as they are, HH:MM twice; empty ones are offered for the night."""
    start, end = known
    st.toggle(
        _("Quiet hours"),
        value=bool(start),
        key=form.key("quiet"),
        help=_("What is not urgent waits until they are over."),
    )
    left, right = st.columns(2)
    with left:
        st.time_input(
            _("Quiet from"), value=time.fromisoformat(start or "22:00"), key=form.key("quiet_from")
        )
    with right:
        st.time_input(
            _("Quiet to"), value=time.fromisoformat(end or "07:00"), key=form.key("quiet_to")
        )
    form.mend("quiet")


def times_of(sent: Sent) -> tuple[str, str]:
    """What was typed; two empty texts for none."""
    start, end = sent.pick("quiet_from"), sent.pick("quiet_to")
    if not sent.pick("quiet") or start is None or end is None:
        return "", ""
    return f"{start:%H:%M}", f"{end:%H:%M}"

"""The fields of a rating that is taken down on the telephone."""

import streamlit as st

from db import rating
from db.now import now
from domain import labels
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, opening


def rating_fields(form: Form) -> None:
    """How satisfied, solved or not, in the reporter's words."""
    st.segmented_control(
        _("How satisfied are they?"),
        list(rating.LEVELS),
        format_func=lambda level: opening(_(labels.LEVEL[level])),
        key=form.key("level"),
        wrap=True,
    )
    form.mend("level")
    st.segmented_control(
        _("Is the problem solved?"),
        list(rating.SOLVED),
        format_func=lambda solved: opening(_(labels.SOLVED[solved])),
        key=form.key("solved"),
    )
    form.mend("solved")
    st.text_area(_("In their own words (may be empty)"), key=form.key("comment"), height=80)
    form.mend("comment")


def rate(sent: Sent, code: str, report_id: int | None = None) -> None:
    """Keep the rating; recorder and reporter are two people.

    Args:
        report_id: whose rating it is; None where the form asks for it.
    """
    rating.rate_by_phone(
        actor(),
        now(),
        code,
        report_id if report_id is not None else int(sent.pick("report") or 0),
        int(sent.pick("level") or 0),
        str(sent.pick("solved") or ""),
        sent.text("comment"),
        key=sent.once,
    )

"""The fields of a report of work: what was done, whether it is solved, photos."""

import streamlit as st

from db.tasks import WORK_OUTCOMES
from domain import labels
from domain.closing import Outcome
from pages.parts.forms import Form, Sent
from pages.parts.photos import photo_input
from pages.parts.words import _, opening


def done_fields(form: Form) -> None:
    """Words, outcome, photos."""
    st.text_area(
        _("What was done?"),
        key=form.key("words"),
        height=100,
        placeholder=_("Such as: the lamp was replaced and lit at night"),
    )
    form.mend("words")
    st.segmented_control(
        _("Is the problem solved?"),
        list(WORK_OUTCOMES),
        default=Outcome.SOLVED,
        required=True,
        format_func=lambda outcome: opening(_(labels.OUTCOME[outcome])),
        key=form.key("outcome"),
    )
    form.mend("outcome")
    photo_input(form.key("photos"))
    form.mend("photos")


def outcome_of(sent: Sent) -> Outcome:
    """What was chosen."""
    return Outcome(sent.pick("outcome") or Outcome.SOLVED)

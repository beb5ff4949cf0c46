"""The doors of one building: what came of each knock; a done one is not offered again."""

import pyarrow as pa
import streamlit as st

from db.exports import Exported
from db.now import now
from db.rounds import surveys
from db.rounds.surveys import HomeLine, SurveyView
from domain.surveys import OUTCOME, Outcome
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, ngettext, opening


def show(view: SurveyView, building_id: int) -> None:
    """The form for the next door, and the list of all."""
    lines = surveys.homes(actor(), view.code, building_id)
    waiting = {line.household_id: line for line in lines if line.is_open}
    if waiting and not view.closed:
        knock(view.code, building_id, waiting)
    elif lines:
        st.success(_("Every door of this building is done."), icon=":material/task_alt:")
    else:
        st.info(_("No home of this building is on the list of households yet."))
    if lines:
        export.frame(
            pa.table(
                {
                    "room": [line.room for line in lines],
                    "outcome": [outcome_words(line) for line in lines],
                    "note": [line.note for line in lines],
                }
            ),
            hide_index=True,
            key="survey_doors",
            alt=_("The doors of this building"),
            leaves=Exported.SURVEYS,
            column_config={
                "room": st.column_config.TextColumn(_("Room"), width=110),
                "outcome": st.column_config.TextColumn(_("Result"), width=170),
                "note": st.column_config.TextColumn(_("Note"), width="large"),
            },
        )


def knock(code: str, building_id: int, waiting: dict[int, HomeLine]) -> None:
    """One door, its outcome, and a need."""
    form = Form(f"survey_door_{building_id}")
    with st.form(form.key("form")):
        st.selectbox(
            _("Door"),
            list(waiting),
            format_func=lambda key: door_words(waiting[key]) if key in waiting else "",
            key=form.key("home"),
        )
        st.segmented_control(
            _("Result"),
            list(Outcome),
            default=Outcome.DONE,
            required=True,
            format_func=lambda one: opening(_(OUTCOME[one])),
            key=form.key("outcome"),
        )
        st.text_input(_("Note"), key=form.key("note"), max_chars=500)
        form.mend("note")
        st.text_input(
            _("What is needed"),
            key=form.key("need"),
            help=_("It becomes a file at once, and the desk sees to it."),
        )
        form.mend("need")
        form.submit(_("Save, next door"), save, code)


def save(sent: Sent, code: str) -> None:
    """Keep it."""
    surveys.answer(
        actor(),
        now(),
        code,
        int(sent.pick("home") or 0),
        outcome=Outcome(sent.pick("outcome")),
        note=sent.text("note"),
        need=sent.text("need"),
        once_key=sent.once,
    )


def door_words(line: HomeLine) -> str:
    """The room, and how often nobody was there."""
    if not line.tries:
        return line.room
    tried = ngettext("{n} time nobody", "{n} times nobody", line.tries)
    return f"{line.room} ({tried})"


def outcome_words(line: HomeLine) -> str:
    """What came of it so far."""
    return opening(_(OUTCOME[line.outcome])) if line.outcome else ""

"""The log of sending: the latest messages and what became of each."""

import pyarrow as pa
import streamlit as st

from db.exports import Exported
from db.now import now
from db.outbox import desk
from db.outbox.desk import Fate, MessageView
from documents.messages import render
from domain.outbox import FATE_TITLES, FAULT_TITLES
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening


def show() -> None:
    """The list; what was given up can be sent again at once."""
    rows = desk.sending_log(actor())
    if not rows:
        st.info(_("Nothing was sent yet."), icon=":material/outbox:")
        return
    if any(row.fate is Fate.GIVEN_UP for row in rows):
        Form("settings_sending_again").button(
            _("Send again what could not be sent"), again, icon=":material/refresh:"
        )
    export.frame(
        pa.table(
            {
                "at": [moment(row.created_at) for row in rows],
                "to": [row.name or _("A group without a channel") for row in rows],
                "what": [subject(row) for row in rows],
                "fate": [fate_of(row) for row in rows],
                "attempts": [row.attempts for row in rows],
            }
        ),
        hide_index=True,
        key="settings_sending",
        alt=_("The latest messages"),
        leaves=Exported.SENDING,
        column_config={
            "at": st.column_config.TextColumn(_("Written"), width=150),
            "to": st.column_config.TextColumn(_("For"), width=130),
            "what": st.column_config.TextColumn(_("Message"), width=170),
            "fate": st.column_config.TextColumn(_("What became of it"), width=190),
            "attempts": st.column_config.NumberColumn(_("Attempts"), width="small"),
        },
    )


def subject(row: MessageView) -> str:
    """What it is about."""
    return render(row.kind, row.words, "", "").subject


def fate_of(row: MessageView) -> str:
    """Where it stands, with the last fault."""
    words = opening(_(FATE_TITLES[row.fate]))
    return f"{words} · {_(FAULT_TITLES[row.fault])}" if row.fault else words


def again(_sent: Sent) -> None:
    """Put them back into the queue."""
    desk.try_again(actor(), now())

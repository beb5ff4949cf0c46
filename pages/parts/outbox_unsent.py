"""Texts that found no way out of the house: to be pasted into WeChat, or read out."""

import streamlit as st

from db.now import now
from db.outbox import desk
from db.outbox.desk import Fate, MessageView
from documents.messages import render
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor, settings
from pages.parts.words import _, speak


def show() -> None:
    """One card for each; nothing when there is none."""
    rows = desk.to_hand_over(actor(), now())
    if not rows:
        return
    st.subheader(_("Texts to paste"), anchor=False)
    st.caption(_("No channel is set for these, or sending failed. Copy, paste into WeChat, done."))
    for row in rows:
        card(row)


def card(row: MessageView) -> None:
    """For whom, the text with its copy button, and the tick."""
    speak()
    text = render(row.kind, row.words, settings().community, settings().base_url)
    with st.container(border=True, gap="small"):
        why = _("sending failed") if row.fate is Fate.GIVEN_UP else _("no channel")
        name = plain(row.name) or _("For the group")
        st.markdown(f"**{name}** · {moment(row.created_at)} · {why}")
        st.code(text.whole, language=None, wrap_lines=True)
        Form(f"unsent_{row.id}").button(
            _("Told"), settle, row.id, main=False, icon=":material/done:"
        )


def settle(_sent: Sent, message_id: int) -> None:
    """Tick it off."""
    desk.settle(actor(), now(), message_id)

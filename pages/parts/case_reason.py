"""Moves that need no more than a reason, and what a reporter added by telephone."""

import streamlit as st

from db import moving
from db.casefile_views import CaseFile
from db.now import now
from domain import labels
from domain.errors import N_
from domain.moves import MOVES, Move
from domain.telling import NEWS
from pages.parts.case_form import case_form
from pages.parts.forms import Sent
from pages.parts.who import actor
from pages.parts.words import _

# What the field of a move's reason asks for.
ASKED_FOR: dict[Move, str] = {
    Move.ASK: N_("What should the reporter tell us?"),
    Move.TO_VOTE: N_("Why do the owners have to vote on it?"),
    Move.FROM_VOTE: N_("How did the vote end?"),
    Move.RECALL: N_("Why is it taken back?"),
    Move.EXPLAIN: N_("The answer to the reporter"),
    Move.PASS_ON: N_("To whom is it passed on, and why?"),
    Move.WITHDRAW: N_("What did the reporter say?"),
    Move.SEND_BACK: N_("What is not done yet?"),
    Move.REOPEN: N_("Why is it taken up again?"),
    Move.DECLINE: N_("Why is it declined, and where can the reporter turn?"),
    Move.SUSPEND: N_("Why does it wait, and for what?"),
}
# Said above the button of moves without a reason.
HINTS: dict[Move, str] = {
    Move.ACCEPT: N_("Accepting starts the clock for deciding who leads and by when."),
    Move.RESUME: N_("Its clocks go on from where they stood."),
}


def plain_move(file: CaseFile, move: Move) -> None:
    """The form of a move that needs nothing but its reason, or not even that."""
    form = case_form(move.value)
    with st.form(form.key("form"), border=False):
        if move in HINTS:
            st.caption(_(HINTS[move]))
        if MOVES[move].reason:
            st.text_area(_(ASKED_FOR[move]), key=form.key("reason"), height=100)
            form.mend("reason")
            st.caption(
                _("The reporter reads these words on the follow page.")
                if move in NEWS
                else _("These words stay in the file; the reporter does not read them.")
            )
        form.submit(_(labels.MOVE[move]), make, file.line.code, move)


def make(sent: Sent, code: str, move: Move) -> None:
    """Make the move."""
    moving.move(actor(), now(), code, move, sent.text("reason"), key=sent.once)


def supplied(file: CaseFile) -> None:
    """What the reporter said, by telephone or at the desk."""
    form = case_form("supply")
    with st.form(form.key("form"), border=False):
        st.text_area(_("What did the reporter say?"), key=form.key("text"), height=100)
        form.mend("text")
        form.submit(_("Save"), supply, file.line.code)


def supply(sent: Sent, code: str) -> None:
    """Write it down; a file that waited for it goes on."""
    moving.supply_by_phone(actor(), now(), code, sent.text("text"), key=sent.once)

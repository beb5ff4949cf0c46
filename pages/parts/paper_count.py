"""Whether every paper ballot is there: the book beside what was counted by hand."""

import pyarrow as pa
import streamlit as st

from db.now import now
from db.votes import paper_desk
from db.votes.paper_desk import PaperDesk
from db.votes.views import VoteView
from domain.votes import Stage
from pages.parts.forms import Form, Sent
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _


def reconciliation(view: VoteView, desk: PaperDesk) -> None:
    """Printed = issued + unused + spoiled, with what was counted by hand beside the book."""
    st.subheader(_("Is every ballot there?"), anchor=False)
    book, hand = desk.stock, desk.counted
    lines = [
        (_("Unused"), book.unused, hand.unused if hand else None),
        (_("Spoiled"), book.spoiled, hand.spoiled if hand else None),
        (_("Handed in"), book.received, hand.received if hand else None),
    ]
    st.dataframe(
        pa.table(
            {
                "what": [what for what, _book, _hand in lines],
                "book": [number for _what, number, _hand in lines],
                "hand": pa.array([number for _what, _book, number in lines], pa.int64()),
            }
        ),
        column_config={
            "what": st.column_config.TextColumn(_("Ballots")),
            "book": st.column_config.NumberColumn(_("In the book")),
            "hand": st.column_config.NumberColumn(_("Counted by hand")),
        },
        hide_index=True,
        placeholder="–",
        alt=_("Paper ballots by the book and by hand"),
    )
    if desk.reconciled is not None and hand is not None:
        if desk.reconciled.balanced:
            st.success(
                _("Every ballot was there, counted {when}.", when=moment(hand.at)),
                icon=":material/task_alt:",
            )
        else:
            st.error(
                _(
                    "Printed {printed} = issued {issued} + unused {unused} + spoiled {spoiled} "
                    "does not hold: {missing} missing, {off} more handed in than in the book.",
                    printed=book.printed,
                    issued=book.issued,
                    unused=hand.unused,
                    spoiled=hand.spoiled,
                    missing=desk.reconciled.missing,
                    off=desk.reconciled.received_off,
                ),
                icon=":material/error:",
            )
    if view.line.stage in (Stage.OPEN, Stage.COUNTING, Stage.COUNTED) and book.printed:
        with st.expander(_("Count by hand")):
            count_form(view)


def count_form(view: VoteView) -> None:
    """What lies on the table."""
    form = Form("paper_count")
    with st.form(form.key("form"), border=False):
        fields = {"unused": _("Unused"), "spoiled": _("Spoiled"), "received": _("Handed in")}
        for column, (field, label) in zip(st.columns(3), fields.items(), strict=True):
            column.number_input(label, min_value=0, value=0, key=form.key(field))
        form.mend("unused")
        form.submit(_("Compare with the book"), count, view.line.code, main=False)


def count(sent: Sent, code: str) -> None:
    """Keep the count."""
    paper_desk.record_hand_count(
        actor(),
        now(),
        code,
        unused=int(sent.pick("unused") or 0),
        spoiled=int(sent.pick("spoiled") or 0),
        received=int(sent.pick("received") or 0),
        key=sent.once,
    )

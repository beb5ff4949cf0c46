"""Held back 暂存的来件: reports that a flood brought, for a person to let in or to discard."""

import streamlit as st

from db.held import HeldReport, held_reports
from db.intake import discard, let_in
from db.now import now
from domain.errors import N_
from pages.parts import export, export_files, go
from pages.parts.forms import Form, Sent
from pages.parts.photos import show_photos
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

WHY = {
    "flood:address": N_("Many reports came from one address within minutes."),
    "flood:place": N_("Many reports came about this place within minutes."),
    "honeypot": N_("A field that people do not see was filled in: probably a machine."),
}
OTHER = N_("Held back by a limit.")
AFTER = "after"  # where the list goes on
PORTION = 20  # each is a card with its photos and two buttons


def one(held: HeldReport) -> None:
    """One report as it was written, why it waits, and the two ways on."""
    with st.container(border=True, gap="small"):
        st.text(held.text)
        show_photos(held.photos, held.text)
        told = (str(held.where), moment(held.received_at), held.phone or "")
        st.caption(plain(" · ".join(part for part in told if part)))
        why = _(WHY.get(held.why, OTHER))
        st.caption(f":material/shield: {why}")
        with st.container(horizontal=True):
            Form(f"held_in_{held.report_id}").button(
                _("Let in"), let, held.report_id, main=False, icon=":material/login:"
            )
            Form(f"held_out_{held.report_id}").button(
                _("Discard"), away, held.report_id, main=False, icon=":material/delete:"
            )


def let(sent: Sent, report_id: int) -> None:
    """It is genuine: a file is opened, its promises counted from when it came."""
    let_in(actor(), now(), report_id)


def away(sent: Sent, report_id: int) -> None:
    """It is a flood's: it never becomes a file."""
    discard(actor(), now(), report_id)


st.title(_("Held back"), anchor=False)
st.caption(
    _(
        "Reports beyond what people send by themselves wait here. Let in what is genuine: it "
        "becomes a file, and its promises count from when it came."
    )
)
after = st.query_params.get(AFTER)
page = held_reports(actor(), now(), after=after, limit=PORTION)
if page.lines:
    export.downloads(export_files.held(), "held")
for held in page.lines:
    one(held)
if not page.lines:
    st.success(_("Nothing is held back."), icon=":material/task_alt:")
    go.link("intake", _("Take in a report"), "record_voice_over")
if page.next_cursor:
    st.page_link(
        "held.py",
        label=_("Older"),
        icon=":material/chevron_right:",
        query_params={AFTER: page.next_cursor},
        help="",
    )

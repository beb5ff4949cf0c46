"""The ledger of hours as Excel, and a volunteer's certificate as a Word file."""

from datetime import date, datetime

import streamlit as st

from db.exports import Exported
from db.now import now
from db.settings import settings
from db.volunteers.hour_list import certificate_for, ledger
from db.volunteers.listing import volunteers
from documents.certificates import certificate_docx
from domain.certificates import hours_text
from domain.days import local_day
from domain.errors import DeskError
from domain.people import Actor
from domain.service_hours import SOURCE
from domain.volunteers import SQUAD
from pages.parts import export
from pages.parts.choice import plain_choice
from pages.parts.show import show_error
from pages.parts.who import actor
from pages.parts.words import _

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show() -> None:
    """The ledger as Excel, and one volunteer's certificate."""
    st.subheader(_("Ledger and certificate"), anchor=False)
    today = local_day(now())
    left, right = st.columns(2)
    with left:
        first = st.date_input(_("From"), value=date(today.year, 1, 1), key="hours_first")
    with right:
        last = st.date_input(_("Until"), value=today, key="hours_last")
    if first is None or last is None or last < first:
        st.info(_("Choose both days, the first one before the last."), icon=":material/info:")
        return
    who, at = actor(), now()
    export.downloads(sheet(who, at, first, last), "hours_ledger")
    people = {
        line.code: f"{line.name} ({line.number})"
        for line in volunteers(actor(), now(), limit=5000).lines
    }
    plain_choice(_("Certificate for"), people, "hours_certificate_of", None)
    code = st.session_state.get("hours_certificate_of")
    if code is None:
        return
    if st.button(_("Make the certificate"), key="hours_make", icon=":material/workspace_premium:"):
        try:
            made = certificate_for(actor(), now(), str(code), first, last)
        except DeskError as error:
            show_error(error)
            return
        st.download_button(
            _("Certificate (Word), {hours} hours", hours=hours_text(made.total.minutes)),
            data=certificate_docx(made, community=settings().community),
            file_name=f"163desk-certificate-{made.number}.docx",
            mime=WORD,
            key="hours_certificate",
            icon=":material/download:",
            on_click="ignore",
        )


def sheet(who: Actor, at: datetime, first: date, last: date) -> export.Table:
    """The rows in force of these days, one line each."""
    header = [
        *(_("Number"), _("Name"), _("Squad"), _("Kind of service")),
        *(_("Arrived"), _("Left"), _("Minutes"), _("Minutes at night")),
        *(_("Confirmed by"), _("Confirmed at"), _("Note")),
    ]
    return export.Table(
        "hours",
        _("Hours of service"),
        header,
        lambda: (
            (
                line.number,
                line.name,
                _(SQUAD[line.squad]),
                _(SOURCE[line.source]),
                line.arrived_at,
                line.left_at,
                line.total.minutes if line.total else None,
                line.total.night if line.total else None,
                line.confirmed_by,
                line.confirmed_at,
                line.note,
            )
            for line in ledger(who, at, first, last)
        ),
        [f"{first} – {last}"],
        notes=[
            _("Overlapping pieces stand here in full; totals count each minute once."),
            _("Only confirmed hours stand on a certificate."),
        ],
        leaves=Exported.HOURS,
    )

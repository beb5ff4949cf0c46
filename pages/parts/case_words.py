"""What was reported: everybody's words as they were said, and who said them."""

import streamlit as st

from db.casefile_views import CaseFile, ReporterView, ReportView
from db.now import now
from db.reveal import reveal_phone
from domain import labels
from pages.parts.forms import Form, Sent
from pages.parts.photos import show_photos
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

SEEN = "case_phones"  # numbers that were shown in this tab, by report


def words(file: CaseFile) -> None:
    """All reports, those of merged files too."""
    st.subheader(_("What was reported"), anchor=False)
    for report in file.reports:
        one(report, file)


def one(report: ReportView, file: CaseFile) -> None:
    """One person's words, as text and nothing else."""
    with st.container(border=True, gap="small"):
        st.text(report.text)
        show_photos(report.photos, file.line.title)
        for name, value in report.extra.items():
            st.text(f"{name}: {value}")
        told = [_(labels.CHANNEL[report.channel]), moment(report.received_at)]
        if report.place:
            told.append(report.place)
        if report.recorded_by:
            told.append(_("written down by {name}", name=report.recorded_by))
        if report.from_file:
            told.append(_("from file {number}", number=report.from_file))
        st.caption(plain(" · ".join(told)))
        if report.reporter is not None:
            reporter(report, report.reporter)


def reporter(report: ReportView, who: ReporterView) -> None:
    """Who it was, the phone masked; the whole number for a reason that is written down."""
    if who.erased:
        st.caption(_("The reporter's details were erased."))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        named = [part for part in (who.name, who.household, who.phone) if part]
        st.text(" · ".join(named) or _("No name was left."))
        if who.phone:
            phone(report.id, who.phone)


def phone(report_id: int, masked: str) -> None:
    """The number as a link once it was asked for, else the way to ask for it."""
    number = st.session_state.get(SEEN, {}).get(report_id)
    if number:
        call_link(number)
        return
    with st.popover(_("Show the number"), icon=":material/visibility:", type="tertiary"):
        form = Form(f"case_reveal_{report_id}")
        with st.form(form.key("form"), border=False):
            st.text_input(
                _("Why do you need the number?"),
                key=form.key("reason"),
                placeholder=_("Such as: to agree on a time for the repair"),
            )
            form.mend("reason")
            st.caption(_("It is recorded who looked and why."))
            form.submit(_("Show the number"), show, report_id)


def show(sent: Sent, report_id: int) -> None:
    """Keep the number for this tab, after the look was recorded."""
    number = reveal_phone(actor(), report_id, sent.text("reason"), now())
    st.session_state.setdefault(SEEN, {})[report_id] = number


def call_link(number: str) -> None:
    """A number that a phone dials at a touch."""
    st.link_button(
        number,
        f"tel:{number}",
        icon=":material/call:",
        type="tertiary",
    )

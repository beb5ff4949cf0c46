"""What a unit says of itself: what it can offer, and its reports to the conference."""

import streamlit as st

from db.conference import offers
from db.conference.unit_views import UnitPage
from db.now import now
from db.tables import ServiceClass
from domain import labels
from pages.parts.forms import Form, Sent
from pages.parts.when import day, moment
from pages.parts.who import actor
from pages.parts.words import _, opening


def what_it_offers(page: UnitPage) -> None:
    """Its offers, and the form for one more."""
    st.subheader(_("What it can offer"), anchor=False)
    if not page.offers:
        st.caption(_("Nothing yet: a hall, a doctor's hour, tools – everything helps."))
    for one in page.offers:
        with st.container(border=True, gap="xsmall"):
            st.badge(opening(_(labels.SERVICE[one.service_class])), color="blue")
            st.text(one.text)
            Form(f"unit_offer_end_{one.code}").button(
                _("No longer"), end, one.code, main=False, icon=":material/close:"
            )
    form = Form("unit_offer", wide=True)
    with (
        st.expander(_("Add an offer"), icon=":material/add:"),
        st.form("unit_offer_form", border=False),
    ):
        st.segmented_control(
            _("Kind of service"),
            list(ServiceClass),
            default=ServiceClass.VOLUNTEER,
            required=True,
            format_func=lambda one: opening(_(labels.SERVICE[one])),
            key=form.key("class"),
        )
        st.text_input(
            _("What?"),
            key=form.key("text"),
            max_chars=offers.LONGEST_OFFER,
            placeholder=_("Such as: blood pressure taken every Tuesday morning"),
        )
        form.mend("text")
        form.submit(_("Add"), add, page.code, main=False)


def add(sent: Sent, code: str) -> None:
    """Register an offer."""
    offers.offer(
        actor(),
        now(),
        service_class=ServiceClass(sent.pick("class")),
        text=sent.text("text"),
        unit_code=code,
        key=sent.once,
    )


def end(_sent: Sent, code: str) -> None:
    """It is offered no longer."""
    offers.end_offer(actor(), now(), code)


def reports(page: UnitPage) -> None:
    """What the next conference should hear, and what earlier ones heard."""
    st.subheader(_("Reports to the conference"), anchor=False)
    form = Form("unit_report", wide=True)
    with st.form("unit_report_form", border=False):
        st.text_area(
            _("What should the next conference hear?"),
            key=form.key("report"),
            height=80,
            max_chars=offers.LONGEST_REPORT,
        )
        form.mend("report")
        form.submit(_("Put it onto the agenda"), report, page.code, main=False)
    for one in page.reports:
        with st.container(border=True, gap="xsmall"):
            st.text(one.text)
            when = _("heard {when}", when=day(one.heard_at)) if one.heard_at else _("to be heard")
            st.caption(f"{moment(one.at)} · {when}")


def report(sent: Sent, code: str) -> None:
    """Report."""
    offers.report(actor(), now(), sent.text("report"), unit_code=code, key=sent.once)

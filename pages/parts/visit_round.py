"""Today's round of care visits, the month's rate above it, and the call after a major event."""

import streamlit as st

from db.estates import estates
from db.now import now
from db.rounds import visiting
from db.rounds.care_query import care_list, care_month
from domain.days import local_day
from domain.people import Right
from domain.visits import EVENT_KIND, EventKind
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.visit_month import rate_line
from pages.parts.visit_record import file_opened, visit_card
from pages.parts.who import actor
from pages.parts.words import _, ngettext, opening

MOST = 20
CALLED = "visits_called"


def show() -> None:
    """Who is to be visited by the end of today, the most urgent first."""
    file_opened()
    lines = care_list(actor(), now())
    if lines:
        rate_line(care_month(actor(), now(), local_day(now())).rate)
    if actor().may(Right.HANDLE) and lines:
        event()
    today = [line for line in lines if line.today]
    if not today:
        st.success(
            _("Nobody is to be visited today. Who is due appears here in the morning."),
            icon=":material/volunteer_activism:",
        )
        return
    late = sum(line.overdue for line in today)
    words = ngettext("{n} person today", "{n} people today", len(today))
    if late:
        words += " · " + _("{n} of them overdue", n=late)
    st.subheader(words, anchor=False)
    for place, line in enumerate(today[:MOST]):
        visit_card(line, main=place == 0)
    if len(today) > MOST:
        st.caption(_("The others follow when these are done."))


def event() -> None:
    """A storm or a cold wave calls for visits within 24 hours."""
    called = st.session_state.pop(CALLED, None)
    if called is not None:
        st.info(
            ngettext(
                "{n} person is to be visited within 24 hours.",
                "{n} people are to be visited within 24 hours.",
                called,
            ),
            icon=":material/campaign:",
        )
    with st.popover(_("A major event"), icon=":material/thunderstorm:"):
        form = Form("visit_event")
        with st.form("visit_event_form", border=False):
            st.selectbox(
                _("What happened"),
                list(EventKind),
                format_func=lambda kind: opening(_(EVENT_KIND[kind])),
                key=form.key("kind"),
            )
            own = {row.id: row.name for row in estates(actor()) if actor().sees_estate(row.id)}
            plain_choice(_("Only the estate"), own, form.key("estate"), None, none=True)
            st.checkbox(
                _("Only those who are visited after major events alone"), key=form.key("only")
            )
            form.submit(_("Call for visits within 24 hours"), call, main=False)


def call(sent: Sent) -> None:
    """Call; visitors are told."""
    st.session_state[CALLED] = visiting.call_event(
        actor(),
        now(),
        EventKind(sent.pick("kind")),
        estate_id=sent.pick("estate"),
        only_tier=bool(sent.pick("only")),
        once_key=sent.once,
    )

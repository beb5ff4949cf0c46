"""Where a file came from and where it was decided: meetings, conferences, units, the board."""

import streamlit as st

from db.casefile_views import CaseFile
from db.conference import helping, planning
from db.conference.trail import Called, trail
from db.now import now
from domain import labels
from domain.agenda import RESULT
from domain.moves import OPEN_STATES
from domain.people import Right
from locales.times import day_words
from pages.parts import go
from pages.parts.conference_past import conference_link
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.talk_demands import board_link
from pages.parts.talk_list import to_talk
from pages.parts.unit_list import to_unit
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening


def case_trail(file: CaseFile) -> None:
    """From the speaker to the deed: each word a way to its page."""
    found = trail(actor(), file.line.code)
    whole = actor().may(Right.HANDLE) and actor().estate_id is None
    may_add = whole and file.line.state in OPEN_STATES
    if not (found.meetings or found.conferences or found.calls or found.units or may_add):
        return
    st.subheader(_("From the word to the deed"), anchor=False)
    for place, said in enumerate(found.meetings):
        st.button(
            plain(f"{_(labels.MEETING[said.kind])} · {day_words(said.held_on)} · {said.title}"),
            key=f"trail_talk_{place}",
            icon=":material/forum:",
            type="tertiary",
            wrap=True,
            on_click=to_talk,
            args=(said.code,),
        )
    for place, taken in enumerate(found.conferences):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            conference_link(taken.code, taken.at, f"trail_{place}")
            if taken.result is not None:
                st.badge(opening(_(RESULT[taken.result])), color="green")
    if go.has("unit") and actor().may(Right.HANDLE):
        with st.container(horizontal=True, gap="small"):
            for name, code in found.units:
                st.button(
                    plain(name),
                    key=f"trail_unit_{code}",
                    icon=":material/handshake:",
                    type="tertiary",
                    on_click=to_unit,
                    args=(code,),
                )
    if found.on_board:
        board_link(file.line.code, "trail")
    for call in found.calls:
        called(call)
    if found.may_ask:
        ask_form(file)
    if may_add:
        agenda_form(file)


def called(call: Called) -> None:
    """A call to partner units."""
    with st.container(border=True, gap="xsmall"):
        st.text(call.words)
        if call.unit:
            said = _("taken by {unit}", unit=call.unit)
        else:
            said = _("no longer wanted") if call.closed else _("nobody has taken it yet")
        st.caption(plain(f"{moment(call.asked_at)} · {said}"))


def ask_form(file: CaseFile) -> None:
    """Ask all partner units."""
    form = Form(f"trail_help_{file.line.code}")
    with (
        st.expander(_("Ask partner units to help"), icon=":material/campaign:"),
        st.form("trail_help_form", border=False),
    ):
        st.text_area(
            _("What help is needed?"),
            key=form.key("help"),
            height=80,
            max_chars=helping.LONGEST_WORDS,
            help=_("All partner units read it: no names, numbers or rooms."),
        )
        form.mend("help")
        form.submit(_("Ask them"), ask, file.line.code, main=False)


def ask(sent: Sent, code: str) -> None:
    """Ask."""
    helping.ask_help(actor(), now(), code, sent.text("help"), key=sent.once)


def agenda_form(file: CaseFile) -> None:
    """Put the file onto the next conference's agenda."""
    form = Form(f"trail_agenda_{file.line.code}")
    with (
        st.expander(_("Put it onto the conference's agenda"), icon=":material/groups:"),
        st.form("trail_agenda_form", border=False),
    ):
        st.text_input(_("Why?"), key=form.key("reason"), max_chars=planning.LONGEST_REASON)
        form.mend("reason")
        form.submit(_("Put it there"), put, file.line.code, main=False)


def put(sent: Sent, code: str) -> None:
    """Put it there."""
    planning.add_case(actor(), now(), code, sent.text("reason"))

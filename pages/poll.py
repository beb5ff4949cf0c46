"""A poll 意见征询: who is asked what, how many have answered, and what came of it."""

import streamlit as st

from db.now import now
from db.polls import opening
from db.polls.reads import PollView, poll_view
from domain.errors import NotFound
from domain.people import Right
from domain.polls import PollState
from pages.parts import go
from pages.parts.forms import Form, Sent
from pages.parts.poll_export import export
from pages.parts.poll_phone import fresh_link, phone
from pages.parts.poll_turnout import live_turnout
from pages.parts.poll_words import result, state_badge
from pages.parts.show import plain, show_error
from pages.parts.when import deadline, last_day, moment, show_deadline
from pages.parts.who import actor
from pages.parts.words import _


def header(view: PollView) -> None:
    """The question, whom it asks, and the promises around it."""
    line = view.line
    st.title(plain(line.question), anchor=False)
    told = [str(line.where), _("poll opened {when}", when=moment(line.opened_at))]
    if view.opened_by:
        told.append(view.opened_by)
    st.caption(plain(" · ".join(told)))
    with st.container(horizontal=True, gap="small"):
        state_badge(line)
        for clock in view.clocks:
            show_deadline(deadline(clock))
    with st.container(horizontal=True, vertical_alignment="center"):
        if actor().may(Right.READ_CASES):
            go.case_link(line.case_code, _("File no. {number}", number=line.case_number))
    if view.withdrawn_because:
        st.warning(_("Withdrawn, because:"), icon=":material/undo:")
        st.text(view.withdrawn_because)


def after(view: PollView) -> None:
    """Once it is closed: the result, and the decision beside it."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        result(view.line)
    with right:
        st.subheader(_("The decision after the poll"), anchor=False)
        if view.decision is not None:
            with st.container(border=True, gap="xsmall"):
                st.markdown(
                    f"**{plain(view.decision.unit)}** · "
                    + _("until {day}", day=last_day(view.decision.due_at))
                )
                st.text(view.decision.words)
                st.caption(_("decided {when}", when=moment(view.decision.decided_at)))
        elif view.may_decide:
            st.markdown(_("The poll advises. Who leads, and by when, is decided on the file."))
            st.button(
                _("Record the decision"),
                key="poll_decide",
                type="primary",
                icon=":material/gavel:",
                on_click=go.to_case,
                args=(view.line.case_code,),
            )
        else:
            st.info(_("Nothing was decided on this poll."), icon=":material/info:")


def answers(view: PollView) -> None:
    """The answers to choose from, while they are being given."""
    st.markdown(" ".join(f":gray-badge[{plain(option.text)}]" for option in view.line.options))


def running(view: PollView) -> None:
    """What the office does while the poll is open."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        phone(view)
        fresh_link(view)
    with right:
        st.subheader(_("Slips and posters"), anchor=False)
        st.caption(
            _("Each household gets a slip with its own link and code; the lobby gets a poster.")
        )
        papers = f"/print/poll/{view.line.code}"
        st.link_button(_("Slips for letterboxes"), f"{papers}/slips", icon=":material/print:")
        st.link_button(_("Posters for the lobbies"), f"{papers}/lobby", icon=":material/qr_code:")
        with st.expander(_("Withdraw the poll"), icon=":material/undo:"):
            form = Form("poll_withdraw")
            with st.form(form.key("form"), border=False):
                st.text_input(_("Why? Everybody reads it."), key=form.key("reason"))
                form.mend("reason")
                form.submit(_("Withdraw it"), withdraw, view.line.code, main=False)


def withdraw(sent: Sent, code: str) -> None:
    """Take it back with its reason."""
    opening.withdraw(actor(), now(), code, sent.text("reason"), key=sent.once)


st.set_page_config(layout="wide")
try:
    view = poll_view(actor(), now(), str(st.query_params.get(go.POLL, "")))
except NotFound as error:
    show_error(error)
    go.link("votes", _("All votes and polls"), "how_to_vote")
    st.stop()
header(view)
if view.line.state is not PollState.CLOSED:
    answers(view)
live_turnout(view)
if view.line.state is PollState.CLOSED:
    after(view)
if view.line.state is PollState.OPEN and view.may_run:
    running(view)
export(view)

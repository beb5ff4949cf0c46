"""One owners' vote 业主大会表决: prepared, open, counted, published, each with its next step."""

from collections.abc import Callable

import streamlit as st

from db.now import now
from db.votes.reads import vote_view
from db.votes.views import VoteView
from domain.errors import NotFound
from domain.thresholds import Lane
from domain.votes import Stage
from pages.parts import (
    committee_meeting,
    election_section,
    go,
    vote_objections,
    vote_prepare,
    vote_recount,
    vote_settle,
)
from pages.parts.forms import announce, forget
from pages.parts.show import plain, show_error
from pages.parts.vote_papers import papers
from pages.parts.vote_result import results
from pages.parts.vote_timetable import counting_rules, timetable
from pages.parts.vote_turnout import live_turnout
from pages.parts.vote_words import badges, waits
from pages.parts.who import actor
from pages.parts.words import _

PART = "part"


def now_section(view: VoteView) -> None:
    """Where the vote stands, with its one next step."""
    if view.may_run and waits(view.line):
        st.caption(waits(view.line))
    match view.line.stage:
        case Stage.PREPARING | Stage.NOTICED if view.may_run:
            preparing(view)
        case Stage.PREPARING | Stage.NOTICED:
            vote_prepare.questions_shown(view)
        case Stage.CANCELLED:
            st.info(_("This vote ended without a result."), icon=":material/block:")
            if view.cancelled_because:
                st.text(view.cancelled_because)
        case Stage.OPEN:
            live_turnout(view)
            if view.may_run:
                running(view)
        case Stage.COUNTING:
            vote_settle.count_form(view)
            live_turnout(view)
        case Stage.COUNTED | Stage.PUBLISHED:
            found = results(view)
            if found is not None and view.line.stage is Stage.COUNTED:
                vote_settle.settle(view, found)
            with st.expander(_("Turnout")):
                live_turnout(view)


def preparing(view: VoteView) -> None:
    """What is to be done before opening, beside what is ready."""
    columns = st.columns([3, 2], gap="large")
    meets = view.line.lane is Lane.COMMITTEE and view.line.stage is Stage.NOTICED
    # The form with everybody's choices needs the wide column.
    left, right = reversed(columns) if meets else columns
    with right:
        (committee_meeting.section if meets else vote_prepare.readiness)(view)
    with left:
        if view.line.stage is Stage.PREPARING:
            ready = bool(view.questions)
            if view.line.lane is not Lane.ELECTION:
                with st.expander(_("Questions"), expanded=not ready):
                    vote_prepare.questions_form(view, main=not ready)
            if ready:
                st.subheader(_("Post the notice"), anchor=False)
                papers(view)
                vote_prepare.notice_form(view)
        with st.expander(_("Tellers"), expanded=not view.tellers):
            vote_prepare.tellers_form(view)
        if view.line.stage is Stage.NOTICED:
            with st.expander(_("Take the notice back")):
                vote_prepare.withdraw_form(view)
        with st.expander(_("End without a result")):
            vote_prepare.cancel_form(view)


def running(view: VoteView) -> None:
    """While ballots are taken: to the service and the paper."""
    if go.has("papers"):
        st.button(
            _("Serve ballots, key paper"),
            key="vote_to_papers",
            type="primary",
            icon=":material/inventory:",
            on_click=to_papers,
            args=(view.line.code,),
        )
    with st.expander(_("End without a result")):
        vote_prepare.cancel_form(view)


def to_papers(code: str) -> None:
    """Open the page of service and paper."""
    st.switch_page("papers.py", query_params={go.VOTE: code})


def questions_section(view: VoteView) -> None:
    """What is asked."""
    if view.explanation:
        st.text(view.explanation)
    vote_prepare.questions_shown(view)
    if not view.questions:
        st.info(_("No question is written yet."), icon=":material/info:")


def days_section(view: VoteView) -> None:
    """The legal periods, and how it is counted."""
    timetable(view)
    counting_rules(view)


def record_section(view: VoteView) -> None:
    """The papers and the recount."""
    st.subheader(_("Papers"), anchor=False)
    papers(view)
    vote_recount.section(view)


def sections(view: VoteView) -> dict[str, tuple[str, Callable[[VoteView], None]]]:
    """The parts of this page that this person has, by their name in the address."""
    electing = view.line.lane is Lane.ELECTION
    found = {
        "now": (_("Where it stands"), now_section),
        "questions": (_("Candidates") if electing else _("Questions"), questions_section),
        "days": (_("Days and rules"), days_section),
        "record": (_("Papers and recount"), record_section),
    }
    if view.may_run:
        found["objections"] = (
            _("Objections ({n})", n=view.open_objections)
            if view.open_objections
            else _("Objections"),
            vote_objections.section,
        )
    return found | election_section.sections(view)


def chosen() -> None:
    """Put the part into the address."""
    st.query_params[PART] = st.session_state["vote_part"]


def show(view: VoteView) -> None:
    """The page."""
    st.title(plain(view.line.title), anchor=False)
    badges(view.line)
    if view.case_code is not None:
        go.case_link(view.case_code, _("From file {number}", number=view.case_number))
    parts = sections(view)
    asked = st.query_params.get(PART, "now")
    st.session_state["vote_part"] = asked if asked in parts else "now"
    st.segmented_control(
        _("Part of the page"),
        list(parts),
        format_func=lambda name: parts[name][0],
        required=True,
        key="vote_part",
        on_change=chosen,
        label_visibility="collapsed",
    )
    parts[st.session_state["vote_part"]][1](view)


st.set_page_config(layout="wide")
code = str(st.query_params.get(go.VOTE, ""))
if st.session_state.get("vote_shown") != code:
    st.session_state["vote_shown"] = code
    forget("vote_")
announce()
try:
    seen = vote_view(actor(), now(), code)
except NotFound as error:
    show_error(error)
    go.link("votes", _("All votes"), "how_to_vote")
else:
    show(seen)

"""What an election and a committee add to the pages of votes: parts of a page, and lists."""

from collections.abc import Callable

import streamlit as st

from db.elections.questions import how_many_wait
from db.estates import estates
from db.now import now
from db.votes.views import VoteView
from domain.people import Right
from domain.thresholds import Lane
from domain.votes import Stage
from pages.parts import (
    committee_card,
    committee_enter,
    committee_meeting,
    election_candidates,
    election_draw,
    election_group,
    election_outreach,
    election_questions,
    go,
)
from pages.parts.who import actor
from pages.parts.words import _, ngettext

Part = tuple[str, Callable[[VoteView], None]]
BEFORE_OPENING = frozenset({Stage.PREPARING, Stage.NOTICED})


def sections(view: VoteView) -> dict[str, Part]:
    """Further parts of a vote's page for who runs it, by their name in the address.

    In an election “questions” takes the place of the plain list of candidates.
    """
    if not view.may_run or view.line.stage is Stage.CANCELLED:
        return {}
    if view.line.lane is Lane.COMMITTEE:
        return {"meeting": (_("Committee meeting"), committee_meeting.section)}
    found: dict[str, Part] = {}
    if view.line.lane is Lane.ELECTION:
        found["questions"] = (_("Candidates"), candidates)
        if view.line.stage is Stage.PUBLISHED:
            found["committee"] = (_("Committee"), committee_card.of_election)
    found["told"] = (_("Who was told"), election_outreach.section)
    found["asked"] = (_("Consultation"), asked)
    return found


def candidates(view: VoteView) -> None:
    """Who prepares, who stands, what is still missing; after the count the draw."""
    if view.line.stage is Stage.COUNTED:
        election_draw.section(view)
    if view.line.stage in BEFORE_OPENING:
        left, right = st.columns([3, 2], gap="large")
        with left:
            election_candidates.section(view)
        with right:
            election_group.section(view)
            election_candidates.before_opening(view)
    else:
        election_candidates.section(view)


def asked(view: VoteView) -> None:
    """The questions of the vote's estate."""
    st.link_button(
        _("Open the guide page"), f"/guide/{view.line.code}", icon=":material/open_in_new:"
    )
    election_questions.section(view.estate_id, view.line.code)


def waiting_words(n: int) -> str:
    """How many questions nobody has answered yet."""
    return ngettext("Consultation: {n} question waits", "Consultation: {n} questions wait", n)


def on_today() -> None:
    """On Today: the questions that wait, for who runs votes."""
    if actor().may(Right.RUN_VOTES) and (n := how_many_wait(actor())):
        st.info(waiting_words(n), icon=":material/contact_support:")
        go.link("votes", _("Answer them"), "how_to_vote")


def below_the_list() -> None:
    """On the page of all votes: the committees in office, and the questions that wait."""
    if not actor().may(Right.RUN_VOTES):
        return
    names = {row.id: row.name for row in estates(actor())}
    waiting = how_many_wait(actor())
    with st.expander(
        waiting_words(waiting) if waiting else _("Consultation"),
        icon=":material/contact_support:",
    ):
        st.link_button(_("Open the guide page"), "/guide", icon=":material/open_in_new:")
        election_questions.all_estates(names)
    with st.expander(_("Owners' committees"), icon=":material/groups:"):
        committee_card.in_office(now())
        committee_enter.form(names)

"""Service and paper of an owners' vote: who was served, who has a link, where each ballot is."""

import streamlit as st

from db.now import now
from db.votes.reads import vote_view
from db.votes.views import VoteView
from domain.errors import DeskError
from domain.people import Right
from domain.votes import Stage
from pages.parts import go, paper_desk, service_links, service_list
from pages.parts.forms import announce, forget
from pages.parts.show import plain, show_error
from pages.parts.vote_words import badges
from pages.parts.who import actor
from pages.parts.words import _

PART = "part"
SHOWN = {
    "service": service_list.section,
    "links": service_links.section,
    "paper": paper_desk.section,
}
FORMS = ("service_", "paper_")


def chosen() -> None:
    """Put the part into the address."""
    st.query_params[PART] = st.session_state["papers_part"]


def show(view: VoteView) -> None:
    """The page."""
    st.title(plain(view.line.title), anchor=False)
    badges(view.line)
    go.link("vote", _("Back to the vote"), "how_to_vote", {go.VOTE: view.line.code})
    if view.line.stage in (Stage.PREPARING, Stage.NOTICED, Stage.CANCELLED):
        st.info(
            _("Service and paper begin when the vote is open: its roll is fixed only then."),
            icon=":material/info:",
        )
        return
    names = {"service": _("Service"), "links": _("Links"), "paper": _("Paper ballots")}
    asked = st.query_params.get(PART, "service")
    st.session_state["papers_part"] = asked if asked in names else "service"
    st.segmented_control(
        _("Part of the page"),
        list(names),
        format_func=lambda name: names[name],
        required=True,
        key="papers_part",
        on_change=chosen,
        label_visibility="collapsed",
    )
    SHOWN[st.session_state["papers_part"]](view)


st.set_page_config(layout="wide")
code = str(st.query_params.get(go.VOTE, ""))
if st.session_state.get("papers_shown") != code:
    st.session_state["papers_shown"] = code
    st.session_state.pop("papers_link", None)
    for prefix in FORMS:
        forget(prefix)
announce()
try:
    actor().need(Right.RUN_VOTES)
    seen = vote_view(actor(), now(), code)
except DeskError as error:
    show_error(error)
    go.link("votes", _("All votes"), "how_to_vote")
else:
    show(seen)

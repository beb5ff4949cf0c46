"""One request: where it stands, who is asked and what they said, and the next step."""

import streamlit as st

from db.now import now
from db.requests import dispatching, looking
from db.requests.reading import ranked, request_view
from db.requests.views import RequestView
from domain import request_labels as labels
from domain.requests import (
    ASKING_STATES,
    HELD_STATES,
    OPEN_STATES,
    Act,
    RequestState,
    Urgency,
    possible,
)
from domain.skills import SKILL
from domain.volunteers import SQUAD
from pages.parts import go
from pages.parts.dispatch_end import end_form
from pages.parts.dispatch_form import sort_form
from pages.parts.dispatch_list import EVERY_SECONDS, badges, how_it_goes, to_list
from pages.parts.dispatch_offers import held, offers
from pages.parts.dispatch_rank import rank_list
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening

SORTABLE = frozenset({RequestState.NEW, RequestState.TRIAGED, RequestState.UNFILLED})
SEEN = "dispatch_seen"  # whom one has looked at in this tab


def one_request(code: str) -> None:
    """The whole page of one request, kept fresh by itself while others act on it."""
    state = request_view(actor(), code, now()).line.state
    to_list()
    if state in ASKING_STATES | HELD_STATES:
        st.fragment(body, run_every=EVERY_SECONDS)(code)
    else:
        body(code)


def body(code: str) -> None:
    """Everything below the way back."""
    view = request_view(actor(), code, now())
    heading(view)
    next_step(view)
    found = ranked(actor(), code, now()) if view.line.state in SORTABLE | ASKING_STATES else None
    if found is None:
        people(view)
        end_form(view)
        return
    left, right = st.columns([5, 3], gap="large")
    with left:
        rank_list(view, found)
    with right:
        people(view)
        if view.line.state in SORTABLE:
            with st.expander(_("Complete or change"), expanded=view.line.held_for is not None):
                sort_form(view, {one.volunteer.code: one.volunteer.name for one in found.places})
        end_form(view)


def people(view: RequestView) -> None:
    """Whom it is for, who has taken it, and who was asked."""
    person(view)
    for task in reversed(view.tasks):
        held(task, view)
    offers(view)


def heading(view: RequestView) -> None:
    """What is needed and where, how urgent it is, who has called 120."""
    line = view.line
    st.title(plain(line.need), anchor=False)
    told = [line.number, line.where, _(labels.SOURCE[line.source]), view.unit or ""]
    st.caption(plain(" · ".join(part for part in told if part)))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        badges(line)
        if view.skill is not None:
            st.badge(opening(_(SKILL[view.skill])), icon=":material/license:", color="gray")
        if view.squad is not None:
            st.badge(_(SQUAD[view.squad]), icon=":material/groups:", color="gray")
        if view.dangerous:
            st.badge(opening(_("dangerous")), icon=":material/warning:", color="orange")
        st.caption(_("since {when}", when=moment(line.made_at)), width="content")
    if line.urgency is Urgency.EMERGENCY:
        said = _(labels.CALLED[view.called]) if view.called else _("Nobody said who has called.")
        st.error(_("Danger to life: first call 120.") + f" {said}", icon=":material/emergency:")
    if progress := how_it_goes(line, now()):
        st.markdown(plain(progress))
    if view.reason:
        st.text(view.reason)
    if view.same_as:
        st.caption(_("The same as {number}", number=view.same_as))
    if line.case_code is not None and go.has("case"):
        go.case_link(line.case_code, _("File"))


def next_step(view: RequestView) -> None:
    """The one main button."""
    line = view.line
    if Act.OFFER in possible(line.state) or line.state is RequestState.NEW:
        form = Form("dispatch_start")
        urgent = line.urgency is Urgency.EMERGENCY
        label = _("Ask the best three now") if urgent else _("Ask the first in the list")
        icon = ":material/emergency:" if urgent else ":material/send:"
        form.button(label, begin, line.code, icon=icon, said=False)
    elif line.state is RequestState.DONE:
        Form("dispatch_close").button(
            _("Put away"), close, line.code, icon=":material/inventory_2:"
        )


def begin(_sent: Sent, code: str) -> None:
    """Begin to offer."""
    dispatching.start(actor(), now(), code)


def close(_sent: Sent, code: str) -> None:
    """Put it away."""
    dispatching.close(actor(), now(), code)


def person(view: RequestView) -> None:
    """Whom it is for, once the look is recorded."""
    if not view.has_person or view.line.state not in OPEN_STATES:
        return
    seen = st.session_state.get(SEEN, {}).get(view.line.code)
    if seen is None:
        Form("dispatch_look").button(
            _("Show whom it is for"),
            look,
            view.line.code,
            icon=":material/visibility:",
            main=False,
            said=False,
        )
        st.caption(_("Each look is recorded."))
        return
    with st.container(border=True, gap="xsmall"):
        for words in (seen.name, seen.door, seen.health):
            if words:
                st.text(words)
        if seen.phone:
            st.link_button(seen.phone, f"tel:{seen.phone}", icon=":material/call:")


def look(_sent: Sent, code: str) -> None:
    """Record the look and show the person until another page is opened."""
    st.session_state[SEEN] = {code: looking.look(actor(), now(), code)}

"""A volunteer's offers and the task in hand, for one hand: what, where, how long, one tap."""

import streamlit as st

from db.now import now
from db.requests import answering
from db.requests.mine import my_help
from db.requests.views import Wanted
from domain import request_labels as labels
from domain.offers import OfferGone, Why
from domain.requests import Urgency
from domain.skills import SKILL
from pages.parts.forms import Sent
from pages.parts.my_task import DONE, TOLD, in_hand, tell, times, what, wide
from pages.parts.show import plain
from pages.parts.when import left_of, moment, show_deadline
from pages.parts.who import actor
from pages.parts.words import _, opening

EVERY_SECONDS = 10  # others learn at once that an offer was taken


@st.fragment(run_every=EVERY_SECONDS)
def my_requests() -> None:
    """What is asked of me and what I have taken, kept fresh by itself."""
    if st.session_state.pop(DONE, False):
        st.rerun()  # the whole page: the hours below have changed
    if told := st.session_state.pop(TOLD, None):
        st.info(told, icon=":material/info:")
    mine = my_help(actor(), now())
    if mine.task is not None:
        in_hand(mine.task)
    for offer in mine.offers:
        asked(offer)
    if mine.task is None and not mine.offers:
        st.success(
            _("Nobody asks for you just now. When a neighbour needs you, it appears here."),
            icon=":material/volunteer_activism:",
        )
    if mine.done:
        with st.expander(_("What I did")):
            for done in mine.done:
                with st.container(gap=None):
                    st.text(done.need)
                    st.caption(plain(f"{moment(done.left_at or done.accepted_at)} · {done.where}"))


def asked(offer: Wanted) -> None:
    """One offer: yes in one tap, no with its reason in one tap."""
    with st.container(border=True, gap="small"):
        what(offer.need, offer.where, offer.urgency)
        told = [opening(_(SKILL[offer.skill]))] if offer.skill else []
        if offer.dangerous:
            told.append(_("dangerous"))
        told.append(times(offer))
        st.caption(plain(" · ".join(told)))
        show_deadline(left_of(offer.answer_by - now()))
        if offer.urgency is Urgency.EMERGENCY:
            st.caption(_("Then others are asked too; your yes still counts."))
        wide("my_yes", offer.code).button(
            _("I am coming"), accept, offer.code, icon=":material/check:", said=False
        )
        box = st.expander(_("I cannot"), key=f"my_no_{offer.code}", icon=":material/close:")
        with box:
            st.caption(_("Saying no costs nothing. Choose why, and it is sent."))
            for why in Why:
                wide(f"my_no_{why.value}", offer.code).button(
                    _(labels.WHY[why]), decline, offer.code, why, main=False, said=False
                )


def accept(_sent: Sent, code: str) -> None:
    """Take it; whoever was too late is told so in the next moment."""
    try:
        answering.accept(actor(), now(), code)
    except OfferGone as error:
        tell(error)


def decline(_sent: Sent, code: str, why: Why) -> None:
    """Say no."""
    try:
        answering.decline(actor(), now(), code, why)
    except OfferGone as error:
        tell(error)
    else:
        st.session_state[TOLD] = _("Thank you for telling us. Others are asked.")

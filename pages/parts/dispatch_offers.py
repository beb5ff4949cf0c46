"""Who was asked and who took it, and what the desk writes down for who telephones."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from db.now import now
from db.requests import answering, dispatching
from db.requests.views import OfferView, RequestView, TaskView
from domain import request_labels as labels
from domain.offers import OfferState, Why
from domain.people import Actor
from domain.requests import (
    RequestState,
)
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening

Step = Callable[[Actor, datetime, str], RequestState]


def held(task: TaskView, view: RequestView) -> None:
    """Who took it, how far they are, and what the desk may do for them."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/person: **{plain(task.volunteer)}**")
        for words, at in (
            (_("accepted {when}"), task.accepted_at),
            (_("on the way {when}"), task.set_out_at),
            (_("arrived {when}"), task.arrived_at),
            (_("left {when}"), task.left_at),
        ):
            if at is not None:
                st.caption(words.format(when=moment(at)))
        if task.absent:
            st.badge(opening(_("did not come")), icon=":material/person_off:", color="orange")
        if task.note:
            st.text(task.note)
        if task.ended_at is None:
            by_phone(task, view)


def by_phone(task: TaskView, view: RequestView) -> None:
    """What the volunteer tells by phone; and that they did not come."""
    following = {
        RequestState.ASSIGNED: (_("On the way"), answering.set_out),
        RequestState.EN_ROUTE: (_("Arrived"), answering.arrive),
        RequestState.ON_SCENE: (_("Left"), answering.leave),
        RequestState.TRANSFERRED: (_("Left"), answering.leave),
    }
    if view.line.state not in following:
        return
    words, step = following[view.line.state]
    Form(f"dispatch_step_{task.code}").button(
        _("By phone: {what}", what=words), step_of, task.code, step, main=False, said=False
    )
    if view.line.state in (RequestState.ASSIGNED, RequestState.EN_ROUTE):
        form = Form(f"dispatch_absent_{task.code}")
        with st.expander(_("Did not come")), st.form(form.key("form"), border=False):
            st.text_input(_("What happened?"), key=form.key("comment"))
            form.mend("comment")
            st.caption(_("It is recorded, and the volunteer may object. Others are asked at once."))
            form.submit(_("Ask others"), absent, task.code, main=False)


def step_of(_sent: Sent, code: str, step: Step) -> None:
    """Do a step for who telephones."""
    step(actor(), now(), code)


def absent(sent: Sent, code: str) -> None:
    """Record that nobody came, and ask others."""
    dispatching.absent(actor(), now(), code, sent.text("comment"))


def offers(view: RequestView) -> None:
    """Who was asked and what they said."""
    if not view.offers:
        return
    st.subheader(_("Who was asked"), anchor=False)
    for offer in reversed(view.offers):
        one_offer(offer)


def one_offer(offer: OfferView) -> None:
    """One offer; while it is open, the desk may write down an answer given by phone."""
    with st.container(border=offer.state is OfferState.SENT, gap="xsmall"):
        said = opening(_(labels.OFFER[offer.state]))
        why = offer.why and _(labels.WHY[offer.why])
        ended = offer.ended and _(labels.ENDED[offer.ended])
        st.markdown(f"**{plain(offer.volunteer)}** · {said}")
        told = [moment(offer.answered_at or offer.sent_at), why or ended or ""]
        st.caption(plain(" · ".join(part for part in told if part)))
        if offer.state is OfferState.SENT:
            with st.container(horizontal=True, gap="small"):
                for name, words in (
                    ("yes", _("Said yes")),
                    ("no", _("Said no")),
                    ("none", _("Not reached")),
                ):
                    Form(f"dispatch_{name}_{offer.code}").button(
                        words, answer, offer.code, name, main=False, said=False
                    )


def answer(_sent: Sent, code: str, said: str) -> None:
    """Write down what was said by phone."""
    if said == "yes":
        answering.accept(actor(), now(), code)
    elif said == "no":
        answering.decline(actor(), now(), code, Why.OTHER)
    else:
        dispatching.not_reached(actor(), now(), code)

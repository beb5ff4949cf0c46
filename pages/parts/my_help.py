"""A volunteer's offers and the task in hand, for one hand: what, where, how long, one tap."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from db.now import now
from db.requests import answering, looking
from db.requests.mine import my_help
from db.requests.views import Mine, Wanted
from domain import request_labels as labels
from domain.errors import DeskError
from domain.offers import OfferGone, Why
from domain.people import Actor
from domain.requests import RequestState, Urgency
from domain.skills import SKILL
from pages.parts.forms import Form, Sent
from pages.parts.photos import checked, photo_input
from pages.parts.show import plain, sentence
from pages.parts.when import left_of, moment, show_deadline
from pages.parts.who import actor
from pages.parts.words import _, opening

Step = Callable[[Actor, datetime, str], RequestState]

EVERY_SECONDS = 10  # others learn at once that an offer was taken
TOLD, SEEN, DONE = "my_told", "my_seen", "my_done"


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


def in_hand(task: Mine) -> None:
    """The task that I have taken: one big button for the next step."""
    with st.container(border=True, gap="small"):
        what(task.need, task.where, task.urgency)
        st.caption(plain(f"{task.number} · {times(task)}"))
        if task.urgency is Urgency.EMERGENCY:
            said = _(labels.CALLED[task.called]) if task.called else ""
            st.error(_("Danger to life: first call 120.") + f" {said}", icon=":material/emergency:")
        said = (
            _("you said yes")
            if task.state is RequestState.ASSIGNED
            else _(labels.STATE[task.state])
        )
        st.badge(opening(said), icon=":material/check:", color="green")
        person(task)
        if task.state is RequestState.ASSIGNED:
            step(task, "out", _("On my way"), answering.set_out, "directions_walk")
        elif task.state is RequestState.EN_ROUTE:
            step(task, "there", _("I have arrived"), answering.arrive, "pin_drop")
        else:
            leaving(task)
        if task.state in (RequestState.ASSIGNED, RequestState.EN_ROUTE):
            giving_back(task)


def what(need: str, where: str, urgency: Urgency) -> None:
    """Need and place, as large as a phone has room for."""
    if urgency is Urgency.EMERGENCY:
        st.badge(opening(_(labels.URGENCY[urgency])), icon=":material/emergency:", color="red")
    st.markdown(f"**{plain(need)}**")
    if where:
        st.markdown(f":material/location_on: {plain(where)}")


def times(one: Wanted | Mine) -> str:
    """When help is wanted."""
    if one.from_at is None:
        return _("as soon as you can")
    return _("from {when}", when=moment(one.from_at))


def person(task: Mine) -> None:
    """Door, number and health notes: mine to see while I hold the task; each look is recorded."""
    seen = st.session_state.get(SEEN, {}).get(task.code)
    if seen is None:
        wide("my_look", task.code).button(
            _("Show door, number and health notes"),
            look,
            task.code,
            icon=":material/visibility:",
            main=False,
            said=False,
        )
        return
    for words in (seen.name, seen.door, seen.health):
        if words:
            st.text(words)
    if seen.phone:
        st.link_button(seen.phone, f"tel:{seen.phone}", icon=":material/call:", width="stretch")


def look(_sent: Sent, code: str) -> None:
    """Show the person, once it is recorded."""
    st.session_state[SEEN] = {code: looking.look_by_task(actor(), now(), code)}


def leaving(task: Mine) -> None:
    """The end: a note and a photo if there is something to say."""
    form = wide("my_leave", task.code)
    with st.form(form.key("form"), border=False):
        st.text_area(
            _("A note (may be empty)"),
            key=form.key("note"),
            height=80,
            placeholder=_("Such as: fever gone down, will call tomorrow"),
        )
        form.mend("note")
        with st.expander(_("Add a photo")):
            photo_input(form.key("photos"))
        form.mend("photos")
        form.submit(_("I have left"), leave, task.code)


def giving_back(task: Mine) -> None:
    """I cannot come after all."""
    form = wide("my_back", task.code)
    with st.expander(_("I cannot come after all")), st.form(form.key("form"), border=False):
        st.text_input(_("Why?"), key=form.key("reason"))
        form.mend("reason")
        st.caption(_("Others are asked in the same moment."))
        form.submit(_("Give it back"), give_back, task.code, main=False)


def step(task: Mine, name: str, words: str, act: Step, icon: str) -> None:
    """The one big button."""
    wide(f"my_{name}", task.code).button(
        words, make_step, task.code, act, icon=f":material/{icon}:", said=False
    )


def wide(name: str, code: str) -> Form:
    """A form as wide as the phone."""
    return Form(f"{name}_{code}", wide=True)


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


def tell(error: DeskError) -> None:
    """Keep a sentence for the page, as the button it belongs to is gone."""
    st.session_state[TOLD] = sentence(error)


def make_step(_sent: Sent, code: str, act: Step) -> None:
    """On my way, or arrived."""
    try:
        act(actor(), now(), code)
    except OfferGone as error:
        tell(error)


def leave(sent: Sent, code: str) -> None:
    """Left: hours end."""
    photos = checked(sent.many("photos"))
    answering.leave(actor(), now(), code, sent.text("note"), photos[0] if photos else None)
    st.session_state[DONE] = True
    st.session_state[TOLD] = _("Thank you! Your hours wait for the confirmation of the desk.")


def give_back(sent: Sent, code: str) -> None:
    """Give the task back."""
    answering.release(actor(), now(), code, sent.text("reason"))

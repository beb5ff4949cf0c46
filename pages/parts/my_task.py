"""The task that a volunteer has taken: one big button for the next step."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from db.now import now
from db.requests import answering, looking
from db.requests.views import Mine, Wanted
from domain import request_labels as labels
from domain.errors import DeskError
from domain.offers import OfferGone
from domain.people import Actor
from domain.requests import RequestState, Urgency
from pages.parts.forms import Form, Sent
from pages.parts.photos import checked, photo_input
from pages.parts.show import plain, sentence
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening

Step = Callable[[Actor, datetime, str], RequestState]

TOLD, SEEN, DONE = "my_told", "my_seen", "my_done"


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

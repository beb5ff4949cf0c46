"""Fields of what is held, where and for whom; the same for planning and changing."""

import streamlit as st

from db.activities.entry import LONGEST_TITLE, LONGEST_WORDS, ActivityWords
from db.activities.rooms import rooms
from db.units import units
from domain.activities import KIND, MOST_PLACES, ActivityKind
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, opening


def what(form: Form, known: ActivityWords | None) -> None:
    """Kind and title."""
    left, right = st.columns([1, 2])
    with left:
        st.selectbox(
            _("Kind of activity"),
            list(ActivityKind),
            index=list(ActivityKind).index(known.kind) if known else 0,
            format_func=lambda kind: opening(_(KIND[kind])),
            key=form.key("kind"),
        )
    with right:
        st.text_input(
            _("Title, as on the poster"),
            value=known.title if known else "",
            key=form.key("title"),
            max_chars=LONGEST_TITLE,
        )
        form.mend("title")


def where(form: Form, known: ActivityWords | None) -> None:
    """A room of the centre, or another place in words."""
    names = {
        room.id: _("{room}, {n} seats", room=room.name, n=room.seats) if room.seats else room.name
        for room in rooms(actor())
        if room.active or (known and room.id == known.room_id)
    }
    left, right = st.columns(2)
    with left:
        chosen = known.room_id if known else next(iter(names), None)
        plain_choice(_("Room of the centre"), names, form.key("room"), chosen, none=True)
        form.mend("room")
    with right:
        st.text_input(
            _("Or another place"),
            value=known.place if known else "",
            key=form.key("place"),
            max_chars=60,
        )
        form.mend("place")


def whom(form: Form, known: ActivityWords | None) -> None:
    """What the poster says more, places, who holds it, who sees it."""
    st.text_area(
        _("More words for the poster (not required)"),
        value=known.words if known else "",
        key=form.key("words"),
        max_chars=LONGEST_WORDS,
        height=100,
    )
    form.mend("words")
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    with left:
        st.number_input(
            _("Places (empty: as many as come)"),
            value=known.capacity if known else None,
            min_value=1,
            max_value=MOST_PLACES,
            key=form.key("capacity"),
        )
        form.mend("capacity")
    with middle:
        st.checkbox(
            _("People sign up"), value=known.sign_up if known else True, key=form.key("sign_up")
        )
    with right:
        st.checkbox(
            _("Public, in list and calendar"),
            value=known.public if known else True,
            key=form.key("public"),
        )
    names = {unit.id: unit.name for unit in units(actor())}
    plain_choice(
        _("Held by a unit (not required)"),
        names,
        form.key("unit"),
        known.unit_id if known else None,
        none=True,
    )
    form.mend("unit")


def entered(sent: Sent) -> ActivityWords:
    """What was entered in the three parts."""
    room = sent.pick("room")
    capacity = sent.pick("capacity")
    return ActivityWords(
        kind=ActivityKind(sent.pick("kind")),
        title=sent.text("title"),
        words=sent.text("words"),
        room_id=room,
        place="" if room else sent.text("place"),
        public=bool(sent.pick("public")),
        sign_up=bool(sent.pick("sign_up")),
        capacity=int(capacity) if capacity is not None else None,
        unit_id=sent.pick("unit"),
    )

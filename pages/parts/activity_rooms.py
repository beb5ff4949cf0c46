"""The rooms and places, and who has which in the next days."""

from datetime import timedelta

import pyarrow as pa
import streamlit as st

from db.activities.bookings import bookings
from db.activities.rooms import RoomView, add_room, change_room, rooms
from db.now import now
from domain.activities import MOST_PLACES
from domain.days import day_start, local_day, local_time
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.settings_pick import pick
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

AHEAD = timedelta(days=14)


def show() -> None:
    """One room at a time; below, the bookings of two weeks."""
    known = {room.id: room for room in rooms(actor())}
    if not known:
        st.info(
            _("No room is entered yet. Add the activity centre's rooms first, then plan."),
            icon=":material/meeting_room:",
        )
    names = {key: room.name for key, room in known.items()}
    chosen = pick(_("Room of the centre"), _("A new room"), names, "activity_room")
    if chosen is None:
        room_form(None)
    else:
        room_form(known[chosen])
    if known:
        booked()


def room_form(room: RoomView | None) -> None:
    """Name, where it is, seats."""
    form = Form(f"room_{room.code}" if room else "room_new")
    with st.form(f"{form.name}_form"):
        left, middle, right = st.columns(3)
        with left:
            value = room.name if room else ""
            st.text_input(_("Name of the room"), value=value, key=form.key("name"), max_chars=30)
            form.mend("name")
        with middle:
            st.text_input(
                _("Where it is"),
                value=room.spot if room else "",
                key=form.key("spot"),
                max_chars=60,
            )
        with right:
            st.number_input(
                _("Seats (empty: nobody counts)"),
                value=room.seats if room else None,
                min_value=1,
                max_value=MOST_PLACES,
                key=form.key("seats"),
            )
            form.mend("seats")
        if room is None:
            form.submit(_("Add the room"), add)
        else:
            st.checkbox(_("In use"), value=room.active, key=form.key("active"))
            form.submit(_("Save"), save, room.code)


def add(sent: Sent) -> None:
    """Add it."""
    add_room(
        actor(), now(), name=sent.text("name"), spot=sent.text("spot"), seats=sent.pick("seats")
    )


def save(sent: Sent, code: str) -> None:
    """Change it."""
    change_room(
        actor(),
        now(),
        code,
        name=sent.text("name"),
        spot=sent.text("spot"),
        seats=sent.pick("seats"),
        active=bool(sent.pick("active")),
    )


def booked() -> None:
    """Who has which room when."""
    st.subheader(_("Booked in the next two weeks"), anchor=False)
    today = day_start(local_day(now()))
    rows = bookings(actor(), today, today + AHEAD)
    if not rows:
        st.info(_("All rooms are free."), icon=":material/event_available:")
        return
    export.frame(
        pa.table(
            {
                "when": [
                    f"{moment(row.starts_at)}–{local_time(row.ends_at):%H:%M}" for row in rows
                ],
                "room": [row.room for row in rows],
                "what": [row.title for row in rows],
            }
        ),
        hide_index=True,
        key="activities_booked",
        alt=_("Bookings of the next two weeks"),
        column_config={
            "when": st.column_config.TextColumn(_("When"), width="medium"),
            "room": st.column_config.TextColumn(_("Room of the centre"), width="medium"),
            "what": st.column_config.TextColumn(_("What for"), width="medium"),
        },
    )

"""The form of a course: when, where, how many places, who teaches."""

from datetime import time, timedelta

import streamlit as st

import locales.times
from db.activities.rooms import rooms
from db.classes import courses
from db.classes.courses import CourseWords
from db.classes.reads import CourseLine, TermLine
from db.now import now
from db.rounds.care_query import visitors
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, speak

USUAL = (time(16, 30), time(17, 30))
USUAL_PLACES = 15


def add(term: TermLine) -> None:
    """A further course of the term."""
    speak()
    with st.expander(_("Add a course"), icon=":material/add:"):
        form = Form(f"class_course_{term.code}")
        with st.form(form.key("form"), border=False):
            name_field(form, "")
            with st.container(horizontal=True, gap="medium"):
                st.selectbox(
                    _("Day of the week"),
                    range(7),
                    format_func=locales.times.weekday_words,
                    key=form.key("weekday"),
                )
                step = timedelta(minutes=15)
                st.time_input(_("From"), USUAL[0], key=form.key("from"), step=step)
                st.time_input(_("Until"), USUAL[1], key=form.key("until"), step=step)
            form.mend("hours")
            rest_fields(form, None)
            form.submit(_("Add the course"), save, term.code)


def change(line: CourseLine) -> None:
    """Name, room, places and teacher of a course that stands."""
    with st.popover(_("Change the course"), icon=":material/edit:"):
        form = Form(f"class_change_{line.code}")
        with st.form(form.key("form"), border=False):
            name_field(form, line.name)
            rest_fields(form, line)
            form.submit(_("Save"), save_change, line, main=False)


def name_field(form: Form, name: str) -> None:
    """What it is called."""
    st.text_input(_("Name of the course"), name, key=form.key("name"), max_chars=60)
    form.mend("name")


def rest_fields(form: Form, line: CourseLine | None) -> None:
    """Room, places, teacher."""
    st.number_input(
        _("Places"), 1, 60, line.places if line else USUAL_PLACES, key=form.key("places")
    )
    form.mend("places")
    known = {row.id: row.name for row in rooms(actor()) if row.active}
    chosen = line.room_id if line else next(iter(known), None)
    plain_choice(_("Room, booked for each lesson"), known, form.key("room"), chosen, none=True)
    form.mend("room")
    st.text_input(
        _("Without a room: where it is"),
        line.where if line and line.room_id is None else "",
        key=form.key("place"),
        max_chars=60,
    )
    form.mend("place")
    plain_choice(
        _("Teacher, from the volunteers"),
        visitors(actor()),
        form.key("teacher"),
        line.teacher_id if line else None,
        none=True,
    )
    form.mend("teacher")


def words(sent: Sent, weekday: int, begins: time, ends: time) -> CourseWords:
    """The form as the function takes it."""
    return CourseWords(
        name=sent.text("name"),
        weekday=weekday,
        from_minute=begins.hour * 60 + begins.minute,
        to_minute=ends.hour * 60 + ends.minute,
        places=int(sent.pick("places") or 0),
        room_id=sent.pick("room"),
        place=sent.text("place"),
        teacher_id=sent.pick("teacher"),
    )


def save(sent: Sent, term: str) -> None:
    """Add it; its lessons and their room's bookings come with it."""
    weekday, begins = sent.pick("weekday"), sent.pick("from") or USUAL[0]
    ends = sent.pick("until") or USUAL[1]
    courses.add_course(actor(), now(), term, words(sent, weekday, begins, ends), sent.once)


def save_change(sent: Sent, line: CourseLine) -> None:
    """Keep it; the hours are the course's own."""
    courses.change_course(actor(), now(), line.code, words(sent, 0, *USUAL))

"""The form for one shift of the roster."""

from datetime import date, time, timedelta

import streamlit as st

from db.now import now
from db.volunteers.listing import volunteers
from db.volunteers.roster import ShiftView, remove_shift, set_shift
from domain.days import local_day, local_time
from domain.errors import N_, FieldError
from domain.on_call import MOST_POSTS, shift_times
from domain.volunteers import Squad
from locales.times import day_words
from pages.parts.forms import Form, Sent
from pages.parts.settings_pick import pick
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

START, END = time(8), time(20)


def show(squad: Squad, monday: date, shifts: list[ShiftView]) -> None:
    """A new shift, or one of the week."""
    coming = {one.id: one for one in shifts if one.ends_at > now()}
    names = {key: f"{moment(one.starts_at)} – {end_of(one)}" for key, one in coming.items()}
    chosen = pick(_("Shift"), _("A new shift"), names, f"roster_pick_{squad}_{monday}")
    shift = coming.get(chosen) if chosen is not None else None
    people = {
        one.code: one.name for one in volunteers(actor(), now(), squad=squad, limit=5000).lines
    }
    form = Form(f"roster_{squad}_{monday}_{chosen or 'new'}")
    with st.form(f"{form.name}_form"):
        if shift is None:
            times(form, monday)
        st.multiselect(
            _("Who: the primary first, then the backups in order"),
            list(people),
            default=[post.volunteer for post in shift.posts if post.volunteer in people]
            if shift
            else [],
            format_func=lambda code: people.get(code, ""),
            key=form.key("people"),
            max_selections=MOST_POSTS,
            placeholder=_("Choose"),
        )
        form.mend("people")
        label = _("Save the shift") if shift else _("Enter the shift")
        form.submit(label, save, squad, shift)
    if shift is not None and shift.starts_at > now():
        Form(f"roster_drop_{shift.id}").button(
            _("Take the shift out"), drop, shift.id, main=False, icon=":material/delete:"
        )


def times(form: Form, monday: date) -> None:
    """The day and the hours; an end that is not later lies in the next morning."""
    days = [monday + timedelta(days=n) for n in range(7)]
    today = local_day(now())
    first, second, third = st.columns([3, 2, 2])
    with first:
        st.selectbox(
            _("Day"),
            days,
            index=days.index(today) if today in days else 0,
            format_func=day_words,
            key=form.key("day"),
        )
    with second:
        st.time_input(_("From"), value=START, key=form.key("from"), step=1800)
    with third:
        st.time_input(
            _("Until"),
            value=END,
            key=form.key("until"),
            step=1800,
            help=_("An end that is not later than the beginning lies in the next morning."),
        )


def save(sent: Sent, squad: Squad, shift: ShiftView | None) -> None:
    """Put it into the roster."""
    if shift is not None:
        start, end = shift.starts_at, shift.ends_at
    else:
        day, first, last = sent.pick("day"), sent.pick("from"), sent.pick("until")
        if day is None or first is None or last is None:
            raise FieldError("people", N_("Choose the day and both hours."))
        start, end = shift_times(day, first.hour * 60 + first.minute, last.hour * 60 + last.minute)
    set_shift(actor(), now(), squad, start, end, [str(one) for one in sent.many("people")])


def drop(_sent: Sent, shift_id: int) -> None:
    """Take it out."""
    remove_shift(actor(), now(), shift_id)


def end_of(shift: ShiftView) -> str:
    """When it ends, with a word for the next morning."""
    end = local_time(shift.ends_at)
    same = end.date() == local_time(shift.starts_at).date()
    return f"{end:%H:%M}" if same else _("{time} next day", time=f"{end:%H:%M}")

"""Hours: what waits to be confirmed, and pieces entered or corrected."""

from datetime import datetime, time, timedelta

import streamlit as st

from db.now import now
from db.volunteers.hour_list import HourLine, waiting
from db.volunteers.hours import LONGEST_NOTE, confirm, correct, enter
from db.volunteers.listing import volunteers
from domain.certificates import hours_text
from domain.days import at_local, local_day, local_time
from domain.errors import N_, FieldError
from domain.service_hours import SOURCE, Source, Total
from pages.parts import volunteer_papers
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening

MOST_CARDS = 12


def show() -> None:
    """What waits on the left; papers on the right."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(_("To be confirmed"), anchor=False)
        lines = waiting(actor(), now())
        for number, line in enumerate(lines[:MOST_CARDS]):
            one(line, first=number == 0)
        if len(lines) > MOST_CARDS:
            st.caption(_("and {n} more", n=len(lines) - MOST_CARDS))
        if not lines:
            st.success(_("Nothing waits: all hours are confirmed."), icon=":material/task_alt:")
        with st.expander(_("Enter a service afterwards"), icon=":material/add:"):
            entering()
    with right:
        volunteer_papers.show()


def one(line: HourLine, *, first: bool) -> None:
    """One piece of service: confirm it, or correct its times."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(line.name)}** · {opening(_(SOURCE[line.source]))}")
        if line.left_at is None:
            st.badge(_("Departure missing"), icon=":material/help:", color="red")
            st.caption(_("Arrived {when}", when=moment(line.arrived_at)))
        elif line.total is not None:
            st.caption(times(line, line.left_at, line.total))
        if line.corrects:
            st.badge(_("Corrected"), icon=":material/edit:", color="orange")
        if line.note:
            st.text(line.note)
        if line.own:
            st.caption(_("Your own hours: somebody else confirms them."))
        with st.container(horizontal=True, gap="small"):
            if not line.own and line.left_at is not None:
                Form(f"hours_{line.code}").button(
                    _("Confirm"), agree, line.code, main=first, icon=":material/check:"
                )
            with st.popover(_("Correct the times"), icon=":material/edit:"):
                correcting(line)


def times(line: HourLine, left_at: datetime, total: Total) -> str:
    """From when to when, and how many hours that is."""
    told = _(
        "{start} – {end}: {hours} hours",
        start=moment(line.arrived_at),
        end=f"{local_time(left_at):%H:%M}",
        hours=hours_text(total.minutes),
    )
    if not total.night:
        return told
    return told + _(", {hours} of them at night", hours=hours_text(total.night))


def correcting(line: HourLine) -> None:
    """New times and the reason; the row before stays."""
    form = Form(f"correct_{line.code}")
    with st.form(f"{form.name}_form", border=False):
        left, right = st.columns(2)
        with left:
            st.datetime_input(
                _("Arrived"), value=_naive(line.arrived_at), key=form.key("from"), step=60
            )
        with right:
            st.datetime_input(
                _("Left"),
                value=_naive(line.left_at) if line.left_at else None,
                key=form.key("until"),
                step=60,
            )
        st.text_input(_("Why"), key=form.key("note"), max_chars=LONGEST_NOTE)
        form.mend("note", "times")
        form.submit(_("Save the correction"), mend, line.code, main=False)


def entering() -> None:
    """A piece of service that nobody noted while it went on."""
    people = {
        line.code: f"{line.name} ({line.number})"
        for line in volunteers(actor(), now(), limit=5000).lines
    }
    form = Form("hours_enter")
    with st.form("hours_enter_form", border=False):
        plain_choice(_("Volunteer"), people, form.key("who"), None)
        form.mend("who")
        st.selectbox(
            _("Kind of service"),
            list(Source),
            format_func=lambda source: opening(_(SOURCE[source])),
            key=form.key("source"),
        )
        today = local_day(now())
        first, second, third = st.columns(3)
        with first:
            st.date_input(_("Day"), value=today, max_value=today, key=form.key("day"))
        with second:
            st.time_input(_("Arrived"), value=None, key=form.key("from"), step=300)
        with third:
            st.time_input(_("Left"), value=None, key=form.key("until"), step=300)
        form.mend("times")
        st.text_input(_("Note"), key=form.key("note"), max_chars=LONGEST_NOTE)
        form.submit(_("Enter the service"), note_down, main=False)


def agree(_sent: Sent, code: str) -> None:
    """Confirm."""
    confirm(actor(), now(), code)


def mend(sent: Sent, code: str) -> None:
    """Correct by a new row."""
    start, end = sent.pick("from"), sent.pick("until")
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        raise FieldError("times", N_("Choose both times."))
    correct(
        actor(),
        now(),
        code,
        arrived_at=at_local(start.date(), start.time()),
        left_at=at_local(end.date(), end.time()),
        note=sent.text("note"),
    )


def note_down(sent: Sent) -> None:
    """Enter a piece of service; an end that is not later lies in the next morning."""
    who, day = sent.pick("who"), sent.pick("day")
    start, end = sent.pick("from"), sent.pick("until")
    if who is None:
        raise FieldError("who", N_("Choose a volunteer."))
    if day is None or not isinstance(start, time) or not isinstance(end, time):
        raise FieldError("times", N_("Choose the day and both times."))
    later = day if end > start else day + timedelta(days=1)
    enter(
        actor(),
        now(),
        str(who),
        source=Source(sent.pick("source")),
        arrived_at=at_local(day, start),
        left_at=at_local(later, end),
        note=sent.text("note"),
    )


def _naive(at: datetime) -> datetime:
    return local_time(at).replace(tzinfo=None)

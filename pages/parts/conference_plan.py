"""When and where the next conference is held: planned, moved, units invited, opened."""

from datetime import time, timedelta

import streamlit as st

from db.conference import holding, planning
from db.conference.views import ConferenceView, ItemLine, Stage
from db.now import now
from domain.days import at_local, local_day, local_time
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor, settings
from pages.parts.words import _, speak

USUAL_TIME = time(14, 30)
AHEAD = timedelta(days=7)


def head(view: ConferenceView) -> None:
    """When and where, or the way to plan it."""
    if view.meets_at is not None:
        icon = ":material/event:" if view.stage is Stage.PLANNED else ":material/co_present:"
        st.info(f"{moment(view.meets_at)} · {plain(view.place)}", icon=icon)
    elif view.runs:
        st.info(
            _("No conference is planned yet. The agenda below fills itself all the same."),
            icon=":material/event_busy:",
        )
    else:
        st.info(_("The next conference is not planned yet."), icon=":material/event_busy:")
    if not view.runs:
        return
    with st.container(horizontal=True):
        ready = view.meets_at is not None and local_day(view.meets_at) <= local_day(now())
        if ready:
            Form("conference_open").button(
                _("Open the conference"), begin, icon=":material/play_arrow:"
            )
        with st.popover(
            _("Move it") if view.code else _("Plan the conference"),
            icon=":material/edit_calendar:",
            type="secondary" if view.code else "primary",
        ):
            plan_form(view)
        if view.meets_at is not None:
            with st.popover(_("Invite the units"), icon=":material/forward_to_inbox:"):
                st.caption(_("Copy it into the group of the units."))
                st.code(invitation(view), language=None, wrap_lines=True)


def plan_form(view: ConferenceView) -> None:
    """Day, time, place."""
    form = Form("conference_plan")
    proposed = local_time(view.meets_at) if view.meets_at else None
    with st.form("conference_plan_form", border=False):
        st.date_input(
            _("Day"),
            value=proposed.date() if proposed else local_day(now() + AHEAD),
            min_value=local_day(now()),
            format="YYYY-MM-DD",
            key=form.key("day"),
        )
        st.time_input(
            _("Time"), value=proposed.time() if proposed else USUAL_TIME, key=form.key("time")
        )
        form.mend("meets_at")
        st.text_input(
            _("Place"),
            value=view.place,
            key=form.key("place"),
            max_chars=planning.LONGEST_PLACE,
            placeholder=_("Such as: the community's meeting room"),
        )
        form.mend("place")
        form.submit(_("Save"), plan, main=False)


def plan(sent: Sent) -> None:
    """Plan it, or move it."""
    day = sent.pick("day") or local_day(now())
    meets_at = at_local(day, sent.pick("time") or USUAL_TIME)
    planning.plan(actor(), now(), meets_at=meets_at, place=sent.text("place"), key=sent.once)


def begin(sent: Sent) -> None:
    """Open it: the agenda is fixed."""
    holding.open_conference(actor(), now(), key=sent.once)


def invitation(view: ConferenceView) -> str:
    """What is pasted into a group: time, place, and the titles of the agenda."""
    at = view.meets_at or now()
    lines = [
        _("{community}: joint conference", community=settings().community),
        _("Time: {when}", when=moment(at)),
        _("Place: {place}", place=view.place),
        _("Agenda:"),
        *(f"{number}. {title_outside(item)}" for number, item in enumerate(view.items, start=1)),
        _("Please send somebody who can promise for your unit."),
    ]
    return "\n".join(lines)


def title_outside(item: ItemLine) -> str:
    """A title for a group outside of the house: a resident's words stay inside."""
    if item.line is None:
        return item.unit or item.title
    category = item.line.category
    said = category.name(speak()) if category else ""
    return " · ".join(part for part in (said, str(item.line.where), item.line.number) if part)

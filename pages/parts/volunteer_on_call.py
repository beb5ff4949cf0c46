"""On call 值班: the week's shifts of a squad, and the copy of the week before."""

from datetime import date, timedelta

import pyarrow as pa
import streamlit as st

from db.exports import Exported
from db.now import now
from db.volunteers.roster import ShiftView, coming_gaps, copy_week, week
from domain.days import local_day
from domain.on_call import monday_of
from domain.volunteers import SQUAD, Squad
from locales.times import day_words
from pages.parts import export, volunteer_gaps, volunteer_shift
from pages.parts.forms import Form, Sent
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

SQUAD_KEY, WEEK_KEY = "volunteers_roster_squad", "w"


def show() -> None:
    """Gaps first, then one squad's week."""
    volunteer_gaps.show(coming_gaps(actor(), now()))
    squad = st.segmented_control(
        _("Squad"),
        list(Squad),
        default=Squad.HEALTH,
        format_func=lambda one: _(SQUAD[one]),
        key=SQUAD_KEY,
        required=True,
        label_visibility="collapsed",
    )
    monday = chosen_week()
    turn_weeks(monday)
    shifts = week(actor(), monday, Squad(squad))
    table(shifts)
    left, right = st.columns([3, 2], gap="large")
    with left:
        volunteer_shift.show(Squad(squad), monday, shifts)
    with right:
        Form(f"roster_copy_{squad}_{monday}").button(
            _("Copy the week before"),
            copied,
            Squad(squad),
            monday,
            main=False,
            icon=":material/content_copy:",
        )
        st.caption(_("Hours that have a shift already stay as they are."))


def chosen_week() -> date:
    """The Monday that the address names, else this week's."""
    try:
        asked = date.fromisoformat(str(st.query_params.get(WEEK_KEY, "")))
    except ValueError:
        asked = local_day(now())
    return monday_of(asked)


def turn_weeks(monday: date) -> None:
    """The week before and the week after."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            _("Week before"),
            key="roster_before",
            icon=":material/chevron_left:",
            on_click=to_week,
            args=(monday - timedelta(days=7),),
        )
        sunday = monday + timedelta(days=6)
        st.markdown(f"**{day_words(monday)} – {day_words(sunday)}**", width="content")
        st.button(
            _("Week after"),
            key="roster_after",
            icon=":material/chevron_right:",
            on_click=to_week,
            args=(monday + timedelta(days=7),),
        )


def to_week(monday: date) -> None:
    """Put another week into the address."""
    st.query_params.from_dict({"s": "on-call", WEEK_KEY: monday.isoformat()})


def table(shifts: list[ShiftView]) -> None:
    """The week, one line for each shift."""
    if not shifts:
        st.info(
            _("No shift in this week yet. Enter one below, or copy the week before."),
            icon=":material/event_available:",
        )
        return
    places = max((post.position for shift in shifts for post in shift.posts), default=0)
    columns: dict[str, list[str]] = {
        "when": [f"{moment(one.starts_at)} – {volunteer_shift.end_of(one)}" for one in shifts]
    }
    for place in range(max(places, 1) + 1):
        columns[f"p{place}"] = [who(one, place) for one in shifts]
    export.frame(
        pa.table(columns),
        hide_index=True,
        height="content",
        key="roster_table",
        alt=_("Shifts of the week: who is primary and who are the backups"),
        leaves=Exported.ROSTER,
        column_config={
            "when": st.column_config.TextColumn(_("Shift"), width=230),
            "p0": st.column_config.TextColumn(_("Primary"), width="medium"),
            **{
                f"p{place}": st.column_config.TextColumn(_("Backup {n}", n=place), width="medium")
                for place in range(1, max(places, 1) + 1)
            },
        },
    )


def who(shift: ShiftView, place: int) -> str:
    """The name at that place, and for whom they stepped in."""
    for post in shift.posts:
        if post.position == place:
            if post.swapped_from:
                return _("{name} (for {other})", name=post.name, other=post.swapped_from)
            return post.name
    return _("nobody") if place == 0 else ""


def copied(_sent: Sent, squad: Squad, monday: date) -> None:
    """Copy the week before."""
    copy_week(actor(), now(), squad, monday)

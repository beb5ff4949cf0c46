"""The calendar by month: what is on, and the weeks that have no activity."""

from datetime import date, timedelta

import pyarrow as pa
import streamlit as st

import locales.times
from db.activities.calendar import Entry, EntryKind, MonthView, month
from db.now import now
from domain.days import local_day, local_time
from domain.people import Right
from pages.parts import activity_gaps, activity_subscribe, export, go
from pages.parts.activity_words import (
    ACTIVITY,
    DAY,
    MONTH,
    SECTION,
    day_words,
    kind_words,
    people_words,
    title_words,
    week_words,
)
from pages.parts.conference_past import CONFERENCE
from pages.parts.talk_list import to_talk
from pages.parts.who import actor
from pages.parts.words import _, speak


def show() -> None:
    """One month."""
    activity_gaps.to_ring()
    shown = month(actor(), now(), asked_month())
    activity_gaps.rhythm(shown.rhythm)
    steps(shown.first)
    table(shown)
    activity_subscribe.show()


def asked_month() -> date:
    """The month that the address names, else this one."""
    today = local_day(now())
    try:
        return date.fromisoformat(f"{st.query_params.get(MONTH, '')}-01")
    except ValueError:
        return today.replace(day=1)


def steps(first: date) -> None:
    """The month's name, and the ways to the ones beside it."""
    speak()
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(locales.times.month_words(first), anchor=False, width="content")
        st.button(
            _("Month before"),
            key="activities_before",
            icon=":material/chevron_left:",
            on_click=activity_gaps.turn_to,
            args=(before,),
        )
        st.button(
            _("Month after"),
            key="activities_after",
            icon=":material/chevron_right:",
            on_click=activity_gaps.turn_to,
            args=(after,),
        )


def table(shown: MonthView) -> None:
    """Everything of the month; a week that has no activity stands in it as a line of its own."""
    lessons = any(entry.kind is EntryKind.LESSON for entry in shown.entries)
    every = lessons and st.toggle(_("Lessons of the after-school class too"), key="activities_all")
    lines: list[tuple[date, Entry | None]] = [
        (entry.day, entry) for entry in shown.entries if every or entry.kind is not EntryKind.LESSON
    ]
    lines += [(week, None) for week in (*shown.missed, *shown.bare)]
    lines.sort(key=lambda line: (line[0], line[1] is not None))

    def picked() -> None:
        rows = st.session_state["activities_table"].selection.rows
        if rows and rows[0] < len(lines):
            open_line(*lines[rows[0]])

    if not lines:
        st.info(_("Nothing is planned in this month yet."), icon=":material/event:")
        return
    export.frame(
        pa.table(
            {
                "day": [day_words(day) if entry else week_words(day) for day, entry in lines],
                "time": [clock(entry) for _day, entry in lines],
                "what": [
                    title_words(entry) if entry else gap_words(day, shown) for day, entry in lines
                ],
                "kind": [kind_words(entry) if entry else "" for _day, entry in lines],
                "people": [
                    people_words(entry.view) if entry and entry.view else ""
                    for _day, entry in lines
                ],
                "where": [entry.where if entry else "" for _day, entry in lines],
            }
        ),
        hide_index=True,
        key="activities_table",
        on_select=picked,
        selection_mode="single-row",
        height="content",
        alt=_("Calendar of the month; choose a row to open it"),
        column_config={
            "day": st.column_config.TextColumn(_("Day"), width=140),
            "time": st.column_config.TextColumn(_("Time"), width=105),
            "what": st.column_config.TextColumn(_("What"), width="medium"),
            "kind": st.column_config.TextColumn(_("Kind of activity"), width=130),
            "people": st.column_config.TextColumn(_("How many"), width=120),
            "where": st.column_config.TextColumn(_("Where it is"), width="medium"),
        },
    )
    st.caption(_("Choose a row to open it; a week without activity opens the form to plan one."))


def clock(entry: Entry | None) -> str:
    """From when to when; empty where only the day is known."""
    if entry is None or entry.starts_at is None:
        return ""
    ends = f"–{local_time(entry.ends_at):%H:%M}" if entry.ends_at else ""
    return f"{local_time(entry.starts_at):%H:%M}{ends}"


def gap_words(week: date, shown: MonthView) -> str:
    """A week without activity: missed, or still to be filled."""
    return _("⚠ No activity this week") if week in shown.missed else _("Nothing planned yet")


def open_line(day: date, entry: Entry | None) -> None:
    """Open what a row says; for callbacks."""
    if entry is None:
        if actor().may(Right.HANDLE):
            st.query_params.from_dict({SECTION: "plan", DAY: f"{day}"})
    elif entry.kind is EntryKind.ACTIVITY:
        st.query_params[ACTIVITY] = entry.code
    elif entry.kind is EntryKind.CONFERENCE and go.has("conference"):
        over = {SECTION: "past", CONFERENCE: entry.code}
        st.switch_page("conference.py", query_params=over if entry.ends_at else {SECTION: "next"})
    elif entry.kind is EntryKind.MEETING:
        to_talk(entry.code)
    elif entry.kind is EntryKind.LESSON and go.has("classes"):
        st.switch_page("classes.py")

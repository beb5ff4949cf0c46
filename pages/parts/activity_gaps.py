"""Above the calendar: whom to ring, and the weeks and months of the last year that miss theirs."""

from datetime import date

import streamlit as st

import locales.times
from db.activities.reads import waiting_news
from db.activities.rhythm import RhythmFigures
from db.now import now
from domain.people import Right
from pages.parts.activity_words import ACTIVITY, MONTH, week_words, when
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, ngettext, speak

MOST_NAMED = 6  # gaps that are named one by one


def to_ring() -> None:
    """Activities with people who have to be told something by phone."""
    if not actor().may(Right.HANDLE):
        return
    for view in waiting_news(actor(), now()):
        with st.container(horizontal=True, vertical_alignment="center"):
            words = ngettext("{n} person to ring", "{n} people to ring", view.counts.to_tell)
            st.badge(words, icon=":material/call:", color="orange")
            st.button(
                plain(f"{view.title} · {when(view)}"),
                key=f"activities_ring_{view.code}",
                type="tertiary",
                wrap=True,
                on_click=go_to,
                args=(view.code,),
            )


def go_to(code: str) -> None:
    """Show one activity, from whatever page; for callbacks."""
    st.switch_page("activities.py", query_params={ACTIVITY: code})


def rhythm(year: RhythmFigures) -> None:
    """The last twelve months: one meeting a month, one activity a week, and what is missing."""
    speak()
    with st.container(horizontal=True):
        for label, met, of in (
            (_("Months with a meeting"), len(year.months_met), len(year.months)),
            (_("Weeks with an activity"), len(year.weeks_met), len(year.weeks)),
        ):
            st.metric(label, _("{met} of {of}", met=met, of=of), border=True, width=220)
    gaps = [(week, week_words(week)) for week in year.weeks_missed]
    gaps += [(first, locales.times.month_words(first)) for first in year.months_missed]
    if not gaps:
        if year.weeks:
            st.caption(_("Nothing was missed in the last twelve months."))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(_("Missed in the last twelve months:"), width="content")
        for first, words in sorted(gaps)[-MOST_NAMED:]:
            st.button(
                words,
                key=f"activities_gap_{first}_{len(words)}",
                type="tertiary",
                on_click=turn_to,
                args=(first,),
            )
        if len(gaps) > MOST_NAMED:
            more = ngettext("and {n} earlier", "and {n} earlier", len(gaps) - MOST_NAMED)
            st.caption(more, width="content")


def turn_to(day: date) -> None:
    """Show the month of that day; for callbacks."""
    st.query_params[MONTH] = f"{day:%Y-%m}"

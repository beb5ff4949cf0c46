"""Metrics 成效: each figure with what it is made of, its definition, and the list behind it."""

import streamlit as st

from db.categories import categories
from db.figures.reads import Overview, Wanted, overview
from db.now import now
from domain.days import local_day
from domain.people import Right
from locales.times import month_words
from pages.parts.metric_address import shown_part, which_list
from pages.parts.metric_cards import cards
from pages.parts.metric_export import as_of_words, figure_downloads
from pages.parts.metric_filter import choices, filter_words, wanted, widgets
from pages.parts.metric_list import show_list
from pages.parts.metric_questions import questions
from pages.parts.metric_report import report_download
from pages.parts.metric_rhythm import rhythm_and_conference
from pages.parts.metric_trend import trend
from pages.parts.metric_turnout import turnouts
from pages.parts.metric_volunteers import volunteers
from pages.parts.who import actor
from pages.parts.words import _, speak

st.set_page_config(layout="wide")
at = now()
known = choices(actor(), local_day(at))
asked = wanted(known)
found = overview(actor(), at, asked)
reads_files = actor().may(Right.READ_CASES)
notes = [*filter_words(known, asked), as_of_words(found)]
if found.frozen:
    notes.append(_("Frozen up to {month}", month=month_words(found.frozen[-1])))


def figures(found: Overview, asked: Wanted) -> None:
    """The cards, and one of them over a year."""
    cards(found, reads_files)
    with st.container(horizontal=True):
        figure_downloads(found, asked, notes, at)
        report_download(known, asked, at)
    trend(found, asked, reads_files)


def charts(found: Overview, asked: Wanted) -> None:
    """Where time goes, what is late, what comes from where."""
    english = speak() == "en"
    names = {
        row.id: row.name_en if english else row.name_zh
        for row in categories(actor(), inactive=True)
    }
    questions(found, asked, names, reads_files)


def together(_found: Overview, asked: Wanted) -> None:
    """Who met, voted, and helped."""
    rhythm_and_conference(asked, at)
    turnouts(asked, at)
    volunteers(asked, at)


PARTS = {"figures": figures, "charts": charts, "people": together}

with st.container(horizontal=True, vertical_alignment="center"):
    st.title(_("Metrics"), anchor=False, width="stretch")
    st.link_button(_("Council view"), "/council", type="primary", icon=":material/present_to_all:")
widgets(known, asked)
st.caption(" · ".join(notes[-2:] if found.frozen else notes[-1:]))
which = which_list()
if which is not None and reads_files:
    show_list(found, asked, which, notes, at)
else:
    PARTS[shown_part()](found, asked)

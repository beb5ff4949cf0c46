"""How pages say an activity: when, where, how many; and what names it in the address."""

from datetime import date

import streamlit as st

import locales.times
from db.activities.calendar import Entry, EntryKind
from db.activities.views import ActivityView
from db.now import now
from domain.activities import KIND
from domain.days import local_day, local_time
from domain.errors import N_
from pages.parts.when import moment
from pages.parts.words import _, opening, speak

ACTIVITY, SECTION, MONTH, DAY = "a", "s", "m", "d"

OTHER_KIND = {
    EntryKind.MEETING: N_("hearing or night talk"),
    EntryKind.CONFERENCE: N_("joint conference"),
    EntryKind.LESSON: N_("after-school lesson"),
}


def when(view: ActivityView) -> str:
    """Such as 11月22日 周日 14:30–16:00."""
    return f"{moment(view.starts_at)}–{local_time(view.ends_at):%H:%M}"


def day_words(day: date) -> str:
    """The day in this tab's language."""
    speak()
    return locales.times.day_words(day, local_day(now()))


def week_words(week: date) -> str:
    """A week by its Monday."""
    return _("week of {day}", day=day_words(week))


def kind_words(entry: Entry) -> str:
    """What an entry of the calendar is."""
    if entry.view is not None:
        return opening(_(KIND[entry.view.kind]))
    return opening(_(OTHER_KIND[entry.kind]))


def title_words(entry: Entry) -> str:
    """What an entry of the calendar is called."""
    title = entry.title or _("Joint conference")
    return _("Cancelled: {title}", title=title) if entry.cancelled else title


def people_words(view: ActivityView) -> str:
    """How many came, or how many have a place and wait."""
    if view.cancelled:
        return ""
    if view.counted:
        return _("{n} came", n=view.came)
    if not view.sign_up:
        return ""
    said = str(view.counts.seated)
    if view.capacity is not None:
        said = f"{view.counts.seated} / {view.capacity}"
    if view.counts.waiting:
        said += " " + _("+{n} waiting", n=view.counts.waiting)
    return said


def open_activity(code: str) -> None:
    """Show one activity; for callbacks."""
    st.query_params[ACTIVITY] = code

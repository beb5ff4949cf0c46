"""一月一会议、一周一活动, and what joint conferences came to."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import streamlit as st

from db.activities.rhythm import rhythm
from db.conference.figures import figures
from db.figures.reads import Wanted, months_before
from domain.people import Actor
from locales.times import day_words, month_words
from pages.parts import go
from pages.parts.metric_lines import Line, cards
from pages.parts.who import actor
from pages.parts.words import _

ONE_DAY = timedelta(days=1)
MOST_NAMED = 4  # missed weeks that are named; beyond that the number says more


def rhythm_and_conference(wanted: Wanted, now: datetime) -> None:
    """Both with what was missed, and the ways to their pages."""
    lines = rhythm_lines(actor(), wanted, now)
    months, weeks = lines[:2]
    st.subheader(
        _(
            "{months} of {all_months} months had their meeting, {weeks} of {all_weeks} weeks "
            "their activity",
            months=months.hit,
            all_months=months.due,
            weeks=weeks.hit,
            all_weeks=weeks.due,
        ),
        anchor=False,
    )
    cards(lines, "metric_rhythm")
    if go.has("conference") or go.has("activities"):
        with st.container(horizontal=True):
            go.link("conference", _("Joint conference"), "groups")
            go.link("activities", _("Activities"), "event")


def rhythm_lines(who: Actor, wanted: Wanted, now: datetime) -> Sequence[Line]:
    """Months, weeks, conferences and units; the first that were missed are named."""
    days = wanted.first, months_before(wanted.last, -1) - ONE_DAY
    kept, held = rhythm(who, now, *days), figures(who, now, *days)
    return (
        Line(
            _("Months with a meeting"),
            _("Months that are over and had a conference or another meeting ÷ months over."),
            len(kept.months_met),
            len(kept.months),
            made_of=_missed([month_words(month) for month in kept.months_missed]),
        ),
        Line(
            _("Weeks with an activity"),
            _("Weeks that are over and had an activity, not cancelled ÷ weeks over."),
            len(kept.weeks_met),
            len(kept.weeks),
            made_of=_missed([day_words(week) for week in kept.weeks_missed]),
        ),
        Line(
            _("Decided at conferences"),
            _("Items with a decision ÷ items on the agenda of conferences of the period."),
            held.decided,
            held.raised,
        ),
        Line(
            _("Decided and done"),
            _("Decided items whose leading unit reported its work ÷ decided items."),
            held.done,
            held.decided,
        ),
        Line(
            _("Partner units that did something"),
            _("Partner units that reported a part done in the period ÷ all partner units."),
            held.units_with_done,
            held.units,
        ),
    )


def _missed(names: Sequence[str]) -> str:
    if not names:
        return ""
    named = ", ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")
    return _("Missed: {which}", which=named)

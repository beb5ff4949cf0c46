"""一月一会议、一周一活动, and what joint conferences came to."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import streamlit as st

from db.activities.rhythm import rhythm
from db.conference.figures import figures
from db.figures.reads import Wanted, months_before
from domain.thresholds import percent
from locales.times import day_words, month_words
from pages.parts import go
from pages.parts.who import actor
from pages.parts.words import _

ONE_DAY = timedelta(days=1)
MOST_NAMED = 4  # missed weeks that are named; beyond that the number says more


def rhythm_and_conference(wanted: Wanted, now: datetime) -> None:
    """Both with what was missed, and the ways to their pages."""
    first, last = wanted.first, months_before(wanted.last, -1) - ONE_DAY
    kept = rhythm(actor(), now, first, last)
    held = figures(actor(), now, first, last)
    st.subheader(
        _(
            "{months} of {all_months} months had their meeting, {weeks} of {all_weeks} weeks "
            "their activity",
            months=len(kept.months_met),
            all_months=len(kept.months),
            weeks=len(kept.weeks_met),
            all_weeks=len(kept.weeks),
        ),
        anchor=False,
    )
    with st.grid("auto", min_column_width=220, key="metric_rhythm"):
        _share(
            _("Months with a meeting"),
            len(kept.months_met),
            len(kept.months),
            _("Months that are over and had a conference or another meeting ÷ months over."),
            [month_words(month) for month in kept.months_missed],
        )
        _share(
            _("Weeks with an activity"),
            len(kept.weeks_met),
            len(kept.weeks),
            _("Weeks that are over and had an activity, not cancelled ÷ weeks over."),
            [day_words(week) for week in kept.weeks_missed],
        )
        _share(
            _("Decided at conferences"),
            held.decided,
            held.raised,
            _("Items with a decision ÷ items on the agenda of conferences of the period."),
        )
        _share(
            _("Decided and done"),
            held.done,
            held.decided,
            _("Decided items whose leading unit reported its work ÷ decided items."),
        )
        _share(
            _("Partner units that did something"),
            held.units_with_done,
            held.units,
            _("Partner units that reported a part done in the period ÷ all partner units."),
        )
    if go.has("conference") or go.has("activities"):
        with st.container(horizontal=True):
            go.link("conference", _("Joint conference"), "groups")
            go.link("activities", _("Activities"), "event")


def _share(title: str, hit: int, due: int, definition: str, missed: Sequence[str] = ()) -> None:
    with st.container(border=True, gap="xsmall"):
        st.metric(title, f"{percent(hit, due)}%" if due else "–", help=definition)
        st.caption(_("{hit} of {due}", hit=hit, due=due))
        if missed:
            named = ", ".join(missed[:MOST_NAMED])
            if len(missed) > MOST_NAMED:
                named += "…"
            st.caption(_("Missed: {which}", which=named))

"""What volunteers did in the period: all of them together, and no one by name."""

import streamlit as st

from db.figures.helping import helping
from db.figures.reads import Wanted
from pages.parts.who import actor
from pages.parts.words import _

_AN_HOUR = 60


def volunteers(wanted: Wanted) -> None:
    """Requests, answers, hours and visits."""
    found = helping(actor(), wanted)
    st.subheader(
        _(
            "{filled} of {requests} requests for help were taken on",
            filled=found.filled,
            requests=found.requests,
        ),
        anchor=False,
    )
    wait = "–" if found.median_minutes is None else f"{found.median_minutes:.0f}"
    with st.grid("auto", min_column_width=220, key="metric_volunteers"):
        st.metric(
            _("Minutes until somebody accepts, median"),
            wait,
            help=_("From an offer to its being accepted, over the requests made in the period."),
        )
        st.metric(
            _("Hours volunteers gave"),
            str(found.minutes // _AN_HOUR),
            help=_("Confirmed service that began in the period, of the whole community."),
        )
        st.metric(
            _("Volunteers who gave them"),
            str(found.helpers),
            help=_("The busiest one gave {n} hours.", n=found.most_minutes // _AN_HOUR),
        )
        st.metric(
            _("Care visits made"),
            str(found.visits),
            help=_("At {n} of them the person was met. Of the whole community.", n=found.met),
        )

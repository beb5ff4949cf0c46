"""What volunteers did in the period: all of them together, and no one by name."""

from datetime import datetime

import streamlit as st

from db.figures.helping import helping
from db.figures.reads import Wanted
from db.figures.visited import visited
from domain.thresholds import percent
from pages.parts import go
from pages.parts.who import actor
from pages.parts.words import _

_AN_HOUR = 60


def volunteers(wanted: Wanted, now: datetime) -> None:
    """Requests, answers, hours, how evenly they lie, and visits."""
    found = helping(actor(), wanted)
    seen = visited(actor(), now, wanted)
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
        _share(
            _("Requests filled in time"),
            found.in_time,
            found.requests,
            _(
                "Requests that somebody accepted in time ÷ requests of the period that repeat no "
                "other. In time: an emergency within 10 minutes, else before the agreed time or, "
                "where none was agreed, within a day."
            ),
        )
        _figure(
            _("Minutes until somebody accepts, median"),
            wait,
            _("of {n} requests", n=found.filled),
            _("From an offer to its being accepted, over the requests made in the period."),
        )
        _figure(
            _("Hours volunteers gave"),
            str(found.minutes // _AN_HOUR),
            _("by {n} volunteers", n=found.helpers),
            _("Confirmed service that began in the period, of the whole community."),
        )
        _share(
            _("Hours that the busiest fifth gave"),
            found.fifth_minutes // _AN_HOUR,
            found.minutes // _AN_HOUR,
            _(
                "How evenly the load lies: a fifth of the volunteers giving a fifth of the hours "
                "is even. The busiest one gave {n} hours.",
                n=found.most_minutes // _AN_HOUR,
            ),
        )
        _share(
            _("Care visits that were due and made"),
            seen.met,
            seen.of,
            _(
                "People who were met in a month ÷ people enrolled and not paused at its end, added "
                "up over the months of the period."
            ),
        )
        _figure(
            _("Attempts to visit"),
            str(found.visits),
            _("{n} met somebody", n=found.met),
            _("Of the whole community, whoever made them."),
        )
    if go.has("dispatch"):
        with st.container(horizontal=True):
            go.link("dispatch", _("Requests and rosters"), "support_agent")
            go.link("visits", _("Care visits"), "volunteer_activism")


def _share(title: str, hit: int, due: int, definition: str) -> None:
    value = f"{percent(hit, due)}%" if due else "–"
    _figure(title, value, _("{hit} of {due}", hit=hit, due=due), definition)


def _figure(title: str, value: str, made_of: str, definition: str) -> None:
    with st.container(border=True, gap="xsmall"):
        st.metric(title, value, help=definition)
        st.caption(made_of)

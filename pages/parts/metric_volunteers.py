"""What volunteers did in the period: all of them together, and no one by name."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from db.figures.helping import helping
from db.figures.reads import Wanted
from db.figures.visited import visited
from domain.people import Actor
from pages.parts import go
from pages.parts.metric_lines import Line, cards
from pages.parts.who import actor
from pages.parts.words import _

_AN_HOUR = 60


def volunteers(wanted: Wanted, now: datetime) -> None:
    """Requests, answers, hours, how evenly they lie, and visits."""
    st.subheader(_("What volunteers did"), anchor=False)
    cards(volunteer_lines(actor(), wanted, now), "metric_volunteers")
    if go.has("dispatch"):
        with st.container(horizontal=True):
            go.link("dispatch", _("Requests and rosters"), "support_agent")
            go.link("visits", _("Care visits"), "volunteer_activism")


def volunteer_lines(who: Actor, wanted: Wanted, now: datetime) -> Sequence[Line]:
    """Each with its definition."""
    found, seen = helping(who, wanted), visited(who, now, wanted)
    return (
        Line(
            _("Requests filled in time"),
            _(
                "Requests that somebody accepted in time ÷ requests of the period that repeat no "
                "other. In time: an emergency within 10 minutes, else before the agreed time or, "
                "where none was agreed, within a day."
            ),
            found.in_time,
            found.requests,
        ),
        Line(
            _("Minutes until somebody accepts, median"),
            _("From an offer to its being accepted, over the requests made in the period."),
            number=found.median_minutes,
            made_of=_("of {n} requests", n=found.filled),
        ),
        Line(
            _("Hours volunteers gave"),
            _("Confirmed service that began in the period, of the whole community."),
            number=found.minutes // _AN_HOUR,
            made_of=_("by {n} volunteers", n=found.helpers),
        ),
        Line(
            _("Hours that the busiest fifth gave"),
            _(
                "How evenly the load lies: a fifth of the volunteers giving a fifth of the hours "
                "is even. The busiest one gave {n} hours.",
                n=found.most_minutes // _AN_HOUR,
            ),
            found.fifth_minutes // _AN_HOUR,
            found.minutes // _AN_HOUR,
        ),
        Line(
            _("Care visits that were due and made"),
            _(
                "People who were met in a month ÷ people enrolled and not paused at its end, added "
                "up over the months of the period."
            ),
            seen.met,
            seen.of,
        ),
        Line(
            _("Attempts to visit"),
            _("Of the whole community, whoever made them."),
            number=found.visits,
            made_of=_("{n} met somebody", n=found.met),
        ),
    )

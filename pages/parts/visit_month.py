"""The month of care visits: its rate with the denominator, and the plan by day."""

from datetime import date

import pyarrow as pa
import streamlit as st

import locales.times
from db.exports import Exported
from db.now import now
from db.rounds.care_query import care_month
from domain.days import local_day
from domain.visits import TIER, Rate, add_months
from pages.parts import export
from pages.parts.who import actor
from pages.parts.words import _, opening, speak

MONTHS = (-2, -1, 0, 1)


def show() -> None:
    """One month."""
    speak()
    today = local_day(now())
    months = {step: add_months(today.replace(day=1), step) for step in MONTHS}
    step = st.segmented_control(
        _("Month"),
        list(months),
        default=0,
        required=True,
        format_func=lambda one: locales.times.month_words(months[one]),
        key="visits_month",
        label_visibility="collapsed",
    )
    shown = months[int(step or 0)]
    month = care_month(actor(), now(), shown)
    if shown <= today:
        rate_line(month.rate)
    if not month.plan:
        st.info(_("No visit is planned for the rest of this month."), icon=":material/event:")
        return
    st.subheader(_("Plan"), anchor=False)
    export.frame(
        pa.table(
            {
                "day": [day_words(day) for day, _line in month.plan],
                "name": [line.name for _day, line in month.plan],
                "where": [line.where for _day, line in month.plan],
                "tier": [opening(_(TIER[line.tier])) for _day, line in month.plan],
                "visitor": [line.visitor for _day, line in month.plan],
            }
        ),
        hide_index=True,
        key="visits_plan",
        alt=_("Who is to be visited by which day"),
        leaves=Exported.VISITS,
        column_config={
            "day": st.column_config.TextColumn(_("Latest day"), width=110),
            "name": st.column_config.TextColumn(_("Name"), width=90),
            "where": st.column_config.TextColumn(_("Where"), width="medium"),
            "tier": st.column_config.TextColumn(_("How often"), width=120),
            "visitor": st.column_config.TextColumn(_("Visitor"), width=100),
        },
    )


def day_words(day: date) -> str:
    """The day in this tab's language."""
    return locales.times.day_words(day, local_day(now()))


def rate_line(rate: Rate) -> None:
    """People who were met, of those who were to be."""
    if not rate.of:
        st.info(_("Nobody is to be visited this month."), icon=":material/event:")
        return
    st.progress(
        rate.met / rate.of,
        text=_(
            "Visited this month: {met} of {of} people ({enrolled} enrolled, {paused} resting)",
            met=rate.met,
            of=rate.of,
            enrolled=rate.enrolled,
            paused=rate.paused,
        ),
    )

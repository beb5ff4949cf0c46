"""One figure over twelve months, each month with its numerator and denominator."""

import streamlit as st

from db.figures.reads import Month, Overview
from domain.figure_words import DEFINITIONS, RATES, TITLES, Figure
from domain.thresholds import percent
from locales.times import month_words
from pages.parts import metric_charts
from pages.parts.metric_cards import hidden
from pages.parts.words import _

CHOICES = (
    Figure.DONE_IN_TIME,
    Figure.RECEIVED,
    *(one for one in RATES if one is not Figure.DONE_IN_TIME),
)


def trend(found: Overview) -> None:
    """The figure that is chosen; a month of which nothing can be said has no column."""
    shown = Figure(st.session_state.get("metrics_trend") or CHOICES[0])
    rows = [_row(month, shown) for month in found.trend]
    first, last = month_words(found.trend[0].month), month_words(found.trend[-1].month)
    st.subheader(
        _("{figure} from {first} to {last}", figure=_(TITLES[shown]), first=first, last=last),
        anchor=False,
        help=_(DEFINITIONS[shown]),
    )
    st.selectbox(
        _("Figure"),
        CHOICES,
        format_func=lambda figure: _(TITLES[figure]),
        key="metrics_trend",
        width=320,
    )
    words = _("{figure} by month", figure=_(TITLES[shown]))
    metric_charts.columns(rows, words, "metric_trend")
    st.caption(
        _("Above each column: the files that it is made of. Ochre months are not frozen yet.")
    )


def _row(month: Month, figure: Figure) -> tuple[str, float | None, str, bool]:
    name = f"{month.month:%Y-%m}"
    if figure is Figure.RECEIVED:
        return name, month.received, str(month.received), not month.frozen
    share = month.shares[figure]
    if not share.due or hidden(figure, share):
        return name, None, "", False
    return (
        name,
        float(percent(share.hit, share.due)),
        f"{share.hit}/{share.due}",
        not month.frozen,
    )

"""One figure over twelve months, each month with its numerator and denominator."""

from datetime import date

import streamlit as st

from db.figures.lists import Listed
from db.figures.reads import TREND_MONTHS, Month, Overview, Wanted, months_before
from db.figures.steps import monthly_medians
from domain.figure_words import DEFINITIONS, TITLES, Figure
from domain.thresholds import percent
from locales.times import month_words
from pages.parts import metric_charts
from pages.parts.metric_address import TREND, chosen_trend, open_month
from pages.parts.metric_words import hidden, hours_words
from pages.parts.who import actor
from pages.parts.words import _

FIRST = Figure.DONE_IN_TIME
CHOICES = (FIRST, *(one for one in Figure if one is not FIRST))
Column = tuple[str, float | None, str, bool]


def trend(found: Overview, wanted: Wanted, opens: bool) -> None:
    """The figure that the address names; a month of which nothing can be said has no column.

    Args:
        opens: whether this person may look at the files of a month.
    """
    said = st.query_params.get(TREND, "")
    shown = Figure(said) if said in frozenset(Figure) else FIRST
    medians = _medians(wanted) if shown is Figure.DURATION else {}
    rows = [_row(month, shown, medians) for month in found.trend]
    first, last = month_words(found.trend[0].month), month_words(found.trend[-1].month)
    st.subheader(
        _("{figure} from {first} to {last}", figure=_(TITLES[shown]), first=first, last=last),
        anchor=False,
        help=_(DEFINITIONS[shown]),
    )
    st.session_state["metrics_trend"] = shown
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Figure"),
            CHOICES,
            format_func=lambda figure: _(TITLES[figure]),
            key="metrics_trend",
            on_change=chosen_trend,
            width=320,
        )
        if opens and shown is not Figure.BACKLOG:
            months = {row.month: month_words(row.month) for row in reversed(found.trend)}
            st.menu_button(
                _("The files of a month"),
                [row.month for row in reversed(found.trend)],
                format_func=lambda month: months[month],
                key="metrics_trend_month",
                on_click=_opened,
                args=(Listed(shown),),
            )
    words = _("{figure} by month", figure=_(TITLES[shown]))
    metric_charts.columns(rows, words, "metric_trend")
    st.caption(
        _("Above each column: the files that it is made of. Ochre months are not frozen yet.")
    )


def _opened(which: Listed) -> None:
    open_month(st.session_state["metrics_trend_month"], which)


def _medians(wanted: Wanted) -> dict[date, tuple[int, float]]:
    since = months_before(wanted.last, TREND_MONTHS - 1)
    year = Wanted(since, wanted.last, wanted.estate_id, wanted.category_id, wanted.unit_id)
    return monthly_medians(actor(), year)


def _row(month: Month, figure: Figure, medians: dict[date, tuple[int, float]]) -> Column:
    name = f"{month.month:%Y-%m}"
    if figure is Figure.RECEIVED:
        return name, month.received, str(month.received), not month.frozen
    if figure is Figure.BACKLOG:
        return name, month.still_open, str(month.still_open), not month.frozen
    if figure is Figure.DURATION:
        if month.month not in medians:
            return name, None, "", False
        n, hours = medians[month.month]
        return name, hours, f"{hours_words(hours)} ({n})", not month.frozen
    share = month.shares[figure]
    if not share.due or hidden(figure, share):
        return name, None, "", False
    return (
        name,
        float(percent(share.hit, share.due)),
        f"{share.hit}/{share.due}",
        not month.frozen,
    )

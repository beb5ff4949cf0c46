"""The list behind a figure, with as many rows as it counts, and its downloads."""

from datetime import datetime

import streamlit as st

from db.figures.buildings import building_files
from db.figures.lists import Listed, listed
from db.figures.reads import Overview, Wanted
from domain.figure_words import DEFINITIONS, RATES, TITLES, UNWANTED, Figure, Part
from pages.parts.case_table import table
from pages.parts.metric_address import AFTER, open_list
from pages.parts.metric_export import list_downloads
from pages.parts.metric_words import age_words
from pages.parts.who import actor
from pages.parts.words import _, ngettext


def title(which: Listed) -> str:
    """What the list is, such as 按时办结 · 未达标."""
    name = _(TITLES[which.figure])
    if which.age is not None:
        return f"{name} · {age_words(which.age)}"
    if which.building_id is not None:
        house = _("one building")
        return f"{name} · {house}"
    if which.figure not in RATES:
        return name
    did = _("those that were") if which.figure in UNWANTED else _("did")
    parts = {Part.HIT: did, Part.DUE: _("all that count"), Part.MISS: _("did not")}
    return f"{name} · {parts[which.part]}"


def size(found: Overview, wanted: Wanted, which: Listed) -> int:
    """How many rows the list has: the figure as the facts say it today."""
    if which.building_id is not None:
        return building_files(actor(), wanted, which.building_id)
    if which.figure is Figure.RECEIVED:
        return found.received if found.received_now is None else found.received_now
    if which.figure is Figure.DURATION:
        return found.wall.n
    if which.figure is Figure.BACKLOG:
        return found.backlog if which.age is None else found.ages[which.age]
    share = found.shares[which.figure]
    hit, due = share.now or (share.hit, share.due)
    return {Part.HIT: hit, Part.DUE: due, Part.MISS: due - hit}[which.part]


def show_list(
    found: Overview, wanted: Wanted, which: Listed, notes: list[str], now: datetime
) -> None:
    """The rows, a portion at a time."""
    rows = size(found, wanted, which)
    st.button(
        _("Back to the figures"),
        key="metric_back",
        icon=":material/arrow_back:",
        on_click=open_list,
        args=(None,),
    )
    st.subheader(title(which), anchor=False, help=_(DEFINITIONS[which.figure]))
    counted = ngettext("{n} row", "{n} rows", rows)
    st.markdown(f"**{counted}**")
    if which.figure in RATES and not RATES[which.figure].each_file:
        st.caption(_("One row for each reporter or rating: a file can stand here several times."))
    after = st.query_params.get(AFTER)
    page = listed(actor(), now, wanted, which, after)
    if not page.lines:
        st.info(_("Nothing is counted here."), icon=":material/info:")
        return
    table(page)
    with st.container(horizontal=True):
        list_downloads(wanted, which, [title(which), *notes], now)
        if after:
            st.button(_("Newest"), key="metric_first", on_click=_turned, args=(None,))
        if page.next_cursor:
            st.button(_("Older"), key="metric_older", on_click=_turned, args=(page.next_cursor,))


def _turned(after: str | None) -> None:
    if after is None:
        st.query_params.pop(AFTER, None)
    else:
        st.query_params[AFTER] = after

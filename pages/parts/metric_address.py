"""The address of the figures' page: which part, which list, which figure over a year."""

from datetime import date

import streamlit as st

from db.figures.lists import Listed
from domain.figure_words import Figure, Part
from pages.parts.words import _

FROM, TO, LIST, AFTER = "from", "to", "list", "after"
TREND, SHOW = "trend", "show"
_BUILDING, _LONGEST_ID = "building", 18


def said(name: str) -> str:
    """What the address says of it; empty for nothing."""
    return str(st.query_params.get(name, "")).strip()


def which_list() -> Listed | None:
    """The list that the address opens: `done_in_time.miss`, `backlog.2`, `received.building12`."""
    name, _dot, part = said(LIST).partition(".")
    if name not in frozenset(Figure):
        return None
    figure = Figure(name)
    if figure is Figure.BACKLOG:
        return Listed(figure, age=int(part) if part.isdecimal() and len(part) == 1 else None)
    building = part.removeprefix(_BUILDING)
    if part.startswith(_BUILDING) and building.isdecimal() and len(building) < _LONGEST_ID:
        return Listed(figure, building_id=int(building))
    return Listed(figure, Part(part) if part in frozenset(Part) else Part.DUE)


def open_list(which: Listed | None) -> None:
    """Open a list, or close it; for callbacks."""
    st.query_params.pop(AFTER, None)
    if which is None:
        st.query_params.pop(LIST, None)
    else:
        part = which.part.value
        if which.figure is Figure.BACKLOG:
            part = "" if which.age is None else str(which.age)
        elif which.building_id is not None:
            part = f"{_BUILDING}{which.building_id}"
        st.query_params[LIST] = f"{which.figure}.{part}".rstrip(".")


def shown_part() -> str:
    """What the page shows of all figures, as the address says; with the switch for it."""
    parts = {
        "figures": _("Figures"),
        "charts": _("What stands behind them"),
        "people": _("Meeting, voting, helping"),
    }
    part = said(SHOW)
    st.session_state["metrics_show"] = part if part in parts else "figures"
    # No segmented control: by night its chosen part has too little contrast in any theme.
    st.radio(
        _("Show"),
        list(parts),
        format_func=parts.__getitem__,
        key="metrics_show",
        on_change=_shown,
        horizontal=True,
        label_visibility="collapsed",
    )
    return str(st.session_state["metrics_show"])


def _shown() -> None:
    st.query_params[SHOW] = st.session_state["metrics_show"]


def chosen_trend() -> None:
    """Put the figure of the trend into the address."""
    st.query_params[TREND] = st.session_state["metrics_trend"].value


def open_month(month: date, which: Listed) -> None:
    """Open a list of one month alone; for callbacks."""
    st.query_params[FROM] = st.query_params[TO] = f"{month:%Y-%m}"
    open_list(which)

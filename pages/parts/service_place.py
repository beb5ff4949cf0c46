"""Which building's part of the roll a page shows; it stands in the address."""

from collections.abc import Sequence

import streamlit as st

from db.votes.serving import ServedBuilding
from pages.parts.words import _

BUILDING = "b"
_KEY = "papers_building"


def pick_building(buildings: Sequence[ServedBuilding]) -> ServedBuilding:
    """The chosen building, at first the one with most left to serve."""
    known = {row.id: row for row in buildings}
    asked = st.query_params.get(BUILDING, "")
    first = max(buildings, key=lambda row: row.units - row.served).id
    chosen = int(asked) if asked.isdecimal() and int(asked) in known else first
    st.session_state[_KEY] = chosen
    st.selectbox(
        _("Building"),
        list(known),
        format_func=lambda key: (
            _(
                "{building}: {served} of {all} served",
                building=known[key].name or _("No building"),
                served=known[key].served,
                all=known[key].units,
            )
            if key in known
            else ""
        ),
        key=_KEY,
        on_change=_chosen,
    )
    return known[chosen]


def _chosen() -> None:
    st.query_params[BUILDING] = str(st.session_state[_KEY])

"""How far each building was told of a vote, as bars."""

from functools import cache
from typing import Any

import altair as alt
import pyarrow as pa
import streamlit as st

from db.elections.coverage import BuildingReached, Map
from domain.outreach import REACH_WORDS, Reach
from pages.parts.show import plain
from pages.parts.words import _

# As in the other charts of votes: seen well on the light and on the dark ground.
COLOURS = {Reach.IN_PERSON: "#3a8463", Reach.POSTER_ONLY: "#c8893d", Reach.NOT_YET: "#9a9f91"}


def chart(found: Map) -> None:
    """Bars by building, to the whole of each."""
    behind = min(found.buildings, key=lambda one: one.coverage.in_person / one.coverage.units)
    st.subheader(
        _("Every flat was reached in person")
        if not found.total.not_yet + found.total.poster_only
        else _("{building} was reached least", building=plain(name_of(behind))),
        anchor=False,
    )
    rows = [
        (name_of(one), _(REACH_WORDS[reach]), number, place)
        for one in found.buildings
        for place, (reach, number) in enumerate(
            (
                (Reach.IN_PERSON, one.coverage.in_person),
                (Reach.POSTER_ONLY, one.coverage.poster_only),
                (Reach.NOT_YET, one.coverage.not_yet),
            )
        )
    ]
    table = pa.table(
        {
            "building": [row[0] for row in rows],
            "reach": [row[1] for row in rows],
            "units": pa.array([row[2] for row in rows], pa.int64()),
            "place": pa.array([row[3] for row in rows], pa.int64()),
        }
    )
    words = tuple(_(REACH_WORDS[reach]) for reach in Reach)
    st.vega_lite_chart(
        table,
        _spec(words),
        key="vote_told_chart",
        alt=_("How many flats of each building were reached in person, by a poster, or not yet"),
    )
    st.caption(_("A poster hangs there; whether it was read nobody knows."))


@cache
def _spec(words: tuple[str, ...]) -> dict[str, Any]:
    """Made once a language; after that only data goes to the browser."""
    made = (
        alt.Chart(alt.NamedData(name="rows"))
        .mark_bar(size=18)
        .encode(
            x=alt.X("units:Q", stack="zero", title=None, axis=alt.Axis(tickMinStep=1, grid=False)),
            y=alt.Y(
                "building:N",
                sort=None,
                title=None,
                axis=alt.Axis(ticks=False, domain=False, labelFontSize=14, labelLimit=160),
            ),
            color=alt.Color(
                "reach:N",
                title=None,
                scale=alt.Scale(domain=list(words), range=[COLOURS[reach] for reach in Reach]),
                legend=alt.Legend(orient="top", labelFontSize=13),
            ),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("building:N", title=" "),
                alt.Tooltip("reach:N", title=" "),
                alt.Tooltip("units:Q", title=" "),
            ],
        )
        .properties(height=alt.Step(30))
    )
    spec: dict[str, Any] = made.to_dict()
    spec.pop("data", None)  # the rows come with each drawing
    return spec


def name_of(one: BuildingReached) -> str:
    """A building's name; units may lie in none."""
    return one.name or _("Outside of buildings")

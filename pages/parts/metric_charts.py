"""Drawings of the figures: specifications made once, only data goes to the browser."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import pyarrow as pa
import streamlit as st

# Seen well on the light and on the dark ground.
GREEN, OCHRE, BLUE, BRICK, GREY = "#3a8463", "#c8893d", "#4a7ba6", "#b4553f", "#9a9f91"
COLOURS = (BLUE, GREY, OCHRE, BRICK, GREEN)
LETTERS = 13


def bars(rows: Sequence[tuple[str, int, bool]], alt_text: str, key: str) -> None:
    """Horizontal bars from (what, how many, whether it stands out)."""
    lengths([(what, n, str(n), strong) for what, n, strong in rows], alt_text, key)


def lengths(rows: Sequence[tuple[str, float, str, bool]], alt_text: str, key: str) -> None:
    """Horizontal bars from (what, how long, what is written beside, whether it stands out)."""
    table = pa.table(
        {
            "what": [row[0] for row in rows],
            "n": pa.array([row[1] for row in rows], pa.float64()),
            "said": [row[2] for row in rows],
            "strong": [row[3] for row in rows],
        }
    )
    st.vega_lite_chart(table, _bars_spec(), key=key, alt=alt_text)


def stacked(
    rows: Sequence[tuple[str, str, int]], kinds: Sequence[str], alt_text: str, key: str
) -> None:
    """Horizontal bars in parts from (what, kind, how many); kinds in the legend's order."""
    table = pa.table(
        {
            "what": [row[0] for row in rows],
            "kind": [row[1] for row in rows],
            "n": pa.array([row[2] for row in rows], pa.int64()),
            "place": pa.array([kinds.index(row[1]) for row in rows], pa.int64()),
        }
    )
    st.vega_lite_chart(table, _stacked_spec(tuple(kinds)), key=key, alt=alt_text)


def beside(
    rows: Sequence[tuple[str, str, int]], kinds: Sequence[str], alt_text: str, key: str
) -> None:
    """Columns side by side from (what, kind, how many)."""
    table = pa.table(
        {
            "what": [row[0] for row in rows],
            "kind": [row[1] for row in rows],
            "n": pa.array([row[2] for row in rows], pa.int64()),
        }
    )
    st.vega_lite_chart(table, _beside_spec(tuple(kinds)), key=key, alt=alt_text)


def columns(rows: Sequence[tuple[str, float | None, str, bool]], alt_text: str, key: str) -> None:
    """Columns from (what, how high, what is written above, whether it stands out)."""
    table = pa.table(
        {
            "what": [row[0] for row in rows],
            "high": pa.array([row[1] for row in rows], pa.float64()),
            "said": [row[2] for row in rows],
            "strong": [row[3] for row in rows],
        }
    )
    st.vega_lite_chart(table, _columns_spec(), key=key, alt=alt_text)


def _what() -> alt.Y:
    return alt.Y(
        "what:N",
        sort=None,
        axis=alt.Axis(title=None, ticks=False, domain=False, labelFontSize=LETTERS, labelLimit=150),
    )


def _counts(**more: Any) -> alt.X:
    return alt.X("n:Q", axis=alt.Axis(title=None, grid=False, tickMinStep=1), **more)


def _tips(*names: str) -> list[alt.Tooltip]:
    return [alt.Tooltip(name, title=" ") for name in names]


def _finished(made: Any) -> dict[str, Any]:
    spec: dict[str, Any] = made.configure_view(stroke=None).to_dict()
    spec.pop("data", None)  # the rows come with each drawing
    for layer in spec.get("layer", ()):
        layer.pop("data", None)
    return spec


@cache
def _bars_spec() -> dict[str, Any]:
    chart = alt.Chart(alt.NamedData(name="rows"))
    bar = chart.mark_bar(size=18, cornerRadiusEnd=3).encode(
        x=_counts(),
        y=_what(),
        color=alt.condition(alt.datum.strong, alt.value(OCHRE), alt.value(GREEN)),
        tooltip=_tips("what:N", "said:N"),
    )
    number = chart.mark_text(align="left", dx=5, fontSize=LETTERS, color=GREY).encode(
        x=_counts(), y=_what(), text="said:N"
    )
    padding = {"left": 4, "right": 60, "top": 4, "bottom": 4}
    return _finished(alt.layer(bar, number).properties(height=alt.Step(28), padding=padding))


def _kinds(kinds: tuple[str, ...], colours: Sequence[str]) -> alt.Color:
    return alt.Color(
        "kind:N",
        title=None,
        scale=alt.Scale(domain=list(kinds), range=list(colours[: len(kinds)])),
        legend=alt.Legend(orient="top", labelFontSize=LETTERS, labelLimit=260, columns=1),
    )


@cache
def _stacked_spec(kinds: tuple[str, ...]) -> dict[str, Any]:
    chart = alt.Chart(alt.NamedData(name="rows")).mark_bar(size=18)
    return _finished(
        chart.encode(
            x=_counts(stack="zero"),
            y=_what(),
            color=_kinds(kinds, COLOURS),
            order=alt.Order("place:Q"),
            tooltip=_tips("what:N", "kind:N", "n:Q"),
        ).properties(height=alt.Step(28))
    )


@cache
def _beside_spec(kinds: tuple[str, ...]) -> dict[str, Any]:
    chart = alt.Chart(alt.NamedData(name="rows")).mark_bar(cornerRadiusEnd=2)
    return _finished(
        chart.encode(
            x=alt.X("what:N", sort=None, axis=alt.Axis(title=None, labelAngle=-45, ticks=False)),
            xOffset=alt.XOffset("kind:N", sort=list(kinds)),
            y=alt.Y("n:Q", axis=alt.Axis(title=None, tickMinStep=1)),
            color=_kinds(kinds, (BLUE, GREEN)),
            tooltip=_tips("what:N", "kind:N", "n:Q"),
        ).properties(height=260)
    )


@cache
def _columns_spec() -> dict[str, Any]:
    chart = alt.Chart(alt.NamedData(name="rows"))
    what = alt.X("what:N", sort=None, axis=alt.Axis(title=None, labelAngle=-45, ticks=False))
    high = alt.Y("high:Q", axis=alt.Axis(title=None, grid=False, tickCount=4))
    column = chart.mark_bar(cornerRadiusEnd=2).encode(
        x=what,
        y=high,
        color=alt.condition(alt.datum.strong, alt.value(OCHRE), alt.value(GREEN)),
        tooltip=_tips("what:N", "said:N"),
    )
    words = chart.mark_text(baseline="bottom", dy=-4, fontSize=11, color=GREY).encode(
        x=what, y=high, text="said:N"
    )
    return _finished(alt.layer(column, words).properties(height=240))

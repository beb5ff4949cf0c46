"""Charts of votes: each specification is made once, after that only data goes to the browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pyarrow as pa
import streamlit as st

# Seen well on the light and on the dark ground alike.
GREEN, OCHRE, BRICK, TRACK = "#3a8463", "#c8893d", "#c0574a", "#8a8f80"
LETTERS = 14
_PER_CENT = alt.Axis(format="%", title=None, tickCount=5, grid=False)
_SHARE = alt.Scale(domain=[0, 1])


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it measures, its share between 0 and 1, and what is written beside it.

    Args:
        reached: whether it is enough, judged in whole numbers.
        threshold: where the line is drawn; by building there is none.
    """

    what: str
    share: float
    said: str
    reached: bool
    threshold: float = 0.0


def progress(bars: Sequence[Bar], threshold_words: str, alt_text: str, key: str) -> None:
    """Bars against their thresholds, heads and area side by side."""
    table = pa.table(
        {
            "what": [f"{bar.what} {bar.said}" for bar in bars],
            "share": [bar.share for bar in bars],
            "said": [bar.said for bar in bars],
            "threshold": [bar.threshold for bar in bars],
            "reached": [bar.reached for bar in bars],
            "label": [threshold_words if place == 0 else "" for place, _ in enumerate(bars)],
        }
    )
    st.vega_lite_chart(table, _progress_spec(), key=key, alt=alt_text)


def by_building(bars: Sequence[Bar], alt_text: str, key: str) -> None:
    """One bar a building; those behind the threshold stand out."""
    table = pa.table(
        {
            "what": [f"{bar.what} {bar.said}" for bar in bars],
            "share": [bar.share for bar in bars],
            "said": [bar.said for bar in bars],
            "reached": [bar.reached for bar in bars],
        }
    )
    st.vega_lite_chart(table, _building_spec(), key=key, alt=alt_text)


def share(part: int, whole: int) -> float:
    """A part of a whole, between 0 and 1, to be drawn and never to be judged by."""
    return min(1.0, part / whole) if whole else 0.0


def _what() -> alt.Y:
    return alt.Y(
        "what:N",
        sort=None,
        axis=alt.Axis(title=None, ticks=False, domain=False, labelFontSize=LETTERS, labelLimit=240),
    )


def _colour() -> Any:
    return alt.condition(alt.datum.reached, alt.value(GREEN), alt.value(OCHRE))


def _data() -> alt.NamedData:
    return alt.NamedData(name="rows")


def _bars(size: int) -> list[Any]:
    chart = alt.Chart(_data())
    tooltip = [alt.Tooltip("what:N", title=" "), alt.Tooltip("said:N", title=" ")]
    return [
        chart.mark_bar(color=TRACK, opacity=0.22, size=size).encode(
            x=alt.X(datum=1, scale=_SHARE, axis=_PER_CENT), y=_what()
        ),
        chart.mark_bar(size=size, cornerRadiusEnd=3).encode(
            x=alt.X("share:Q", scale=_SHARE, axis=_PER_CENT),
            y=_what(),
            color=_colour(),
            tooltip=tooltip,
        ),
    ]


def _finished(layers: list[Any], step: int, top: int) -> dict[str, Any]:
    made = alt.layer(*layers).properties(
        height=alt.Step(step), padding={"left": 4, "right": 24, "top": top, "bottom": 4}
    )
    spec: dict[str, Any] = made.configure_view(stroke=None).to_dict()
    spec.pop("data", None)  # the rows come with each drawing
    for layer in spec["layer"]:
        layer.pop("data", None)
    return spec


@cache
def _progress_spec() -> dict[str, Any]:
    chart = alt.Chart(_data())
    threshold = alt.X("threshold:Q", scale=_SHARE, axis=_PER_CENT)
    line = chart.mark_rule(color=BRICK, strokeDash=[5, 3], strokeWidth=2).encode(x=threshold)
    name = chart.mark_text(color=BRICK, baseline="bottom", fontSize=LETTERS).encode(
        x=threshold, y=alt.value(-6), text="label:N"
    )
    return _finished([*_bars(26), line, name], step=44, top=26)


@cache
def _building_spec() -> dict[str, Any]:
    return _finished(_bars(16), step=26, top=4)

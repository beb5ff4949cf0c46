"""Figures that count no files: shown as cards, and taken along with the others."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from domain.thresholds import percent
from pages.parts.words import _

COLUMN_WIDTH = 220


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: a share with numerator and denominator, or a number with what it is made of.

    Args:
        definition: its 口径.
        number: instead of a share; `made_of` stands below it.
    """

    title: str
    definition: str
    hit: int | None = None
    due: int | None = None
    number: int | float | None = None
    made_of: str = ""

    @property
    def value(self) -> str:
        """What is written large."""
        if self.hit is not None and self.due:
            return f"{percent(self.hit, self.due)}%"
        return "–" if self.number is None else f"{self.number:.0f}"

    @property
    def below(self) -> str:
        """What it is made of."""
        if self.hit is None:
            return self.made_of
        share = _("{hit} of {due}", hit=self.hit, due=self.due)
        return f"{share} · {self.made_of}" if self.made_of else share

    def row(self, period: str) -> list[object]:
        """Its row in `metric_export.figures_table`."""
        value = self.number
        if self.hit is not None:
            value = round(self.hit / self.due, 4) if self.due else None
        return [period, self.title, self.hit, self.due, value, None, None, None, self.definition]


def cards(lines: Sequence[Line], key: str) -> None:
    """One card each."""
    with st.grid("auto", min_column_width=COLUMN_WIDTH, key=key):
        for line in lines:
            with st.container(border=True, gap="xsmall"):
                st.metric(line.title, line.value, help=line.definition)
                st.caption(line.below)

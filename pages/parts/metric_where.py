"""Where time goes, and which houses report what."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from db.figures.buildings import BuildingLine
from db.figures.lists import Listed
from db.figures.steps import StepTime
from domain import labels
from domain.figure_words import Figure
from pages.parts import metric_charts
from pages.parts.metric_address import open_list
from pages.parts.metric_words import hours_words
from pages.parts.show import plain
from pages.parts.words import _, ngettext

MOST_KINDS = 4  # categories that are told apart in one bar


def title(words: str) -> None:
    """A chart's title: what it shows, or the answer to its question."""
    st.subheader(words, anchor=False)


def draw_steps(steps: Sequence[StepTime]) -> None:
    """The median time at each of the six steps."""
    known = [step for step in steps if step.median is not None]
    if not known:
        title(_("No file has left a step in this period yet"))
        return
    longest = max(known, key=lambda step: step.median or 0)
    title(
        _(
            "Most time goes at “{step}”: half stand there longer than {median}",
            step=_(labels.STEP[longest.step]),
            median=hours_words(longest.median),
        )
    )
    rows = [
        (
            _(labels.STEP[step.step]),
            step.median or 0,
            _("{median} ({n})", median=hours_words(step.median), n=step.n),
            step is longest,
        )
        for step in steps
    ]
    metric_charts.lengths(rows, _("Median hours at each of the six steps"), "metric_steps")
    st.caption(
        _("Median hours; in brackets the files that left the step. Side states stand with it.")
    )


def draw_buildings(lines: Sequence[BuildingLine], names: Mapping[int, str], opens: bool) -> None:
    """The houses from which most comes, by category, each with the way to its files."""
    if not lines:
        title(_("No file of this period names a building"))
        return
    title(
        _(
            "Most comes from {where}: {n}",
            where=plain(_place(lines[0])),
            n=ngettext("{n} file", "{n} files", lines[0].received),
        )
    )
    total: Counter[int] = Counter()
    for line in lines:
        total.update(line.categories)
    shown = [key for key, _n in total.most_common(MOST_KINDS)]
    kinds = [names.get(key, "–") for key in shown]
    rest = _("others")
    rows = []
    for line in lines:
        rows += [
            (_place(line), name, line.categories[key])
            for key, name in zip(shown, kinds, strict=True)
            if line.categories.get(key)
        ]
        others = line.received - sum(line.categories.get(key, 0) for key in shown)
        if others:
            rows.append((_place(line), rest, others))
    metric_charts.stacked(
        rows, [*kinds, rest], _("Files by building and category"), "metric_houses"
    )
    if opens:
        with st.container(horizontal=True, gap="small"):
            for line in lines:
                st.button(
                    plain(f"{_place(line)} ({line.received})"),
                    key=f"metric_building_{line.building_id}",
                    type="tertiary",
                    on_click=open_list,
                    args=(Listed(Figure.RECEIVED, building_id=line.building_id),),
                )


def _place(line: BuildingLine) -> str:
    return f"{line.estate} {line.building}".strip()

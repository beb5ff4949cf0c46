"""The questions that the charts answer; each title says the answer."""

from collections.abc import Mapping

import streamlit as st

from db.figures.buildings import by_building
from db.figures.lists import Listed
from db.figures.reads import CategoryLine, Overview, Wanted
from db.figures.steps import step_times
from domain.figure_words import CLASSES_DAYS, PROMISES, TITLES, Figure
from locales.times import day_words
from pages.parts import metric_charts
from pages.parts.metric_address import open_list
from pages.parts.metric_where import draw_buildings, draw_steps, title
from pages.parts.metric_words import age_words, hours_words
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _

MOST_CATEGORIES = 8
OLD_FROM = 3  # the class of ages from which open files are drawn as old


def questions(found: Overview, wanted: Wanted, names: Mapping[int, str], opens: bool) -> None:
    """All charts of files, two beside each other where there is room.

    Args:
        names: of categories, by id.
        opens: whether this person may look at the files behind a bar.
    """
    with st.grid("auto", min_column_width=330, key="metric_questions"):
        with st.container():
            draw_steps(step_times(actor(), wanted))
        for draw in (_missed, _reported):
            with st.container():
                draw(found, names)
        if wanted.unit_id is None:
            with st.container():
                draw_buildings(by_building(actor(), wanted), names, opens)
        with st.container():
            _backlog(found, opens)
        with st.container():
            _weeks(found)
        with st.container():
            _durations(found)


def _missed(found: Overview, names: Mapping[int, str]) -> None:
    lines = sorted(
        (line for line in found.categories if sum(line.missed.values())),
        key=lambda line: -sum(line.missed.values()),
    )[:MOST_CATEGORIES]
    if not lines:
        title(_("No promise was missed"))
        return
    worst = _(" and ").join(plain(_named(line, names)) for line in lines[:2])
    title(_("Missed promises gather in {where}", where=worst))
    kinds = [_(TITLES[figure]) for figure in PROMISES]
    rows = [
        (_named(line, names), _(TITLES[figure]), line.missed[figure])
        for line in lines
        for figure in PROMISES
        if line.missed[figure]
    ]
    words = _("How often each promise was missed in each category")
    metric_charts.stacked(rows, kinds, words, "metric_missed")


def _reported(found: Overview, names: Mapping[int, str]) -> None:
    lines = found.categories[:MOST_CATEGORIES]
    if not lines:
        title(_("Nothing was reported in this period"))
        return
    title(_("Most reports are about {what}", what=plain(_named(lines[0], names))))
    rows = [(_named(line, names), line.received, place == 0) for place, line in enumerate(lines)]
    metric_charts.bars(rows, _("Files received by category"), "metric_reported")


def _backlog(found: Overview, opens: bool) -> None:
    old = sum(found.ages[OLD_FROM:])
    if not found.backlog:
        title(_("Nothing is open"))
        return
    title(_("{old} of {all} open files are older than a week", old=old, all=found.backlog))
    rows = [(age_words(place), n, place >= OLD_FROM) for place, n in enumerate(found.ages)]
    metric_charts.bars(rows, _("Open files by age"), "metric_ages")
    if opens:
        with st.container(horizontal=True, gap="small"):
            for place, n in enumerate(found.ages):
                if n:
                    st.button(
                        f"{age_words(place)} ({n})",
                        key=f"metric_age_{place}",
                        type="tertiary",
                        on_click=open_list,
                        args=(Listed(Figure.BACKLOG, age=place),),
                    )


def _weeks(found: Overview) -> None:
    came, went = sum(w.opened for w in found.weeks), sum(w.closed for w in found.weeks)
    title(_("In twelve weeks {came} came in and {went} were closed", came=came, went=went))
    kinds = (_("came in"), _("closed"))
    rows = [
        (f"{week.monday:%m-%d}", kind, n)
        for week in found.weeks
        for kind, n in zip(kinds, (week.opened, week.closed), strict=True)
    ]
    words = _("Files that came in and were closed, by week")
    metric_charts.beside(rows, kinds, words, "metric_weeks")
    first = day_words(found.weeks[0].monday)
    st.caption(_("By the day on which a week begins, from {day}.", day=first))


def _durations(found: Overview) -> None:
    if not found.wall.n:
        title(_("Nothing was done in this period yet"))
        return
    title(
        _(
            "Half are done within {median}, nine of ten within {p90}",
            median=hours_words(found.wall.median),
            p90=hours_words(found.wall.p90),
        )
    )
    ends = (0, *CLASSES_DAYS)
    names = [
        _("{first}–{last} days", first=first, last=last)
        for first, last in zip(ends, CLASSES_DAYS, strict=False)
    ] + [_("over {n} days", n=CLASSES_DAYS[-1])]
    rows = [
        (name, n, place > 2)
        for place, (name, n) in enumerate(zip(names, found.wall.classes, strict=True))
    ]
    metric_charts.bars(rows, _("Files by the time from opening to done"), "metric_durations")


def _named(line: CategoryLine, names: Mapping[int, str]) -> str:
    return names.get(line.category_id, "–")

"""How many took part in polls and in owners' votes of the period, by households and area."""

from datetime import datetime

import pyarrow as pa
import streamlit as st

from db.figures.reads import Wanted, months_before
from db.polls.reads import polls
from db.votes.reads import votes
from domain.days import local_day
from domain.thresholds import percent
from domain.vote_words import square_metres
from pages.parts.when import day
from pages.parts.who import actor
from pages.parts.words import _

MOST = 20


def turnouts(wanted: Wanted, now: datetime) -> None:
    """The newest polls and votes that were opened in the period; without their results."""
    rows = [*_polls(wanted, now), *_votes(wanted, now)]
    st.subheader(_("Who took part in polls and votes"), anchor=False)
    if not rows:
        st.caption(_("No poll and no vote was opened in this period."))
        return
    names = (
        ("what", _("Question")),
        ("where", _("Estate")),
        ("opened", _("Began on")),
        ("heads", _("Households")),
        ("share", _("Turnout")),
        ("area", _("Area")),
    )
    columns = zip(*rows, strict=True)
    st.dataframe(
        pa.table(
            {name: list(column) for (name, _title), column in zip(names, columns, strict=True)}
        ),
        key="metric_turnout",
        hide_index=True,
        alt=_("Turnout of polls and votes"),
        column_config=dict(names),
    )


def _polls(wanted: Wanted, now: datetime) -> list[tuple[str, ...]]:
    return [
        (
            line.question,
            line.where.estate or "",
            day(line.opened_at),
            _("{hit} of {due}", hit=line.answered, due=line.asked),
            f"{percent(line.answered, line.asked)}%" if line.asked else "–",
            "–",
        )
        for line in polls(actor(), now, estate_id=wanted.estate_id, limit=MOST)
        if _inside(wanted, line.opened_at)
    ]


def _votes(wanted: Wanted, now: datetime) -> list[tuple[str, ...]]:
    if wanted.estate_id is not None:
        return []
    return [
        (
            line.title,
            line.estate,
            day(line.opened_at),
            _("{hit} of {due}", hit=line.returned.heads, due=line.roll.heads),
            f"{percent(line.returned.heads, line.roll.heads)}%" if line.roll.heads else "–",
            f"{square_metres(line.returned.area)} / {square_metres(line.roll.area)}",
        )
        for line in votes(actor(), now, limit=MOST)
        if line.opened_at is not None and _inside(wanted, line.opened_at)
    ]


def _inside(wanted: Wanted, opened_at: datetime) -> bool:
    return wanted.first <= local_day(opened_at) < months_before(wanted.last, -1)

"""How many took part in polls and in owners' votes of the period, by households and area."""

from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa
import streamlit as st

from db.figures.reads import Wanted, months_before
from db.figures.turnout import EstateTurnout, turnout
from db.polls.reads import polls
from db.votes.reads import votes
from domain.days import local_day
from domain.thresholds import percent
from domain.vote_words import square_metres
from pages.parts import export
from pages.parts.when import day
from pages.parts.who import actor
from pages.parts.words import _

MOST = 20
NONE = "–"


def turnouts(wanted: Wanted, now: datetime) -> None:
    """The estates, and the newest polls and votes; without their results."""
    found = turnout(actor(), wanted)
    st.subheader(_title(found), anchor=False)
    if not found:
        st.caption(_("No poll and no vote was opened in this period."))
        return
    _table(
        [_estate(line) for line in found],
        (
            _("Estate"),
            _("Polls"),
            _("Households that answered"),
            _("Turnout of polls"),
            _("Votes"),
            _("Voting rights that took part"),
            _("Turnout by heads"),
            _("Area that took part, m²"),
            _("Turnout by area"),
        ),
        "metric_turnout_estates",
        _("Turnout by estate"),
    )
    _table(
        [*_polls(wanted, now), *_votes(wanted, now, {line.estate for line in found})],
        (
            _("Question"),
            _("Estate"),
            _("Began on"),
            _("Households"),
            _("Turnout"),
            _("Area"),
        ),
        "metric_turnout",
        _("Turnout of polls and votes"),
    )


def _title(found: Sequence[EstateTurnout]) -> str:
    asked = sum(line.asked for line in found)
    if not asked:
        return _("Who took part in polls and votes")
    answered = sum(line.answered for line in found)
    return _(
        "{answered} of {asked} households that were asked answered the polls",
        answered=answered,
        asked=asked,
    )


def _table(rows: Sequence[Sequence[str]], titles: Sequence[str], key: str, alt_text: str) -> None:
    names = [f"c{place}" for place in range(len(titles))]
    columns = zip(*rows, strict=True) if rows else ([] for _name in names)
    export.frame(
        pa.table({name: list(column) for name, column in zip(names, columns, strict=True)}),
        key=key,
        hide_index=True,
        alt=alt_text,
        column_config={
            name: st.column_config.Column(title) for name, title in zip(names, titles, strict=True)
        },
    )


def _estate(line: EstateTurnout) -> tuple[str, ...]:
    roll, returned = line.roll, line.returned
    return (
        line.estate,
        str(line.polls),
        _("{hit} of {due}", hit=line.answered, due=line.asked) if line.polls else NONE,
        _share(line.answered, line.asked),
        str(line.votes),
        _("{hit} of {due}", hit=returned.heads, due=roll.heads) if line.votes else NONE,
        _share(returned.heads, roll.heads),
        f"{square_metres(returned.area)} / {square_metres(roll.area)}" if line.votes else NONE,
        _share(returned.area, roll.area),
    )


def _share(hit: int, due: int) -> str:
    return f"{percent(hit, due)}%" if due else NONE


def _polls(wanted: Wanted, now: datetime) -> list[tuple[str, ...]]:
    return [
        (
            line.question,
            line.where.estate or "",
            day(line.opened_at),
            _("{hit} of {due}", hit=line.answered, due=line.asked),
            _share(line.answered, line.asked),
            NONE,
        )
        for line in polls(actor(), now, estate_id=wanted.estate_id, limit=MOST)
        if _inside(wanted, line.opened_at)
    ]


def _votes(wanted: Wanted, now: datetime, estates: set[str]) -> list[tuple[str, ...]]:
    return [
        (
            line.title,
            line.estate,
            day(line.opened_at),
            _("{hit} of {due}", hit=line.returned.heads, due=line.roll.heads),
            _share(line.returned.heads, line.roll.heads),
            f"{square_metres(line.returned.area)} / {square_metres(line.roll.area)}",
        )
        for line in votes(actor(), now, limit=MOST)
        if line.opened_at is not None and line.estate in estates and _inside(wanted, line.opened_at)
    ]


def _inside(wanted: Wanted, opened_at: datetime) -> bool:
    return wanted.first <= local_day(opened_at) < months_before(wanted.last, -1)

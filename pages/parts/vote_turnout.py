"""Turnout against the two thresholds, drawn again by itself while the vote is open."""

import streamlit as st

from db.now import now
from db.votes.reads import vote_view
from db.votes.views import BuildingTurnout, VoteLine, VoteView
from domain.thresholds import Lane, Weight
from domain.vote_words import square_metres
from domain.votes import Stage
from pages.parts import export, export_votes
from pages.parts.vote_charts import Bar, by_building, progress, share
from pages.parts.vote_words import area, gap, heads, per_cent
from pages.parts.who import actor
from pages.parts.words import _

EVERY = 20  # seconds; a hall that watches sees each ballot soon enough
QUORUM = 2 / 3
MOST_BUILDINGS = 60


def live_turnout(view: VoteView) -> None:
    """The turnout; while it is open, of this very moment."""
    running = view.line.stage is Stage.OPEN
    st.fragment(_drawn, run_every=EVERY if running else None)(view.line.code)


def _drawn(code: str) -> None:
    view = vote_view(actor(), now(), code)
    line = view.line
    if line.lane is not Lane.COMMITTEE:
        metrics(line)
    st.subheader(headline(line), anchor=False)
    # A meeting has a few members and no area: its attendance is a number and no chart.
    if line.lane is not Lane.COMMITTEE:
        turnout_chart(line)
    if line.stage is Stage.OPEN:
        st.caption(_("Only who took part is shown. The result appears after the close."))
    buildings(view.buildings)
    export.downloads(export_votes.turnout(line, view.buildings), "vote_turnout")


def metrics(line: VoteLine) -> None:
    """Three figures that read from the back row."""
    short = line.shortfall
    unserved = line.roll - line.served
    with st.grid(3, min_column_width=200):
        st.metric(
            _("Took part, of {heads}", heads=heads(line.roll.heads)),
            f"{line.returned.heads:,}",
            _("{heads} missing", heads=heads(short.heads)) if short.heads else _("enough"),
            delta_color="orange" if short.heads else "green",
            delta_arrow="off",
            border=True,
        )
        st.metric(
            _("Area, of {area}", area=area(line.roll.area)),
            square_metres(line.returned.area),
            _("{area} missing", area=area(short.area)) if short.area else _("enough"),
            delta_color="orange" if short.area else "green",
            delta_arrow="off",
            border=True,
        )
        st.metric(
            _("Ballots served"),
            per_cent(line.served.heads, line.roll.heads),
            _("{heads} not served", heads=heads(unserved.heads))
            if unserved.heads
            else _("everybody"),
            delta_color="orange" if unserved.heads else "green",
            delta_arrow="off",
            border=True,
        )


def headline(line: VoteLine) -> str:
    """The answer to “is it enough?”."""
    if line.lane is Lane.COMMITTEE:
        return gap(line)
    if line.shortfall == Weight():
        return _("The legal turnout is reached: both bars are past two thirds")
    return gap(line)


def turnout_chart(line: VoteLine) -> None:
    """Heads and area as bars against two thirds."""
    done, roll = line.returned, line.roll
    progress(
        [
            Bar(
                _("Heads"),
                share(done.heads, roll.heads),
                per_cent(done.heads, roll.heads),
                not line.shortfall.heads,
                QUORUM,
            ),
            Bar(
                _("Area"),
                share(done.area, roll.area),
                per_cent(done.area, roll.area),
                not line.shortfall.area,
                QUORUM,
            ),
        ],
        _("two thirds"),
        _(
            "Turnout against two thirds: {heads} by heads, {area} by area",
            heads=per_cent(done.heads, roll.heads),
            area=per_cent(done.area, roll.area),
        ),
        "vote_turnout",
    )


def buildings(rows: tuple[BuildingTurnout, ...]) -> None:
    """Where ballots are still out, the emptiest buildings first."""
    if len(rows) < 2:
        return
    ordered = sorted(rows, key=lambda row: share(row.returned.heads, row.roll.heads))
    behind = [row for row in rows if 3 * row.returned.heads < 2 * row.roll.heads]
    st.subheader(
        _("Which buildings have not voted yet?")
        if behind
        else _("Every building is past two thirds"),
        anchor=False,
    )
    bars = [
        Bar(
            row.name or _("without a building"),
            share(row.returned.heads, row.roll.heads),
            f"{row.returned.heads} / {row.roll.heads}",
            row not in behind,
        )
        for row in ordered[:MOST_BUILDINGS]
    ]
    least = ", ".join(bar.what for bar in bars[:3])
    by_building(
        bars, _("Turnout by building; least in {buildings}", buildings=least), "vote_houses"
    )

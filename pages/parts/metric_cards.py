"""The figures as cards: each with its numerator, denominator and definition."""

import streamlit as st

from db.figures.lists import Listed
from db.figures.reads import Durations, Overview, Share
from domain.figure_words import (
    DEFINITIONS,
    FEWEST_RATINGS,
    PROMISES,
    TITLES,
    UNWANTED,
    Figure,
    Part,
)
from domain.thresholds import percent
from pages.parts.metric_address import open_list
from pages.parts.metric_words import hidden, hours_words
from pages.parts.words import _, ngettext

COLUMN_WIDTH = 220
# The cards by the question that they answer.
FILES = (Figure.RECEIVED, Figure.BACKLOG, Figure.DURATION)
KEPT = (*PROMISES, Figure.CHASED, Figure.EXTENDED)
RESULT = (Figure.SOLVED, Figure.SATISFIED, Figure.REOPENED)
# What stands small under another figure, because it says what that one does not.
BESIDE = {
    Figure.RECEIVED: Figure.REPEATED,
    Figure.DONE_IN_TIME: Figure.DONE_VOTED,
    Figure.SOLVED: Figure.SOLVED_CLOSED,
    Figure.SATISFIED: Figure.RETURN_RATE,
}


def cards(found: Overview, opens: bool) -> None:
    """All of them.

    Args:
        opens: whether this person may look at the files behind the figures.
    """
    for key, title, figures in (
        ("files", _("How much came in, and how long it took"), FILES),
        ("kept", _("Which promises were kept"), KEPT),
        ("result", _("What residents say came of it"), RESULT),
    ):
        st.subheader(title, anchor=False)
        with st.grid("auto", min_column_width=COLUMN_WIDTH, key=f"metric_cards_{key}"):
            for figure in figures:
                _card(found, figure, opens)


def _card(found: Overview, figure: Figure, opens: bool) -> None:
    if figure is Figure.RECEIVED:
        _received(found, opens)
    elif figure is Figure.BACKLOG:
        _backlog(found, opens)
    elif figure is Figure.DURATION:
        _duration(found.wall, found.net, opens)
    else:
        _rate(found, figure, opens)


def _received(found: Overview, opens: bool) -> None:
    with st.container(border=True, gap="xsmall"):
        st.metric(
            _(TITLES[Figure.RECEIVED]),
            str(found.received),
            help=_(DEFINITIONS[Figure.RECEIVED]),
        )
        number = found.received if found.received_now is None else found.received_now
        _open(Listed(Figure.RECEIVED), ngettext("{n} file", "{n} files", number), opens)
        _later(found.received_now is not None)
        _beside(found, BESIDE[Figure.RECEIVED], opens)


def _rate(found: Overview, figure: Figure, opens: bool) -> None:
    share = found.shares[figure]
    with st.container(border=True, gap="xsmall"):
        if hidden(figure, share):
            st.metric(_(TITLES[figure]), "–", help=_(DEFINITIONS[figure]))
            st.caption(_("Fewer than {n} ratings: not shown.", n=FEWEST_RATINGS))
        else:
            st.metric(
                _(TITLES[figure]),
                f"{percent(share.hit, share.due)}%" if share.due else "–",
                help=_(DEFINITIONS[figure]),
            )
            _parts(figure, share, opens)
        if figure in BESIDE:
            _beside(found, BESIDE[figure], opens)


def _beside(found: Overview, figure: Figure, opens: bool) -> None:
    share = found.shares[figure]
    words = _("{hit} of {due}", hit=share.hit, due=share.due)
    st.caption(
        _("{figure}: {share}", figure=_(TITLES[figure]), share=words),
        help=_(DEFINITIONS[figure]),
    )
    _later(share.now is not None)
    if opens:
        with st.container(horizontal=True, gap="small"):
            _part_links(figure, share)


def _parts(figure: Figure, share: Share, opens: bool) -> None:
    """Numerator and denominator; where a frozen month says something else, today's beside."""
    st.caption(_("{hit} of {due}", hit=share.hit, due=share.due))
    _later(share.now is not None)
    if opens:
        with st.container(horizontal=True, gap="small"):
            _part_links(figure, share)


def _part_links(figure: Figure, share: Share) -> None:
    hit, due = share.now or (share.hit, share.due)
    parts = [(Part.DUE, _("of {n}", n=due), due)]
    if figure in UNWANTED:
        parts.insert(0, (Part.HIT, _("{n} were", n=hit), hit))
    else:
        parts.insert(0, (Part.MISS, _("{n} did not", n=due - hit), due - hit))
        parts.insert(0, (Part.HIT, _("{n} did", n=hit), hit))
    for part, words, n in parts:
        if n:
            _open(Listed(figure, part), words, opens=True)


def _duration(wall: Durations, net: Durations, opens: bool) -> None:
    with st.container(border=True, gap="xsmall"):
        st.metric(
            _("{figure}, median", figure=_(TITLES[Figure.DURATION])),
            hours_words(wall.median),
            help=_(DEFINITIONS[Figure.DURATION]),
        )
        if wall.n:
            st.caption(
                _("P75 {p75} · P90 {p90}", p75=hours_words(wall.p75), p90=hours_words(wall.p90))
            )
            st.caption(
                _(
                    "Without pauses {median} · P90 {p90}",
                    median=hours_words(net.median),
                    p90=hours_words(net.p90),
                )
            )
        _open(Listed(Figure.DURATION), ngettext("{n} file", "{n} files", wall.n), opens)


def _backlog(found: Overview, opens: bool) -> None:
    with st.container(border=True, gap="xsmall"):
        st.metric(
            _(TITLES[Figure.BACKLOG]), str(found.backlog), help=_(DEFINITIONS[Figure.BACKLOG])
        )
        if found.oldest_days is not None:
            st.caption(_("The oldest: {n} days", n=found.oldest_days))
        _open(Listed(Figure.BACKLOG), ngettext("{n} file", "{n} files", found.backlog), opens)


def _later(corrected: bool) -> None:
    if corrected:
        st.caption(
            _("Corrected since it was frozen: the list has today's files."),
            help=_(
                "A month is frozen 31 days after its end. What changes later stands beside the "
                "figure and never in it."
            ),
        )


def _open(which: Listed, words: str, opens: bool) -> None:
    if not opens:
        st.caption(words)
        return
    part = which.part if which.age is None else which.age
    st.button(
        words,
        key=f"metric_{which.figure}_{part}",
        type="tertiary",
        on_click=open_list,
        args=(which,),
        help=_("Open the list"),
    )

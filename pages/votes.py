"""Votes 议事: what is being voted on, what waits for a person, and the way to a new vote."""

import streamlit as st

from db.now import now
from db.polls.reads import polls
from db.polls.views import PollLine
from db.votes.reads import votes
from db.votes.views import VoteLine
from domain import vote_words
from domain.people import Right
from domain.polls import PollState
from domain.thresholds import Lane
from domain.votes import Stage
from pages.parts import election_section, export, export_votes, go
from pages.parts.forms import announce
from pages.parts.poll_words import state_badge, turnout_words
from pages.parts.show import plain
from pages.parts.vote_charts import share
from pages.parts.vote_start import start
from pages.parts.vote_words import badges, gap, outcome_badge, per_cent, waits
from pages.parts.when import day
from pages.parts.who import actor
from pages.parts.words import _

START = "start"
MOST_ENDED = 20
ENDED = frozenset({Stage.PUBLISHED, Stage.CANCELLED})
# What waits for a person first.
ORDER = (Stage.COUNTED, Stage.COUNTING, Stage.OPEN, Stage.NOTICED, Stage.PREPARING)


def vote(line: VoteLine) -> None:
    """One owners' vote: where it stands, and what it waits for."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(line.title)}**")
        badges(line, whole=False)
        # An election says who is elected on its own page: passing is not yet being seated.
        shown = () if line.lane is Lane.ELECTION else line.outcomes[:3]
        for question, outcome in shown:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                outcome_badge(outcome)
                st.caption(plain(question))
        told = [line.estate]
        if line.stage is Stage.OPEN:
            turnout(line)
            told.append(gap(line))
        elif line.published_at is not None:
            told.append(day(line.published_at))
        st.caption(plain(" · ".join(part for part in (*told, waits(line)) if part)))
        st.button(
            _("Open"),
            key=f"votes_open_{line.code}",
            on_click=go.to_vote,
            args=(line.code,),
            help=plain(line.title),
        )


def turnout(line: VoteLine) -> None:
    """How many took part, by heads and by area."""
    done, roll = line.returned, line.roll
    for words, part, whole in (
        (_("Heads"), done.heads, roll.heads),
        (_("Area"), done.area, roll.area),
    ):
        st.progress(share(part, whole), text=f"{words} {per_cent(part, whole)}")


def poll(line: PollLine) -> None:
    """One poll; it advises and decides nothing."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(line.question)}**")
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.badge(_(vote_words.LANE[Lane.POLL]), icon=":material/ballot:", color="blue")
            state_badge(line)
        st.caption(plain(f"{line.where} · {line.case_number} · {turnout_words(line)}"))
        st.button(
            _("Open"),
            key=f"votes_poll_{line.code}",
            on_click=go.to_poll,
            args=(line.code,),
            help=plain(line.question),
        )


def begin() -> None:
    """Show the guided choice."""
    st.query_params[START] = "1"


def end() -> None:
    """Back to the list."""
    st.query_params.clear()


def overview() -> None:
    """What goes on at the left, what has ended at the right."""
    runs = actor().may(Right.RUN_VOTES)
    at = now()
    lines, asked = votes(actor(), at), polls(actor(), at)
    going = sorted(
        (line for line in lines if line.stage not in ENDED),
        key=lambda line: ORDER.index(line.stage),
    )
    open_polls = [line for line in asked if line.state is PollState.OPEN]
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Going on"), anchor=False)
        for line in going:
            vote(line)
        for row in open_polls:
            poll(row)
        if not going and not open_polls:
            st.info(
                _("Nothing is being voted on. A vote begins here, a poll on the page of its file.")
                if runs
                else _("Nothing is being voted on."),
                icon=":material/info:",
            )
    with right:
        st.subheader(_("Ended"), anchor=False)
        ended = [line for line in lines if line.stage in ENDED]
        closed = [line for line in asked if line.state is not PollState.OPEN]
        for line in ended[:MOST_ENDED]:
            vote(line)
        for row in closed[: max(0, MOST_ENDED - len(ended))]:
            poll(row)
        if not ended and not closed:
            st.caption(_("Results stay here."))
    if lines or asked:
        export.downloads(export_votes.all_votes(lines, asked), "votes")
    election_section.below_the_list()


st.set_page_config(layout="wide")
announce()
starting = actor().may(Right.RUN_VOTES) and st.query_params.get(START) == "1"
st.title(_("Start a vote") if starting else _("Votes"), anchor=False)
if starting:
    st.button(
        _("Back to all votes"),
        key="votes_back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=end,
    )
    start(str(st.query_params.get(go.CASE, "")))
else:
    if actor().may(Right.RUN_VOTES):
        st.button(
            _("Start a vote"),
            key="votes_start",
            type="primary",
            icon=":material/add:",
            on_click=begin,
        )
    overview()

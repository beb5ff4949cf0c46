"""Owners' votes on the page of a file: the way to one, how it stands, and the way back."""

import streamlit as st

from db.casefile_views import CaseFile
from db.now import now
from db.votes.reads import votes_of_case
from db.votes.views import VoteLine
from domain import labels, vote_words
from domain.moves import Move
from domain.people import Right
from domain.votes import Stage
from pages.parts import go
from pages.parts.case_form import case_form
from pages.parts.case_reason import ASKED_FOR, make, plain_move
from pages.parts.show import plain
from pages.parts.vote_words import outcome_badge, stage_badge
from pages.parts.who import actor
from pages.parts.words import _, opening

OVER = frozenset({Stage.PUBLISHED, Stage.CANCELLED})


def case_votes(file: CaseFile) -> None:
    """The votes that the file was turned to."""
    for line in votes_of_case(actor(), now(), file.line.code):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{plain(line.title)}**")
                st.caption(_(vote_words.LANE[line.lane]))
                for question, outcome in line.outcomes:
                    with st.container(horizontal=True, gap="small"):
                        outcome_badge(outcome)
                        st.caption(plain(question))
            stage_badge(line)
            st.button(
                _("To the vote"),
                key=f"case_vote_{line.code}",
                on_click=go.to_vote,
                args=(line.code,),
                help=plain(line.title),
            )


def to_vote(file: CaseFile) -> None:
    """The guided choice turns the file when the vote is made; by hand where there is none."""
    if not actor().may(Right.RUN_VOTES):
        plain_move(file, Move.TO_VOTE)
        return
    st.caption(_("First the matter is chosen: it says by which majority the owners decide."))
    st.button(
        _("Start an owners' vote"),
        key="case_start_vote",
        type="primary",
        icon=":material/how_to_vote:",
        on_click=start,
        args=(file.line.code,),
    )


def start(code: str) -> None:
    """Open the guided choice for this file."""
    st.switch_page("votes.py", query_params={"start": "1", go.CASE: code})


def from_vote(file: CaseFile) -> None:
    """The file goes on with the result; it is proposed in the words of the notice."""
    lines = votes_of_case(actor(), now(), file.line.code)
    running = [line for line in lines if line.stage not in OVER]
    if running:
        st.info(
            _("The vote is not over: {stage}.", stage=_(vote_words.STAGE[running[0].stage])),
            icon=":material/how_to_vote:",
        )
    form = case_form(Move.FROM_VOTE.value)
    with st.form(form.key("form"), border=False):
        st.text_area(
            _(ASKED_FOR[Move.FROM_VOTE]),
            value="" if running or not lines else ended(lines[0]),
            key=form.key("reason"),
            height=100,
        )
        form.mend("reason")
        form.submit(
            _(labels.MOVE[Move.FROM_VOTE]), make, file.line.code, Move.FROM_VOTE, main=not running
        )


def ended(line: VoteLine) -> str:
    """How the vote ended, in one text."""
    if not line.outcomes:
        return f"{line.title}: {_(vote_words.STAGE[line.stage])}"
    said = [
        f"{question}: {opening(_(vote_words.OUTCOME[outcome]))}"
        for question, outcome in line.outcomes
    ]
    return "\n".join(said)

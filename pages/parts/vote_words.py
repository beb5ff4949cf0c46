"""What signed-in pages say of a vote: where it stands, its figures, what is missing."""

from typing import Literal

import streamlit as st

from db.now import now
from db.votes.views import VoteLine
from documents import vote_sheet
from domain import vote_words
from domain.lanes import Matter, guide
from domain.thresholds import Lane, Outcome, percent
from domain.votes import Stage
from pages.parts.when import left_of, show_deadline
from pages.parts.words import _, opening, speak

Colour = Literal["green", "orange", "red", "blue", "gray"]

STAGE_LOOKS: dict[Stage, tuple[Colour, str]] = {
    Stage.PREPARING: ("gray", "edit_note"),
    Stage.NOTICED: ("blue", "campaign"),
    Stage.OPEN: ("green", "how_to_vote"),
    Stage.COUNTING: ("orange", "inventory"),
    Stage.COUNTED: ("orange", "fact_check"),
    Stage.PUBLISHED: ("blue", "verified"),
    Stage.CANCELLED: ("gray", "block"),
}
OUTCOME_LOOKS: dict[Outcome, tuple[Colour, str]] = {
    Outcome.PASS: ("green", "check_circle"),
    Outcome.FAIL: ("red", "cancel"),
    Outcome.NO_QUORUM: ("red", "group_off"),
    Outcome.NO_MEETING: ("red", "group_off"),
    Outcome.ADVISORY: ("gray", "info"),
    Outcome.DEPENDS_ON_INVALID: ("orange", "help"),
}


def badges(line: VoteLine, *, whole: bool = True) -> None:
    """The lane, its article, the stage, and what is left of the time.

    Args:
        whole: with the article, which a list leaves out.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.badge(_(vote_words.LANE[line.lane]), icon=":material/gavel:", color="green")
        article = guide(Matter(line.matter)).article
        if article and whole:
            st.badge(article, color="gray")
        stage_badge(line)
        if line.stage is Stage.OPEN and line.closes_at is not None:
            show_deadline(left_of(line.closes_at - now()))


def stage_badge(line: VoteLine) -> None:
    """Where it stands."""
    colour, icon = STAGE_LOOKS[line.stage]
    words = opening(_(vote_words.STAGE[line.stage]))
    st.badge(words, icon=f":material/{icon}:", color=colour)


def waits(line: VoteLine) -> str:
    """What it waits for; empty for nothing."""
    if line.lane is Lane.COMMITTEE and line.stage is Stage.NOTICED:
        return _(vote_words.MEETING_WAITS)
    words = vote_words.WAITS[line.stage]
    return _(words) if words else ""


def outcome_badge(outcome: Outcome) -> None:
    """How a question ended."""
    colour, icon = OUTCOME_LOOKS[outcome]
    st.badge(opening(_(vote_words.OUTCOME[outcome])), icon=f":material/{icon}:", color=colour)


def heads(n: int) -> str:
    """Voting rights by heads, such as 37 户."""
    speak()
    return vote_sheet.heads(n)


def area(size: int) -> str:
    """Such as 2,140.00 m²."""
    speak()
    return vote_sheet.area(size)


def per_cent(part: int, whole: int) -> str:
    """Cut and never rounded, such as 66.66 %."""
    return _("{number} %", number=percent(part, whole))


def gap(line: VoteLine) -> str:
    """What quorum still lacks: 还差 37 户 / 2,140.00 m²."""
    speak()
    return vote_sheet.gap(line.lane, line.shortfall)

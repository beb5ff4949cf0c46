"""What signed-in pages say of a vote: where it stands, its figures, what is missing."""

from typing import Literal

import streamlit as st

from db.now import now
from db.votes.views import VoteLine
from domain import vote_words
from domain.lanes import Matter, guide
from domain.thresholds import Lane, Outcome, Weight, percent
from domain.vote_words import square_metres
from domain.votes import Stage
from pages.parts.when import left_of, show_deadline
from pages.parts.words import _, ngettext, opening

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


def outcome_badge(outcome: Outcome) -> None:
    """How a question ended."""
    colour, icon = OUTCOME_LOOKS[outcome]
    st.badge(opening(_(vote_words.OUTCOME[outcome])), icon=f":material/{icon}:", color=colour)


def heads(n: int) -> str:
    """Voting rights by heads, such as 37 户."""
    return ngettext("{shown} right", "{shown} rights", n, shown=f"{n:,}")


def area(size: int) -> str:
    """Such as 2,140.00 m²."""
    return _("{size} m²", size=square_metres(size))


def per_cent(part: int, whole: int) -> str:
    """Cut and never rounded, such as 66.66 %."""
    return _("{number} %", number=percent(part, whole))


def gap(line: VoteLine) -> str:
    """What quorum still lacks: 还差 37 户 / 2,140.00 m²."""
    short = line.shortfall
    if short == Weight():
        return _("Quorum is reached by heads and by area")
    if line.lane is Lane.COMMITTEE:
        return ngettext("{n} member is missing", "{n} members are missing", short.heads)
    return _("Still missing: {heads} / {area}", heads=heads(short.heads), area=area(short.area))


def figures(weight: Weight, whole: Weight) -> str:
    """Heads and area with their shares, in one line."""
    return _(
        "{heads} ({heads_share}) · {area} ({area_share})",
        heads=heads(weight.heads),
        heads_share=per_cent(weight.heads, whole.heads),
        area=area(weight.area),
        area_share=per_cent(weight.area, whole.area),
    )

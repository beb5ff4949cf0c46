"""The next step of a file: its one main button with its form, the other moves in a menu."""

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

from db.casefile_views import CaseFile
from domain import labels
from domain.errors import N_
from domain.moves import MAIN_MOVE, OPEN_STATES, Move, State
from domain.people import Right
from pages.parts import (
    case_close,
    case_decide,
    case_later,
    case_merge,
    case_publish,
    case_tell,
    case_work_done,
    vote_case,
)
from pages.parts.case_form import DOING
from pages.parts.case_reason import plain_move, supplied
from pages.parts.case_sort import sort_form
from pages.parts.forms import forget
from pages.parts.who import actor
from pages.parts.words import _


class Also(StrEnum):
    """What can be done to a file without moving it."""

    ANSWER = "answer"
    CALL = "call"
    RATE = "rate"
    NOTE = "note"
    LATER = "later"
    SORT = "sort"


ALSO: dict[Also, str] = {
    Also.ANSWER: N_("Answer on the follow page"),
    Also.CALL: N_("Record a call"),
    Also.RATE: N_("Take down a rating"),
    Also.NOTE: N_("Add what the reporter said"),
    Also.LATER: N_("Give the unit a later day"),
    Also.SORT: N_("Correct title, place, category"),
}

FORMS: dict[Move | Also, Callable[[CaseFile], None]] = {
    Move.SUPPLY: supplied,
    Move.DECIDE: case_decide.decide_form,
    Move.GIVE: case_decide.give_form,
    Move.DONE: case_work_done.done_form,
    Move.SHOW: case_publish.publish_form,
    Move.CLOSE: case_close.close_form,
    Move.MERGE: case_merge.merge_form,
    Move.UNMERGE: case_merge.unmerge_form,
    Move.TO_VOTE: vote_case.to_vote,
    Move.FROM_VOTE: vote_case.from_vote,
    Also.ANSWER: case_tell.answer_form,
    Also.CALL: case_tell.call_form,
    Also.RATE: case_tell.rate_form,
    Also.NOTE: supplied,
    Also.LATER: case_later.later_form,
    Also.SORT: sort_form,
}


@st.fragment
def next_step(file: CaseFile) -> None:
    """The panel at the top of a file."""
    others = [*(move for move in file.moves if move is not file.main_move), *also(file)]
    doing = st.session_state.get(DOING)
    if doing not in others:
        doing = None
    with st.container(border=True, key="case_next"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(headline(file, doing), anchor=False, width="stretch")
            if doing is not None:
                st.button(
                    _("Back"),
                    key="case_back",
                    icon=":material/close:",
                    type="tertiary",
                    on_click=choose,
                    args=(None,),
                )
            elif others:
                st.menu_button(
                    _("Something else"),
                    others,
                    format_func=name,
                    key="case_other",
                    on_click=chosen,
                )
        if doing is not None:
            form(file, doing)
        elif file.main_move is not None:
            form(file, file.main_move)
        else:
            st.caption(_("The community office takes this step."))


def name(what: Move | Also) -> str:
    """What the menu calls it."""
    return _(ALSO[what] if isinstance(what, Also) else labels.MOVE[what])


def headline(file: CaseFile, doing: Move | Also | None) -> str:
    """What the panel is about."""
    if doing is not None:
        return name(doing)
    move = file.main_move or MAIN_MOVE[file.line.state]
    return _("Next step: {move}", move=_(labels.MOVE[move]))


def also(file: CaseFile) -> list[Also]:
    """What this person may do besides moving the file."""
    if not actor().may(Right.HANDLE):
        return []
    state = file.line.state
    possible = [Also.ANSWER, Also.CALL] if state is not State.MERGED else []
    if state is State.DOING:
        possible.insert(0, Also.LATER)
    if state in (State.RATING, State.CLOSED):
        possible.append(Also.RATE)
    if state in OPEN_STATES - {State.ASKED}:
        possible.append(Also.NOTE)
    return [*possible, Also.SORT] if state is not State.CLOSED else possible


def form(file: CaseFile, doing: Move | Also) -> None:
    """The form of a move, or of something else."""
    if doing in FORMS:
        FORMS[doing](file)
    elif isinstance(doing, Move):
        plain_move(file, doing)


def chosen() -> None:
    """Show the form of what was chosen from the menu."""
    choose(st.session_state["case_other"])


def choose(what: Move | Also | None) -> None:
    """Show this form, or with None the one of the main step."""
    st.session_state[DOING] = what


def begin(code: str) -> None:
    """Forget what was typed and chosen for another file."""
    if st.session_state.get("case_shown") != code:
        st.session_state["case_shown"] = code
        st.session_state[DOING] = st.session_state[case_merge.TARGET] = None
        st.session_state["case_whole_story"] = False
        forget("case_")

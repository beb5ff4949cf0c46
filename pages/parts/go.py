"""Ways from page to page: a file, a list with its filter, and whether a person has that page."""

from collections.abc import Mapping

import streamlit as st

from db.inbox import CaseFilter
from domain.moves import Step
from pages.parts import menu, who

# The parameters that name what a page shows.
CASE, TASK, POLL, VOTE, REQUEST = "c", "t", "poll", "vote", "r"


def has(name: str) -> bool:
    """Whether this person's menu knows the page."""
    return any(entry.name == name for entry in menu.entries_for(who.actor()))


def to_case(code: str) -> None:
    """Open a file; for callbacks.

    The address keeps what it said before: Streamlit puts the new parameters into the history
    once with the old page, and the way back must lead to the same list.
    """
    st.switch_page("case.py", query_params={**st.query_params.to_dict(), CASE: code})


def to_task(code: str) -> None:
    """Open one of the unit's own tasks; for callbacks."""
    st.switch_page("tasks.py", query_params={TASK: code})


def to_poll(code: str) -> None:
    """Open a poll; for callbacks."""
    st.switch_page("poll.py", query_params={POLL: code})


def to_vote(code: str) -> None:
    """Open an owners' vote; for callbacks."""
    st.switch_page("vote.py", query_params={VOTE: code})


def to_request(code: str) -> None:
    """Open a request for help; for callbacks."""
    st.switch_page("dispatch.py", query_params={REQUEST: code})


def case_link(code: str, label: str, icon: str = "folder_open") -> None:
    """A link to a file."""
    st.page_link(
        "case.py", label=label, icon=f":material/{icon}:", query_params={CASE: code}, help=""
    )


def case_button(code: str, label: str, key: str) -> None:
    """The way from one file to another; a link would look like the page that one is on."""
    st.button(
        label,
        key=key,
        icon=":material/folder_open:",
        type="tertiary",
        wrap=True,
        on_click=to_case,
        args=(code,),
    )


def link(name: str, label: str, icon: str, params: Mapping[str, str] | None = None) -> None:
    """A link to one of the pages; plain words for whoever does not have it."""
    if has(name):
        st.page_link(
            f"{name}.py",
            label=label,
            icon=f":material/{icon}:",
            query_params=dict(params or {}),
            help="",
        )
    else:
        st.markdown(f":material/{icon}: {label}")


def list_params(wanted: CaseFilter) -> dict[str, str]:
    """The inbox's address for a filter by step or by being overdue."""
    params = {"step": wanted.step.value} if isinstance(wanted.step, Step) else {}
    return params | ({"overdue": "1"} if wanted.overdue else {})

"""What changed since this person was here: how many files, and the latest of them."""

import streamlit as st

from db.changes import ChangeLine, Changes, changes
from db.now import now
from domain.changes import TITLES, Change
from pages.parts import go
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

ONLY = "changed"  # in the address


def asked() -> Change | None:
    """Which change the address wants to see alone."""
    said = st.query_params.get(ONLY)
    return Change(said) if said in frozenset(Change) else None


def news() -> Changes | None:
    """What is news to this person; None where nothing is, or nothing may be seen."""
    found = changes(actor(), now(), asked())
    return found if found and found.counts else None


def show(found: Changes) -> None:
    """The numbers, each of which narrows the lines, and the lines, which open their files."""
    st.subheader(_("Since you were here"), anchor=False)
    st.caption(_("Since {when}, by others", when=moment(found.since)))
    only = asked()
    st.session_state["today_changed"] = only.value if only in found.counts else None
    words = {change.value: f"{_(TITLES[change])} {n}" for change, n in found.counts.items()}
    st.pills(
        _("What changed"),
        list(words),
        format_func=words.__getitem__,
        key="today_changed",
        on_change=_chosen,
        label_visibility="collapsed",
        wrap=True,
    )
    for place, line in enumerate(found.lines):
        _line(line, place)


def _line(line: ChangeLine, place: int) -> None:
    with st.container(gap=None):
        st.caption(f"{_(TITLES[line.change])} · {moment(line.at)}")
        if line.poll is not None and go.has("poll"):
            st.button(
                plain(line.title),
                key=f"today_changed_{place}",
                icon=":material/ballot:",
                type="tertiary",
                wrap=True,
                on_click=go.to_poll,
                args=(line.poll,),
            )
        else:
            go.case_button(line.code, plain(line.title), f"today_changed_{place}")


def _chosen() -> None:
    if said := st.session_state["today_changed"]:
        st.query_params[ONLY] = said
    else:
        st.query_params.pop(ONLY, None)

"""并案: likely duplicates with their reasons, merging by a person, and taking out again."""

import streamlit as st

from db import merging
from db.casefile_views import CaseFile
from db.duplicates import DuplicateHint, duplicates_of
from db.inbox import CaseFilter, inbox
from db.now import now
from domain.moves import Move
from pages.parts import go
from pages.parts.case_form import DOING, case_form
from pages.parts.choice import plain_choice
from pages.parts.forms import Sent
from pages.parts.show import plain
from pages.parts.when import day
from pages.parts.who import actor
from pages.parts.words import _

MOST_HITS = 8
TARGET = "case_merge_target"  # the likely duplicate that was chosen to merge into


def duplicates(file: CaseFile) -> None:
    """Open files that may be about the same matter, and why."""
    may_merge = Move.MERGE in file.moves
    hints = duplicates_of(actor(), file.line.code, now())
    if not hints:
        return
    st.subheader(_("Perhaps the same matter"), anchor=False)
    for hint in hints:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{plain(hint.title)}**")
            st.caption(plain(f"{hint.number} · {hint.where} · {day(hint.opened_at)}"))
            st.markdown(" ".join(f":blue-badge[{reason}]" for reason in reasons(hint)))
            with st.container(horizontal=True, gap="small"):
                go.case_button(hint.code, _("Open"), f"case_hint_{hint.code}")
                if may_merge:
                    st.button(
                        _("Merge into this one"),
                        key=f"case_into_{hint.code}",
                        icon=":material/merge:",
                        type="tertiary",
                        on_click=st.session_state.update,
                        args=({DOING: Move.MERGE, TARGET: hint.code},),
                    )


def reasons(hint: DuplicateHint) -> list[str]:
    """Why it may be the same, each in a few words."""
    return [_(reason.template, **reason.params) for reason in hint.reasons]


def merge_form(file: CaseFile) -> None:
    """Into which file, and why."""
    st.text_input(
        _("Find the other file"),
        type="search",
        key="case_merge_find",
        placeholder=_("Words, number or place"),
    )
    typed = str(st.session_state.get("case_merge_find") or "")
    if typed.strip():
        found = inbox(actor(), CaseFilter(query=typed), now(), limit=MOST_HITS).lines
        known = {line.code: f"{line.number} {line.title}" for line in found}
    else:
        hints = duplicates_of(actor(), file.line.code, now())
        known = {hint.code: f"{hint.number} {hint.title}" for hint in hints}
    known.pop(file.line.code, None)
    if not known:
        st.caption(_("No open file fits. Search for words of its title."))
        return
    form = case_form("merge")
    with st.form(form.key("form"), border=False):
        target = st.session_state.get(TARGET)
        plain_choice(
            _("Merge into"),
            known,
            form.key("into"),
            target if target in known else next(iter(known)),
        )
        st.text_input(_("Why are they the same matter?"), key=form.key("reason"))
        form.mend("reason")
        st.caption(_("Every reporter is kept and told. It can be undone."))
        form.submit(_("Merge"), merge, file.line.code)


def merge(sent: Sent, code: str) -> None:
    """Merge this file into the other."""
    merging.merge(actor(), now(), code, str(sent.pick("into")), sent.text("reason"), key=sent.once)


def unmerge_form(file: CaseFile) -> None:
    """Take this file out of the other."""
    form = case_form("unmerge")
    with st.form(form.key("form"), border=False):
        st.text_input(_("Why are they different matters?"), key=form.key("reason"))
        form.mend("reason")
        form.submit(_("Take out again"), unmerge, file.line.code)


def unmerge(sent: Sent, code: str) -> None:
    """Take it out."""
    merging.unmerge(actor(), now(), code, sent.text("reason"), key=sent.once)


def merged(file: CaseFile) -> None:
    """The files that were merged into this one."""
    if not file.merged:
        return
    st.subheader(_("Merged into this file"), anchor=False)
    for line in file.merged:
        go.case_button(line.code, plain(f"{line.number} {line.title}"), f"case_of_{line.code}")

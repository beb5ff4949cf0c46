"""Trust in numbers: what was sealed, the recount from the ballots, the bundle to take away."""

import streamlit as st

from db.now import now
from db.votes.bundle import bundle, recounted
from db.votes.views import VoteView
from domain import vote_words
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening
from pages.parts.working import working

FOUND = "vote_recounted"


def section(view: VoteView) -> None:
    """The seals for everybody, the recount for tellers and for whom the rules name."""
    sealed = (
        (_("Questions"), view.questions_hash),
        (_("Rules"), view.rules_hash),
        (_("Roll"), view.roll_hash),
        (
            _("Last of {n} events", n=view.chain.seq) if view.chain else _("Events"),
            view.chain.hash if view.chain else None,
        ),
    )
    st.subheader(_("Sealed"), anchor=False)
    st.caption(_("These fingerprints (SHA-256) change as soon as anything behind them is changed."))
    for name, value in sealed:
        if value:
            st.markdown(f"**{name}**")
            st.code(value, language=None, wrap_lines=True)
    if view.line.counted_at is None:
        st.info(
            _("The recount and its files are there once the vote is counted."),
            icon=":material/lock:",
        )
    elif view.may_look:
        recount(view)
    else:
        st.caption(
            _("This vote's tellers, and whom the estate's rules name, can count the ballots again.")
        )


def recount(view: VoteView) -> None:
    """Count again from the ballots, and take the bundle."""
    st.subheader(_("Count again"), anchor=False)
    who, code = actor(), view.line.code
    with st.container(horizontal=True):
        st.button(
            _("Count again from the ballots"),
            key="vote_recount",
            icon=":material/calculate:",
            on_click=again,
            args=(code,),
        )
        st.download_button(
            _("Recount bundle"),
            lambda: bundle(who, now(), code),
            file_name="recount.zip",
            mime="application/zip",
            key="vote_bundle",
            icon=":material/folder_zip:",
            on_click="ignore",
            help=_("Every download is recorded. Areas are nearly unique: keep it to yourself."),
        )
    found = st.session_state.get(FOUND)
    if found is None or found[0] != code:
        return
    if found[1].agrees:
        st.success(
            _("The recount from the ballots agrees with the result shown, to the last 0.01 m²."),
            icon=":material/verified:",
        )
    else:
        st.error(
            _("The recount does not agree with the result shown. Tell the administrator now."),
            icon=":material/report:",
        )
    for one in found[1].recount.questions:
        st.markdown(f"- {plain(one.question)}: {opening(_(vote_words.OUTCOME[one.outcome]))}")


def again(code: str) -> None:
    """Count again."""
    who, at = actor(), now()
    done = working(_("Counting again…"), lambda tell: recounted(who, at, code))
    st.session_state[FOUND] = (code, done)

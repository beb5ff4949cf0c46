"""Objections to roll, candidates or result: written down, answered, kept."""

import streamlit as st

from db.now import now
from db.votes import objections
from db.votes.objections import ObjectionView
from db.votes.views import VoteView
from domain import vote_words
from domain.thresholds import Lane
from domain.timeline_of_vote import About
from domain.votes import Stage
from pages.parts import export, export_papers
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening

AFTER_THE_COUNT = frozenset({Stage.COUNTED, Stage.PUBLISHED})
CLOSED = frozenset({Stage.COUNTING, Stage.CANCELLED})


def section(view: VoteView) -> None:
    """All of them, and the form for another."""
    found = objections.objections(actor(), now(), view.line.code)
    if found:
        export.downloads(export_papers.objections(found, view.line.title), "vote_objections")
    for row in found:
        one(view, row)
    if not found:
        st.info(_("Nobody has objected."), icon=":material/sentiment_satisfied:")
    if view.line.stage not in CLOSED:
        record_form(view)


def one(view: VoteView, row: ObjectionView) -> None:
    """One objection with its answer, or the form for it."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.badge(opening(_(vote_words.ABOUT[row.about])), color="blue")
            if not row.in_time:
                st.badge(opening(_("outside its period")), color="gray")
            if row.answer is None:
                st.badge(opening(_("to be answered")), icon=":material/reply:", color="orange")
        st.text(row.text)
        st.caption(plain(f"{row.by} · {moment(row.received_at)}"))
        if row.answer is not None and row.answered_at is not None:
            st.markdown(f"**{_('Answer')}**")
            st.text(row.answer)
            st.caption(moment(row.answered_at))
            return
        form = Form(f"vote_answer_{row.id}")
        with st.form(form.key("form"), border=False):
            st.text_area(_("Answer"), height=80, key=form.key("answer"))
            form.mend("answer")
            form.submit(_("Answer it"), answer, view.line.code, row.id, main=False)


def record_form(view: VoteView) -> None:
    """Write an objection down as it was handed in."""
    form = Form("vote_objection")
    known = view.line.stage in AFTER_THE_COUNT
    choices = [About.RESULT] if known else [About.ROLL]
    if not known and view.line.lane is Lane.ELECTION:
        choices.append(About.CANDIDATES)
    st.subheader(_("Write an objection down"), anchor=False)
    with st.form(form.key("form"), border=False):
        words = {about: opening(_(vote_words.ABOUT[about])) for about in choices}
        plain_choice(_("About"), words, form.key("about"), choices[0])
        form.mend("about")
        st.text_area(_("What is objected to?"), height=100, key=form.key("text"))
        form.mend("text")
        st.text_input(_("Who objects?"), max_chars=60, key=form.key("by"))
        form.mend("by")
        form.submit(_("Write it down"), record, view.line.code, main=False)


def record(sent: Sent, code: str) -> None:
    """Write it down."""
    objections.record_objection(
        actor(),
        now(),
        code,
        about=sent.pick("about") or About.ROLL,
        text=sent.text("text"),
        by=sent.text("by"),
        key=sent.once,
    )


def answer(sent: Sent, code: str, objection_id: int) -> None:
    """Answer it."""
    objections.answer_objection(actor(), now(), code, objection_id, sent.text("answer"), sent.once)

"""Who does it: the decision, what each unit was given, and what reporters said of the result."""

import streamlit as st

from db.casefile_views import CaseFile, TaskView
from db.now import now
from domain import labels
from domain.moves import State
from pages.parts.show import plain
from pages.parts.when import day, last_day, left_of, moment, show_deadline
from pages.parts.words import _, opening


def work(file: CaseFile) -> None:
    """Decision and tasks."""
    if file.decision is None and not file.tasks:
        return
    st.subheader(_("Who does it"), anchor=False)
    if file.decision is not None:
        with st.container(border=True, gap="xsmall"):
            st.markdown(
                f"**{plain(file.decision.unit)}** · "
                + _("until {day}", day=last_day(file.decision.due_at))
            )
            st.text(file.decision.words)
            st.caption(_("decided {when}", when=moment(file.decision.decided_at)))
    for task in file.tasks:
        one(task, working=file.line.state is State.DOING)


def one(task: TaskView, working: bool) -> None:
    """What one unit was given, and how it stands while the file is being worked on."""
    with st.container(border=True, gap="xsmall"):
        role = _("leads") if task.lead else _("assists")
        st.markdown(f"**{plain(task.unit)}** · {role}")
        if task.recalled_at is not None:
            st.badge(opening(_("taken back")), icon=":material/undo:", color="gray")
        elif task.done_at is not None:
            st.badge(
                _("done {when}", when=day(task.done_at)),
                icon=":material/check_circle:",
                color="red" if task.late else "green",
            )
        elif working:
            show_deadline(left_of(task.due_at - now()))
        else:
            st.badge(opening(_("did not report")), icon=":material/remove:", color="gray")
        if task.first_due_at is not None:
            words = _(
                "moved from {day} to {later}",
                day=last_day(task.first_due_at),
                later=last_day(task.due_at),
            )
            st.caption(words)
        if task.asked_due_at is not None and working:
            st.badge(
                _("asks for {day}", day=last_day(task.asked_due_at)),
                icon=":material/schedule:",
                color="orange",
            )
        told = [_("given {when}", when=moment(task.given_at))]
        if task.answered_at is not None:
            told.append(_("answered {when}", when=moment(task.answered_at)))
        if task.done_by:
            told.append(_("reported by {name}", name=task.done_by))
        st.caption(plain(" · ".join(told)))


def result(file: CaseFile) -> None:
    """What was made public, and the ratings."""
    if file.summary:
        st.subheader(_("Result"), anchor=False)
        with st.container(border=True, gap="xsmall"):
            st.text(file.summary)
            if file.published_at is not None:
                st.caption(_("public since {when}", when=moment(file.published_at)))
            else:
                st.caption(_("a draft, not public"))
    if file.ratings:
        st.subheader(_("Ratings"), anchor=False)
    for rating in file.ratings:
        with st.container(border=True, gap="xsmall"):
            st.markdown(
                f":material/star: **{opening(_(labels.LEVEL[rating.level]))}** · "
                f"{_(labels.SOLVED[rating.solved])}"
            )
            if rating.comment:
                st.text(rating.comment)
            told = [moment(rating.at), _(labels.CHANNEL[rating.channel])]
            if rating.recorded_by:
                told.append(_("written down by {name}", name=rating.recorded_by))
            st.caption(plain(" · ".join(told)))


def contacts(file: CaseFile) -> None:
    """Attempts to reach the reporters."""
    if not file.contacts:
        return
    st.subheader(_("Calls"), anchor=False)
    for row in file.contacts[::-1]:
        with st.container(gap=None):
            icon = "call" if row.reached else "phone_missed"
            how = opening(_("reached") if row.reached else _("not reached"))
            why = _(labels.PURPOSE.get(row.purpose) or labels.TOLD[row.purpose])
            st.markdown(f":material/{icon}: {how} · {why}")
            st.caption(plain(f"{moment(row.at)} · {row.by or ''}"))
            if row.words:
                st.text(row.words)

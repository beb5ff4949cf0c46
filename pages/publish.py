"""Publish 晒事: what waits for a person's review before it is public, and what is public."""

import streamlit as st

from db.board import BoardItem, board
from db.inbox import CaseFilter, inbox
from db.now import now
from db.views import CaseLine
from domain import labels
from domain.moves import Step
from pages.parts import export, export_together, go
from pages.parts.show import plain
from pages.parts.when import day
from pages.parts.who import actor
from pages.parts.words import _, opening, speak

MOST_CARDS = 20
REVIEW = CaseFilter(step=Step.PUBLISH)


def waits(line: CaseLine, first: bool) -> None:
    """One file whose result nobody has reviewed yet."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{plain(line.title)}**")
            told = (line.number, str(line.where), line.lead_unit, _(labels.STATE[line.state]))
            st.caption(plain(" · ".join(part for part in told if part)))
        st.button(
            _("Review"),
            key=f"publish_open_{line.code}",
            type="primary" if first else "secondary",
            on_click=go.to_case,
            args=(line.code,),
            help=plain(line.title),
        )


def public(item: BoardItem) -> None:
    """One file as the board shows it."""
    with st.container(border=True, gap="xsmall"):
        st.text(item.summary)
        category = item.category_en if speak() == "en" else item.category_zh
        told = [item.number, item.estate, category, day(item.published_at)]
        st.caption(plain(" · ".join(part for part in told if part)))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if item.outcome is not None:
                st.badge(
                    opening(_(labels.OUTCOME[item.outcome])), icon=":material/flag:", color="blue"
                )
            go.case_link(item.code, _("File"))


st.set_page_config(layout="wide")
st.title(_("Publish"), anchor=False)
left, right = st.columns([1, 1], gap="large")
with left:
    st.subheader(_("To be reviewed"), anchor=False)
    page = inbox(actor(), REVIEW, now(), limit=MOST_CARDS)
    for place, line in enumerate(page.lines):
        waits(line, first=place == 0)
    if page.has_more:
        go.link("inbox", _("All of them"), "inbox", go.list_params(REVIEW))
    if not page.lines:
        st.success(
            _("Nothing waits. Files appear here when their work is reported done."),
            icon=":material/task_alt:",
        )
with right:
    st.subheader(_("Public"), anchor=False)
    with st.container(horizontal=True):
        st.link_button(_("Open the public board"), "/board", icon=":material/open_in_new:")
        st.link_button(_("Monthly sheet"), "/print/month", icon=":material/print:")
    shown = board().items
    if shown:
        export.downloads(export_together.published(), "publish")
    for item in shown:
        public(item)
    if not shown:
        st.info(_("Nothing is public yet. Review a result and publish it."), icon=":material/info:")

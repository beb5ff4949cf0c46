"""The inbox 收件箱: all files of one's scope, filtered by an address that can be passed on."""

import streamlit as st

from db.inbox import CaseFilter, count, inbox
from db.now import now
from db.views import CaseLine, Count, Page
from pages.parts import export, export_files, go
from pages.parts.case_filter import AFTER, asked, case_filter, choices, in_words
from pages.parts.case_table import pick, table
from pages.parts.filter_bar import cleared, filters
from pages.parts.who import actor
from pages.parts.words import _, ngettext


def turned(after: str | None) -> None:
    """Go to another portion of the list."""
    if after:
        st.query_params[AFTER] = after
    else:
        st.query_params.pop(AFTER, None)


def turning(page: Page[CaseLine], after: str | None) -> None:
    """Back to the beginning, back by one, on to the next portion."""
    trail: list[str | None] = st.session_state.setdefault("inbox_trail", [])
    if after is None:
        trail.clear()
    elif after in trail:
        del trail[trail.index(after) :]
    with st.container(horizontal=True, horizontal_alignment="right"):
        if after:
            st.button(
                _("Newest"),
                key="inbox_first",
                icon=":material/first_page:",
                on_click=turned,
                args=(None,),
            )
        if after and trail:
            st.button(
                _("Newer"),
                key="inbox_newer",
                icon=":material/chevron_left:",
                on_click=turned,
                args=(trail[-1],),
            )
        if page.next_cursor:
            st.button(
                _("Older"),
                key="inbox_older",
                icon=":material/chevron_right:",
                icon_position="right",
                on_click=older,
                args=(after, page.next_cursor),
            )


def older(here: str | None, onward: str) -> None:
    """Remember the way back, and go on."""
    st.session_state["inbox_trail"].append(here)
    turned(onward)


def total(page: Page[CaseLine], wanted: CaseFilter, after: str | None) -> Count:
    """How many files there are; a list that is shown whole need not be counted again."""
    if after is None and not page.has_more:
        return Count(len(page.lines))
    return count(actor(), wanted, now())


st.set_page_config(layout="wide")
st.title(_("Files"), anchor=False)
params = asked()
known = choices(actor(), params)
filters(params, known)
wanted = case_filter(params, known)
after = st.query_params.get(AFTER)
page = inbox(actor(), wanted, now(), after=after)
found = total(page, wanted, after)
with st.container(horizontal=True, vertical_alignment="center"):
    exact = ngettext("{n} file", "{n} files", found.n)
    capped = _("More than {n} files", n=found.n)
    st.markdown(f"**{capped if found.more else exact}**")
    if page.lines:
        pick(page)
    if params:
        st.button(_("Clear the filter"), key="inbox_clear", type="tertiary", on_click=cleared)
if page.lines:
    export.downloads(export_files.files(wanted, in_words(params, known)), "inbox")
    table(page)
    turning(page, after)
elif params:
    st.info(_("No file fits. Take a part of the filter away."), icon=":material/filter_alt_off:")
else:
    st.info(_("No file is open. Take in the first report."), icon=":material/lightbulb:")
    go.link("intake", _("Take in a report"), "record_voice_over")

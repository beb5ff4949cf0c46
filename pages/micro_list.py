"""Micro-list 实事微清单: matters in three categories, each to its day of 销号, and the services."""

from urllib.parse import urlencode

import streamlit as st

from db.micro.matters import Wanted, matters, tallies
from db.now import now
from domain import micro_labels
from domain.micro_list import SHELVES
from pages.parts import export, export_files
from pages.parts.micro_filter import AFTER, address, asked, bar, in_words, numbers
from pages.parts.micro_services import services
from pages.parts.micro_table import pick, table
from pages.parts.who import actor
from pages.parts.words import _, opening


def take_along(wanted: Wanted) -> None:
    """The ledger, the sheet to hang up, and what everybody sees."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        export.downloads(export_files.micro_list(wanted, in_words(wanted)), "micro")
        query = urlencode(address(wanted, estate=False))
        st.link_button(
            _("Sheet to print"), f"/print/list?{query}", icon=":material/print:", type="tertiary"
        )
        st.link_button(
            _("Public list"), f"/list?{query}", icon=":material/open_in_new:", type="tertiary"
        )


def heading(wanted: Wanted) -> str:
    """Which list it is."""
    shelf = _(SHELVES[wanted.shelf])
    if wanted.service is None:
        return shelf
    return f"{opening(_(micro_labels.SERVICE[wanted.service]))} · {shelf}"


st.set_page_config(layout="wide")
st.title(_("Micro-list"), anchor=False)
st.caption(_("Each problem has its file; each file that is done is struck off."))
wanted = asked()
bar(wanted)
numbers(tallies(actor(), wanted), wanted)
st.subheader(heading(wanted), anchor=False)
page = matters(actor(), now(), wanted, st.query_params.get(AFTER))
if page.lines:
    take_along(wanted)
    pick(page)
    table(page)
else:
    st.info(_("No matter fits. Choose another number above."), icon=":material/filter_alt_off:")
if page.next_cursor:
    st.page_link(
        "micro_list.py",
        label=_("Older"),
        icon=":material/chevron_right:",
        query_params=address(wanted) | {AFTER: page.next_cursor},
        help="",
    )
services()

"""Files as a table: fifty rows at most, each with a button that opens it."""

from collections.abc import Mapping

import pyarrow as pa
import streamlit as st

from db.views import CaseLine, Page
from domain import labels
from pages.parts import go
from pages.parts.when import deadline, moment
from pages.parts.words import _, opening, speak


def table(page: Page[CaseLine]) -> None:
    """The files, fifty at a time, each with the way to it."""
    english = speak() == "en"
    due = [deadline(line.clock) if line.clock else None for line in page.lines]
    colours = {words.words: words.colour for words in due if words}
    rows = pa.table(
        {
            "open": [_("Open")] * len(page.lines),
            "title": [line.title for line in page.lines],
            "due": [[words.words] if words else [] for words in due],
            "state": [opening(_(labels.STATE[line.state])) for line in page.lines],
            "where": [str(line.where) for line in page.lines],
            "category": [
                line.category.name("en" if english else "zh_CN") if line.category else ""
                for line in page.lines
            ],
            "unit": [line.lead_unit or "" for line in page.lines],
            "reporters": [line.reporters for line in page.lines],
            "opened": [moment(line.opened_at) for line in page.lines],
            "number": [line.number for line in page.lines],
        },
        schema=pa.schema(
            [
                ("open", pa.string()),
                ("title", pa.string()),
                ("due", pa.list_(pa.string())),
                *((name, pa.string()) for name in ("state", "where", "category", "unit")),
                ("reporters", pa.int64()),
                *((name, pa.string()) for name in ("opened", "number")),
            ]
        ),
    )
    st.session_state["inbox_codes"] = [line.code for line in page.lines]
    column = st.column_config
    st.dataframe(
        rows,
        key="inbox_table",
        hide_index=True,
        height="content",
        placeholder="",
        alt=_("Files that the filter lets through, the newest first"),
        column_config={
            "open": column.ButtonColumn(
                _("File"), key="inbox_open", on_click=opened, width=72, pinned=True
            ),
            "title": column.TextColumn(_("Title"), width=260),
            "due": column.MultiselectColumn(
                _("Deadline"), options=list(colours), color=list(colours.values()), width=190
            ),
            "state": column.TextColumn(_("State"), width=150),
            "where": column.TextColumn(_("Place"), width=180),
            "category": column.TextColumn(_("Category"), width=110),
            "unit": column.TextColumn(_("Leading unit"), width=130),
            "reporters": column.NumberColumn(_("Reporters"), width=70),
            "opened": column.TextColumn(_("Came in"), width=150),
            "number": column.TextColumn(_("Number"), width=110),
        },
    )


def opened() -> None:
    """Open the file of the clicked row."""
    click = st.session_state["inbox_open"]
    codes = st.session_state.get("inbox_codes", [])
    if click is not None and 0 <= click["row"] < len(codes):
        go.to_case(codes[click["row"]])


def pick(page: Page[CaseLine]) -> None:
    """The same files as a list to type in: the table's buttons want a mouse."""
    pick_named({line.code: f"{line.title} {line.number}" for line in page.lines}, "inbox_pick")


def pick_named(names: Mapping[str, str], key: str) -> None:
    """A list of files to type in, by their codes; choosing one opens it."""
    st.selectbox(
        _("Open by typing"),
        list(names),
        index=None,
        format_func=lambda code: names.get(code, ""),
        key=key,
        placeholder=_("Title or number"),
        label_visibility="collapsed",
        icon=":material/keyboard:",
        on_change=picked,
        args=(key,),
        width=320,
    )


def picked(key: str) -> None:
    """Open the file that was picked."""
    code = st.session_state[key]
    if code:
        go.to_case(code)

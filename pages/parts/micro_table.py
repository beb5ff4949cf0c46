"""The matters of the micro-list as a table, each with the way to its file."""

from datetime import datetime

import pyarrow as pa
import streamlit as st

from db.views import Page
from domain import labels, micro_labels
from domain.micro_list import UNSORTED, Matter, last_day_of
from pages.parts import go
from pages.parts.case_table import pick_named
from pages.parts.when import day
from pages.parts.words import _, opening, speak

# What is asked first stands where it is seen without scrolling.
ORDER = (
    *("open", "number", "title", "limit", "kept", "closed", "result"),
    *("service", "category", "unit", "raised", "done", "rated"),
)


def table(page: Page[Matter]) -> None:
    """Fifty at a time."""
    rows = page.lines
    language = speak()
    shown = {
        "open": [_("Open")] * len(rows),
        "number": [row.number for row in rows],
        "title": [row.title for row in rows],
        "service": [opening(_(micro_labels.SERVICE[row.service or UNSORTED])) for row in rows],
        "category": [row.category(language) or "" for row in rows],
        "raised": [day(row.opened_at) for row in rows],
        "unit": [row.lead or "" for row in rows],
        "limit": [_day(last_day_of(row.limit_at)) for row in rows],
        "kept": [opening(_(labels.STANDING[row.kept])) if row.kept else "" for row in rows],
        "done": [_day(row.done_at) for row in rows],
        "result": [opening(_(labels.OUTCOME[row.outcome])) if row.outcome else "" for row in rows],
        "closed": [
            _day(row.closed_at) if row.struck_off else opening(_(labels.STEP[row.step]))
            for row in rows
        ],
        "rated": [f"{row.satisfied}/{row.ratings}" if row.ratings else "" for row in rows],
    }
    st.session_state["micro_codes"] = [row.code for row in rows]
    text = st.column_config.TextColumn
    st.dataframe(
        pa.table({name: pa.array(values, pa.string()) for name, values in shown.items()}),
        key="micro_table",
        column_order=ORDER,
        hide_index=True,
        height="content",
        placeholder="",
        alt=_("Matters of the micro-list, the newest first"),
        column_config={
            "open": st.column_config.ButtonColumn(
                _("File"), key="micro_open", on_click=_opened, width=72, pinned=True
            ),
            "number": text(_("Number"), width=105),
            "title": text(_("Problem"), width=210),
            "limit": text(_("To be done by"), width=110),
            "kept": text(_("Kept in time"), width=80),
            "closed": text(_("Struck off on"), width=110),
            "result": text(_("Result of the work"), width=80),
            "service": text(_("Service class"), width=90),
            "category": text(_("Category"), width=100),
            "unit": text(_("Responsible unit"), width=130),
            "raised": text(_("Raised on"), width=110),
            "done": text(_("Day it was done"), width=110),
            "rated": text(_("Satisfied among them"), width=70),
        },
    )


def pick(page: Page[Matter]) -> None:
    """The same by typing, for whoever has no mouse."""
    pick_named({row.code: f"{row.title} {row.number}" for row in page.lines}, "micro_pick")


def _opened() -> None:
    click = st.session_state["micro_open"]
    codes = st.session_state.get("micro_codes", [])
    if click is not None and 0 <= click["row"] < len(codes):
        go.to_case(codes[click["row"]])


def _day(at: datetime | None) -> str:
    return day(at) if at else ""

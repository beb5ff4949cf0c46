"""The meeting's grid: empty lines to fill, what was written in them, what they became."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from db.intake import Taken
from db.meetings import Demand
from domain.texts import title_of
from pages.parts.intake_where import category_names
from pages.parts.who import actor
from pages.parts.words import _

# Empty lines that stand ready; more are added by typing below them or by pasting.
READY = 8
TEXTS = ("text", "speaker", "room", "phone")
CATEGORY = "category"


def grid(key: str) -> None:
    """The grid itself; its rows are read by `demands` when the form is sent."""
    names = category_names(actor())
    column = st.column_config
    rows = pa.table(
        {
            **{name: pa.array([""] * READY, pa.string()) for name in TEXTS},
            CATEGORY: pa.array([None] * READY, pa.int64()),
        }
    )
    st.data_editor(
        rows,
        key=key,
        num_rows="dynamic",
        height="auto",
        placeholder="",
        alt=_("The meeting's demands, one a line"),
        column_order=("text", "speaker", "room", "phone", CATEGORY),
        column_config={
            "text": column.TextColumn(_("Demand"), width=320),
            "speaker": column.TextColumn(_("Speaker"), width=100),
            "room": column.TextColumn(_("Room"), width=110, help=_("Such as 3-2-501")),
            "phone": column.TextColumn(_("Phone"), width=130),
            CATEGORY: column.SelectboxColumn(
                _("Category"),
                options=list(names),
                format_func=lambda one: names.get(int(one), ""),
                width=130,
            ),
        },
    )


def demands(state: Mapping[str, Any] | None) -> list[Demand]:
    """The lines as they stand in the grid, counted from 1.

    Args:
        state: what Streamlit keeps of a data editor: only the changes to its first rows.
    """
    state = state or {}
    rows: list[dict[str, Any]] = [{} for _ in range(READY)]
    for place, changed in state.get("edited_rows", {}).items():
        if 0 <= int(place) < READY:
            rows[int(place)] = dict(changed)
    gone = {int(place) for place in state.get("deleted_rows", ())}
    rows = [row for place, row in enumerate(rows) if place not in gone]
    rows += [dict(row) for row in state.get("added_rows", ())]
    return [
        Demand(
            line=line,
            **{name: str(row.get(name) or "").strip() for name in TEXTS},
            category_id=int(row[CATEGORY]) if row.get(CATEGORY) else None,
        )
        for line, row in enumerate(rows, start=1)
    ]


def results(taken: Sequence[tuple[Demand, Taken]]) -> None:
    """What each line became."""
    column = st.column_config
    st.dataframe(
        pa.table(
            {
                "line": pa.array([line.line for line, _kept in taken], pa.int64()),
                "title": pa.array([title_of(line.text) for line, _kept in taken], pa.string()),
                "speaker": pa.array([line.speaker for line, _kept in taken], pa.string()),
                "number": pa.array([kept.number for _line, kept in taken], pa.string()),
                "follow": pa.array(
                    [f"{kept.follow_code[:5]}-{kept.follow_code[5:]}" for _line, kept in taken],
                    pa.string(),
                ),
            }
        ),
        hide_index=True,
        height="content",
        key="intake_results",
        alt=_("Number and follow code of each demand"),
        column_config={
            "line": column.NumberColumn(_("Line"), width=60),
            "title": column.TextColumn(_("Title"), width=260),
            "speaker": column.TextColumn(_("Speaker"), width=100),
            "number": column.TextColumn(_("Number"), width=120),
            "follow": column.TextColumn(_("Follow code"), width=130),
        },
    )

"""The ledger's tables: four counts, the rows that do not go in, the first that will."""

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from domain.ledger import LedgerRow
from domain.sheet_rows import RefusedRow
from pages.parts import upload
from pages.parts.when import moment
from pages.parts.words import _


def counts(
    fresh: int, there: int, empty: int, bad: tuple[RefusedRow, ...], taken: bool = False
) -> None:
    """Four numbers in a row."""
    with st.grid("auto", min_column_width=130, border=True):
        st.metric(_("Taken in") if taken else _("Will go in"), str(fresh))
        st.metric(_("Already there"), str(there))
        st.metric(_("Empty rows"), str(empty))
        st.metric(_("Refused"), str(len(bad)))


def refused(rows: tuple[RefusedRow, ...]) -> None:
    """Each row that does not go in, with its reason."""
    words = _("These rows do not go in; mend them and choose the file again")
    upload.refused(rows, "intake_ledger_refused", words)


def first_rows(rows: Sequence[LedgerRow]) -> None:
    """Some rows, to see whether the columns were understood."""
    st.subheader(_("The first rows"), anchor=False)
    st.dataframe(
        pa.table(
            {
                "line": pa.array([row.line for row in rows], pa.int64()),
                "opened": [moment(row.opened_at) for row in rows],
                "title": [row.title for row in rows],
                "category": [row.category or "" for row in rows],
                "where": [
                    " ".join(part for part in (row.estate, row.building) if part) for row in rows
                ],
                "closed": [moment(row.closed_at) if row.closed_at else "" for row in rows],
            }
        ),
        hide_index=True,
        height="content",
        key="intake_ledger_first",
        alt=_("The first rows that will go in"),
        column_config={
            "line": st.column_config.NumberColumn(_("Row"), width=60),
            "opened": st.column_config.TextColumn(_("Came in"), width=150),
            "title": st.column_config.TextColumn(_("Title"), width=300),
            "category": st.column_config.TextColumn(_("Category"), width=110),
            "where": st.column_config.TextColumn(_("Place"), width=140),
            "closed": st.column_config.TextColumn(_("Done"), width=150),
        },
    )

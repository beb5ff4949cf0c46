"""The whole roll as Excel."""

import streamlit as st

from db.now import now
from db.roll.exporting import COLUMNS, export_roll
from documents.sheets import write_table
from pages.parts.deferred import deferred
from pages.parts.who import actor
from pages.parts.words import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(estate_id: int, estate: str) -> None:
    """The whole roll, in the columns that the import reads."""
    who, at_now = actor(), now()

    def make() -> bytes:
        rows = export_roll(who, at_now, estate_id)
        return write_table(
            COLUMNS,
            rows,
            sheet=_("Owners' roll"),
            notes=(
                estate,
                _("That this was downloaded is recorded. It holds names: keep it safe."),
            ),
            notes_sheet=_("About this table"),
        )

    st.download_button(
        _("Whole roll as Excel"),
        data=deferred(make),
        file_name="163desk-roll.xlsx",
        mime=XLSX,
        key="roll_export",
        icon=":material/download:",
        on_click="ignore",
    )

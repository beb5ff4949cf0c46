"""A poll's figures for Excel: counts and nothing else, and no result before the close."""

import streamlit as st

from db.polls.reads import PollView
from documents.sheet_writing import write_csv, write_table
from pages.parts.when import moment
from pages.parts.words import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export(view: PollView) -> None:
    """The two downloads."""
    header, rows = table(view)
    notes = [view.line.question, str(view.line.where), _("poll closes {when}", when=closes(view))]
    name = f"{view.line.case_number}-poll"
    with st.container(horizontal=True):
        st.download_button(
            _("Figures as Excel"),
            data=write_table(
                header, rows, sheet=_("Poll"), notes=notes, notes_sheet=_("About this table")
            ),
            file_name=f"{name}.xlsx",
            mime=XLSX,
            key="poll_xlsx",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            _("Figures as CSV"),
            data=write_csv(header, rows),
            file_name=f"{name}.csv",
            mime="text/csv",
            key="poll_csv",
            icon=":material/download:",
            on_click="ignore",
        )


def closes(view: PollView) -> str:
    """When it closes, in words."""
    return moment(view.line.closes_at)


def table(view: PollView) -> tuple[list[str], list[list[object]]]:
    """Turnout by building, and the shown figures of the answers; empty where one is hidden."""
    header = [_("Turnout and answers"), _("Households asked"), _("Households answered")]
    rows: list[list[object]] = [[_("All"), view.line.asked, view.line.answered]]
    rows += [[row.name, row.asked, row.answered] for row in view.buildings]
    rows += [
        [_("Answer: {answer}", answer=option.text), None, option.count]
        for option in view.line.options
    ]
    return header, rows

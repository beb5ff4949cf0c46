"""台账: an Excel sheet or pasted rows, looked at before they go in."""

import streamlit as st

from db.ledger import LedgerResult, already_there, import_ledger
from db.now import now
from documents.sheets import Table, write_table
from domain.ledger import Ledger, read_ledger
from domain.ledger_columns import Column
from domain.people import Actor
from pages.parts import go, upload
from pages.parts.forms import Form, Sent
from pages.parts.intake_ledger_tables import counts, first_rows, refused
from pages.parts.show import show_error
from pages.parts.upload import Seen
from pages.parts.who import actor
from pages.parts.words import _, ngettext
from pages.parts.working import working

READ, RESULT = "intake_ledger_read", "intake_ledger_result"
LOOKED_AT = 5  # rows of the preview: whether the columns were understood


Looked = tuple[Ledger, frozenset[int]]  # and the lines that are there already


def ledger_door() -> None:
    """The whole door."""
    form = Form("intake_ledger")
    left, right = st.columns(2, gap="large")
    with left:
        st.file_uploader(_("Excel or CSV file"), type=["xlsx", "csv"], key=form.key("file"))
        template()
    with right:
        st.text_area(
            _("Or rows pasted from Excel, with their column names"),
            key=form.key("pasted"),
            height=140,
        )
    table = upload.seen(form, READ, look)
    if table is None:
        result()
    elif table.error is not None:
        show_error(table.error)
    elif table.found is not None:
        st.session_state.pop(RESULT, None)
        preview(form, table, *table.found)


def template() -> None:
    """An empty sheet with the column names."""
    required = f"{Column.OPENED}, {Column.TITLE} / {Column.TEXT}"
    st.download_button(
        _("Template"),
        data=write_table(
            [column.value for column in Column],
            [],
            sheet=_("Ledger"),
            notes=(
                _(
                    "Required: {columns}. Everything else may be empty.",
                    columns=", ".join(required),
                ),
                _("Times as Excel dates, or as text such as 2026-04-01 09:05."),
                _("Rows with an end time come in as closed files."),
                _("Other columns are kept as notes. The same number is taken in only once."),
            ),
            notes_sheet=_("How to fill it in"),
        ),
        file_name="163desk-ledger.xlsx",
        key="intake_template",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def look(who: Actor, table: Table) -> Looked:
    """The matters of a table, and which are there already."""
    ledger = read_ledger(table.header, table.rows, now(), skipped_empty=table.empty_rows)
    return ledger, already_there(who, ledger)


def preview(form: Form, table: Seen[Looked], ledger: Ledger, there: frozenset[int]) -> None:
    """Counts, the rows that will not go in and why, the first that will, and the button."""
    fresh = [row for row in ledger.rows if row.line not in there]
    counts(len(fresh), len(there) + len(ledger.repeated), ledger.skipped_empty, ledger.refused)
    upload.one_sheet(table)
    if fresh:
        # Above the tables, where the progress bar will be in sight too.
        label = ngettext("Take in {n} row", "Take in {n} rows", len(fresh))
        form.button(label, take_in, ledger, icon=":material/input:")
    else:
        st.info(_("There is nothing new in this table."), icon=":material/task_alt:")
    refused(ledger.refused)
    if fresh:
        first_rows(fresh[:LOOKED_AT])


def take_in(sent: Sent, ledger: Ledger) -> None:
    """Import what the preview showed."""
    who, at = actor(), now()
    st.session_state[RESULT] = working(
        _("Taking in the ledger…"), lambda tell: import_ledger(who, at, ledger, tell)
    )


def result() -> None:
    """What became of the last ledger."""
    done = st.session_state.get(RESULT)
    if not isinstance(done, LedgerResult):
        st.caption(_("Nothing goes in before you have seen what was read."))
        return
    st.success(
        ngettext("{n} row was taken in.", "{n} rows were taken in.", done.imported),
        icon=":material/check_circle:",
    )
    counts(done.imported, done.already_there, done.skipped_empty, done.refused, taken=True)
    refused(done.refused)
    go.link("inbox", _("Look at the files"), "inbox")

"""台账: an Excel sheet or pasted rows, looked at before they go in."""

from dataclasses import dataclass
from hashlib import sha256

import streamlit as st

from db.ledger import LedgerResult, already_there, import_ledger
from db.now import now
from documents.sheets import read_pasted, read_table, write_table
from domain.errors import DeskError
from domain.ledger import Ledger, read_ledger
from domain.ledger_columns import Column
from pages.parts import go
from pages.parts.forms import Form, Sent
from pages.parts.intake_ledger_tables import counts, first_rows, refused
from pages.parts.show import plain, show_error
from pages.parts.who import actor
from pages.parts.words import _, ngettext
from pages.parts.working import working

READ, RESULT = "intake_ledger_read", "intake_ledger_result"
LOOKED_AT = 5  # rows of the preview: whether the columns were understood


@dataclass(frozen=True, slots=True)
class Looked:
    """A table that was read once and is shown until another is chosen."""

    mark: str
    ledger: Ledger | None
    error: DeskError | None
    there: frozenset[int] = frozenset()
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()


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
    seen = looked(form)
    if seen is None:
        result()
    elif seen.ledger is None:
        if seen.error is not None:
            show_error(seen.error)
    else:
        st.session_state.pop(RESULT, None)
        preview(form, seen, seen.ledger)


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


def looked(form: Form) -> Looked | None:
    """What was chosen or pasted, read; None while there is nothing."""
    file = st.session_state.get(form.key("file"))
    pasted = str(st.session_state.get(form.key("pasted")) or "")
    if file is None and not pasted.strip():
        st.session_state.pop(READ, None)
        return None
    data = pasted if file is None else file.getvalue()
    mark = sha256(data.encode("utf-8", "replace") if isinstance(data, str) else data).hexdigest()
    seen = st.session_state.get(READ)
    if not isinstance(seen, Looked) or seen.mark != mark:
        with st.spinner(_("Reading the table…")):
            seen = look(data, file.name if file is not None else "", mark)
        st.session_state[READ] = seen
    return seen


def look(data: bytes | str, filename: str, mark: str) -> Looked:
    """Read the table and ask which rows are there already; a refusal is shown, not raised."""
    try:
        table = read_pasted(data) if isinstance(data, str) else read_table(data, filename)
        ledger = read_ledger(table.header, table.rows, now(), skipped_empty=table.empty_rows)
        there = already_there(actor(), ledger)
    except DeskError as error:
        return Looked(mark, None, error)
    return Looked(mark, ledger, None, there, table.sheet, table.other_sheets)


def preview(form: Form, seen: Looked, ledger: Ledger) -> None:
    """Counts, the rows that will not go in and why, the first that will, and the button."""
    fresh = [row for row in ledger.rows if row.line not in seen.there]
    counts(len(fresh), len(seen.there) + len(ledger.repeated), ledger.skipped_empty, ledger.refused)
    if seen.other_sheets:
        st.caption(_("Only the sheet “{name}” was read.", name=plain(seen.sheet or "")))
    if fresh:
        # Above the tables, where the progress bar will be in sight too.
        label = ngettext("Take in {n} row", "Take in {n} rows", len(fresh))
        form.button(label, take_in, ledger, icon=":material/input:")
    else:
        st.info(_("There is nothing new in this table."), icon=":material/task_alt:")
    if ledger.refused:
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
    if done.refused:
        refused(done.refused)
    go.link("inbox", _("Look at the files"), "inbox")

"""Households from Excel: looked at before they go in; and what became of them."""

from dataclasses import dataclass
from hashlib import sha256

import pyarrow as pa
import streamlit as st

from db.household_import import RollResult, import_households, preview_households
from db.now import now
from documents.sheets import read_table, write_table
from domain.errors import DeskError
from domain.household_rows import TEMPLATE_COLUMNS, Roll, read_roll
from pages.parts.forms import Form, Sent
from pages.parts.show import show_error
from pages.parts.who import actor
from pages.parts.words import _, ngettext
from pages.parts.working import working

READ, RESULT = "settings_roll_read", "settings_roll_result"


@dataclass(frozen=True, slots=True)
class Looked:
    """A sheet that was read once and is shown until another is chosen."""

    mark: str
    roll: Roll | None = None
    result: RollResult | None = None
    error: DeskError | None = None


def show() -> None:
    """The upload, its preview, and the result."""
    form = Form("settings_roll")
    st.caption(
        _(
            "One row for each person: estate, building, room, name, telephone. Buildings that are "
            "missing are added; running it twice adds nothing."
        )
    )
    st.file_uploader(
        _("List of households (Excel or CSV)"), type=["xlsx", "csv"], key=form.key("file")
    )
    template()
    file = st.session_state.get(form.key("file"))
    if file is None:
        st.session_state.pop(READ, None)
        done = st.session_state.get(RESULT)
        if isinstance(done, RollResult):
            st.success(_("The households are in."), icon=":material/check_circle:")
            counts(done, taken=True)
        return
    seen = looked(file.getvalue(), file.name)
    if seen.error is not None:
        show_error(seen.error)
    elif seen.roll is not None and seen.result is not None:
        st.session_state.pop(RESULT, None)
        counts(seen.result)
        fresh = seen.result.households + seen.result.persons + seen.result.phones
        if fresh:
            label = ngettext("Take in {n} row", "Take in {n} rows", len(seen.roll.rows))
            form.button(label, take_in, seen.roll, icon=":material/input:")
        else:
            st.info(_("There is nothing new in this table."), icon=":material/task_alt:")


def template() -> None:
    """An empty sheet with the column names."""
    st.download_button(
        _("Template"),
        data=write_table(
            [column.value for column in TEMPLATE_COLUMNS],
            [],
            sheet=_("Households"),
            notes=(
                _("Several people of one household: one row for each, with the same room."),
                _("Name and telephone may be empty; then the room alone is kept."),
            ),
            notes_sheet=_("How to fill it in"),
        ),
        file_name="163desk-households.xlsx",
        key="settings_roll_template",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def looked(data: bytes, filename: str) -> Looked:
    """The sheet, read once; a refusal is shown, not raised."""
    mark = sha256(data).hexdigest()
    seen = st.session_state.get(READ)
    if isinstance(seen, Looked) and seen.mark == mark:
        return seen
    try:
        with st.spinner(_("Reading the table…")):
            table = read_table(data, filename)
            roll = read_roll(table.header, table.rows, skipped_empty=table.empty_rows)
            seen = Looked(mark, roll, preview_households(actor(), roll))
    except DeskError as error:
        seen = Looked(mark, error=error)
    st.session_state[READ] = seen
    return seen


def counts(result: RollResult, taken: bool = False) -> None:
    """What goes in, or went in, and each refused row with its reason."""
    with st.grid("auto", min_column_width=130, border=True):
        st.metric(_("New buildings"), str(result.buildings))
        st.metric(_("New households"), str(result.households))
        st.metric(_("New people"), str(result.persons))
        st.metric(_("New numbers"), str(result.phones))
        st.metric(_("Already there"), str(result.already_there))
        st.metric(_("Refused"), str(len(result.refused)))
    if not result.refused:
        return
    words = (
        _("These rows did not go in")
        if taken
        else _("These rows do not go in; mend them and choose the file again")
    )
    st.markdown(f"**{words}**")
    st.dataframe(
        pa.table(
            {
                "line": pa.array([row.line for row in result.refused], pa.int64()),
                "reason": [_(row.reason, **row.params) for row in result.refused],
            }
        ),
        hide_index=True,
        key="settings_roll_refused",
        alt=_("Rows that do not go in, and why"),
        column_config={
            "line": st.column_config.NumberColumn(_("Row"), width=60),
            "reason": st.column_config.TextColumn(_("Why"), width="large"),
        },
    )


def take_in(sent: Sent, roll: Roll) -> None:
    """Import what the preview showed."""
    who, at = actor(), now()
    st.session_state[RESULT] = working(
        _("Taking in the households…"), lambda tell: import_households(who, at, roll, tell)
    )

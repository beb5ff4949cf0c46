"""Households from Excel: looked at before they go in; and what became of them."""

import streamlit as st

from db.household_import import RollResult, import_households, preview_households
from db.now import now
from documents.sheets import Table, write_table
from domain.household_rows import TEMPLATE_COLUMNS, Roll, read_roll
from domain.people import Actor
from pages.parts import upload
from pages.parts.forms import Form, Sent
from pages.parts.show import show_error
from pages.parts.who import actor
from pages.parts.words import _, ngettext
from pages.parts.working import working

READ, RESULT = "settings_roll_read", "settings_roll_result"


Looked = tuple[Roll, RollResult]


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
    table = upload.seen(form, READ, look)
    if table is None:
        done = st.session_state.get(RESULT)
        if isinstance(done, RollResult):
            st.success(_("The households are in."), icon=":material/check_circle:")
            counts(done, taken=True)
    elif table.error is not None:
        show_error(table.error)
    elif table.found is not None:
        roll, result = table.found
        st.session_state.pop(RESULT, None)
        counts(result)
        if result.households + result.persons + result.phones:
            label = ngettext("Take in {n} row", "Take in {n} rows", len(roll.rows))
            form.button(label, take_in, roll, icon=":material/input:")
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


def look(who: Actor, table: Table) -> Looked:
    """The households of a table, and what they would add."""
    roll = read_roll(table.header, table.rows, skipped_empty=table.empty_rows)
    return roll, preview_households(who, roll)


def counts(result: RollResult, taken: bool = False) -> None:
    """What goes in, or went in, and each refused row with its reason."""
    with st.grid("auto", min_column_width=130, border=True):
        st.metric(_("New buildings"), str(result.buildings))
        st.metric(_("New households"), str(result.households))
        st.metric(_("New people"), str(result.persons))
        st.metric(_("New numbers"), str(result.phones))
        st.metric(_("Already there"), str(result.already_there))
        st.metric(_("Refused"), str(len(result.refused)))
    words = (
        _("These rows did not go in")
        if taken
        else _("These rows do not go in; mend them and choose the file again")
    )
    upload.refused(result.refused, "settings_roll_refused", words)


def take_in(sent: Sent, roll: Roll) -> None:
    """Import what the preview showed."""
    who, at = actor(), now()
    st.session_state[RESULT] = working(
        _("Taking in the households…"), lambda tell: import_households(who, at, roll, tell)
    )

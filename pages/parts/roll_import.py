"""The roll from Excel: looked at first; what differs is taken over only when that is ticked."""

from functools import partial

import streamlit as st

from db.now import now
from db.roll.importing import RollResult, import_roll, preview_roll
from documents.sheets import Table, write_table
from domain.errors import N_, FieldError
from domain.people import Actor
from domain.roll_cells import YES
from domain.roll_rows import TEMPLATE_COLUMNS, RollColumn, RollSheet, read_sheet
from pages.parts import upload
from pages.parts.forms import Form, Sent
from pages.parts.roll_import_tables import changed, counts
from pages.parts.show import show_error
from pages.parts.upload import Seen
from pages.parts.who import actor
from pages.parts.words import _, ngettext
from pages.parts.working import working

READ, RESULT = "roll_read", "roll_result"


Looked = tuple[RollSheet, RollResult]


def show(estate_id: int) -> None:
    """The upload, its preview, and the result."""
    form = Form("roll_import")
    st.caption(
        _(
            "One row for each unit: building, room, area, owners. Joint owners stand in one cell "
            "with 、 between them. Running it twice adds nothing."
        )
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.file_uploader(
            _("Owners' roll (Excel or CSV)"), type=["xlsx", "csv"], key=form.key("file")
        )
        template()
    with right:
        st.text_area(
            _("Or rows pasted from Excel, with their column names"),
            key=form.key("pasted"),
            height=140,
        )
    table = upload.seen(form, READ, partial(look, estate_id), estate_id)
    if table is None:
        taken(estate_id)
    elif table.error is not None:
        show_error(table.error)
    elif table.found is not None:
        st.session_state.pop(RESULT, None)
        preview(form, estate_id, table, *table.found)


def template() -> None:
    """An empty sheet with the column names."""
    st.download_button(
        _("Template"),
        data=write_table(
            [column.value for column in TEMPLATE_COLUMNS],
            [],
            sheet=_("Owners' roll"),
            notes=(
                _(
                    "Required: {columns}. Everything else may be empty.",
                    columns="、".join((RollColumn.ROOM, RollColumn.AREA, RollColumn.OWNERS)),
                ),
                _("Areas in square metres with at most two decimals."),
                _("Format document numbers as text, or Excel cuts off their last digits."),
                _("Units that the developer has not sold or not handed over: {yes}.", yes=YES),
            ),
            notes_sheet=_("How to fill it in"),
        ),
        file_name="163desk-roll-template.xlsx",
        key="roll_template",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def look(estate_id: int, who: Actor, table: Table) -> Looked:
    """The roll of a table, compared with what is kept."""
    sheet = read_sheet(table.header, table.rows, skipped_empty=table.empty_rows)
    return sheet, preview_roll(who, estate_id, sheet)


def preview(
    form: Form, estate_id: int, table: Seen[Looked], sheet: RollSheet, result: RollResult
) -> None:
    """Counts, the button, what would change, and what is refused."""
    counts(result)
    upload.one_sheet(table)
    if result.absent:
        st.caption(
            ngettext(
                "{n} unit of the roll is not in this table; it stays.",
                "{n} units of the roll are not in this table; they stay.",
                result.absent,
            )
        )
    if result.changed:
        st.checkbox(
            ngettext(
                "Also change the {n} unit that differs, as listed below",
                "Also change the {n} units that differ, as listed below",
                result.changed,
            ),
            key=form.key("apply"),
        )
        form.mend("apply")
    if result.imported or result.changed:
        form.button(
            _("Take the roll in"), take_in, estate_id, sheet, result, icon=":material/input:"
        )
    else:
        st.info(_("There is nothing new in this table."), icon=":material/task_alt:")
    changed(result.changes)
    upload.refused(result.refused, "roll_refused", _("Rows that do not go in, and why"))


def take_in(sent: Sent, estate_id: int, sheet: RollSheet, seen: RollResult) -> None:
    """Import what the preview showed."""
    who, at, apply = actor(), now(), bool(sent.pick("apply"))
    if not apply and not seen.imported:
        raise FieldError("apply", N_("Nothing here is new. Tick this to take the changes over."))
    done = working(
        _("Taking in the roll…"),
        lambda tell: import_roll(who, at, estate_id, sheet, apply_changes=apply, progress=tell),
    )
    st.session_state[RESULT] = (estate_id, done)


def taken(estate_id: int) -> None:
    """What became of the last sheet."""
    done = st.session_state.get(RESULT)
    if done is None or done[0] != estate_id:
        return
    result: RollResult = done[1]
    st.success(_("The roll is in."), icon=":material/check_circle:")
    counts(result)
    if result.doubtful:
        st.warning(
            _("Some owners have the same name. Look at the roll and say who is who."),
            icon=":material/person_search:",
        )
    if result.changed and not result.applied:
        changed(result.changes)
    upload.refused(result.refused, "roll_refused", _("Rows that do not go in, and why"))

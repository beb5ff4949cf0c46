"""The roll from Excel: looked at first; what differs is taken over only when that is ticked."""

from dataclasses import dataclass
from hashlib import sha256

import streamlit as st

from db.now import now
from db.roll.importing import RollResult, import_roll, preview_roll
from documents.sheets import read_pasted, read_table, write_table
from domain.errors import N_, DeskError, FieldError
from domain.people import Actor
from domain.roll_cells import YES
from domain.roll_rows import TEMPLATE_COLUMNS, RollColumn, RollSheet, read_sheet
from pages.parts.forms import Form, Sent
from pages.parts.roll_import_tables import changed, counts, refused
from pages.parts.show import plain, show_error
from pages.parts.who import actor
from pages.parts.words import _, ngettext
from pages.parts.working import working

READ, RESULT = "roll_read", "roll_result"


@dataclass(frozen=True, slots=True)
class Looked:
    """A sheet that was read once and is shown until another is chosen."""

    mark: tuple[int, str]
    sheet: RollSheet | None = None
    result: RollResult | None = None
    error: DeskError | None = None
    name: str | None = None
    others: tuple[str, ...] = ()


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
    seen = looked(form, estate_id)
    if seen is None:
        taken(estate_id)
    elif seen.error is not None:
        show_error(seen.error)
    elif seen.sheet is not None and seen.result is not None:
        st.session_state.pop(RESULT, None)
        preview(form, estate_id, seen, seen.sheet, seen.result)


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


def looked(form: Form, estate_id: int) -> Looked | None:
    """What was chosen or pasted, read; None while there is nothing."""
    file = st.session_state.get(form.key("file"))
    pasted = str(st.session_state.get(form.key("pasted")) or "")
    if file is None and not pasted.strip():
        st.session_state.pop(READ, None)
        return None
    data = pasted if file is None else file.getvalue()
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    mark = (estate_id, sha256(raw).hexdigest())
    seen = st.session_state.get(READ)
    if not isinstance(seen, Looked) or seen.mark != mark:
        who, name = actor(), file.name if file is not None else ""
        seen = working(_("Reading the table…"), lambda _tell: look(who, mark, data, name))
        st.session_state[READ] = seen
    return seen


def look(who: Actor, mark: tuple[int, str], data: bytes | str, name: str) -> Looked:
    """Read the table and compare it with the roll; a refusal is shown, not raised."""
    try:
        table = read_pasted(data) if isinstance(data, str) else read_table(data, name)
        sheet = read_sheet(table.header, table.rows, skipped_empty=table.empty_rows)
        result = preview_roll(who, mark[0], sheet)
    except DeskError as error:
        return Looked(mark, error=error)
    return Looked(mark, sheet, result, None, table.sheet, table.other_sheets)


def preview(form: Form, estate_id: int, seen: Looked, sheet: RollSheet, result: RollResult) -> None:
    """Counts, the button, what would change, and what is refused."""
    counts(result)
    if seen.others:
        st.caption(_("Only the sheet “{name}” was read.", name=plain(seen.name or "")))
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
    refused(result.refused)


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
    refused(result.refused)

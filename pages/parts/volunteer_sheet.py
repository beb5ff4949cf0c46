"""The squads' lists in Excel: out without numbers, in with a preview."""

import streamlit as st

from db.exports import Exported
from db.now import now
from db.volunteers.listing import Found
from db.volunteers.sheet import ImportResult, import_volunteers, preview_volunteers
from documents.sheets import Table, write_table
from domain.people import Actor
from domain.skills import SKILL
from domain.volunteer_rows import VolunteerColumn, VolunteerList, read_volunteers
from domain.volunteers import SQUAD
from pages.parts import export, upload
from pages.parts.deferred import deferred
from pages.parts.forms import Form, Sent
from pages.parts.show import show_error
from pages.parts.who import actor
from pages.parts.words import _, ngettext
from pages.parts.working import working

READ = "volunteers_sheet_read"


Looked = tuple[VolunteerList, ImportResult]


def show(found: Found) -> None:
    """Out and in."""
    with st.expander(_("Excel: take the list out or in"), icon=":material/table_view:"):
        with st.container(horizontal=True, gap="small"):
            export.downloads(written(found), "volunteers_out", disabled=not found.lines)
            st.download_button(
                _("Template"),
                data=deferred(template),
                file_name="163desk-volunteers-template.xlsx",
                key="volunteers_template",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
            )
        taking_in()


def taking_in() -> None:
    """The upload, what it would do, and the button."""
    form = Form("volunteers_sheet")
    st.file_uploader(
        _("List of a squad (Excel or CSV)"), type=["xlsx", "csv"], key=form.key("file")
    )
    table = upload.seen(form, READ, look)
    if table is None:
        return
    if table.error is not None:
        show_error(table.error)
    elif table.found is not None:
        listed, result = table.found
        counts(result)
        if result.entered:
            label = ngettext("Take in {n} volunteer", "Take in {n} volunteers", result.entered)
            form.button(label, take_in, listed, main=False, icon=":material/input:")


def look(who: Actor, table: Table) -> Looked:
    """The volunteers of a table, and what it would do with them."""
    listed = read_volunteers(table.header, table.rows)
    return listed, preview_volunteers(who, listed)


def counts(result: ImportResult) -> None:
    """What goes in, and each refused row with its reason."""
    with st.grid("auto", min_column_width=130, border=True):
        st.metric(_("New volunteers"), str(result.entered))
        st.metric(_("Already there"), str(result.already_there))
        st.metric(_("Refused"), str(len(result.refused)))
    words = _("These rows do not go in; mend them and choose the file again")
    upload.refused(result.refused, "volunteers_refused", words)


def take_in(_sent: Sent, listed: VolunteerList) -> None:
    """Import what the preview showed."""
    who, at = actor(), now()
    working(_("Taking in the volunteers…"), lambda tell: import_volunteers(who, at, listed, tell))


def written(found: Found) -> export.Table:
    """The list that is shown, without telephone numbers."""
    header = [
        *(_("Number"), _("Name"), _("Squad"), _("Leader"), _("Where")),
        *(_("Verified skills"), _("Insured until"), _("Card until")),
    ]
    rows = [
        (
            one.number,
            one.name,
            _(SQUAD[one.squad]),
            _("yes") if one.leader else "",
            one.where,
            "、".join(_(SKILL[kind]) for kind in one.skills),
            one.insured_until,
            one.card_until,
        )
        for one in found.lines
    ]
    return export.Table(
        "volunteers",
        _("Volunteers"),
        header,
        lambda: rows,
        notes=[_("Telephone numbers are not in this list. Each look at one is written down.")],
        leaves=Exported.VOLUNTEERS,
    )


def template() -> bytes:
    """An empty sheet with the column names."""
    return write_table(
        [column.value for column in VolunteerColumn],
        [],
        sheet=_("Volunteers"),
        notes=(
            _("Squads: {names}.", names="、".join(_(name) for name in SQUAD.values())),
            _("A number is taken only where calls from the duty desk are agreed to."),
            _("Several skills: separate them by commas. A leader verifies each."),
        ),
        notes_sheet=_("How to fill it in"),
    )

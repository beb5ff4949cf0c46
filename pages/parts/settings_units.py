"""Units: the branches, property companies and partner units that files are given to."""

import pyarrow as pa
import streamlit as st

from db.now import now
from db.tables import UnitKind
from db.units import UnitView, add_unit, change_unit, units
from domain import labels
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.settings_pick import pick
from pages.parts.who import actor
from pages.parts.words import _


def show() -> None:
    """All units, and the form for one."""
    rows = {row.id: row for row in units(actor(), inactive=True)}
    names = {key: row.name for key, row in rows.items()}
    chosen = pick(_("Unit"), _("A new unit"), names, "settings_unit")
    unit_form(rows.get(chosen) if chosen is not None else None)
    if not rows:
        st.info(_("No unit yet: files can be given to none."), icon=":material/handshake:")
        return
    export.frame(
        pa.table(
            {
                "name": [row.name for row in rows.values()],
                "kind": [_(labels.UNIT[row.kind]) for row in rows.values()],
                "active": [row.active for row in rows.values()],
            }
        ),
        hide_index=True,
        key="settings_units",
        alt=_("All units"),
        column_config={
            "name": st.column_config.TextColumn(_("Unit"), width="medium"),
            "kind": st.column_config.TextColumn(_("Kind of unit"), width="small"),
            "active": st.column_config.CheckboxColumn(_("In use"), width="small"),
        },
    )


def unit_form(unit: UnitView | None) -> None:
    """Name, kind, and whether it is still given files."""
    form = Form(f"settings_unit_{unit.id if unit else 'new'}")
    with st.form(f"{form.name}_form"):
        st.text_input(
            _("Name of the unit"),
            value=unit.name if unit else "",
            key=form.key("name"),
            max_chars=60,
            placeholder=_("Such as: branch of the first estate"),
        )
        form.mend("name")
        kinds = list(UnitKind)
        st.selectbox(
            _("Kind of unit"),
            kinds,
            index=kinds.index(unit.kind) if unit else kinds.index(UnitKind.PARTNER),
            format_func=lambda kind: _(labels.UNIT[kind]),
            key=form.key("kind"),
        )
        if unit:
            st.toggle(_("Can be given files"), value=unit.active, key=form.key("active"))
        form.submit(_("Save") if unit else _("Add the unit"), save, unit.id if unit else None)


def save(sent: Sent, unit_id: int | None) -> None:
    """Add it or change it."""
    kind = UnitKind(sent.pick("kind"))
    if unit_id is None:
        add_unit(actor(), now(), name=sent.text("name"), kind=kind, once_key=sent.once)
    else:
        change_unit(
            actor(),
            now(),
            unit_id,
            name=sent.text("name"),
            kind=kind,
            active=bool(sent.pick("active")),
        )

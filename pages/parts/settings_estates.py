"""Estates 小区 with the units that serve them, and their buildings 楼栋."""

import pyarrow as pa
import streamlit as st

from db.estates import (
    EstateView,
    add_buildings,
    add_estate,
    buildings,
    change_estate,
    estates,
    rename_building,
)
from db.now import now
from db.tables import EstateKind, UnitKind
from db.units import units
from domain.errors import N_
from pages.parts import export
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.settings_pick import pick
from pages.parts.who import actor
from pages.parts.words import _

KIND = {
    EstateKind.RESETTLEMENT: N_("resettlement estate"),
    EstateKind.COMMODITY: N_("commodity estate"),
}


def show() -> None:
    """One estate at a time, with its buildings."""
    rows = {row.id: row for row in estates(actor())}
    names = {key: row.name for key, row in rows.items()}
    chosen = pick(_("Estate"), _("A new estate"), names, "settings_estate")
    estate = rows.get(chosen) if chosen is not None else None
    estate_form(estate)
    if estate is not None:
        houses(estate.id)
    elif not rows:
        st.info(
            _("No estate yet. Add the first one, then its buildings."), icon=":material/apartment:"
        )


def estate_form(estate: EstateView | None) -> None:
    """Name, kind, branch and property company."""
    form = Form(f"settings_estate_{estate.id if estate else 'new'}")
    serving = units(actor())
    branches = {row.id: row.name for row in serving if row.kind is UnitKind.BRANCH}
    companies = {row.id: row.name for row in serving if row.kind is UnitKind.PROPERTY}
    with st.form(f"{form.name}_form"):
        st.text_input(
            _("Name of the estate"),
            value=estate.name if estate else "",
            key=form.key("name"),
            max_chars=60,
        )
        form.mend("name")
        kinds = list(EstateKind)
        st.selectbox(
            _("Kind of estate"),
            kinds,
            index=kinds.index(estate.kind) if estate else 0,
            format_func=lambda kind: _(KIND[kind]),
            key=form.key("kind"),
        )
        left, right = st.columns(2)
        with left:
            served = estate.branch_id if estate else None
            plain_choice(_("Its branch"), branches, form.key("branch"), served, none=True)
            form.mend("branch")
        with right:
            served = estate.property_id if estate else None
            plain_choice(
                _("Its property company"), companies, form.key("property"), served, none=True
            )
            form.mend("property")
        label = _("Save") if estate else _("Add the estate")
        form.submit(label, save, estate.id if estate else None)


def save(sent: Sent, estate_id: int | None) -> None:
    """Add it or change it."""
    name, kind = sent.text("name"), EstateKind(sent.pick("kind"))
    branch, company = sent.pick("branch"), sent.pick("property")
    me, at = actor(), now()
    if estate_id is None:
        add_estate(
            me,
            at,
            name=name,
            kind=kind,
            branch_id=branch,
            property_id=company,
            once_key=sent.once,
        )
    else:
        change_estate(
            me, at, estate_id, name=name, kind=kind, branch_id=branch, property_id=company
        )


def houses(estate_id: int) -> None:
    """The estate's buildings: all of them, new ones, and another name for one."""
    rows = buildings(actor(), estate_id)
    st.subheader(_("Buildings"), anchor=False)
    if rows:
        export.frame(
            pa.table(
                {
                    "name": [row.name for row in rows],
                    "households": pa.array([row.households for row in rows], pa.int64()),
                }
            ),
            hide_index=True,
            key=f"settings_buildings_{estate_id}",
            alt=_("Buildings and their households"),
            column_config={
                "name": st.column_config.TextColumn(_("Building"), width="medium"),
                "households": st.column_config.NumberColumn(_("Households"), width="small"),
            },
        )
    form = Form(f"settings_houses_{estate_id}")
    with st.form(f"{form.name}_form"):
        st.text_area(
            _("New buildings, one a line"),
            key=form.key("buildings"),
            placeholder=_("Building 1"),
            height=110,
        )
        form.mend("buildings")
        form.submit(_("Add the buildings"), add_houses, estate_id)
    if rows:
        with st.expander(_("Rename a building"), icon=":material/edit:"):
            form = Form(f"settings_house_{estate_id}")
            with st.form(f"{form.name}_form", border=False):
                choices = {row.id: row.name for row in rows}
                plain_choice(_("Building"), choices, form.key("building"), rows[0].id)
                st.text_input(_("New name"), key=form.key("name"), max_chars=60)
                form.mend("name")
                form.submit(_("Rename"), rename)


def add_houses(sent: Sent, estate_id: int) -> None:
    """Add what is not there yet."""
    add_buildings(actor(), now(), estate_id, sent.text("buildings"))


def rename(sent: Sent) -> None:
    """Give the building its new name."""
    rename_building(actor(), now(), int(sent.pick("building")), sent.text("name"))

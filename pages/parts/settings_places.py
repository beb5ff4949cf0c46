"""Places 点位 with QR codes: entered, retired, and printed as posters."""

import pyarrow as pa
import streamlit as st

from db.categories import categories
from db.estates import buildings, estates
from db.now import now
from db.places import PlaceView, add_place, change_place, places
from pages.parts import export
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.settings_pick import pick
from pages.parts.who import actor
from pages.parts.words import _, ngettext, speak

POSTERS = "/print/posters"
ANY = 0  # a matter of no preset category


def show() -> None:
    """The posters first, then one place at a time."""
    rows = {row.id: row for row in places(actor(), inactive=True)}
    if rows:
        to_print([row for row in rows.values() if row.active])
    names = {key: " · ".join((row.estate, row.name)) for key, row in rows.items()}
    chosen = pick(_("Place"), _("A new place"), names, "settings_place")
    if chosen is None:
        new_place()
    else:
        place_form(rows[chosen])


def to_print(rows: list[PlaceView]) -> None:
    """Choose places by their rows, print their posters; none chosen means all."""
    table = export.frame(
        pa.table(
            {
                "name": [row.name for row in rows],
                "where": [
                    " ".join(part for part in (row.estate, row.building) if part) for row in rows
                ],
                "code": [row.code for row in rows],
            }
        ),
        hide_index=True,
        selection_mode="multi-row",
        on_select="rerun",
        key="settings_places",
        alt=_("Places with their codes"),
        column_config={
            "name": st.column_config.TextColumn(_("Place"), width="medium"),
            "where": st.column_config.TextColumn(_("Estate, building"), width="medium"),
            "code": st.column_config.TextColumn(_("Code"), width="small"),
        },
    )
    chosen = [rows[at].code for at in table.selection.rows if at < len(rows)]
    label = (
        ngettext("Print {n} poster", "Print {n} posters", len(chosen))
        if chosen
        else _("Print all posters")
    )
    st.link_button(
        label,
        f"{POSTERS}?places={','.join(chosen)}" if chosen else POSTERS,
        icon=":material/print:",
        disabled=not rows,
    )


def kinds() -> dict[int, str]:
    """The categories in the reader's language."""
    language = speak()
    return {row.id: row.name(language) for row in categories(actor())}


def new_place() -> None:
    """Where it is, what it is called, what its reports are about."""
    form = Form("settings_place_new")
    me = actor()
    areas = {row.id: row.name for row in estates(me)}
    if not areas:
        st.info(_("Add an estate first."), icon=":material/apartment:")
        return
    first = next(iter(areas))
    # Outside of the form below: the list of buildings follows from it.
    plain_choice(_("Estate"), areas, "settings_place_estate", first)
    estate = st.session_state.get("settings_place_estate") or first
    houses = {row.id: row.name for row in buildings(me, estate)}
    with st.form("settings_place_form"):
        st.text_input(
            _("Name of the place"),
            key=form.key("name"),
            max_chars=60,
            placeholder=_("Such as: gate of building 3"),
        )
        form.mend("name")
        left, right = st.columns(2)
        with left:
            plain_choice(_("Building"), houses, form.key("building"), None, none=True)
            form.mend("building")
        with right:
            plain_choice(_("Preset category"), kinds(), form.key("category"), None, none=True)
            form.mend("category")
        form.submit(_("Add the place"), add, estate)


def add(sent: Sent, estate_id: int) -> None:
    """Add it; its code is made now and stays."""
    add_place(
        actor(),
        now(),
        name=sent.text("name"),
        estate_id=estate_id,
        building_id=sent.pick("building"),
        category_id=sent.pick("category"),
        once_key=sent.once,
    )


def place_form(place: PlaceView) -> None:
    """Another name or category, or out of use; the code on the wall stays."""
    form = Form(f"settings_place_{place.id}")
    with st.form(f"{form.name}_form"):
        st.text_input(_("Name of the place"), value=place.name, key=form.key("name"), max_chars=60)
        form.mend("name")
        plain_choice(
            _("Preset category"), kinds(), form.key("category"), place.category_id, none=True
        )
        st.toggle(_("Its poster is in use"), value=place.active, key=form.key("active"))
        form.submit(_("Save"), save, place.id)


def save(sent: Sent, place_id: int) -> None:
    """Change it."""
    change_place(
        actor(),
        now(),
        place_id,
        name=sent.text("name"),
        category_id=sent.pick("category"),
        active=bool(sent.pick("active")),
    )

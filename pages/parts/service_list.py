"""Service unit by unit: who is left, who signed, and photos of what was delivered."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from db.exports import Exported
from db.now import now
from db.views import PhotoView
from db.votes.serving import (
    ServedUnit,
    serve_signed,
    serve_with_photo,
    served_buildings,
    served_units,
)
from db.votes.views import VoteView
from domain.areas import show_area
from domain.votes import Stage
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.photos import TYPES, checked, show_photos
from pages.parts.service_place import pick_building
from pages.parts.service_words import PROOF
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

SIGNED = "signed"


def section(view: VoteView) -> None:
    """The units of one building, and the forms that record their service."""
    buildings = served_buildings(actor(), view.line.code)
    units, served = sum(row.units for row in buildings), sum(row.served for row in buildings)
    left, right = st.columns([2, 3], gap="large", vertical_alignment="bottom")
    with left:
        st.metric(_("Units served, of {all}", all=units), served)
    with right:
        building = pick_building(buildings)
    lines = served_units(actor(), view.line.code, building.id)
    if view.line.stage is Stage.OPEN:
        signed_form(view, [line for line in lines if not line.proofs])
        with st.expander(_("Delivered, with a photo")):
            photo_form(view, lines)
    with st.expander(_("What is proven in this building"), expanded=False):
        proven([line for line in lines if line.proofs])


def signed_form(view: VoteView, left: Sequence[ServedUnit]) -> None:
    """Tick many at once, save once."""
    st.subheader(_("Not served yet"), anchor=False)
    if not left:
        st.success(_("Everybody here is served."), icon=":material/task_alt:")
        return
    form = Form("service_signed")
    column = st.column_config
    rows = pa.table(
        {
            SIGNED: pa.array([False] * len(left), pa.bool_()),
            "unit": pa.array([line.label for line in left], pa.string()),
            "owners": pa.array([_owners(line) for line in left], pa.string()),
            "area": pa.array([show_area(line.area) for line in left], pa.string()),
        }
    )
    with st.form(form.key("form"), border=False):
        st.data_editor(
            rows,
            key=form.key("rows"),
            height="content" if len(left) < 12 else 460,
            disabled=("unit", "owners", "area"),
            hide_index=True,
            alt=_("Units that are not served yet"),
            column_config={
                SIGNED: column.CheckboxColumn(_("Signed"), width=80),
                "unit": column.TextColumn(_("Flat, shop or space"), width=170),
                "owners": column.TextColumn(_("Owners"), width=170),
                "area": column.TextColumn(_("Area (m²)"), width=100, alignment="right"),
            },
        )
        st.checkbox(_("All of them signed"), key=form.key("all"))
        form.mend("units")
        form.submit(
            _("Save who signed"), save_signed, view.line.code, tuple(line.id for line in left)
        )


def save_signed(sent: Sent, code: str, shown: tuple[int, ...]) -> None:
    """Keep the ticked ones; rows count as they stood when the form was shown."""
    state: dict[str, Any] = sent.pick("rows") or {}
    ticked = [
        shown[int(place)]
        for place, changed in state.get("edited_rows", {}).items()
        if changed.get(SIGNED) and 0 <= int(place) < len(shown)
    ]
    serve_signed(actor(), now(), code, shown if sent.pick("all") else ticked, sent.once)


def photo_form(view: VoteView, lines: Sequence[ServedUnit]) -> None:
    """One photo, and the units whose delivery it shows."""
    form = Form("service_photo")
    names = {line.id: line.label for line in lines}
    with st.form(form.key("form"), border=False):
        st.multiselect(
            _("Flats, shops or spaces"),
            list(names),
            format_func=lambda key: names.get(key, ""),
            key=form.key("units"),
            placeholder=_("Choose"),
        )
        form.mend("units")
        st.file_uploader(_("Photo of the delivery"), type=TYPES, key=form.key("photo"))
        form.mend("photos")
        form.submit(_("Save with the photo"), save_photo, view.line.code, main=False)


def save_photo(sent: Sent, code: str) -> None:
    """Keep the photo as the proof of these units."""
    file = sent.pick("photo")
    photo = checked([file])[0] if file is not None else None
    serve_with_photo(actor(), now(), code, sent.many("units"), photo, sent.once)


def proven(lines: Sequence[ServedUnit]) -> None:
    """The proofs, and the photos among them."""
    if not lines:
        st.info(_("Nothing yet."), icon=":material/info:")
        return
    export.frame(
        pa.table(
            {
                "unit": [line.label for line in lines],
                "since": [moment(line.served_at) if line.served_at else "" for line in lines],
                "proof": [
                    _(", ").join(_(PROOF[proof.proof]) for proof in line.proofs) for line in lines
                ],
            }
        ),
        leaves=Exported.DELIVERY,
        column_config={
            "unit": st.column_config.TextColumn(_("Flat, shop or space")),
            "since": st.column_config.TextColumn(_("Served since")),
            "proof": st.column_config.TextColumn(_("Proof")),
        },
        hide_index=True,
        key="vote_served",
        alt=_("Units that are served, with their proofs"),
    )
    for line in lines:
        photos = [PhotoView(one.photo, 0, 0, public=False) for one in line.proofs if one.photo]
        if photos:
            st.caption(plain(line.label))
            show_photos(photos, line.label)


def _owners(line: ServedUnit) -> str:
    return "、".join(line.names) or _("The developer")

"""One unit of the roll: its owners and their numbers, its facts, and how both are mended."""

import streamlit as st

from db.now import now
from db.roll.looking import reveal_owner_phone
from db.roll.settling import part
from db.roll.units import OwnerView, UnitForm, UnitView, edit_unit, roll_unit, take_off
from domain.areas import show_area
from domain.errors import N_, FieldError
from domain.people import Right
from domain.rights import Kind
from domain.roll_matching import DOUBTS
from pages.parts.case_words import call_link
from pages.parts.forms import Form, Sent
from pages.parts.roll_address import UNIT, at
from pages.parts.roll_words import KIND, square_metres, strong
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening

SEEN = "roll_phones"  # numbers that were shown in this tab, by owner


def show(estate_id: int, unit_id: int) -> None:
    """The way back, what is known, and the forms."""
    st.button(
        _("Back to the roll"),
        key="roll_back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=at,
        args=({UNIT: ""},),
    )
    view = roll_unit(actor(), estate_id, unit_id)
    st.subheader(plain(view.label), anchor=False)
    told = [opening(_(KIND[view.kind])), f"{square_metres(view.area)} m²"]
    if view.developer:
        told.append(_("held by the developer"))
    if view.note:
        told.append(view.note)
    st.caption(plain(" · ".join(told)))
    if view.doubt is not None:
        st.warning(opening(_(DOUBTS[view.doubt])), icon=":material/person_search:")
    left, right = st.columns(2, gap="large")
    with left:
        for owner in view.owners:
            one(estate_id, view, owner)
        if not view.owners:
            st.info(_("No owner is named here."), icon=":material/person_off:")
        off(estate_id, view)
    with right:
        edit(estate_id, view)


def one(estate_id: int, view: UnitView, owner: OwnerView) -> None:
    """One owner: name, number, what else they own."""
    with st.container(border=True, gap="small"):
        st.text(owner.name or _("(erased)"))
        if owner.tail:
            st.caption(plain(_("document …{tail}", tail=owner.tail)))
        if owner.others:
            st.caption(plain(_("Also owns: {units}", units="、".join(owner.others[:8]))))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if owner.phone:
                phone(estate_id, owner)
            if owner.others:
                form = Form(f"roll_part_{view.id}_{owner.id}")
                form.button(
                    _("This is somebody else"),
                    parted,
                    estate_id,
                    view.id,
                    owner.id,
                    main=False,
                    icon=":material/call_split:",
                )


def phone(estate_id: int, owner: OwnerView) -> None:
    """The number as a link once it was asked for, else masked with the way to ask for it."""
    number = st.session_state.get(SEEN, {}).get(owner.id)
    if number:
        call_link(number)
        return
    st.text(owner.phone)
    if not actor().may(Right.REVEAL):
        return
    with st.popover(_("Show the number"), icon=":material/visibility:", type="tertiary"):
        form = Form(f"roll_reveal_{owner.id}")
        with st.form(form.key("form"), border=False):
            st.text_input(_("Why do you need the number?"), key=form.key("reason"))
            form.mend("reason")
            st.caption(_("It is recorded who looked and why."))
            form.submit(_("Show the number"), reveal, estate_id, owner.id, main=False)


def reveal(sent: Sent, estate_id: int, owner_id: int) -> None:
    """Keep the number for this tab, after the look was recorded."""
    number = reveal_owner_phone(actor(), now(), estate_id, owner_id, sent.text("reason"))
    st.session_state.setdefault(SEEN, {})[owner_id] = number


def parted(_sent: Sent, estate_id: int, unit_id: int, owner_id: int) -> None:
    """Tell two people of one name apart."""
    part(actor(), now(), estate_id, unit_id, owner_id)


def edit(estate_id: int, view: UnitView) -> None:
    """New facts; what they were stays in the log."""
    form = Form(f"roll_unit_{view.id}")
    with st.form(form.key("form")):
        st.markdown(strong(_("Change this unit")))
        st.text_input(
            _("Owners, joined by 、"),
            value="、".join(owner.name for owner in view.owners),
            key=form.key("owners"),
        )
        form.mend("owners")
        left, right = st.columns(2)
        with left:
            st.text_input(
                _("Area (m²)"), value=show_area(view.area), key=form.key("area"), max_chars=20
            )
            form.mend("area")
        with right:
            st.selectbox(
                _("Use"),
                list(Kind),
                index=list(Kind).index(view.kind),
                format_func=lambda kind: opening(_(KIND[kind])),
                key=form.key("kind"),
            )
        st.text_input(
            _("New telephone numbers, joined by 、 (empty: as they are)"), key=form.key("phones")
        )
        st.text_input(
            _("Document numbers, joined by 、 (empty: as they are)"), key=form.key("documents")
        )
        st.text_input(_("Note"), value=view.note, key=form.key("note"))
        form.mend("note")
        st.checkbox(
            _("The developer holds it: not sold, or not handed over"),
            value=view.developer,
            key=form.key("developer"),
        )
        form.submit(_("Save"), save, estate_id, view.id)


def save(sent: Sent, estate_id: int, unit_id: int) -> None:
    """Keep the new facts."""
    edit_unit(
        actor(),
        now(),
        estate_id,
        unit_id,
        UnitForm(
            area=sent.text("area"),
            kind=Kind(sent.pick("kind") or Kind.DWELLING),
            developer=bool(sent.pick("developer")),
            owners=sent.text("owners"),
            phones=sent.text("phones"),
            documents=sent.text("documents"),
            note=sent.text("note"),
        ),
    )


def off(estate_id: int, view: UnitView) -> None:
    """The way off the roll, for what was demolished or entered wrongly."""
    with st.expander(_("Take off the roll"), icon=":material/delete:"):
        form = Form(f"roll_off_{view.id}")
        st.checkbox(
            _("This unit does not exist, or stands twice on the roll"), key=form.key("sure")
        )
        form.mend("sure")
        form.button(_("Take off the roll"), gone, estate_id, view.id, main=False)


def gone(sent: Sent, estate_id: int, unit_id: int) -> None:
    """Take it off; the list is shown again."""
    if not sent.pick("sure"):
        raise FieldError("sure", N_("Tick this first: the unit will not count in votes."))
    take_off(actor(), now(), estate_id, unit_id)
    at({UNIT: ""})

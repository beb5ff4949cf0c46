"""During the conference: who is there, and each item decided, noted or put off, on one screen."""

import streamlit as st

from db.conference import holding
from db.conference.views import ConferenceView
from db.now import now
from domain import labels
from pages.parts.conference_add import add_form
from pages.parts.conference_item import earlier_items, item_head, outcome, to_file
from pages.parts.conference_settle import CHOSEN, choose, settle
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening


def meeting(view: ConferenceView) -> None:
    """The whole screen."""
    settled = sum(item.result is not None for item in view.items)
    with st.container(horizontal=True, vertical_alignment="center"):
        words = _(
            "The conference is running: {done} of {n} settled", done=settled, n=len(view.items)
        )
        st.subheader(words, anchor=False)
        Form("conference_end").button(
            _("End the conference"),
            end,
            icon=":material/flag:",
            main=settled == len(view.items),
        )
    if view.items:
        st.progress(settled / len(view.items))
    attendance(view)
    earlier_items(view.earlier)
    here = at_hand(view)
    for number, item in enumerate(view.items, start=1):
        with st.container(border=True, gap="xsmall"):
            item_head(item, number)
            outcome(item)
            with st.container(horizontal=True, gap="small"):
                to_file(item, "conference_file")
                if item.code != here:
                    st.button(
                        _("Decide anew") if item.result else _("Take it up"),
                        key=f"conference_take_{item.code}",
                        icon=":material/gavel:",
                        type="tertiary",
                        on_click=choose,
                        args=(item.code,),
                    )
            if item.code == here:
                settle(item, main=settled < len(view.items))
    add_form()


def at_hand(view: ConferenceView) -> str | None:
    """The item that is spoken of: the chosen one, else the first that is not settled."""
    chosen = st.session_state.get(CHOSEN)
    if chosen in {item.code for item in view.items}:
        return str(chosen)
    return next((item.code for item in view.items if item.result is None), None)


def attendance(view: ConferenceView) -> None:
    """Ticks for the units, by kind."""
    there = [one.id for one in view.units if one.there]
    names = {one.id: plain(one.name) for one in view.units}
    form = Form("conference_there")
    words = _("Attendance: {n} of {all} units", n=len(there), all=len(view.units))
    with (
        st.expander(words, icon=":material/how_to_reg:", expanded=not there),
        st.form("conference_there_form", border=False),
    ):
        for kind in dict.fromkeys(one.kind for one in view.units):
            of_kind = [one.id for one in view.units if one.kind is kind]
            st.pills(
                opening(_(labels.UNIT[kind])),
                of_kind,
                selection_mode="multi",
                default=[key for key in of_kind if key in there],
                format_func=names.__getitem__,
                key=form.key(f"units_{kind.value}"),
            )
        form.mend("units")
        st.text_input(
            _("Guests"),
            value=view.guests,
            key=form.key("guests"),
            max_chars=holding.LONGEST_GUESTS,
            placeholder=_("Such as: two people of the street office"),
        )
        form.mend("guests")
        form.submit(_("Save attendance"), keep, main=not there)


def keep(sent: Sent) -> None:
    """Keep who is there."""
    present = [
        key for field in sent.values if field.startswith("units_") for key in sent.many(field)
    ]
    holding.record_presence(actor(), now(), present, sent.text("guests"), key=sent.once)


def end(sent: Sent) -> None:
    """End it; what is not settled is put off."""
    holding.end_conference(actor(), now(), key=sent.once)

"""A unit's side of volunteers' help: what reached its duty desk, and asking for it."""

import streamlit as st

from db.now import now
from db.requests import asking
from db.requests.asking import Asked
from db.requests.reading import of_unit
from domain import request_labels as labels
from domain.requests import Urgency
from pages.parts.dispatch_fields import where_field
from pages.parts.dispatch_list import badges, how_it_goes
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _


def reached_unit() -> None:
    """What the unit asked for, and what the ladder brought to its duty desk."""
    for line in of_unit(actor(), now()):
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                badges(line)
            st.markdown(f"**{plain(line.need)}**")
            told = [line.where, moment(line.made_at), how_it_goes(line, now())]
            st.caption(plain(" · ".join(part for part in told if part)))
            if line.urgency is Urgency.EMERGENCY and not line.volunteer:
                st.caption(_("Nobody has come yet. Please go and look, and call the desk."))


def ask_form() -> None:
    """Ask for volunteers, behind a switch."""
    if actor().unit_id is None:
        return
    form = Form("unit_help", wide=True)
    box = st.expander(_("Ask for volunteers"), icon=":material/volunteer_activism:")
    with box, st.form(form.key("form"), border=False):
        st.text_area(_("What help is needed?"), key=form.key("need"), height=80)
        form.mend("need")
        st.segmented_control(
            _("How soon?"),
            list(Urgency),
            default=Urgency.ROUTINE,
            required=True,
            format_func=lambda one: _(labels.URGENCY[one]),
            key=form.key("urgency"),
        )
        where_field(form, None)
        form.submit(_("Send to the desk"), ask, main=False)


def ask(sent: Sent) -> None:
    """Send the request to the desk."""
    where = sent.pick("where") or (None, None)
    asked = Asked(
        need=sent.text("need"),
        urgency=Urgency(sent.pick("urgency") or Urgency.ROUTINE),
        estate_id=where[0],
        building_id=where[1],
    )
    asking.ask(actor(), now(), asked, key=sent.once)

"""Enrolling somebody who agreed to care visits: the home is found first."""

import streamlit as st

from db.households import find_household
from db.now import now
from db.rounds import care
from db.rounds.care_query import visitors
from domain.errors import N_, FieldError
from domain.visits import TIER, Tier
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, opening


def tier_and_visitor(form: Form, tier: Tier, visitor: int | None) -> None:
    """How often, and by whom."""
    st.selectbox(
        _("How often"),
        list(Tier),
        index=list(Tier).index(tier),
        format_func=lambda one: opening(_(TIER[one])),
        key=form.key("tier"),
    )
    plain_choice(_("Preferred visitor"), visitors(actor()), form.key("visitor"), visitor, none=True)
    form.mend("visitor")


def enrol() -> None:
    """The form for somebody who agreed; the home is found first."""
    box = st.expander(_("Enrol a person"), icon=":material/person_add:", expanded=False)
    with box:
        typed = st.text_input(
            _("Find the home"),
            key="visit_home",
            placeholder=_("Such as: 3-2-501, or a name's initials"),
            max_chars=60,
        )
        hits = find_household(actor(), typed, now()) if typed else ()
        if typed and not hits:
            st.warning(_("No home fits. Check building and room."), icon=":material/search_off:")
        form = Form("visit_enrol")
        with st.form("visit_enrol_form", border=False):
            homes = {hit.id: f"{hit.estate} {hit.building} {hit.room}" for hit in hits}
            home = form.key("home")
            if st.session_state.get(home) not in homes:
                st.session_state[home] = next(iter(homes), None)
            st.selectbox(
                _("Home"),
                list(homes),
                format_func=lambda key: homes.get(key, ""),
                key=home,
                placeholder=_("Find the home first"),
            )
            form.mend("home")
            st.text_input(_("Name"), key=form.key("name"), max_chars=60)
            form.mend("name")
            st.text_input(_("Telephone"), key=form.key("phone"), max_chars=30)
            form.mend("phone")
            tier_and_visitor(form, Tier.MONTHLY, None)
            st.text_area(_("Health note"), key=form.key("health"), max_chars=500, height=80)
            st.checkbox(_("The person agreed to be visited"), key=form.key("consent"))
            form.mend("consent")
            form.submit(_("Enrol"), save)


def save(sent: Sent) -> None:
    """Enrol them."""
    if sent.pick("home") is None:
        raise FieldError("home", N_("Find the home first: type building and room above."))
    care.enrol(
        actor(),
        now(),
        household_id=int(sent.pick("home")),
        name=sent.text("name"),
        tier=Tier(sent.pick("tier")),
        consent=bool(sent.pick("consent")),
        phone=sent.text("phone"),
        visitor_id=sent.pick("visitor"),
        health=sent.text("health"),
        once_key=sent.once,
    )

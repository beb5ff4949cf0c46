"""The frame around every signed-in page: who is here, which pages are theirs, language."""

import streamlit as st

import locales
from db.settings import Settings
from documents import mark
from domain.people import Actor
from domain.titles import ROLE_TITLES
from pages.parts import leave, menu, who
from pages.parts.show import on_script_error, plain
from pages.parts.words import _, speak

OTHER = {locales.CHINESE: (locales.ENGLISH, "English"), locales.ENGLISH: (locales.CHINESE, "中文")}
SIGN_OUT, LANGUAGE, ROLE = "sign_out", "language", "role"


def chosen() -> None:
    """Do what was chosen from the menu of one's own name."""
    choice = st.session_state["me"]
    if choice == SIGN_OUT:
        leave.sign_out()
    elif choice == LANGUAGE:
        leave.change_language(OTHER[speak()][0])
    elif choice == ROLE:
        leave.leave_for("/signin")


def name_plate(actor: Actor, settings: Settings) -> None:
    """Name and roles, with the ways out behind them."""
    labels = {LANGUAGE: OTHER[speak()][1], SIGN_OUT: _("Sign out")}
    if settings.demo:
        labels = {ROLE: _("Another role")} | labels
    with st.sidebar:
        if settings.demo:
            st.caption(f":material/science: {_('Demo community: everything here is invented.')}")
        st.menu_button(
            plain(actor.name),
            list(labels),
            key="me",
            on_click=chosen,
            format_func=labels.__getitem__,
            icon=":material/account_circle:",
            help=" · ".join(_(ROLE_TITLES[role]) for role in sorted(actor.roles)) or None,
            width="stretch",
        )


def frame() -> None:
    """Run the chosen page, if somebody is signed in."""
    speak()
    here = who.look_up()
    if here is None:
        leave.leave_for("/signin")
        st.stop()
    # Said before the pages are: their icons would be fetched from outside for the browser's tab.
    st.set_page_config(page_icon=mark.URI)
    page = st.navigation(menu.pages_of(here.actor), expanded=True)
    st.logo(mark.URI, size="large")
    name_plate(here.actor, here.settings)
    try:
        page.run()
    except Exception as error:
        on_script_error(error)


frame()

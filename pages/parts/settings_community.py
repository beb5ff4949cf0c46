"""The community's name, and the public address that QR codes carry."""

from urllib.parse import urlsplit

import streamlit as st

from db import settings
from db.now import now
from documents.posters import unreachable
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _


def show() -> None:
    """The form, with what the browser itself knows as a suggestion."""
    known = settings.settings()
    own = urlsplit(st.context.url or "")
    suggested = f"{own.scheme}://{own.netloc}" if own.netloc else ""
    form = Form("settings_community")
    with st.form("settings_community_form"):
        st.text_input(
            _("Name of the community"),
            value=known.community,
            key=form.key("community"),
            max_chars=60,
        )
        form.mend("community")
        st.text_input(
            _("Public address"),
            value=known.base_url,
            key=form.key("base_url"),
            placeholder=_("Such as: {address}", address="https://desk.example"),
            help=_(
                "The address under which residents' phones reach this server. QR codes and "
                "follow links carry it."
            ),
        )
        form.mend("base_url")
        if suggested and not known.base_url:
            st.caption(_("Your browser calls it {address}.", address=plain(suggested)))
        st.text_input(
            _("Duty line"),
            value=known.duty_line,
            key=form.key("duty_line"),
            max_chars=30,
            help=_(
                "The number that residents ring for help by volunteers; contact cards carry it."
            ),
        )
        form.submit(_("Save"), save)
    if known.base_url and unreachable(known.base_url):
        st.warning(
            _("Phones cannot open this address: it means each one's own machine."),
            icon=":material/warning:",
        )
    if known.base_url:
        st.caption(
            _("Posters that hang already keep the address they were printed with. Print anew.")
        )


def save(sent: Sent) -> None:
    """Save them."""
    settings.change(
        actor(),
        now(),
        community=sent.text("community"),
        base_url=sent.text("base_url"),
        duty_line=sent.text("duty_line"),
    )

"""Where persons are told: their own e-mail or robot, with their consent."""

import pyarrow as pa
import streamlit as st

import locales
from db.accounts import accounts
from db.exports import Exported
from db.now import now
from db.outbox import addresses
from db.outbox.addresses import AddressView
from domain.outbox import Recipient
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.quiet_fields import quiet_fields, times_of
from pages.parts.when import day
from pages.parts.who import actor
from pages.parts.words import _


def show() -> None:
    """The form for one person, and all who are told."""
    people = {row.id: row.name for row in accounts(actor()) if row.active}
    known = {row.to: row for row in addresses.addresses(actor())}
    chosen = st.selectbox(
        _("Person"),
        list(people),
        index=None,
        format_func=people.__getitem__,
        key="settings_address_person",
        placeholder=_("Choose"),
    )
    if chosen is not None:
        to = Recipient(account_id=chosen)
        address_form(to, known.get(to))
    if not known:
        st.info(
            _("Nobody is told by their own channel yet; everybody sees their news on Today."),
            icon=":material/notifications:",
        )
        return
    export.frame(
        pa.table(
            {
                "name": [people.get(row.to.account_id or 0, "") for row in known.values()],
                "service": [row.service for row in known.values()],
                "quiet": [f"{row.quiet_from}–{row.quiet_to}".strip("–") for row in known.values()],
                "since": [day(row.consented_at) for row in known.values()],
            }
        ),
        hide_index=True,
        key="settings_addresses",
        alt=_("Everybody who is told by their own channel"),
        leaves=Exported.PEOPLE,
        column_config={
            "name": st.column_config.TextColumn(_("Person")),
            "service": st.column_config.TextColumn(_("By")),
            "quiet": st.column_config.TextColumn(_("Quiet hours")),
            "since": st.column_config.TextColumn(_("Agreed on")),
        },
    )


def address_form(to: Recipient, known: AddressView | None) -> None:
    """Address, consent, quiet hours; and the ways to try and to end it."""
    form = Form(f"settings_address_{to.account_id}")
    with st.form(f"{form.name}_form"):
        st.text_input(
            _("E-mail, or address of their robot"),
            key=form.key("address"),
            placeholder=known.service if known else _("such as wang@example.com"),
            max_chars=500,
        )
        form.mend("address")
        st.segmented_control(
            _("Language of the messages"),
            list(locales.LANGUAGES),
            default=known.language if known else locales.CHINESE,
            required=True,
            format_func={locales.CHINESE: "中文", locales.ENGLISH: "English"}.__getitem__,
            key=form.key("language"),
        )
        quiet_fields(form, (known.quiet_from, known.quiet_to) if known else ("22:00", "07:00"))
        st.checkbox(
            _("The person agreed to be told there"),
            value=known is not None,
            key=form.key("consent"),
        )
        form.mend("consent")
        form.submit(_("Save"), save, to)
    if known:
        with st.container(horizontal=True):
            Form(f"settings_address_test_{to.account_id}").button(
                _("Send a test message"), test, to, main=False, icon=":material/send:"
            )
            Form(f"settings_address_end_{to.account_id}").button(
                _("Do not tell there any more"),
                withdraw,
                to,
                main=False,
                icon=":material/notifications_off:",
            )


def save(sent: Sent, to: Recipient) -> None:
    """Keep it."""
    quiet_from, quiet_to = times_of(sent)
    addresses.set_address(
        actor(),
        now(),
        to,
        address=sent.text("address"),
        consent=bool(sent.pick("consent")),
        language=sent.text("language"),
        quiet_from=quiet_from,
        quiet_to=quiet_to,
    )


def test(sent: Sent, to: Recipient) -> None:
    """Post a test message."""
    addresses.try_address(actor(), now(), to, sent.once)


def withdraw(_sent: Sent, to: Recipient) -> None:
    """Forget the address."""
    addresses.withdraw_address(actor(), now(), to)

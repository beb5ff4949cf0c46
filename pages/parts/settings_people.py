"""People: accounts, their roles and scope, and one-time codes for a password."""

from dataclasses import dataclass

import pyarrow as pa
import streamlit as st

from db.accounts import AccountView, accounts, change, create
from db.estates import estates
from db.exports import Exported
from db.now import now
from db.passwords import reset_code
from db.settings import settings
from db.units import units
from domain.people import Role
from domain.titles import ROLE_TITLES
from pages.parts import export
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.settings_pick import pick
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _

CODE = "settings_code"


@dataclass(frozen=True, slots=True)
class Given:
    """A one-time code that was just made, shown until another is or the page is left."""

    account_id: int
    name: str
    code: str


def show() -> None:
    """One account at a time, and the list of all."""
    rows = {row.id: row for row in accounts(actor())}
    of_estate = {row.id: row.name for row in estates(actor())}
    of_unit = {row.id: row.name for row in units(actor(), inactive=True)}
    names = {key: f"{row.name} ({row.login})" for key, row in rows.items()}
    chosen = pick(_("Person"), _("A new person"), names, "settings_person")
    account = rows.get(chosen) if chosen is not None else None
    code_given()
    account_form(account, of_estate, of_unit)
    if account is not None and account.active:
        Form(f"settings_code_{account.id}").button(
            _("Make a one-time code for a new password"),
            give_code,
            account.id,
            account.name,
            main=False,
            icon=":material/key:",
        )
    export.frame(
        pa.table(
            {
                "name": [row.name for row in rows.values()],
                "login": [row.login for row in rows.values()],
                "roles": [
                    " · ".join(_(ROLE_TITLES[role]) for role in sorted(row.roles))
                    for row in rows.values()
                ],
                "scope": [
                    " · ".join(
                        part
                        for part in (
                            of_unit.get(row.unit_id or 0),
                            of_estate.get(row.estate_id or 0),
                        )
                        if part
                    )
                    for row in rows.values()
                ],
                "active": [row.active for row in rows.values()],
                "password": [row.has_password for row in rows.values()],
            }
        ),
        hide_index=True,
        key="settings_people",
        alt=_("All accounts"),
        leaves=Exported.PEOPLE,
        column_config={
            "name": st.column_config.TextColumn(_("Name"), width=140),
            "login": st.column_config.TextColumn(_("Login"), width=150),
            "roles": st.column_config.TextColumn(_("Roles"), width="medium"),
            "scope": st.column_config.TextColumn(_("Unit or estate"), width="medium"),
            "active": st.column_config.CheckboxColumn(_("May sign in"), width="small"),
            "password": st.column_config.CheckboxColumn(_("Has a password"), width="small"),
        },
    )


def account_form(
    account: AccountView | None, of_estate: dict[int, str], of_unit: dict[int, str]
) -> None:
    """Name, login, roles, unit, estate."""
    form = Form(f"settings_account_{account.id if account else 'new'}")
    with st.form(f"{form.name}_form"):
        left, right = st.columns(2)
        with left:
            st.text_input(
                _("Name"),
                value=account.name if account else "",
                key=form.key("name"),
                max_chars=60,
            )
            form.mend("name")
        with right:
            st.text_input(
                _("Login"),
                value=account.login if account else "",
                key=form.key("login"),
                disabled=account is not None,
                placeholder=_("Such as: {login}", login="wangfang"),
                max_chars=60,
            )
            form.mend("login")
        st.multiselect(
            _("Roles"),
            list(Role),
            default=sorted(account.roles) if account else [],
            format_func=lambda role: _(ROLE_TITLES[role]),
            key=form.key("roles"),
            placeholder=_("Choose"),
        )
        form.mend("roles")
        left, right = st.columns(2)
        with left:
            own = account.unit_id if account else None
            plain_choice(_("Speaks for the unit"), of_unit, form.key("unit"), own, none=True)
        with right:
            own = account.estate_id if account else None
            plain_choice(_("Sees only the estate"), of_estate, form.key("estate"), own, none=True)
        if account:
            st.toggle(_("May sign in"), value=account.active, key=form.key("active"))
        label = _("Save") if account else _("Open the account")
        form.submit(label, save, account.id if account else None)


def save(sent: Sent, account_id: int | None) -> None:
    """Open an account and make its first code, or change one."""
    me, at = actor(), now()
    roles = [Role(role) for role in sent.many("roles")]
    scope = {"unit_id": sent.pick("unit"), "estate_id": sent.pick("estate")}
    if account_id is None:
        name = sent.text("name")
        made = create(me, at, login=sent.text("login"), name=name, roles=roles, **scope)
        st.session_state[CODE] = Given(made, name, reset_code(me, at, made))
        return
    active = bool(sent.pick("active"))
    change(me, at, account_id, name=sent.text("name"), roles=roles, active=active, **scope)


def give_code(sent: Sent, account_id: int, name: str) -> None:
    """Make a code; earlier ones stop working."""
    st.session_state[CODE] = Given(account_id, name, reset_code(actor(), now(), account_id))


def code_given() -> None:
    """The code, once: it is kept as a hash alone."""
    given = st.session_state.pop(CODE, None)
    if not isinstance(given, Given):
        return
    base = settings().base_url or ""
    with st.container(border=True):
        told = _("For {name}, shown only now", name=plain(given.name))
        st.markdown(f":material/key: **{told}**")
        st.code(f"{base}/reset/{given.code}" if base else f"/reset/{given.code}", language=None)
        st.caption(
            _(
                "Hand this address over in person. Within 24 hours it opens a page where they "
                "choose their password; it works once."
            )
        )

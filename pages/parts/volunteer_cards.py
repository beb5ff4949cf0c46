"""Contact cards 联系卡: given to a whole squad, and printed for each kind of holder."""

from datetime import timedelta

import streamlit as st

from db.now import now
from db.settings import settings
from db.volunteers.cards import CardKind, issue_missing
from db.volunteers.listing import volunteers
from domain.days import local_day
from domain.errors import N_, FieldError
from domain.volunteers import SQUAD, Squad
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _

CARD_LIFE = timedelta(days=365)


def show() -> None:
    """Print on the left, give out on the right."""
    lines = volunteers(actor(), now(), limit=5000).lines
    today = local_day(now())
    valid = [one for one in lines if one.card_until is not None and one.card_until >= today]
    st.caption(_("{n} of {count} volunteers have a valid card.", n=len(valid), count=len(lines)))
    if not settings().duty_line:
        st.warning(
            _("The duty line is not set yet. The administrator enters it under Settings."),
            icon=":material/warning:",
        )
    left, right = st.columns(2, gap="large")
    with left:
        printing()
    with right:
        giving(len(lines) - len(valid))


def printing() -> None:
    """A4, eight on a page; each kind of card says as much as its holder may know."""
    st.subheader(_("Print, eight on A4"), anchor=False)
    squad = st.selectbox(
        _("Squad"),
        ["", *Squad],
        format_func=lambda one: _(SQUAD[Squad(one)]) if one else _("All"),
        key="cards_squad",
    )
    for kind, label, told, icon in (
        (
            CardKind.RESIDENT,
            _("For residents"),
            _("Names and numbers as each volunteer agreed."),
            "home",
        ),
        (
            CardKind.PUBLIC,
            _("For the entrances"),
            _("Names masked, reached by the duty line."),
            "door_front",
        ),
        (
            CardKind.STAFF,
            _("For the duty desk"),
            _("Full names; numbers of those who agreed to calls."),
            "support_agent",
        ),
    ):
        with st.container(border=True, gap="xsmall"):
            st.link_button(
                label,
                f"/print/cards?for={kind.value}&squad={squad}",
                icon=f":material/{icon}:",
                type="primary" if kind is CardKind.RESIDENT else "secondary",
            )
            st.caption(told)
    st.caption(_("Whose numbers are printed is written down, with who printed them."))


def giving(missing: int) -> None:
    """Cards for everybody who has none."""
    st.subheader(_("Give out"), anchor=False)
    form = Form("cards_give")
    with st.form("cards_give_form"):
        st.selectbox(
            _("Squad"),
            list(Squad),
            index=None,
            format_func=lambda squad: _(SQUAD[squad]),
            key=form.key("squad"),
            placeholder=_("Choose"),
        )
        form.mend("squad")
        st.date_input(
            _("Card valid until"),
            value=local_day(now()) + CARD_LIFE,
            key=form.key("until"),
        )
        form.mend("valid_until")
        form.submit(_("Give a card to all who have none"), give, main=False)
    if missing:
        st.caption(_("{n} have none. One by one: on the volunteer's own page.", n=missing))


def give(sent: Sent) -> None:
    """Give them out."""
    squad = sent.pick("squad")
    if squad is None:
        raise FieldError("squad", N_("Choose a squad."))
    issue_missing(actor(), now(), Squad(squad), sent.pick("until") or local_day(now()))

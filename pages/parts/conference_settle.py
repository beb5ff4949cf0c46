"""The item that is spoken of: decided and handed over, noted, or put off."""

from datetime import date, timedelta

import streamlit as st

from db.conference import holding
from db.conference.views import ItemLine
from db.estates import estates
from db.now import now
from db.units import units
from domain.agenda import DECIDABLE
from domain.days import local_day
from pages.parts.case_decide import unit_fields
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _

A_WEEK = timedelta(days=7)  # what the house promises for the work
CHOSEN = "conference_item"  # the item that is spoken of, where a person chose it


def choose(code: str | None) -> None:
    """Speak of this item."""
    st.session_state[CHOSEN] = code


def settle(item: ItemLine, *, main: bool) -> None:
    """The forms of the item that is spoken of."""
    if item.line is not None and item.line.state in DECIDABLE:
        decide_form(item, main=main)
        with st.expander(_("Nothing to hand over? Note it, or put it off")):
            note_form(item, main=False)
    else:
        note_form(item, main=main)


def decide_form(item: ItemLine, *, main: bool) -> None:
    """联席会议商定—小区支部领办—共建单位助力, as one form."""
    form = Form(f"conference_decide_{item.code}", then=lambda: choose(None))
    names = {row.id: f"{row.name} {row.initials}" for row in units(actor())}
    with st.form(form.key("form"), border=False):
        unit_fields(form, names, branch_of(item, names), local_day(now()) + A_WEEK)
        st.text_area(_("What was decided?"), key=form.key("words"), height=80)
        form.mend("words")
        st.caption(_("The reporter reads these words on the follow page."))
        st.text_input(
            _("Ask all partner units to help with"),
            key=form.key("help"),
            placeholder=_("Nothing; or such as: an electrician for one morning"),
        )
        form.mend("help")
        form.submit(_("Decide and hand over"), decide, item.code, main=main)


def branch_of(item: ItemLine, names: dict[int, str]) -> int | None:
    """小区支部领办: the branch of the file's estate is proposed."""
    where = item.line.where.estate if item.line else None
    for estate in estates(actor()):
        if estate.name == where and estate.branch_id in names:
            return estate.branch_id
    return None


def note_form(item: ItemLine, *, main: bool) -> None:
    """Words, and two ways to go on."""
    form = Form(f"conference_note_{item.code}", then=lambda: choose(None))
    with st.form(form.key("form"), border=False):
        st.text_area(_("What was said?"), key=form.key("words"), height=80)
        form.mend("words")
        with st.container(horizontal=True):
            form.submit(_("Note it"), note, item.code, main=main)
            st.form_submit_button(
                _("Put it off"), key=form.key("later"), **form.sends(postpone, item.code)
            )


def decide(sent: Sent, code: str) -> None:
    """Decide on it."""
    holding.decide_item(
        actor(),
        now(),
        code,
        lead_unit_id=sent.pick("lead") or 0,
        due_on=sent.pick("due") or date.min,
        words=sent.text("words"),
        assisting=sent.many("assisting"),
        help_wanted=sent.text("help"),
        key=sent.once,
    )


def note(sent: Sent, code: str) -> None:
    """Note what was said."""
    holding.note_item(actor(), now(), code, sent.text("words"), key=sent.once)


def postpone(sent: Sent, code: str) -> None:
    """Put it off."""
    holding.postpone_item(actor(), now(), code, sent.text("words"), key=sent.once)

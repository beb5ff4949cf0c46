"""What may change in a committee: its offices, its filing, a member who leaves."""

import streamlit as st

from db.elections.committee_list import Committee
from db.elections.seats import leave, name_offices, record_filing
from db.now import now
from domain.committees import LEFT_WORDS, Left, Office
from domain.days import local_day
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, opening


def forms(found: Committee) -> None:
    """All three, each folded."""
    if found.filed_on is None:
        with st.expander(_("Record the filing")):
            filing_form(found)
    if not any(one.office is Office.CHAIR for one in found.sitting):
        with st.expander(_("Record chair and vice chair")):
            offices_form(found)
    with st.expander(_("A member leaves")):
        leave_form(found)


def filing_form(found: Committee) -> None:
    """The day and the receipt's number."""
    form = Form(f"committee_filing_{found.term_id}")
    with st.form(form.key("form"), border=False):
        today = local_day(now())
        st.date_input(
            _("Filed on"), value=today, max_value=today, key=form.key("on"), format="YYYY-MM-DD"
        )
        form.mend("filed_on")
        st.text_input(_("Number of the receipt"), max_chars=60, key=form.key("number"))
        form.mend("filed_number")
        form.submit(_("Record the filing"), file, found.term_id, main=False)


def file(sent: Sent, term_id: int) -> None:
    """Record it."""
    day = sent.pick("on") or local_day(now())
    record_filing(actor(), now(), term_id, day, sent.text("number"), sent.once)


def offices_form(found: Committee) -> None:
    """Whom the first meeting chose."""
    form = Form(f"committee_offices_{found.term_id}")
    names = {one.id: one.name for one in found.sitting}
    with st.form(form.key("form"), border=False):
        plain_choice(_("Chair"), names, form.key("chair"), None)
        form.mend("chair")
        st.multiselect(
            _("Vice chairs"),
            list(names),
            format_func=lambda one: names[int(one)],
            key=form.key("vices"),
            placeholder=_("Choose"),
        )
        form.submit(_("Record the offices"), offices, found.term_id, main=False)


def offices(sent: Sent, term_id: int) -> None:
    """Record them."""
    vices = [int(one) for one in sent.many("vices")]
    name_offices(actor(), now(), term_id, sent.pick("chair") or 0, vices, sent.once)


def leave_form(found: Committee) -> None:
    """Who, since when, why; the first alternate steps up by itself."""
    form = Form(f"committee_leave_{found.term_id}")
    here = (*found.sitting, *found.waiting)
    names = {one.id: one.name for one in here}
    if found.waiting:
        st.caption(_("{name} is the next alternate and steps up.", name=found.waiting[0].name))
    with st.form(form.key("form"), border=False):
        plain_choice(_("Who leaves?"), names, form.key("who"), None)
        form.mend("who")
        today = local_day(now())
        st.date_input(
            _("Since"), value=today, max_value=today, key=form.key("on"), format="YYYY-MM-DD"
        )
        form.mend("left_on")
        reasons = {left: opening(_(LEFT_WORDS[left])) for left in Left}
        plain_choice(_("Why?"), reasons, form.key("left"), Left.RESIGNED)
        st.text_input(_("Note"), max_chars=300, key=form.key("note"))
        form.mend("left_note")
        form.submit(_("Record that the member leaves"), gone, main=False)


def gone(sent: Sent) -> None:
    """Record it."""
    leave(
        actor(),
        now(),
        sent.pick("who") or 0,
        left_on=sent.pick("on") or local_day(now()),
        left=Left(sent.pick("left") or Left.RESIGNED),
        words=sent.text("note"),
        key=sent.once,
    )

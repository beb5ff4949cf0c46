"""议定 and 交办: who leads by when, who assists, and the hand-over."""

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from db import tasks
from db.casefile_views import CaseFile
from db.estates import estates
from db.now import now
from db.units import UnitView, units
from domain.clocks import Promise
from domain.days import local_day
from pages.parts.case_form import case_form
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _

SECOND = timedelta(seconds=1)
A_FEW_DAYS = timedelta(days=3)  # proposed where the promise of the week is past or missing


def decide_form(file: CaseFile) -> None:
    """Who leads by when; as a rule it is handed over at once."""
    form = case_form("decide")
    known = units(actor())
    with st.form(form.key("form"), border=False):
        fields(form, file, known)
        st.text_area(_("What was decided?"), key=form.key("words"), height=100)
        form.mend("words")
        st.caption(_("The reporter reads these words on the follow page."))
        st.checkbox(_("Hand it over at once"), value=True, key=form.key("give"))
        form.submit(_("Decide and hand over"), decide, file.line.code)


def give_form(file: CaseFile) -> None:
    """Hand a decided file over."""
    form = case_form("give")
    with st.form(form.key("form"), border=False):
        fields(form, file, units(actor()))
        form.submit(_("Hand over"), give, file.line.code)


def fields(form: Form, file: CaseFile, known: list[UnitView]) -> None:
    """Leading unit, last day, assisting units."""
    names = {row.id: f"{row.name} {row.initials}" for row in known}
    unit_fields(form, names, leading(file, names), last_day(file, local_day(now())))


def unit_fields(form: Form, names: Mapping[int, str], lead: int | None, due: date) -> None:
    """The same with what is proposed."""
    left, right = st.columns([2, 1])
    with left:
        plain_choice(_("Leading unit"), names, form.key("lead"), lead)
        form.mend("lead")
    with right:
        st.date_input(
            _("Last day"),
            value=due,
            min_value=local_day(now()),
            key=form.key("due"),
            format="YYYY-MM-DD",
        )
        form.mend("due_on")
    st.multiselect(
        _("Assisting units"),
        list(names),
        format_func=lambda key: names.get(key, ""),
        key=form.key("assisting"),
        placeholder=_("None"),
    )
    form.mend("assisting")


def leading(file: CaseFile, names: dict[int, str]) -> int | None:
    """Who is proposed to lead: who leads already, else the estate's property company."""
    if file.lead_unit_id in names:
        return file.lead_unit_id
    for estate in estates(actor()):
        if estate.id == file.estate_id and estate.property_id in names:
            return estate.property_id
    return None


def last_day(file: CaseFile, today: date) -> date:
    """The day that is proposed: the decision's, else the last in which the promise is kept."""
    if file.decision is not None and file.decision.due_at > now():
        return local_day(file.decision.due_at - SECOND)
    for clock in file.clocks:
        if clock.promise is Promise.DONE and clock.due_at > now():
            return local_day(clock.due_at - SECOND)
    return today + A_FEW_DAYS


def decide(sent: Sent, code: str) -> None:
    """Record the decision."""
    tasks.decide(
        actor(),
        now(),
        code,
        lead_unit_id=sent.pick("lead") or 0,
        due_on=sent.pick("due") or date.min,
        words=sent.text("words"),
        assisting=sent.many("assisting"),
        give_now=bool(sent.pick("give")),
        key=sent.once,
    )


def give(sent: Sent, code: str) -> None:
    """Hand it over."""
    tasks.give(
        actor(),
        now(),
        code,
        unit_id=sent.pick("lead") or 0,
        due_on=sent.pick("due") or date.min,
        assisting=sent.many("assisting"),
        key=sent.once,
    )

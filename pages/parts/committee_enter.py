"""Enter a committee that was elected before its elections were kept here."""

import re
from collections.abc import Mapping

import streamlit as st

from db.elections.committee import Sitting, enter
from db.now import now
from domain.committees import MOST_YEARS, TERM_SOURCE, Office
from domain.days import local_day
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _

_BETWEEN = re.compile(r"[、，,;；\s]+")


def form(estates: Mapping[int, str]) -> None:
    """Estate, day, names: the chair first."""
    made = Form("committee_enter")
    with (
        st.expander(_("Enter a committee that sits already")),
        st.form(made.key("form"), border=False),
    ):
        only = next(iter(estates)) if len(estates) == 1 else None
        plain_choice(_("Estate"), estates, made.key("estate"), only)
        today = local_day(now())
        st.date_input(
            _("Elected on"), value=today, max_value=today, key=made.key("on"), format="YYYY-MM-DD"
        )
        made.mend("elected_on")
        st.number_input(
            _("Years of the term"),
            min_value=1,
            max_value=MOST_YEARS,
            value=MOST_YEARS,
            key=made.key("years"),
        )
        made.mend("years")
        st.text_input(_("Which rule sets it?"), key=made.key("source"), placeholder=TERM_SOURCE)
        st.text_area(
            _("Members, the chair first"),
            height=80,
            key=made.key("members"),
            help=_("5, 7, 9 or 11 names, with commas or blanks between them."),
        )
        made.mend("members")
        st.text_input(_("Alternates, in their order"), key=made.key("alternates"))
        made.mend("alternates")
        made.submit(_("Enter the committee"), save, only, main=False)


def names_in(text: str) -> list[str]:
    """The names of a list as people write it."""
    return [name for name in _BETWEEN.split(text) if name]


def save(sent: Sent, only: int | None) -> None:
    """Enter it."""
    names = names_in(sent.text("members"))
    enter(
        actor(),
        now(),
        estate_id=sent.pick("estate") or only or 0,
        elected_on=sent.pick("on") or local_day(now()),
        years=int(sent.pick("years") or MOST_YEARS),
        years_source=sent.text("source"),
        members=[
            Sitting(name, Office.CHAIR if place == 0 else Office.MEMBER)
            for place, name in enumerate(names)
        ],
        alternates=names_in(sent.text("alternates")),
        key=sent.once,
    )

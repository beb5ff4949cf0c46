"""One unit's page: what it offers, what it promised, what it did, what it is asked for."""

import streamlit as st

from db.conference import helping
from db.conference.unit_views import UnitPage, Work
from db.now import now
from domain import labels
from pages.parts import export, export_together, go
from pages.parts.activity_words import ACTIVITY
from pages.parts.conference_past import conference_link
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.talk_demands import board_link
from pages.parts.unit_says import reports, what_it_offers
from pages.parts.when import day, last_day, left_of, moment, show_deadline
from pages.parts.who import actor
from pages.parts.words import _, ngettext, opening

MOST_DEEDS = 12


def show(page: UnitPage) -> None:
    """The whole page."""
    st.title(plain(page.name), anchor=False)
    told = [
        opening(_(labels.UNIT[page.kind])),
        _("came to {n} of {all} conferences in a year", n=page.present, all=page.held),
    ]
    st.caption(" · ".join(told))
    if page.idle:
        st.badge(_("Nothing yet this quarter"), icon=":material/bedtime:", color="orange")
    if page.own:
        wanted()
    left, right = st.columns([3, 2], gap="large")
    with left:
        promises(page)
        deeds(page)
        if page.promises or page.deeds:
            export.downloads(export_together.unit_work(page), "unit_work")
        activities(page)
    with right:
        what_it_offers(page)
        reports(page)


def wanted() -> None:
    """Calls for help that the unit can take."""
    lines = helping.open_calls(actor())
    if not lines:
        return
    st.subheader(_("Help wanted"), anchor=False)
    for place, line in enumerate(lines):
        with st.container(border=True, gap="xsmall"):
            st.text(line.words)
            until = _("until {day}", day=last_day(line.due_at)) if line.due_at else ""
            told = [str(line.where), until]
            st.caption(plain(" · ".join(part for part in told if part)))
            Form(f"unit_claim_{line.code}", wide=True).button(
                _("We take it"), claim, line.code, main=place == 0, icon=":material/front_hand:"
            )


def claim(sent: Sent, code: str) -> None:
    """Take it: it is the unit's own task from now on."""
    helping.claim(actor(), now(), code, key=sent.once)


def promises(page: UnitPage) -> None:
    """What it has promised and not yet done."""
    words = ngettext("{n} promise open", "{n} promises open", len(page.promises))
    st.subheader(words, anchor=False)
    if not page.promises:
        st.caption(_("Nothing is open."))
    for place, one in enumerate(page.promises):
        with st.container(border=True, gap="xsmall"):
            head(one)
            with st.container(horizontal=True, gap="small"):
                show_deadline(left_of(one.due_at - now()))
            ways(page, one, f"promise_{place}")


def deeds(page: UnitPage) -> None:
    """What it did, the newest first."""
    st.subheader(ngettext("{n} deed", "{n} deeds", len(page.deeds)), anchor=False)
    if not page.deeds:
        st.caption(_("No part of a file was reported done yet."))
    for place, one in enumerate(page.deeds[:MOST_DEEDS]):
        with st.container(border=True, gap="xsmall"):
            head(one)
            if one.done_at is not None:
                st.badge(
                    _("done {when}", when=day(one.done_at)),
                    icon=":material/check_circle:",
                    color="orange" if one.late else "green",
                )
            ways(page, one, f"deed_{place}")


def activities(page: UnitPage) -> None:
    """What it holds for the neighbours, the latest first."""
    if not page.activities:
        return
    words = ngettext("{n} activity", "{n} activities", len(page.activities))
    st.subheader(words, anchor=False)
    for one in page.activities[:MOST_DEEDS]:
        told = plain(" · ".join((one.title, moment(one.starts_at), one.place)))
        go.link("activities", told, "event", {ACTIVITY: one.code})


def head(one: Work) -> None:
    """What it is about."""
    st.markdown(f"**{plain(one.title)}**")
    role = _("leads") if one.lead else _("assists")
    st.caption(plain(f"{one.number} · {role}"))
    if one.asked:
        st.text(_("Taken of its own accord: {words}", words=one.asked))


def ways(page: UnitPage, one: Work, key: str) -> None:
    """To the task, the file, the conference that gave it, and the board."""
    with st.container(horizontal=True, gap="small"):
        if page.own and go.has("tasks"):
            st.button(
                _("Open the task"),
                key=f"unit_task_{key}",
                icon=":material/task_alt:",
                type="tertiary",
                on_click=go.to_task,
                args=(one.task_code,),
            )
        elif go.has("case"):
            go.case_button(one.case_code, _("Open the file"), f"unit_case_{key}")
        if one.conference is not None:
            conference_link(*one.conference, key)
        if one.on_board:
            board_link(one.case_code, key)

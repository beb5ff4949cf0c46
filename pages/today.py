"""Today 今日: what waits for this person, by deadline, and where all open files stand."""

from collections.abc import Sequence

import streamlit as st

from db.changes import Changes
from db.extending import Asked, asked_later
from db.now import now
from db.today import Reminded, Today, today
from db.views import CaseLine
from domain import labels
from domain.people import Right
from domain.reminders import Rung
from domain.titles import ROLE_TITLES
from pages.parts import election_section, go, task_list, today_changes
from pages.parts.flow import counted_flow
from pages.parts.show import plain
from pages.parts.today_conference import conference_today
from pages.parts.today_help import help_today
from pages.parts.today_later import later_asked
from pages.parts.today_polls import polls
from pages.parts.when import deadline, moment, show_deadline, today_words
from pages.parts.who import actor, settings
from pages.parts.words import _, ngettext, opening

MOST_CARDS = 10  # beyond that a person looks for one file and not for the next
RUNG_COLOURS = {Rung.BEFORE: "orange", Rung.DUE: "orange", Rung.CHASE: "red", Rung.AGENDA: "red"}


def heading() -> None:
    """The day, the community, and as whom one looks at it."""
    st.title(_("Today"), anchor=False)
    roles = " · ".join(_(ROLE_TITLES[role]) for role in sorted(actor().roles))
    parts = (today_words(), plain(settings().community), roles)
    st.caption(" · ".join(part for part in parts if part))


def attention(seen: Today) -> None:
    """What calls for somebody beside the list: overdue files, calls, reports held back."""
    with st.container(horizontal=True, key="today_attention"):
        if seen.overdue.n:
            go.link(
                "inbox",
                _("Overdue: {n}", n=seen.overdue),
                "running_with_errors",
                go.list_params(seen.overdue_opens),
            )
        if seen.calls_count.n:
            go.link("calls", _("Calls to make: {n}", n=seen.calls_count), "call")
        if seen.held.n:
            go.link("held", _("Reports held back: {n}", n=seen.held), "shield")


def card(line: CaseLine, first: bool) -> None:
    """One file that waits, with the one thing to do: open it."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{plain(line.title)}**")
            told = [str(line.where), _(labels.STATE[line.state])]
            if line.reporters > 1:
                told.append(ngettext("{n} reporter", "{n} reporters", line.reporters))
            st.caption(plain(" · ".join(part for part in told if part)))
        if line.clock is not None:
            show_deadline(deadline(line.clock))
        st.button(
            _("Open"),
            key=f"today_open_{line.code}",
            type="primary" if first else "secondary",
            on_click=go.to_case,
            args=(line.code,),
            help=plain(line.title),
        )


def waiting(seen: Today) -> None:
    """The files whose next step is this person's, the most urgent first."""
    st.subheader(_("Waits for me"), anchor=False)
    if not seen.waiting:
        nothing_waits(seen)
    for place, line in enumerate(seen.waiting[:MOST_CARDS]):
        card(line, first=place == 0)
    if len(seen.waiting) > MOST_CARDS:
        go.link("inbox", _("All open files"), "inbox")


def nothing_waits(seen: Today) -> None:
    """An empty list says why, and what to do first."""
    if any(step.count.n for step in seen.steps):
        st.success(_("Nothing waits for you. Well done."), icon=":material/task_alt:")
        return
    st.info(
        _(
            "There is no open file yet. Take in the first word: a call, a visit, a meeting, or "
            "the ledger that you have kept so far."
        ),
        icon=":material/lightbulb:",
    )
    go.link("intake", _("Take in a report"), "record_voice_over")


def reminded(rows: tuple[Reminded, ...]) -> None:
    """Promises that were reminded of, the loudest first."""
    st.subheader(_("Reminders"), anchor=False)
    for row in rows:
        with st.container(gap=None):
            st.badge(
                opening(_(labels.RUNG[row.rung])),
                icon=":material/notifications:",
                color=RUNG_COLOURS[row.rung],  # type: ignore[arg-type]
            )
            go.case_button(row.line.code, plain(row.line.title), f"today_reminded_{row.line.code}")


def calls(seen: Today) -> None:
    """The calls that have waited longest."""
    st.subheader(_("Calls to make"), anchor=False)
    for call in seen.calls:
        with st.container(gap=None):
            st.text(call.name or _("A reporter"))
            st.caption(f"{opening(_(labels.TOLD[call.kind]))} · {moment(call.since)}")
    go.link("calls", _("Open the list of calls"), "call")


def beside(seen: Today, later: Sequence[Asked], changed: Changes | None) -> None:
    """The narrow column: polls, units that ask for time, what is new, reminders, calls."""
    if seen.polls:
        polls(seen.polls)
    if later:
        later_asked(later)
    if changed:
        today_changes.show(changed)
    if seen.reminded:
        reminded(seen.reminded[:8])
    if seen.calls:
        calls(seen)


st.set_page_config(layout="wide")
heading()
me = actor()
seen = today(me, now())
if seen.steps:
    counted_flow(seen.steps, opens=go.has("inbox"))
    attention(seen)
help_today()
conference_today()
election_section.on_today()
if me.may(Right.READ_CASES):
    later = asked_later(me) if me.may(Right.HANDLE) else ()
    changed = today_changes.news()
    if seen.polls or later or seen.reminded or seen.calls or changed:
        left, right = st.columns([5, 3], gap="large")
        with left:
            waiting(seen)
        with right:
            beside(seen, later, changed)
    else:
        waiting(seen)
if me.may(Right.READ_OWN_TASKS):
    task_list.open_tasks(seen.tasks)
if not me.rights:
    st.info(_("Nothing is planned for you today."), icon=":material/event_available:")
if me.may(Right.SET_UP) and not any(step.count.n for step in seen.steps):
    st.info(
        _("Begin with the settings: the public address, estates, people, and the posters."),
        icon=":material/lightbulb:",
    )
    go.link("settings", _("Settings"), "settings")

"""The list of open requests, and beside it who is on call and what is missing."""

from datetime import datetime

import streamlit as st

from db.now import now
from db.requests.reading import board, ended
from db.requests.views import Line
from db.rounds.care_query import care_list
from db.rounds.patrol_query import patrols
from db.volunteers.roster import coming_gaps, on_call_now
from domain import request_labels as labels
from domain.on_call import LACK
from domain.requests import RequestState, Urgency
from domain.volunteers import SQUAD
from pages.parts import export, export_help, go
from pages.parts.patrol_start import PATROL
from pages.parts.show import plain
from pages.parts.when import left_of, moment
from pages.parts.who import actor
from pages.parts.words import _, ngettext, opening

EVERY_SECONDS = 15  # a dispatcher looks at the list while the ladder climbs
OVER = "over"
COLOURS = {
    RequestState.NEW: "orange",
    RequestState.TRIAGED: "orange",
    RequestState.OFFERING: "blue",
    RequestState.UNFILLED: "red",
    RequestState.ESCALATED: "red",
}
GAPS_SHOWN = 6


@st.fragment(run_every=EVERY_SECONDS)
def list_of_requests() -> None:
    """All open requests, the most urgent first, kept fresh by itself."""
    from_list = board_now()
    held = [line for line in from_list if line.held_for]
    shown = [line for line in from_list if not line.held_for]
    if not shown:
        st.success(
            _("No request waits. Calls, the public page and units' requests appear here."),
            icon=":material/task_alt:",
        )
    for line in shown:
        card(line)
    if held:
        st.subheader(_("Held back"), anchor=False)
        st.caption(_("Too many came from one address. Read them before anybody is asked."))
        for line in held:
            card(line)
    if from_list:
        export.downloads(export_help.requests(from_list, _("open requests")), "dispatch")
    over()


def over() -> None:
    """What is over, behind a switch: it is looked up seldom."""
    box = st.expander(_("Over in the last month"), key="dispatch_over", on_change="rerun")
    if box.open:
        with box:
            lines = ended(actor(), now())
            for line in lines:
                card(line)
            if lines:
                over = _("Over in the last month")
                export.downloads(export_help.requests(lines, over), "dispatch_over")


def board_now() -> tuple[Line, ...]:
    """The open requests at this moment."""
    return board(actor(), now())


def card(line: Line) -> None:
    """One request: what, where, how it stands, and the way to it."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            badges(line)
            st.caption(_("since {when}", when=moment(line.made_at)), width="content")
        st.markdown(f"**{plain(line.need)}**")
        told = [line.number, line.where, _(labels.SOURCE[line.source])]
        st.caption(plain(" · ".join(part for part in told if part)))
        if progress := how_it_goes(line, now()):
            st.caption(plain(progress))
        if st.button(_("Open"), key=f"dispatch_open_{line.code}", icon=":material/chevron_right:"):
            st.query_params.from_dict({go.REQUEST: line.code})
            st.rerun()  # the whole page, as the list alone runs by itself


def badges(line: Line) -> None:
    """Urgency and state, in words and colour."""
    if line.urgency is Urgency.EMERGENCY:
        st.badge(opening(_(labels.URGENCY[line.urgency])), icon=":material/emergency:", color="red")
    st.badge(
        opening(_(labels.STATE[line.state])),
        color=COLOURS.get(line.state, "green"),  # type: ignore[arg-type]
    )


def how_it_goes(line: Line, at: datetime) -> str:
    """Who comes; or how many were asked, and what the ladder does next and when."""
    if line.volunteer:
        return _("{name} has taken it", name=line.volunteer)
    parts = []
    if line.asked:
        parts.append(ngettext("{n} was asked", "{n} were asked", line.asked))
        parts.append(_("{n} may still answer", n=line.open_offers))
    if line.next_step is not None:
        rung, when = line.next_step
        parts.append(_("{left}: {what}", left=left_of(when - at).words, what=_(labels.RUNG[rung])))
    if line.from_at is not None:
        parts.append(_("wanted {when}", when=moment(line.from_at)))
    return " · ".join(parts)


def beside() -> None:
    """Who is on call now, and which hours of the coming week nobody answers for."""
    st.subheader(_("On call now"), anchor=False)
    shifts = on_call_now(actor(), now())
    if not shifts:
        st.warning(_("Nobody is on call now."), icon=":material/person_off:")
    for shift in shifts:
        with st.container(gap=None):
            st.markdown(f"**{_(SQUAD[shift.squad])}**")
            for post in shift.posts:
                place = _("primary") if post.position == 0 else _("backup {n}", n=post.position)
                st.text(f"{post.name} · {place}")
            st.caption(_("until {when}", when=moment(shift.ends_at)))
    gaps = coming_gaps(actor(), now())
    if gaps:
        st.subheader(_("Gaps in the coming week"), anchor=False)
        for gap in gaps[:GAPS_SHOWN]:
            with st.container(gap=None):
                st.markdown(f":material/event_busy: {_(SQUAD[gap.squad])}: {_(LACK[gap.lack])}")
                st.caption(f"{moment(gap.starts_at)} – {moment(gap.ends_at)}")
        if len(gaps) > GAPS_SHOWN:
            st.caption(ngettext("{n} more", "{n} more", len(gaps) - GAPS_SHOWN))
    go.link("volunteers", _("Volunteers and roster"), "diversity_1")
    rounds()


def rounds() -> None:
    """The visits of today and the patrols that are out."""
    st.subheader(_("Rounds"), anchor=False)
    due = [line for line in care_list(actor(), now()) if line.today]
    late = sum(line.overdue for line in due)
    words = ngettext("{n} care visit today", "{n} care visits today", len(due))
    if late:
        words += " · " + _("{n} of them overdue", n=late)
    go.link("visits", words, "volunteer_activism")
    out = [one for one in patrols(actor()) if one.ended_at is None]
    for one in out:
        covered = one.coverage
        go.link(
            "patrols",
            _(
                "{title}: {seen} of {points} points",
                title=plain(one.title),
                seen=covered.seen,
                points=covered.of,
            ),
            "directions_walk",
            {PATROL: one.code},
        )
    if not out:
        go.link("patrols", _("No patrol is out; patrols and surveys"), "directions_walk")


def to_list() -> None:
    """The way back to the list."""
    st.button(
        _("All requests"),
        key="dispatch_back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=st.query_params.clear,
    )

"""One patrol as it goes on: coverage, who is where, what was found, and its end."""

import streamlit as st

from db.now import now
from db.rounds import patrols
from db.rounds.patrol_query import MemberView, PatrolView, PointView, patrol, point_photo
from documents.patrol_report import Looked, Walked, patrol_report
from domain.patrols import FINDING, WHERE, Finding, Where
from pages.parts import go
from pages.parts.forms import Form, Sent, announce
from pages.parts.patrol_point import check_fields
from pages.parts.patrol_start import progress_words
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor, settings
from pages.parts.words import _, ngettext, opening

EVERY_SECONDS = 10
COLOURS = {Where.EXPECTED: "gray", Where.OUT: "orange", Where.BACK: "green", Where.ABSENT: "red"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@st.fragment(run_every=EVERY_SECONDS)
def show(code: str) -> None:
    """Kept fresh by itself while the patrol goes on."""
    announce()
    seen = patrol(actor(), code)
    st.subheader(plain(seen.title), anchor=False)
    until = moment(seen.ended_at) if seen.ended_at else _("still going on")
    st.caption(plain(f"{seen.estate} · {moment(seen.started_at)} – {until}"))
    count = seen.coverage
    st.progress(
        count.seen / max(1, count.of), text=progress_words(count.seen, count.of, count.hazards)
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        points(seen)
    with right:
        members(seen)
        ending(seen)


def points(seen: PatrolView) -> None:
    """All points; hazards lead to their files."""
    st.subheader(_("Points"), anchor=False)
    for point in seen.points:
        with st.container(border=True, gap="small"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"{plain(point.name)} · {pair(point.pair)}")
                finding(point)
            if point.note:
                st.text(point.note)
            if point.has_photo:
                picture = point_photo(actor(), point.code)
                if picture:
                    st.image(picture, width=144, alt=_("Photo of {point}", point=point.name))
            if point.case_code:
                go.case_button(
                    point.case_code,
                    _("File {number}", number=point.case_number),
                    f"patrol_file_{point.code}",
                )
            if seen.ended_at is None and point.finding is None:
                with st.expander(_("Reported by phone"), icon=":material/call:"):
                    check_fields(point, f"patrol_desk_{point.code}", in_fragment=True)


def pair(number: int) -> str:
    """A pair by its number, counted from 1."""
    return _("pair {n}", n=number + 1)


def finding(point: PointView) -> None:
    """What was found, by whom and when."""
    if point.finding is None or point.checked_at is None:
        st.badge(_("not checked yet"), icon=":material/radio_button_unchecked:", color="gray")
        return
    bad = point.finding is Finding.HAZARD
    st.badge(
        opening(_(FINDING[point.finding])),
        icon=":material/warning:" if bad else ":material/check_circle:",
        color="red" if bad else "green",
    )
    st.caption(plain(" · ".join(part for part in (moment(point.checked_at), point.by) if part)))


def members(seen: PatrolView) -> None:
    """Everybody who goes, and where they are."""
    st.subheader(_("People"), anchor=False)
    for member in seen.members:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{plain(member.name)} · {pair(member.pair)}")
            st.badge(opening(_(WHERE[member.where])), color=COLOURS[member.where])  # type: ignore[arg-type]
            if seen.ended_at is None:
                for_member(member)


def for_member(member: MemberView) -> None:
    """What the desk notes down for somebody who calls in, or does not come."""
    if member.where in (Where.EXPECTED, Where.ABSENT):
        Form(f"patrol_in_{member.code}", in_fragment=True).button(
            _("Check in"), come, member.code, main=False, said=False
        )
    if member.where is Where.EXPECTED:
        Form(f"patrol_absent_{member.code}", in_fragment=True).button(
            _("Did not come"), absent, member.code, main=False, said=False
        )
    if member.where is Where.OUT:
        Form(f"patrol_out_{member.code}", in_fragment=True).button(
            _("Is back"), back, member.code, main=False, said=False
        )


def come(_sent: Sent, code: str) -> None:
    """They have arrived."""
    patrols.check_in(actor(), now(), code)


def absent(_sent: Sent, code: str) -> None:
    """They did not come."""
    patrols.did_not_come(actor(), now(), code)


def back(_sent: Sent, code: str) -> None:
    """They are back safely."""
    patrols.check_out(actor(), now(), code)


def ending(seen: PatrolView) -> None:
    """The end, once everybody is accounted for; and the report."""
    if seen.ended_at is None:
        waiting = sum(one.where in {Where.OUT, Where.EXPECTED} for one in seen.members)
        if waiting:
            st.info(
                ngettext(
                    "{n} person is not accounted for: the patrol cannot end yet.",
                    "{n} people are not accounted for: the patrol cannot end yet.",
                    waiting,
                ),
                icon=":material/directions_walk:",
            )
        Form("patrol_end", in_fragment=True).button(
            _("End the patrol"), end, seen.code, icon=":material/flag:", main=not waiting
        )
    community = settings().community
    st.download_button(
        _("Report as Word file"),
        data=lambda: report(seen, community),
        file_name=f"{seen.title}.docx",
        mime=DOCX,
        key="patrol_report",
        icon=":material/description:",
        on_click="ignore",
    )


def end(_sent: Sent, code: str) -> None:
    """End it."""
    patrols.end_patrol(actor(), now(), code)


def report(seen: PatrolView, community: str) -> bytes:
    """The paper, from what the page knows."""
    return patrol_report(
        title=seen.title,
        community=community,
        estate=seen.estate,
        started=seen.started_at,
        ended=seen.ended_at,
        members=[
            Walked(one.name, one.pair + 1, one.where, one.checked_in_at, one.checked_out_at)
            for one in seen.members
        ],
        points=[
            Looked(
                one.name,
                one.pair + 1,
                one.finding,
                one.checked_at,
                one.by,
                one.note,
                one.case_number,
            )
            for one in seen.points
        ],
        counted=seen.coverage,
    )

"""A lesson on one screen: it begins, who is here, who was handed over to whom, it ends."""

from datetime import date

import streamlit as st

from db.classes import children, lessons
from db.classes.children import ChildLine
from db.classes.lesson_reads import LessonLine, Mark
from db.now import now
from domain.classes import ClassConsent, Presence, may_begin
from domain.days import local_time
from pages.parts import class_seen
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _


def lesson_card(line: LessonLine, *, main: bool, wide: bool = False) -> None:
    """One lesson of today."""
    with st.container(border=True, gap="small"):
        begins, ends = local_time(line.starts_at), local_time(line.ends_at)
        st.markdown(f"**{plain(line.name)}** · {begins:%H:%M}–{ends:%H:%M} · {plain(line.where)}")
        if line.cancelled:
            st.badge(_("cancelled"), icon=":material/event_busy:", color="gray")
            st.text(line.reason)
            return
        counts(line)
        if line.ended_at is not None:
            return
        if line.begun_at is None and not may_begin(line.starts_at, now()):
            return
        if line.begun_at is None:
            Form(f"lesson_begin_{line.course}", wide=wide).button(
                _("Begin the lesson"), begin, line.course, main=main, icon=":material/play_arrow:"
            )
            return
        listed = class_seen.seen(line.course)
        if listed is None:
            look_button(line.course, main=main, wide=wide)
            return
        for child in listed:
            child_row(line, child)
        Form(f"lesson_end_{line.course}", wide=wide).button(
            _("End the lesson"), end, line.course, main=main, icon=":material/stop_circle:"
        )


def look_button(course: str, *, main: bool, wide: bool = False) -> None:
    """The way to the children's names."""
    Form(f"lesson_look_{course}", wide=wide).button(
        _("Show the children"), look, course, main=main, icon=":material/visibility:", said=False
    )
    st.caption(_("Each look at the list is recorded."))


def counts(line: LessonLine) -> None:
    """How many are here, of how many, and how many went home."""
    if line.begun_at is None:
        st.caption(_("Children with a place: {n}", n=line.placed))
        return
    st.progress(
        min(1.0, line.here / line.placed) if line.placed else 0.0,
        text=_(
            "Here: {here} of {placed} · gone home: {left}",
            here=line.here,
            placed=line.placed,
            left=line.left,
        ),
    )
    if line.ended_at is not None:
        st.badge(
            _("over at {time}", time=f"{local_time(line.ended_at):%H:%M}"),
            icon=":material/check_circle:",
            color="green",
        )


def child_row(line: LessonLine, child: ChildLine) -> None:
    """One child: whether it is here, and with whom it goes home."""
    mark = line.marks.get(child.code)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(child.name)}** {plain(child.grade)}")
        if child.note:
            st.badge(plain(child.note), icon=":material/medical_information:", color="orange")
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if mark is None or mark.presence is Presence.ABSENT:
                if mark is not None:
                    st.badge(_("absent"), icon=":material/person_off:", color="gray")
                put(line, child, Presence.PRESENT, _("Here"), "check")
                if mark is None:
                    put(line, child, Presence.ABSENT, _("Not here"), "person_off")
            elif mark.fetched_at is None:
                going(line, child)
            else:
                gone(mark, child)
            ring(child)


def put(line: LessonLine, child: ChildLine, presence: Presence, words: str, icon: str) -> None:
    """A button that notes whether the child is, or was, there."""
    Form(f"lesson_{presence.value}_{line.course}_{child.code}").button(
        words,
        note,
        line.course,
        child.code,
        presence,
        line.day,
        main=False,
        icon=f":material/{icon}:",
        said=False,
    )


def going(line: LessonLine, child: ChildLine) -> None:
    """Hand over: to somebody on the list, or by itself where the guardian agreed."""
    st.badge(_("here"), icon=":material/check_circle:", color="green")
    with st.popover(_("Goes home"), icon=":material/waving_hand:"):
        for one in child.fetchers:
            words = " · ".join(part for part in (one.name, one.phone) if part)
            Form(f"lesson_fetch_{line.course}_{one.code}").button(
                plain(_("with {name}", name=words)),
                hand,
                line.course,
                child.code,
                one.code,
                main=False,
                icon=":material/person:",
                said=False,
            )
        if child.agrees(ClassConsent.ALONE):
            Form(f"lesson_alone_{line.course}_{child.code}").button(
                _("goes home by itself"),
                hand,
                line.course,
                child.code,
                None,
                main=False,
                icon=":material/directions_walk:",
                said=False,
            )
        st.caption(_("Somebody else? Ring the guardian; the staff adds them to the list."))
    put(line, child, Presence.ABSENT, _("Not here after all"), "undo")


def gone(mark: Mark, child: ChildLine) -> None:
    """On its way home, and with whom."""
    if mark.fetched_at is None:
        return
    names = {one.code: one.name for one in child.fetchers}
    st.badge(
        _("gone home at {time}", time=f"{local_time(mark.fetched_at):%H:%M}"),
        icon=":material/home:",
        color="blue",
    )
    if mark.fetcher in names:
        st.caption(plain(_("with {name}", name=names[mark.fetcher])), width="content")


def ring(child: ChildLine) -> None:
    """The numbers, for a child that did not come or is ill."""
    with st.popover(_("Ring"), icon=":material/call:"):
        numbers(child)


def numbers(child: ChildLine) -> None:
    """The guardian's number, and the one if they do not answer."""
    for name, phone in (
        (child.guardian, child.guardian_phone),
        (child.emergency, child.emergency_phone),
    ):
        if phone:
            st.link_button(plain(f"{name} {phone}"), f"tel:{phone}", icon=":material/call:")


def begin(_sent: Sent, course: str) -> None:
    """Begin, and look at the children at once."""
    lessons.begin(actor(), now(), course)
    look(_sent, course)


def look(_sent: Sent, course: str) -> None:
    """Look at the children; this is recorded."""
    class_seen.keep(course, lambda: children.look(actor(), now(), course))


def note(_sent: Sent, course: str, child: str, presence: Presence, day: date) -> None:
    """Here, or not."""
    lessons.note(actor(), now(), course, child, presence, day)


def hand(_sent: Sent, course: str, child: str, fetcher: str | None) -> None:
    """Handed over."""
    lessons.hand_over(actor(), now(), course, child, fetcher)


def end(_sent: Sent, course: str) -> None:
    """Over."""
    lessons.end(actor(), now(), course)

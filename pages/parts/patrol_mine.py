"""A volunteer's own patrol, on a phone: check in, look at the points, check out."""

import streamlit as st

from db.now import now
from db.rounds import patrols
from db.rounds.patrol_query import MemberView, PatrolView, PointView, my_patrols
from domain.patrols import FINDING, WHERE, Finding, Where
from pages.parts.forms import Form, Sent
from pages.parts.patrol_point import check_fields
from pages.parts.patrol_start import progress_words
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening


def show() -> None:
    """Each running patrol that I walk; nothing for who walks none."""
    for seen in my_patrols(actor()):
        me = next(one for one in seen.members if one.code == seen.mine)
        st.subheader(plain(seen.title), anchor=False)
        count = seen.coverage
        st.progress(
            count.seen / max(1, count.of), text=progress_words(count.seen, count.of, count.hazards)
        )
        partners(seen, me)
        if me.where is Where.OUT:
            own = [point for point in seen.points if point.pair == me.pair]
            for point in (*own, *(point for point in seen.points if point.pair != me.pair)):
                card(point, mine=point.pair == me.pair)
        step(me)


def partners(seen: PatrolView, me: MemberView) -> None:
    """With whom I go, and where they are."""
    for one in seen.members:
        if one.pair == me.pair and one.code != me.code:
            st.caption(plain(_("With {name}: {where}", name=one.name, where=_(WHERE[one.where]))))


def card(point: PointView, *, mine: bool) -> None:
    """One point; those of other pairs are shown small."""
    if point.finding is not None:
        bad = point.finding is Finding.HAZARD
        st.badge(
            f"{plain(point.name)} · {opening(_(FINDING[point.finding]))}",
            icon=":material/warning:" if bad else ":material/check_circle:",
            color="red" if bad else "green",
        )
    elif mine:
        with st.container(border=True, gap="small"):
            st.markdown(f"**{plain(point.name)}**")
            check_fields(point, f"my_point_{point.code}", wide=True)


def step(me: MemberView) -> None:
    """The next step of my own."""
    if me.where in (Where.EXPECTED, Where.ABSENT):
        Form(f"my_patrol_in_{me.code}", wide=True).button(
            _("I am here: check in"), come, me.code, icon=":material/login:"
        )
    elif me.where is Where.OUT:
        Form(f"my_patrol_out_{me.code}", wide=True).button(
            _("I am back safely: check out"), back, me.code, icon=":material/logout:"
        )
    else:
        st.success(_("You are back safely. Thank you."), icon=":material/task_alt:")


def come(_sent: Sent, code: str) -> None:
    """Check in."""
    patrols.check_in(actor(), now(), code)


def back(_sent: Sent, code: str) -> None:
    """Check out."""
    patrols.check_out(actor(), now(), code)

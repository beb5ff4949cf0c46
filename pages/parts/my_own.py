"""A volunteer's own side: my hours, my shifts, my card, when I may be asked."""

from datetime import time, timedelta

import streamlit as st

from db.now import now
from db.volunteers import hours, own, swaps
from db.volunteers.own import OwnPiece, OwnShift
from domain.days import at_local, local_day
from domain.service_hours import SOURCE, Total
from domain.skills import SKILL
from domain.volunteers import SQUAD
from pages.parts.forms import Form, Sent
from pages.parts.my_times import my_times
from pages.parts.show import plain
from pages.parts.when import day, moment
from pages.parts.who import actor
from pages.parts.words import _, opening

OWN = "own"  # in the address
HOURS, SHIFTS, CARD, TIMES = SECTIONS = ("hours", "shifts", "card", "times")


def my_own() -> None:
    """One of the four, which the address names."""
    asked = str(st.query_params.get(OWN, HOURS))
    st.session_state["my_own"] = asked if asked in SECTIONS else HOURS
    names = {
        HOURS: _("Hours"),
        SHIFTS: _("Shifts"),
        CARD: _("Card"),
        TIMES: _("My times"),
    }
    st.segmented_control(
        _("My own"),
        SECTIONS,
        format_func=names.__getitem__,
        key="my_own",
        required=True,
        width="stretch",
        label_visibility="collapsed",
        on_change=lambda: st.query_params.from_dict({OWN: str(st.session_state["my_own"])}),
    )
    shown = {HOURS: my_hours, SHIFTS: my_shifts, CARD: my_card, TIMES: my_times}
    shown[str(st.session_state["my_own"])]()


def length(total: Total) -> str:
    """Hours and minutes in words."""
    return _("{hours} h {minutes} min", hours=total.minutes // 60, minutes=total.minutes % 60)


def my_hours() -> None:
    """What I served, and what is missing."""
    mine = own.my_hours(actor(), now())
    with st.container(horizontal=True, gap="medium"):
        st.metric(_("This month"), length(mine.month))
        st.metric(_("This year"), length(mine.year))
        st.metric(_("In all"), length(mine.ever))
    if mine.waiting.minutes:
        st.caption(_("{length} wait for confirmation.", length=length(mine.waiting)))
    for piece in mine.pieces:
        one_piece(piece)
    if not mine.pieces:
        st.info(_("Your hours appear here once you have helped."), icon=":material/schedule:")


def one_piece(piece: OwnPiece) -> None:
    """One piece of service; a forgotten departure is asked for."""
    with st.container(border=True, gap="xsmall"):
        until = _("until {when}", when=moment(piece.left_at)) if piece.left_at else _("goes on")
        st.markdown(f"**{opening(_(SOURCE[piece.source]))}**")
        st.caption(f"{moment(piece.arrived_at)} – {until}")
        if piece.confirmed:
            st.badge(opening(_("confirmed")), icon=":material/verified:", color="green")
        elif piece.left_at is not None:
            st.badge(opening(_("waits for confirmation")), color="gray")
        if piece.forgotten:
            forgotten(piece)


def forgotten(piece: OwnPiece) -> None:
    """When did you leave? Nobody guesses it."""
    form = Form(f"my_forgot_{piece.code}", wide=True)
    with st.form(form.key("form"), border=False):
        st.warning(_("The departure is missing. When did you leave?"), icon=":material/help:")
        st.time_input(_("Left at"), None, key=form.key("left"), step=timedelta(minutes=5))
        st.text_input(_("Why was it forgotten?"), key=form.key("note"))
        form.mend("note")
        form.submit(_("Send"), correct, piece, main=False)


def correct(sent: Sent, piece: OwnPiece) -> None:
    """Hand the departure in later; it is confirmed by the desk."""
    clock = sent.pick("left") or time(0, 0)
    left = at_local(local_day(piece.arrived_at), clock)
    if left <= piece.arrived_at:
        left += timedelta(days=1)
    hours.correct(
        actor(),
        now(),
        piece.code,
        arrived_at=piece.arrived_at,
        left_at=left,
        note=sent.text("note"),
    )


def my_shifts() -> None:
    """When I am on call, and swaps."""
    shifts = own.my_shifts(actor(), now())
    if not shifts:
        st.info(_("You are not on call in the next four weeks."), icon=":material/event:")
    mates = {mate.code: mate.name for mate in own.mates(actor())} if shifts else {}
    for shift in shifts:
        one_shift(shift, mates)
    others = [swap for swap in swaps.open_swaps(actor(), now()) if not swap.mine]
    if others:
        st.subheader(_("Others ask for a swap"), anchor=False)
    for swap in others:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{plain(swap.asked_by)}** · {_(SQUAD[swap.squad])}")
            st.caption(f"{moment(swap.starts_at)} – {moment(swap.ends_at)}")
            Form(f"my_take_{swap.code}", wide=True).button(
                _("I take it"), take, swap.code, main=False
            )


def one_shift(shift: OwnShift, mates: dict[str, str]) -> None:
    """One shift of mine; who cannot asks one mate or all."""
    with st.container(border=True, gap="xsmall"):
        place = _("primary") if shift.position == 0 else _("backup {n}", n=shift.position)
        st.markdown(f"**{moment(shift.starts_at)}** – {moment(shift.ends_at)}")
        st.caption(plain(" · ".join([_(SQUAD[shift.squad]), place, *shift.with_me])))
        if shift.swap is not None:
            Form(f"my_keep_{shift.swap}", wide=True).button(
                _("I keep it after all"), keep, shift.swap, main=False
            )
            return
        form = Form(f"my_swap_{shift.id}", wide=True)
        with st.expander(_("Ask for a swap")), st.form(form.key("form"), border=False):
            st.selectbox(
                _("Whom?"),
                [None, *mates],
                format_func=lambda code: mates.get(code, _("Anybody of my squad")),
                key=form.key("of"),
            )
            form.submit(_("Ask"), swap_shift, shift.id, main=False)


def swap_shift(sent: Sent, shift_id: int) -> None:
    """Ask for a swap."""
    swaps.ask_swap(actor(), now(), shift_id, of=sent.pick("of"))


def keep(_sent: Sent, code: str) -> None:
    """Take the wish back."""
    swaps.withdraw_swap(actor(), now(), code)


def take(_sent: Sent, code: str) -> None:
    """Take somebody's shift."""
    swaps.take_swap(actor(), now(), code)


def my_card() -> None:
    """What residents see of me."""
    card = own.my_card(actor(), now())
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(card.name)}** · {_(SQUAD[card.squad])}")
        if card.skills:
            st.caption(_(", ").join(opening(_(SKILL[kind])) for kind in card.skills))
        for label, words in ((_("I can"), card.can_do), (_("I cannot"), card.cannot_do)):
            if words:
                st.caption(label)
                st.text(words)
        if card.code is None or card.valid_until is None:
            st.info(_("No card was given out to you yet."), icon=":material/badge:")
            return
        st.caption(_("valid until {day}", day=day(at_local(card.valid_until, time(12)))))
        st.link_button(
            _("The page behind its QR code"), f"/card/{card.code}", icon=":material/qr_code:"
        )

"""A volunteer's own side: my hours, my shifts, my card, when I may be asked."""

from datetime import time, timedelta

import streamlit as st

from db.now import now
from db.volunteers import hours, own, swaps
from db.volunteers.own import OwnPiece, OwnShift
from domain.availability import Part, Quiet, Weekly, weekly
from domain.days import at_local, local_day, local_time
from domain.service_hours import SOURCE, Total
from domain.skills import SKILL
from domain.volunteers import CONSENT, SQUAD, Consent
from pages.parts.forms import Form, Sent
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


def my_times() -> None:
    """When I may be asked, and what I agree to."""
    mine = own.my_times(actor(), now())
    form = Form("my_times", wide=True)
    with st.form(form.key("form"), border=False):
        st.caption(_("Tick when neighbours may ask you. Day is 6 to 22, night 22 to 6."))
        for part, label in ((Part.DAY, _("By day")), (Part.NIGHT, _("At night"))):
            st.pills(
                label,
                list(range(7)),
                selection_mode="multi",
                default=[n for n in range(7) if weekly(n, part) in mine.free],
                format_func=weekday,
                key=form.key(f"free_{part.value}"),
            )
        with st.container(horizontal=True, gap="small"):
            begins, ends = (mine.quiet.start, mine.quiet.end) if mine.quiet else (None, None)
            st.time_input(_("Quiet from"), clock(begins), key=form.key("quiet_from"))
            st.time_input(_("Quiet until"), clock(ends), key=form.key("quiet_to"))
        form.mend("quiet")
        pause = local_time(mine.paused_until).date() if mine.paused_until else None
        st.date_input(
            _("I take a break until"), pause, min_value=local_day(now()), key=form.key("pause")
        )
        form.submit(_("Save my times"), save_times, other_hours(mine.free), main=False)
    consent = Form("my_consents", wide=True)
    with st.form(consent.key("form"), border=False):
        st.caption(_("What I agree to. Each can be taken back at any time."))
        for one in Consent:
            st.checkbox(_(CONSENT[one]), one in mine.consents, key=consent.key(one.value))
        consent.submit(_("Save what I agree to"), save_consents, main=False)


def other_hours(free: tuple[Weekly, ...]) -> tuple[Weekly, ...]:
    """Hours that no box stands for, as the desk entered them: they are kept."""
    boxes = {weekly(n, part) for n in range(7) for part in Part}
    return tuple(hours for hours in free if hours not in boxes)


def weekday(number: int) -> str:
    """The day's short name."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[number]


def clock(minute: int | None) -> time | None:
    """A minute of the day as the field shows it."""
    return None if minute is None else time(minute // 60, minute % 60)


def save_times(sent: Sent, others: tuple[Weekly, ...]) -> None:
    """Keep when I may be asked."""
    free = [weekly(n, part) for part in Part for n in sent.many(f"free_{part.value}")]
    begins, ends = sent.pick("quiet_from"), sent.pick("quiet_to")
    quiet = None
    if begins is not None and ends is not None:
        quiet = Quiet(begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute)
    pause = sent.pick("pause")
    own.set_times(
        actor(),
        now(),
        free=[*free, *others],
        quiet=quiet,
        paused_until=at_local(pause, time.min) if pause else None,
    )


def save_consents(sent: Sent) -> None:
    """Keep what I agree to."""
    own.set_consents(actor(), now(), [one for one in Consent if sent.pick(one.value)])

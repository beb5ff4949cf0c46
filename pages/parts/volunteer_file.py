"""One volunteer: who it is, skills and their proof, card, slip, absences, leaving."""

import streamlit as st

from db.now import now
from db.volunteers import absences
from db.volunteers.listing import LookFor, VolunteerFile, reveal_phone, volunteer
from db.volunteers.people import come_back, leave
from domain.certificates import hours_text
from domain.errors import NotFound
from domain.service_hours import SOURCE
from domain.volunteers import SQUAD
from pages.parts import volunteer_form, volunteer_skills, volunteer_slip
from pages.parts.forms import Form, Sent
from pages.parts.show import plain, show_error
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening

LOOKED = "volunteer_phone"


def show(code: str) -> None:
    """The whole file of one person."""
    try:
        file = volunteer(actor(), now(), code)
    except NotFound as error:
        show_error(error)
        return
    header(file)
    if not file.manages:
        st.info(
            _("Another squad's volunteer: its leader and the office change these entries."),
            icon=":material/lock:",
        )
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(_("Details and consent"), anchor=False)
        volunteer_form.show(file)
    with right:
        volunteer_skills.show(file)
        volunteer_slip.show(file)
        absent(file)
        leaving(file)


def header(file: VolunteerFile) -> None:
    """Name, squad, hours, and the number for whoever needs it now."""
    st.subheader(plain(file.name), anchor=False)
    with st.container(horizontal=True, gap="small"):
        st.badge(_(SQUAD[file.squad]), icon=":material/groups:", color="green")
        if file.leader:
            st.badge(_("Leads the squad"), icon=":material/star:", color="orange")
        if file.left_on:
            left = _("Left on {day}", day=file.left_on.isoformat())
            st.badge(left, icon=":material/logout:", color="gray")
    st.caption(
        " · ".join(
            (
                _("No. {number}", number=file.number),
                _("Since {day}", day=file.joined_on.isoformat()),
                _("{hours} hours confirmed", hours=hours_text(file.served.minutes)),
            )
        )
    )
    if file.phone and file.left_on is None:
        phone(file)


def phone(file: VolunteerFile) -> None:
    """The number, whole once a reason is chosen; each look is written down."""
    form = Form(f"volunteer_phone_{file.code}")
    shown = st.session_state.get(LOOKED)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if isinstance(shown, tuple) and shown[0] == file.code:
            st.link_button(shown[1], f"tel:{shown[1]}", icon=":material/call:")
            return
        st.selectbox(
            _("Telephone {number}: look at it", number=plain(file.phone)),
            list(LookFor),
            format_func=reason,
            key=form.key("why"),
            width=260,
        )
        form.button(
            _("Show the number"),
            look,
            file.code,
            main=False,
            icon=":material/visibility:",
            said=False,
        )


def reason(why: LookFor) -> str:
    """What the number is needed for, in words."""
    return {
        LookFor.TASK: _("For a task"),
        LookFor.ROSTER: _("For the roster"),
        LookFor.DATA: _("To correct the data"),
    }[why]


def look(sent: Sent, code: str) -> None:
    """Show the number until another file is opened."""
    why = LookFor(sent.pick("why"))
    st.session_state[LOOKED] = (code, reveal_phone(actor(), now(), code, why))


def absent(file: VolunteerFile) -> None:
    """Accepted and not there; shown only where there is something."""
    found = absences.absences_of(actor(), file.code)
    if not found:
        return
    st.subheader(_("Accepted and absent"), anchor=False)
    for one in found:
        with st.container(border=True, gap="xsmall"):
            st.caption(f"{moment(one.happened_at)} · {opening(_(SOURCE[one.source]))}")
            st.text(one.comment)
            if one.appeal:
                st.caption(_("What the volunteer says:"))
                st.text(one.appeal)
            if one.stands is not None:
                st.badge(_("It stands") if one.stands else _("Taken back"), color="gray")
            elif one.appeal:
                form = Form(f"absence_{one.code}")
                form.button(_("Take it back"), settle, one.code, False, main=False)
                other = Form(f"absence_{one.code}_stands")
                other.button(_("It stands"), settle, one.code, True, main=False)


def settle(_sent: Sent, code: str, stands: bool) -> None:
    """Settle an appeal."""
    absences.settle(actor(), now(), code, stands=stands)


def leaving(file: VolunteerFile) -> None:
    """Out of the squad, or back."""
    form = Form(f"volunteer_leave_{file.code}")
    if file.left_on is not None:
        form.button(_("Serves again"), back, file.code, main=False, icon=":material/login:")
        return
    with st.expander(_("Leaves the squad"), icon=":material/logout:"):
        st.caption(
            _(
                "Card, slip and sign-in end at once, and coming shifts become free. "
                "Hours stay, and so does the certificate."
            )
        )
        form.button(_("Leaves today"), go, file.code, main=False)


def go(_sent: Sent, code: str) -> None:
    """Leave."""
    leave(actor(), now(), code)


def back(_sent: Sent, code: str) -> None:
    """Come back."""
    come_back(actor(), now(), code)

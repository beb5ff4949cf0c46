"""The people of an activity: whom to ring, who came, who rings to sign up or off."""

import pyarrow as pa
import streamlit as st

from db.activities import people
from db.activities.people import Guest
from db.activities.views import ActivityView
from db.exports import Exported
from db.now import now
from domain.activities import HERE_BEFORE, MOST_PLACES, NEWS
from pages.parts import export
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening

NUMBERS = "activity_numbers"  # of which activity the whole numbers were asked for


def show(view: ActivityView) -> None:
    """The list, and what the desk does with it."""
    to_tell(view)
    known = people.guests(actor(), view.code)
    st.subheader(_("Who signed up"), anchor=False)
    if known:
        table(view, known)
    elif view.starts_at > now():
        st.info(
            _("Nobody has signed up yet. Print the poster, or take calls."), icon=":material/group:"
        )
    if view.starts_at - HERE_BEFORE <= now():
        who_came(view, known)
    if view.sign_up and view.starts_at > now():
        by_phone(view, known)


def table(view: ActivityView, known: tuple[Guest, ...]) -> None:
    """Everybody on the list; numbers are whole only when they were asked for."""
    if st.session_state.get(NUMBERS) == view.code:
        known = st.session_state.get(f"{NUMBERS}_list", known)
    export.frame(
        pa.table(
            {
                "name": [one.name for one in known],
                "phone": [one.phone for one in known],
                "state": [state(one) for one in known],
                "came": [_("yes") if one.came else "" for one in known],
            }
        ),
        hide_index=True,
        key="activity_guests",
        height="content",
        alt=_("Who signed up and who came"),
        leaves=Exported.ACTIVITIES,
        column_config={
            "name": st.column_config.TextColumn(_("Name"), width=120),
            "phone": st.column_config.TextColumn(_("Telephone"), width=130),
            "state": st.column_config.TextColumn(_("Has a place?"), width=130),
            "came": st.column_config.TextColumn(_("Came"), width=80),
        },
    )
    form = Form(f"activity_numbers_{view.code}")
    form.button(
        _("Show the numbers"),
        look,
        view.code,
        main=False,
        icon=":material/visibility:",
        said=False,
    )
    st.caption(
        _("Each look at the numbers is recorded. Names and numbers are erased 90 days after it.")
    )


def look(_sent: Sent, code: str) -> None:
    """Keep the whole numbers in this tab while this activity is open."""
    st.session_state[f"{NUMBERS}_list"] = people.guests_with_numbers(actor(), now(), code)
    st.session_state[NUMBERS] = code


def state(one: Guest) -> str:
    """Whether they have a place."""
    if one.at_the_door:
        return _("came without signing up")
    return _("waiting, number {n}", n=one.waiting) if one.waiting else _("has a place")


def to_tell(view: ActivityView) -> None:
    """Whom to ring, one by one."""
    waiting = [one for one in people.guests(actor(), view.code) if one.news is not None]
    if not waiting:
        return
    st.subheader(_("To ring"), anchor=False)
    numbers = {
        one.code: one.phone
        for one in st.session_state.get(f"{NUMBERS}_list", ())
        if st.session_state.get(NUMBERS) == view.code
    }
    for one in waiting:
        with st.container(horizontal=True, vertical_alignment="center"):
            assert one.news is not None
            shown = numbers.get(one.code, one.phone)
            st.text(f"{one.name} {shown}: {opening(_(NEWS[one.news]))}", width="content")
            form = Form(f"activity_told_{one.code}")
            form.button(_("Told"), told, one.code, main=False, icon=":material/call:")
    if not numbers:
        form = Form(f"activity_ring_{view.code}")
        form.button(
            _("Show the numbers to ring"),
            look,
            view.code,
            main=False,
            icon=":material/visibility:",
            said=False,
        )


def told(_sent: Sent, guest: str) -> None:
    """They know."""
    people.set_told(actor(), now(), guest)


def who_came(view: ActivityView, known: tuple[Guest, ...]) -> None:
    """Tap whoever came; the others are counted."""
    form = Form(f"activity_came_{view.code}")
    listed = {one.code: one for one in known if not one.at_the_door}
    with st.form(f"activity_came_{view.code}_form"):
        if listed:
            st.pills(
                _("Who came? Tap the names."),
                list(listed),
                selection_mode="multi",
                default=[code for code, one in listed.items() if one.came],
                format_func=lambda code: plain(listed[code].name),
                key=form.key("came"),
            )
        st.number_input(
            _("Came without signing up and not on the list"),
            value=view.headcount,
            min_value=0,
            max_value=MOST_PLACES,
            key=form.key("headcount"),
        )
        form.mend("headcount")
        form.submit(_("Save who came"), save_came, view.code)


def save_came(sent: Sent, code: str) -> None:
    """Note who came."""
    count = sent.pick("headcount")
    came = [str(one) for one in sent.many("came")]
    headcount = int(count) if count is not None else None
    people.set_who_came(actor(), now(), code, came, headcount, sent.once)


def by_phone(view: ActivityView, known: tuple[Guest, ...]) -> None:
    """Whoever rings is put on the list, or taken off."""
    with st.expander(_("Somebody rings"), icon=":material/call:"):
        form = Form(f"activity_join_{view.code}")
        with st.form(f"activity_join_{view.code}_form", border=False):
            left, right = st.columns(2)
            with left:
                st.text_input(_("Name"), key=form.key("name"), max_chars=20)
                form.mend("name")
            with right:
                st.text_input(_("Telephone"), key=form.key("phone"), max_chars=30)
                form.mend("phone")
            st.caption(
                _("Say that both are used for this activity alone and erased 90 days after it.")
            )
            form.submit(_("Put on the list"), join, view.code, main=False)
        if known:
            off = Form(f"activity_off_{view.code}")
            with st.form(f"activity_off_{view.code}_form", border=False):
                names = {one.code: f"{one.name} {one.phone}" for one in known}
                plain_choice(_("Cannot come"), names, off.key("guest"), None)
                off.submit(_("Take off the list"), leave, main=False)


def join(sent: Sent, code: str) -> None:
    """Put on the list."""
    people.sign_somebody_up(actor(), now(), code, sent.text("name"), sent.text("phone"), sent.once)


def leave(sent: Sent) -> None:
    """Take off the list; whoever waits moves up."""
    people.sign_somebody_off(actor(), now(), sent.text("guest"))

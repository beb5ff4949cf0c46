"""The next conference: planned, its agenda ordered by hand; once opened, the meeting's screen."""

import streamlit as st

from db.conference import planning
from db.conference.reads import next_meeting
from db.conference.views import ConferenceView, ItemLine, Stage
from db.now import now
from pages.parts.conference_add import add_form
from pages.parts.conference_item import earlier_items, item_head, to_file
from pages.parts.conference_meeting import meeting
from pages.parts.conference_plan import head
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, ngettext

LEAVING = "conference_leaving"  # the item whose reason is asked for


def show() -> None:
    """The whole section."""
    view = next_meeting(actor(), now())
    if view.stage is Stage.RUNNING and view.runs:
        meeting(view)
        return
    head(view)
    earlier_items(view.earlier)
    agenda(view)


def agenda(view: ConferenceView) -> None:
    """The items in their order; those who run it move them."""
    words = ngettext("Agenda: {n} item", "Agenda: {n} items", len(view.items))
    st.subheader(words, anchor=False)
    if not view.items:
        st.success(
            _(
                "Nothing waits for the conference. Late files, polls to decide on, shared "
                "matters and units' reports appear here by themselves."
            ),
            icon=":material/event_available:",
        )
    hand = view.runs and view.code is not None
    for number, item in enumerate(view.items, start=1):
        with st.container(border=True, gap="xsmall"):
            item_head(item, number)
            with st.container(horizontal=True, gap="small"):
                to_file(item, "conference_file")
                if hand:
                    handles(item, number, len(view.items))
            if hand and st.session_state.get(LEAVING) == item.ref:
                leave_form(item)
    if hand:
        add_form()
        left_out(view)


def handles(item: ItemLine, number: int, count: int) -> None:
    """Up, down, out."""
    key = f"conference_{item.ref.partition(':')[2]}"
    for name, icon, up, last in (
        (_("Up"), "arrow_upward", True, number == 1),
        (_("Down"), "arrow_downward", False, number == count),
    ):
        st.button(
            name,
            key=f"{key}_{'up' if up else 'down'}",
            icon=f":material/{icon}:",
            type="tertiary",
            disabled=last,
            on_click=move,
            args=(item.ref, up),
        )
    st.button(
        _("Leave out"),
        key=f"{key}_out",
        icon=":material/close:",
        type="tertiary",
        on_click=ask_reason,
        args=(item.ref,),
    )


def move(ref: str, up: bool) -> None:
    """Move it one place."""
    planning.move(actor(), now(), ref, up=up)


def ask_reason(ref: str | None) -> None:
    """Ask why this item is left out."""
    st.session_state[LEAVING] = ref


def leave_form(item: ItemLine) -> None:
    """Why it is left out."""
    form = Form("conference_leave", then=lambda: ask_reason(None))
    with st.form("conference_leave_form", border=False):
        st.text_input(
            _("Why is it left out?"), key=form.key("reason"), max_chars=planning.LONGEST_REASON
        )
        form.mend("reason")
        form.submit(_("Leave out"), leave, item.ref, main=False)


def leave(sent: Sent, ref: str) -> None:
    """Leave it out."""
    planning.leave_out(actor(), now(), ref, sent.text("reason"))


def left_out(view: ConferenceView) -> None:
    """What was taken off, with the reason, and the way back."""
    if not view.left_out:
        return
    words = ngettext("Left out: {n} item", "Left out: {n} items", len(view.left_out))
    with st.expander(words, icon=":material/playlist_remove:"):
        for item in view.left_out:
            with st.container(border=True, gap="xsmall"):
                item_head(item)
                Form(f"conference_back_{item.code}").button(
                    _("Put back"), back, item.code, main=False, icon=":material/undo:"
                )


def back(_sent: Sent, code: str) -> None:
    """Put it back."""
    planning.put_back(actor(), now(), code)

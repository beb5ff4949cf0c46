"""One care visit is recorded: met or not in one tap, words and a need where there are any."""

import streamlit as st

from db.now import now
from db.rounds import visiting
from db.rounds.care_query import CareLine
from domain.visits import REASON, TIER
from pages.parts import go
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import left_of, moment, show_deadline
from pages.parts.who import actor
from pages.parts.words import _, ngettext, opening

OPENED, SEEN = "visit_opened", "visit_seen"


def visit_card(line: CareLine, *, main: bool, wide: bool = False, door: bool = False) -> None:
    """One person who is to be visited, and what came of it.

    Args:
        door: with the way to number and health note, for the visitor.
    """
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(line.name)}** · {plain(line.where)}")
        told = [opening(_(TIER[line.tier]))]
        if line.visitor:
            told.append(_("visitor: {name}", name=line.visitor))
        if line.last_met is not None:
            told.append(_("last met {when}", when=moment(line.last_met)))
        st.caption(plain(" · ".join(told)))
        if line.due is not None:
            with st.container(horizontal=True, gap="small"):
                st.badge(opening(_(REASON[line.due.reason])), icon=":material/favorite:")
                show_deadline(left_of(line.due.at - now()))
        if line.failures:
            st.badge(
                ngettext("{n} attempt met nobody", "{n} attempts met nobody", line.failures),
                icon=":material/door_front:",
                color="orange",
            )
        with st.container(horizontal=True, gap="small"):
            Form(f"visit_met_{line.code}", wide=wide).button(
                _("Visited"), save, line.code, True, main=main, icon=":material/check:"
            )
            Form(f"visit_missed_{line.code}", wide=wide).button(
                _("Nobody there"), save, line.code, False, main=False, icon=":material/door_front:"
            )
        if door:
            at_the_door(line)
        words(line)


def words(line: CareLine) -> None:
    """The visit with a note, and a need that becomes a file."""
    box = st.expander(
        _("With a note or a need"),
        icon=":material/edit_note:",
        key=f"visit_more_{line.code}",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        form = Form(f"visit_note_{line.code}")
        with st.form(form.key("form"), border=False):
            st.text_area(_("Note"), key=form.key("note"), max_chars=500, height=80)
            form.mend("note")
            st.text_area(
                _("What is needed"),
                key=form.key("need"),
                height=80,
                help=_("It becomes a file at once, and the desk sees to it."),
            )
            form.mend("need")
            form.submit(_("Visited, save"), save_words, line.code, main=False)


def save(sent: Sent, code: str, met: bool) -> None:
    """Met, or not."""
    visiting.record_visit(actor(), now(), code, met=met, once_key=sent.once)


def save_words(sent: Sent, code: str) -> None:
    """Met, with words."""
    opened = visiting.record_visit(
        actor(),
        now(),
        code,
        met=True,
        note=sent.text("note"),
        need=sent.text("need"),
        once_key=sent.once,
    )
    st.session_state[OPENED] = opened


def file_opened() -> None:
    """What the last need became, once."""
    opened = st.session_state.pop(OPENED, None)
    if opened:
        st.success(_("A file was opened for the need."), icon=":material/folder_open:")
        if go.has("inbox"):
            go.case_link(opened, _("Open the file"))


def at_the_door(line: CareLine) -> None:
    """Number and health note, once the look at them is recorded."""
    seen = st.session_state.get(SEEN, {}).get(line.code)
    if seen is None:
        Form(f"visit_details_{line.code}").button(
            _("Number and health note"),
            look,
            line.code,
            main=False,
            icon=":material/visibility:",
            said=False,
        )
        return
    if seen.phone:
        st.link_button(seen.phone, f"tel:{seen.phone}", icon=":material/call:")
    st.text(seen.health or _("No health note."))


def look(_sent: Sent, code: str) -> None:
    """Look at them; this is recorded."""
    found = visiting.details(actor(), now(), code)
    st.session_state.setdefault(SEEN, {})[code] = found

"""What happened to a file, the newest first."""

import streamlit as st

from db.casefile_views import CaseFile, TimelineEntry
from domain import labels, request_labels
from domain.moves import Move
from domain.reminders import Rung
from domain.requests import Act
from pages.parts.photos import show_photos
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.words import _, ngettext

FIRST = 8  # entries before the rest is asked for
ICONS = {
    "opened": "flag",
    "report_added": "group_add",
    "contacted": "call",
    "answered": "forum",
    "task_answered": "forum",
    "task_given": "assignment_ind",
    "task_done": "task_alt",
    "later_asked": "schedule",
    "later_granted": "event_repeat",
    "later_refused": "event_busy",
    "rated": "star",
    "reminded": "notifications",
    "phone_revealed": "visibility",
    "supplied": "forum",
    "sorted": "edit",
    "poll_opened": "ballot",
    "poll_withdrawn": "undo",
    "sent_to_poll": "send",
}


def timeline(file: CaseFile) -> None:
    """The story of the file."""
    st.subheader(_("Timeline"), anchor=False)
    entries = file.timeline[::-1]
    shown = entries
    if len(entries) > FIRST and not st.session_state.get("case_whole_story"):
        shown = entries[:FIRST]
    for item in shown:
        entry(item, file.line.title)
    if len(shown) < len(entries):
        more = len(entries) - len(shown)
        st.button(
            ngettext("{n} earlier entry", "{n} earlier entries", more),
            key="case_story",
            icon=":material/expand_more:",
            type="tertiary",
            on_click=st.session_state.update,
            args=({"case_whole_story": True},),
        )


def entry(item: TimelineEntry, title: str) -> None:
    """One thing that happened, who did it, and the words that belong to it."""
    icon = "arrow_forward" if item.move else ICONS.get(item.kind, "circle")
    who = item.who or (_("reporter") if item.by_resident else _("by itself"))
    told = [moment(item.at), who]
    if item.recorded_at.date() != item.at.date():
        told.append(_("written down {when}", when=moment(item.recorded_at)))
    with st.container(gap=None):
        st.markdown(f":material/{icon}: {headline(item)}")
        st.caption(plain(" · ".join(told)))
        if item.words:
            st.text(item.words)
    if item.photos:
        show_photos(item.photos, title)


def moved(item: TimelineEntry, move: Move) -> str:
    """The move; a decision that followed a poll carries the poll's turnout."""
    told = _(labels.MOVED[move])
    answered, asked = item.facts.get("answered"), item.facts.get("asked")
    if answered is None or asked is None:
        return told
    return _(
        "{what}: after a poll, {answered} of {asked} households answered",
        what=told,
        answered=answered,
        asked=asked,
    )


def headline(item: TimelineEntry) -> str:
    """What happened, in a few words."""
    if item.move is not None:
        return moved(item, Move(item.move))
    told = _(labels.EVENT.get(item.kind, labels.EVENT_OTHER))
    if item.kind == "contacted":
        how = _("reached") if item.facts.get("reached") else _("not reached")
        return _("{what}: {how}", what=told, how=how)
    if item.kind == "rated":
        level, solved = item.facts.get("level"), item.facts.get("solved")
        how = f"{_(labels.LEVEL[int(str(level))])}, {_(labels.SOLVED[str(solved)])}"
        return _("{what}: {how}", what=told, how=how)
    if item.kind == "request_moved":
        how = _(request_labels.ACT[Act(str(item.facts["act"]))])
        return _("{what}: {how}", what=told, how=how)
    rung = item.facts.get("rung")
    if item.kind == "reminded" and rung in labels.RUNG:
        how = _(labels.RUNG[Rung(str(rung))])
        return _("{what}: {how}", what=told, how=how)
    return told

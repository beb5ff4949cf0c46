"""One item of an agenda as a card: why it is there, its file, what was decided and done."""

import streamlit as st

from db.conference.views import Decided, ItemLine, Part
from db.now import now
from domain import labels
from domain.agenda import RESULT, SOURCE, Result, Source
from pages.parts import go
from pages.parts.show import plain
from pages.parts.when import day, deadline, last_day, left_of, show_deadline
from pages.parts.words import _, ngettext, opening

COLOUR = {
    Source.POSTPONED: "orange",
    Source.ESCALATED: "red",
    Source.POLL: "blue",
    Source.SHARED: "violet",
    Source.REPORT: "gray",
    Source.HAND: "gray",
}
RESULT_ICON = {
    Result.DECIDED: ("task_alt", "green"),
    Result.NOTED: ("edit_note", "gray"),
    Result.POSTPONED: ("update", "orange"),
}


def item_head(item: ItemLine, number: int | None = None, *, why: bool = True) -> None:
    """Title and what one must know to speak about it."""
    with st.container(horizontal=True, gap="small"):
        if why:
            st.badge(opening(_(SOURCE[item.source])), color=COLOUR[item.source])  # type: ignore[arg-type]
        if item.result is not None:
            icon, colour = RESULT_ICON[item.result]
            said = opening(_(RESULT[item.result]))
            st.badge(said, icon=f":material/{icon}:", color=colour)  # type: ignore[arg-type]
        if item.line is not None and item.line.clock is not None and item.result is None:
            show_deadline(deadline(item.line.clock))
    front = f"{number}. " if number is not None else ""
    st.markdown(f"**{front}{plain(item.title)}**")
    told = [item.unit or ""]
    if item.line is not None:
        told = [
            item.line.number,
            str(item.line.where),
            ngettext("{n} reporter", "{n} reporters", item.line.reporters),
            _(labels.STATE[item.line.state]),
            item.line.lead_unit or "",
        ]
    if item.reason:
        told.append(item.reason)
    if any(told):
        st.caption(plain(" · ".join(part for part in told if part)))


def to_file(item: ItemLine, key: str) -> None:
    """The way to the file, for readers of files."""
    if item.line is not None and go.has("case"):
        go.case_button(item.line.code, _("Open the file"), f"{key}_{item.line.code}")


def outcome(item: ItemLine) -> None:
    """What was said or decided, and how far each unit has come."""
    if item.said:
        st.text(item.said)
    if item.decided is not None:
        decision(item.decided)


def decision(decided: Decided) -> None:
    """The words, then each unit with its part."""
    st.text(decided.words)
    if not decided.parts:
        st.caption(_("The work was taken back since."))
    for part in decided.parts:
        part_line(part)


def part_line(part: Part) -> None:
    """One unit's part."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        role = _("leads") if part.lead else _("assists")
        st.markdown(f":material/handshake: {plain(part.unit)} · {role}", width="content")
        if part.done_at is not None:
            st.badge(
                _("done {when}", when=day(part.done_at)),
                icon=":material/check_circle:",
                color="orange" if part.late else "green",
            )
        elif not part.open:
            st.badge(opening(_("did not report")), icon=":material/remove:", color="gray")
        else:
            st.caption(_("until {day}", day=last_day(part.due_at)), width="content")
            show_deadline(left_of(part.due_at - now()))


def earlier_items(items: tuple[ItemLine, ...]) -> None:
    """What was decided before, and how it stands: the conference begins with it."""
    if not items:
        return
    done = sum(one.decided.done for one in items if one.decided)
    title = _("From earlier conferences: {done} of {n} done", done=done, n=len(items))
    with st.expander(title, icon=":material/fact_check:", expanded=done < len(items)):
        for item in items:
            with st.container(border=True, gap="xsmall"):
                item_head(item, why=False)
                if item.decided is not None:
                    for part in item.decided.parts:
                        part_line(part)
                to_file(item, "conference_earlier")

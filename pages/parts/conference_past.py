"""Earlier conferences: the list, one with all it settled, and its minutes as a Word file."""

from datetime import datetime

import streamlit as st

from db.conference.reads import conference, conferences
from db.conference.views import ConferenceLine, ConferenceView, ItemLine
from db.now import now
from documents.conference_minutes import Item, MinutesFacts, minutes
from domain.agenda import Result
from domain.days import local_day
from domain.errors import NotFound
from pages.parts.conference_item import item_head, outcome, to_file
from pages.parts.deferred import deferred
from pages.parts.show import plain, show_error
from pages.parts.when import day, moment
from pages.parts.who import actor, settings
from pages.parts.words import _, ngettext

CONFERENCE = "k"  # in the address: the conference's code
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def conference_link(code: str, at: datetime, key: str) -> None:
    """The way to a conference; a button, as one may be on its page already."""
    st.button(
        _("Conference of {day}", day=day(at)),
        key=f"conference_of_{key}",
        icon=":material/groups:",
        type="tertiary",
        on_click=to_conference,
        args=(code,),
    )


def to_conference(code: str) -> None:
    """Open a conference; for callbacks."""
    st.switch_page("conference.py", query_params={"s": "past", CONFERENCE: code})


def show() -> None:
    """One conference where the address names it, else the list."""
    code = str(st.query_params.get(CONFERENCE, ""))
    if not code:
        the_list()
        return
    st.button(
        _("All earlier conferences"),
        key="conference_all",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=st.query_params.from_dict,
        args=({"s": "past"},),
    )
    try:
        one(conference(actor(), now(), code))
    except NotFound as error:
        show_error(error)


def the_list() -> None:
    """The newest first."""
    found = conferences(actor())
    if not found:
        st.info(
            _("No conference was held yet. Plan the first one under “Next conference”."),
            icon=":material/info:",
        )
    for line in found:
        with st.container(border=True, gap="xsmall"):
            conference_link(line.code, line.opened_at or line.meets_at, line.code)
            st.caption(plain(" · ".join((line.place, *told(line)))))


def told(line: ConferenceLine) -> tuple[str, ...]:
    """What it came to, in words."""
    return (
        ngettext("{n} item", "{n} items", line.items),
        _("{n} decided", n=line.decided),
        ngettext("{n} unit present", "{n} units present", line.present),
    )


def one(view: ConferenceView) -> None:
    """What was settled, item by item."""
    at = view.opened_at or view.meets_at or now()
    st.subheader(_("Conference of {day}", day=day(at)), anchor=False)
    present = [unit.name for unit in view.units if unit.there]
    st.caption(plain(f"{moment(at)} · {view.place}"))
    if present:
        st.caption(plain(_("Present: {names}", names=_(", ").join(present))))
    if present and actor().estate_id is None:
        facts = facts_of(view, settings().community)
        st.download_button(
            _("Minutes (Word)"),
            data=deferred(lambda: minutes(facts)),
            file_name=f"163desk-minutes-{local_day(at)}.docx",
            mime=WORD,
            key="conference_minutes",
            icon=":material/description:",
            on_click="ignore",
        )
    if not view.items:
        st.info(_("Nothing on its agenda concerned you."), icon=":material/info:")
    for number, item in enumerate(view.items, start=1):
        with st.container(border=True, gap="xsmall"):
            item_head(item, number)
            outcome(item)
            to_file(item, "conference_file")


def facts_of(view: ConferenceView, community: str) -> MinutesFacts:
    """What the minutes record; titles of files stay as the file has them."""
    return MinutesFacts(
        community=community,
        held_at=view.opened_at or now(),
        ended_at=view.ended_at,
        place=view.place,
        present=tuple(unit.name for unit in view.units if unit.there),
        absent=tuple(unit.name for unit in view.units if not unit.there),
        guests=view.guests,
        earlier=tuple((one.title, done_by(one, view.ended_at or now())) for one in view.earlier),
        items=tuple(
            Item(
                title=item.title,
                number=item.line.number if item.line else "",
                reported_by=item.unit or "",
                result=item.result or Result.POSTPONED,
                words=(item.decided.words if item.decided else item.said) or "",
                lead=item.decided.lead if item.decided else "",
                assisting=tuple(
                    part.unit
                    for part in (item.decided.parts if item.decided else ())
                    if not part.lead
                ),
                due_at=item.decided.due_at if item.decided else None,
            )
            for item in view.items
        ),
    )


def done_by(item: ItemLine, at: datetime) -> bool:
    """Whether the leading unit had reported by then: minutes say how it stood at the meeting."""
    parts = item.decided.parts if item.decided else ()
    return any(part.lead and part.done_at is not None and part.done_at <= at for part in parts)

"""The timetable of a vote: every legal period with its number, its source, and whether it held."""

from datetime import date

import streamlit as st

from db.now import now
from db.votes.views import VoteView
from domain import vote_words
from domain.days import local_day
from domain.timeline_of_vote import Kept, Line
from domain.votes import Stage
from locales.times import day_words
from pages.parts.show import plain
from pages.parts.vote_words import Colour
from pages.parts.words import _, opening, speak

LOOKS: dict[Kept, tuple[Colour, str]] = {
    Kept.PLANNED: ("gray", "event"),
    Kept.COMING: ("gray", "event"),
    Kept.RUNNING: ("blue", "hourglass_top"),
    Kept.KEPT: ("green", "check_circle"),
    Kept.BROKEN: ("red", "error"),
}


def timetable(view: VoteView) -> None:
    """All days in their order."""
    speak()
    if view.line.stage is Stage.PREPARING:
        st.caption(_("As if the notice were posted today."))
    today = local_day(now())
    with st.container(border=True):
        for line in view.timetable:
            one(line, today)


def one(line: Line, today: date) -> None:
    """One day: whether it is kept, what it is, when, and the rule behind it."""
    colour, icon = LOOKS[line.kept]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(opening(_(vote_words.KEPT[line.kept])), icon=f":material/{icon}:", color=colour)
        on = day_words(line.on, today) if line.on else _("not fixed yet")
        st.markdown(f"{_(vote_words.MILESTONE[line.milestone])}: **{on}**")
    said = rule(line)
    if said:
        st.caption(said)


def rule(line: Line) -> str:
    """The number behind a day with its source."""
    if line.number is None or line.milestone not in vote_words.PERIOD:
        return ""
    period = _(vote_words.PERIOD[line.milestone], days=line.number.days)
    return f"{period} · {plain(line.number.source)}"


def counting_rules(view: VoteView) -> None:
    """How it is counted, and who says so."""
    rules = view.rules
    st.subheader(_("How it is counted"), anchor=False)
    st.markdown(f"- {opening(_(vote_words.MAJORITY[view.line.lane]))}")
    st.markdown(f"- {opening(_(vote_words.SILENT[rules.silent]))}")
    st.markdown(f"- {opening(_(vote_words.INVALID[rules.invalid]))}")
    st.markdown(
        "- "
        + (_("Parking spaces count") if rules.count_parking else _("Parking spaces do not count"))
    )
    if rules.source:
        st.caption(_("Source: {source}", source=plain(rules.source)))
    else:
        st.warning(
            _("The estate's rules are missing: enter them on the owners' roll page."),
            icon=":material/rule:",
        )

"""The timetable of a vote: every legal period with its number, its source, and whether it held."""

import pyarrow as pa
import streamlit as st

from db.now import now
from db.votes.views import VoteView
from domain import vote_words
from domain.days import local_day
from domain.timeline_of_vote import Kept, Line
from domain.votes import Stage
from locales.times import day_words
from pages.parts.show import plain
from pages.parts.words import _, opening, speak

MARKS = {
    Kept.PLANNED: "○",
    Kept.COMING: "○",
    Kept.RUNNING: "▶",
    Kept.KEPT: "✓",
    Kept.BROKEN: "✗",
}


def timetable(view: VoteView) -> None:
    """All days in their order."""
    speak()
    if view.line.stage is Stage.PREPARING:
        st.caption(_("As if the notice were posted today."))
    broken = [line for line in view.timetable if line.kept is Kept.BROKEN]
    for line in broken:
        st.warning(
            _("{what}: this period is not kept.", what=_(vote_words.MILESTONE[line.milestone])),
            icon=":material/warning:",
        )
    st.dataframe(
        pa.table(
            {
                "kept": [
                    f"{MARKS[line.kept]} {_(vote_words.KEPT[line.kept])}" for line in view.timetable
                ],
                "what": [_(vote_words.MILESTONE[line.milestone]) for line in view.timetable],
                "day": [
                    day_words(line.on, local_day(now())) if line.on else "–"
                    for line in view.timetable
                ],
                "rule": [rule(line) for line in view.timetable],
                "source": [line.number.source if line.number else "" for line in view.timetable],
            }
        ),
        hide_index=True,
        key="vote_timetable",
        alt=_("The days of this vote, with the rule and the source of each"),
        column_config={
            "kept": st.column_config.TextColumn(_("Kept?"), width="small"),
            "what": st.column_config.TextColumn(_("What"), width="medium"),
            "day": st.column_config.TextColumn(_("Day"), width="small"),
            "rule": st.column_config.TextColumn(_("Rule"), width="medium"),
            "source": st.column_config.TextColumn(_("Source"), width="medium"),
        },
    )


def rule(line: Line) -> str:
    """The number behind a day."""
    if line.number is None or line.milestone not in vote_words.PERIOD:
        return ""
    return _(vote_words.PERIOD[line.milestone], days=line.number.days)


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

"""A vote's papers as files: its notice, its minutes, the notice of its result."""

from collections.abc import Callable

import streamlit as st

from db.votes.reads import result_view
from db.votes.record import vote_record
from db.votes.views import ResultView, VoteView
from documents.vote_figures import CountFacts
from documents.vote_minutes import DrawFacts, MinutesFacts, minutes
from documents.vote_notice import VoteFacts, notice
from documents.vote_result import result_notice
from domain.days import local_day
from domain.lanes import Matter, guide
from domain.people import Actor
from domain.timeline_of_vote import Milestone
from domain.votes import Stage
from pages.parts.who import actor, settings
from pages.parts.words import _

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def papers(view: VoteView) -> None:
    """What can be printed at this stage."""
    who, contact = actor(), settings().community
    with st.container(horizontal=True):
        if view.line.stage is not Stage.CANCELLED:
            download(
                _("Notice of the assembly"),
                "notice",
                lambda: notice(facts_of(view, contact)),
            )
        if view.line.counted_at is not None:
            download(
                _("Notice of the result"),
                "result",
                lambda: result_paper(who, view, contact),
            )
            if view.may_run:
                download(
                    _("Minutes with the count"),
                    "minutes",
                    lambda: minutes_paper(who, view, contact),
                )
        if view.line.opened_at is not None:
            st.link_button(
                _("To print on one sheet"),
                f"/print/vote/{view.line.code}",
                icon=":material/print:",
            )
    st.caption(_("The papers are in Chinese with the usual wording; open them in Word or WPS."))


def download(label: str, name: str, made: Callable[[], bytes]) -> None:
    """A file that is made when it is asked for."""
    st.download_button(
        label,
        made,
        file_name=f"{name}.docx",
        mime=WORD,
        key=f"vote_paper_{name}",
        icon=":material/description:",
        on_click="ignore",
    )


def facts_of(view: VoteView, contact: str) -> VoteFacts:
    """What all papers say of the vote."""
    days = {line.milestone: line.on for line in view.timetable}
    fixed = view.line.noticed_on is not None
    return VoteFacts(
        estate=view.line.estate,
        title=view.line.title,
        explanation=view.explanation,
        lane=view.line.lane,
        article=guide(Matter(view.line.matter)).article,
        questions=tuple((one.name, one.text) for one in view.questions),
        seats=view.seats,
        noticed_on=view.line.noticed_on,
        meets_on=view.line.meets_on,
        closes_at=view.line.closes_at,
        objections_until=days.get(Milestone.OBJECTIONS) if fixed else None,
        publish_by=days.get(Milestone.PUBLISH),
        silent=view.rules.silent,
        invalid=view.invalid_chosen or view.rules.invalid,
        count_parking=view.rules.count_parking,
        rules_source=view.rules.source,
        contact=contact,
    )


def result_paper(who: Actor, view: VoteView, contact: str) -> bytes:
    """The notice of the result."""
    found = result_view(who, view.line.code)
    if found is None:
        return b""
    shown = view.line.published_at
    until = {line.milestone: line.on for line in view.timetable}.get(Milestone.RESULT_OBJECTIONS)
    return result_notice(
        facts_of(view, contact),
        count_facts(view, found),
        published_on=local_day(shown) if shown else None,
        objections_until=until if shown else None,
    )


def minutes_paper(who: Actor, view: VoteView, contact: str) -> bytes:
    """The minutes."""
    found, record = result_view(who, view.line.code), vote_record(who, view.line.code)
    if found is None or view.line.counted_at is None:
        return b""
    draw = found.draw
    return minutes(
        facts_of(view, contact),
        count_facts(view, found),
        MinutesFacts(
            opened_at=view.line.opened_at,
            counted_at=view.line.counted_at,
            served=view.line.served,
            returned=record.returned,
            papers=record.papers,
            tellers=tuple(name for _key, name in view.tellers),
            invalid=view.invalid_chosen or view.rules.invalid,
            invalid_source=view.invalid_source or "",
            draw=DrawFacts(draw.tied, draw.winners, draw.how, draw.witnesses, draw.drawn_at)
            if draw
            else None,
            sealed=(view.questions_hash or "", view.rules_hash or "", view.roll_hash or ""),
            chain=(view.chain.seq, view.chain.hash) if view.chain else (0, ""),
        ),
    )


def count_facts(view: VoteView, found: ResultView) -> CountFacts:
    """The figures as papers take them."""
    count = found.count
    return CountFacts(
        lane=view.line.lane,
        roll=count.roll,
        questions=count.questions,
        tallies=count.tallies,
        strict=count.strict,
        following=count.following,
        differ=found.differ,
        seating=count.seating,
    )

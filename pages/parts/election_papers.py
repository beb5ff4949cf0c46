"""The election's papers as files: the group, the display of candidates, the filing."""

import streamlit as st

from db.elections.candidate_list import candidates
from db.elections.committee_list import Committee
from db.elections.group import group
from db.votes.views import VoteView
from documents.election_papers import (
    Seated,
    Standing,
    candidates_display,
    filing_list,
    group_notice,
)
from domain.people import Actor
from pages.parts.vote_papers import WORD, download
from pages.parts.who import actor
from pages.parts.words import _


def before_the_vote(view: VoteView) -> None:
    """What hangs out before the notice."""
    who = actor()
    with st.container(horizontal=True):
        download(
            _("Preparation group"),
            "group",
            lambda: group_notice(view.line.estate, group(who, view.line.code)),
        )
        download(_("Display of the candidates"), "candidates", lambda: display_paper(who, view))


def display_paper(who: Actor, view: VoteView) -> bytes:
    """The candidates as they are displayed."""
    field = candidates(who, view.line.code)
    return candidates_display(
        view.line.estate,
        field.seats,
        [
            Standing(one.position, one.name, "、".join(one.units), one.recommended, one.statement)
            for one in field.candidates
        ],
        displayed_on=field.displayed_on,
        until_on=field.until_on,
        waived=field.waived or "",
    )


def filing(found: Committee) -> None:
    """The form to file the committee with: who sits, and who waits."""
    st.download_button(
        _("Filing form"),
        lambda: filing_paper(found),
        file_name="filing.docx",
        mime=WORD,
        key=f"committee_paper_{found.term_id}",
        icon=":material/description:",
        on_click="ignore",
    )


def filing_paper(found: Committee) -> bytes:
    """The same as a file."""
    return filing_list(
        found.estate,
        [Seated(one.name, one.office) for one in (*found.sitting, *found.waiting)],
        seats=found.seats,
        elected_on=found.elected_on,
        begins_on=found.begins_on,
        ends_on=found.ends_on,
        file_by=found.file_by,
    )

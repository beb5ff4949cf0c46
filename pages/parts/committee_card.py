"""The committee 业主委员会: its list with term and filing deadline, and what may change in it."""

from datetime import datetime

import pyarrow as pa
import streamlit as st

from db.elections.committee import take_over
from db.elections.committee_list import Committee, committee_by_vote, committees
from db.now import now
from db.votes.views import VoteView
from domain.committees import (
    FILING_SOURCE,
    LEFT_WORDS,
    MOST_YEARS,
    OFFICE_WORDS,
    TERM_SOURCE,
)
from domain.days import local_day
from pages.parts import committee_seats, election_papers, export
from pages.parts.election_words import day_of
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening


def of_election(view: VoteView) -> None:
    """The committee that this election brought, or the form that makes its list."""
    found = committee_by_vote(actor(), view.line.code, now())
    if found is not None:
        committee(found, now())
    else:
        take_over_form(view)


def in_office(at: datetime) -> None:
    """The committees of all estates that this person sees."""
    found = committees(actor(), at)
    for one in found:
        committee(one, at)
    if not found:
        st.caption(_("No committee is on the list yet. It comes from an election, or is entered."))


def committee(found: Committee, at: datetime) -> None:
    """One committee."""
    with st.container(border=True):
        st.markdown(f"**{plain(found.estate)}**")
        st.caption(
            _(
                "Elected on {elected}; term {begins} – {ends} ({source})",
                elected=day_of(found.elected_on),
                begins=day_of(found.begins_on),
                ends=day_of(found.ends_on),
                source=plain(found.years_source),
            )
        )
        filing(found, at)
        if found.free:
            st.warning(
                _(
                    "{n} seats are free and no alternate is left: a by-election is due.",
                    n=found.free,
                ),
                icon=":material/event_seat:",
            )
        members(found)
        election_papers.filing(found)
        committee_seats.forms(found)


def filing(found: Committee, at: datetime) -> None:
    """Whether it is filed, or until when."""
    if found.filed_on is not None:
        number = f" · {plain(found.filed_number)}" if found.filed_number else ""
        st.success(
            _("Filed on {day}{number}", day=day_of(found.filed_on), number=number),
            icon=":material/verified:",
        )
    elif local_day(at) > found.file_by:
        st.error(
            _(
                "To be filed by {day}: overdue ({source})",
                day=day_of(found.file_by),
                source=FILING_SOURCE,
            ),
            icon=":material/running_with_errors:",
        )
    else:
        st.info(
            _("To be filed by {day} ({source})", day=day_of(found.file_by), source=FILING_SOURCE),
            icon=":material/event:",
        )


def members(found: Committee) -> None:
    """The list in the election's order."""
    rows = found.members
    told = []
    for one in rows:
        if one.left_on is not None and one.left is not None:
            told.append(
                _("left on {day}: {why}", day=day_of(one.left_on), why=_(LEFT_WORDS[one.left]))
            )
        elif one.sits_from is not None and one.sits_from > found.begins_on:
            told.append(_("stepped up on {day}", day=day_of(one.sits_from)))
        else:
            told.append("")
    export.frame(
        pa.table(
            {
                "name": [one.name for one in rows],
                "office": [opening(_(OFFICE_WORDS[one.office])) for one in rows],
                "told": told,
            }
        ),
        hide_index=True,
        height="content",
        key=f"committee_members_{found.term_id}",
        alt=_("Members and alternates of the committee"),
        column_config={
            "name": st.column_config.TextColumn(_("Name"), width=110),
            "office": st.column_config.TextColumn(_("Office"), width=90),
            "told": st.column_config.TextColumn(_("Note"), width="medium"),
        },
    )


def take_over_form(view: VoteView) -> None:
    """Make the committee's list of the published result."""
    form = Form(f"vote_committee_{view.line.code}")
    st.caption(_("The elected and the alternates come from the published result, in its order."))
    with st.form(form.key("form")):
        st.date_input(
            _("The term begins on"),
            value=local_day(now()),
            key=form.key("begins_on"),
            format="YYYY-MM-DD",
        )
        form.mend("begins_on")
        st.number_input(
            _("Years of the term"),
            min_value=1,
            max_value=MOST_YEARS,
            value=MOST_YEARS,
            key=form.key("years"),
        )
        form.mend("years")
        st.text_input(
            _("Which rule sets it?"),
            key=form.key("source"),
            placeholder=TERM_SOURCE,
            help=_("The rules of procedure may set fewer than 5 years."),
        )
        form.mend("years_source")
        form.submit(_("Make the committee's list"), make, view.line.code)


def make(sent: Sent, code: str) -> None:
    """Make it."""
    take_over(
        actor(),
        now(),
        code,
        begins_on=sent.pick("begins_on") or local_day(now()),
        years=int(sent.pick("years") or MOST_YEARS),
        years_source=sent.text("source"),
        key=sent.once,
    )

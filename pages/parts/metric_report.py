"""The monthly report for Word, of the last month of the period."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import streamlit as st

import locales
from db.activities.rhythm import rhythm
from db.board import board
from db.categories import categories
from db.conference.figures import figures as conference
from db.figures.helping import helping
from db.figures.overdue import overdue
from db.figures.reads import Overview, Wanted, months_before, overview
from db.figures.visited import visited
from documents.monthly_report import FigureRow, OverdueRow, ReportFacts, monthly_report
from domain import labels
from domain.closing import Outcome
from domain.figure_words import DEFINITIONS, TITLES
from domain.people import Actor
from pages.parts.deferred import deferred
from pages.parts.metric_filter import Choices, Chosen, chosen_rows
from pages.parts.metric_words import hidden, hours_words
from pages.parts.who import actor, settings
from pages.parts.words import _

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ONE_DAY = timedelta(days=1)
_AN_HOUR = 60


def report_download(known: Choices, wanted: Wanted, now: datetime) -> None:
    """The button."""
    who, community, rows = actor(), settings().community, chosen_rows(known)
    month = wanted.last
    only = replace(wanted, first=month)
    st.download_button(
        _("Monthly report (Word)"),
        data=deferred(lambda: _made(who, now, only, rows, community)),
        file_name=f"163desk-{month:%Y-%m}.docx",
        mime=DOCX,
        key="metric_report",
        icon=":material/description:",
        on_click="ignore",
    )


def _made(who: Actor, now: datetime, only: Wanted, rows: Chosen, community: str) -> bytes:
    locales.use(locales.CHINESE)
    return monthly_report(facts_of(who, now, only, rows, community))


def facts_of(who: Actor, now: datetime, only: Wanted, rows: Chosen, community: str) -> ReportFacts:
    """What the report of one month tells, in the language that is spoken now."""
    found = overview(who, now, only)
    late = overdue(who, now, only)
    names = {row.id: row.name_zh for row in categories(who, inactive=True)}
    return ReportFacts(
        community=community or _("163 Desk"),
        month=only.first,
        as_of=found.as_of or now,
        estate=rows.estate.name if rows.estate else "",
        category=rows.category.name_zh if rows.category else "",
        unit=rows.unit.name if rows.unit else "",
        frozen=bool(found.frozen),
        received=found.received,
        received_now=found.received_now,
        backlog=found.backlog,
        oldest_days=found.oldest_days,
        took=_took(found),
        figures=[
            FigureRow(
                _(TITLES[figure]),
                share.hit,
                share.due,
                _(DEFINITIONS[figure]),
                share.now,
                hidden(figure, share),
            )
            for figure, share in found.shares.items()
        ],
        solved=_solved(only.first, rows),
        overdue=[
            OverdueRow(
                names.get(line.category_id or 0, "–"),
                _(labels.STATE[line.state]),
                line.n,
                line.days,
            )
            for line in late.lines
        ],
        overdue_files=f"{late.n}+" if late.more else str(late.n),
        meetings=_meetings(who, now, only),
        helping=_helping(who, now, only),
    )


def _took(found: Overview) -> str:
    if not found.wall.n:
        return ""
    return _(
        "Of these {n} are done: half within {median}, nine of ten within {p90}.",
        n=found.wall.n,
        median=hours_words(found.wall.median),
        p90=hours_words(found.wall.p90),
    )


def _solved(month: date, rows: Chosen) -> list[str]:
    """Public summaries: they were reviewed before they were shown to everybody."""
    estate = rows.estate.code if rows.estate else None
    category = rows.category.slug if rows.category else None
    page = board(estate=estate, category=category, month=month)
    return [item.summary for item in page.items if item.outcome is Outcome.SOLVED]


def _meetings(who: Actor, now: datetime, only: Wanted) -> list[str]:
    last = months_before(only.last, -1) - ONE_DAY
    kept, held = rhythm(who, now, only.first, last), conference(who, now, only.first, last)
    return [
        _(
            "Weeks with an activity: {hit} of {due}. Months with a meeting: {met} of {months}.",
            hit=len(kept.weeks_met),
            due=len(kept.weeks),
            met=len(kept.months_met),
            months=len(kept.months),
        ),
        _(
            "Joint conferences: {raised} items raised, {decided} decided, {done} done; {units} of "
            "{all} partner units reported a part done.",
            raised=held.raised,
            decided=held.decided,
            done=held.done,
            units=held.units_with_done,
            all=held.units,
        ),
    ]


def _helping(who: Actor, now: datetime, only: Wanted) -> list[str]:
    found, seen = helping(who, only), visited(who, now, only)
    return [
        _(
            "Volunteers: {in_time} of {requests} requests filled in time, {hours} hours by "
            "{helpers} volunteers; {met} of {of} care visits that were due were made.",
            in_time=found.in_time,
            requests=found.requests,
            hours=found.minutes // _AN_HOUR,
            helpers=found.helpers,
            met=seen.met,
            of=seen.of,
        )
    ]

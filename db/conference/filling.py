"""What fills the next agenda by itself: files with a reason to be there, and units' reports."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from db.conference.scope import key_of
from db.polls.reads import WAITS_AT_MOST
from db.tables import Case, ClockRow, Decision, Reminder, Report
from db.tables.conference import AgendaItem, Conference, UnitReport
from db.tables.polls import Poll
from domain.agenda import (
    DECIDABLE,
    SHARED_BY,
    Candidate,
    Entry,
    Kept,
    Key,
    Kind,
    Result,
    Source,
    agenda,
)
from domain.moves import State
from domain.reminders import Rung

MOST = 200  # of each reason: no meeting gets through more
UNDECIDED = (State.NEW, State.REOPENED, State.DELIBERATING)


def upcoming(session: Session, conference: Conference | None, now: datetime) -> tuple[Entry, ...]:
    """The next agenda as it stands now, in its order."""
    return agenda(candidates(session, now), kept(session, conference))


def kept(session: Session, conference: Conference | None) -> list[Kept]:
    """What a hand has said of the agenda of a conference that was not opened yet."""
    if conference is None:
        return []
    rows = session.scalars(
        select(AgendaItem)
        .where(AgendaItem.conference_id == conference.id)
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return [
        Kept(key_of(row), row.source, row.since, row.position, row.left_out_at is not None)
        for row in rows
    ]


def candidates(session: Session, now: datetime) -> list[Candidate]:
    """Everything with a reason, some of it with several."""
    return [
        *_postponed(session),
        *_escalated(session, now),
        *_polled(session, now),
        *_shared(session),
        *_reports(session),
    ]


def _postponed(session: Session) -> list[Candidate]:
    """What the last conference put off, unless it was decided since."""
    last = session.scalar(
        select(Conference)
        .where(Conference.ended_at.is_not(None))
        .order_by(Conference.opened_at.desc(), Conference.id.desc())
        .limit(1)
    )
    if last is None:
        return []
    since = select(Decision.id).where(
        Decision.case_id == AgendaItem.case_id, Decision.decided_at > last.ended_at
    )
    rows = session.execute(
        select(AgendaItem.case_id, AgendaItem.settled_at)
        .join(Case, Case.id == AgendaItem.case_id)
        .where(
            AgendaItem.conference_id == last.id,
            AgendaItem.result == Result.POSTPONED,
            Case.state.in_(DECIDABLE),
            ~since.exists(),
        )
    )
    return [
        Candidate(Key(Kind.CASE, key), Source.POSTPONED, at)
        for key, at in rows
        if key is not None and at is not None
    ]


def _escalated(session: Session, now: datetime) -> list[Candidate]:
    """Files whose ladder has come to its last rung and whose promise is still not kept.

    What a conference has decided comes back when the day that it set has passed too.
    """
    decided = select(Decision.id).where(
        Decision.case_id == Case.id,
        Decision.round == Case.round,
        Decision.agenda_item_id.is_not(None),
        Decision.due_at > now,
    )
    rows = session.execute(
        select(Case.id, func.min(Reminder.raised_at))
        .join(ClockRow, ClockRow.case_id == Case.id)
        .join(Reminder, Reminder.clock_id == ClockRow.id)
        .where(
            ClockRow.met_at.is_(None),
            ClockRow.voided_at.is_(None),
            ClockRow.paused_at.is_(None),
            ClockRow.due_at <= now,
            ClockRow.round == Case.round,
            Reminder.rung == Rung.AGENDA,
            ~decided.exists(),
            Case.state.in_(DECIDABLE),
        )
        .group_by(Case.id)
        .order_by(func.min(Reminder.raised_at))
        .limit(MOST)
    )
    return [Candidate(Key(Kind.CASE, key), Source.ESCALATED, at) for key, at in rows]


def _polled(session: Session, now: datetime) -> list[Candidate]:
    rows = session.execute(
        select(Poll.case_id, Poll.closes_at)
        .join(Case, Case.id == Poll.case_id)
        .where(
            Poll.withdrawn_at.is_(None),
            Poll.decision_id.is_(None),
            Poll.closes_at <= now,
            Poll.closes_at > now - WAITS_AT_MOST,
            Case.state == State.DELIBERATING,
            Case.round == Poll.round,
        )
        .order_by(Poll.closes_at)
        .limit(MOST)
    )
    return [Candidate(Key(Kind.CASE, key), Source.POLL, at) for key, at in rows]


def _shared(session: Session) -> list[Candidate]:
    """Undecided matters of several households or of more than one estate."""
    member = aliased(Case)
    reports, areas = func.count(Report.id), func.count(member.estate_id.distinct())
    rows = session.execute(
        select(Case.id, Case.opened_at)
        .join(member, member.root_id == Case.id)
        .join(Report, Report.case_id == member.id)
        .where(Case.state.in_(UNDECIDED))
        .group_by(Case.id, Case.opened_at)
        .having(or_(reports >= SHARED_BY, areas > 1))
        .order_by(Case.opened_at)
        .limit(MOST)
    )
    return [Candidate(Key(Kind.CASE, key), Source.SHARED, at) for key, at in rows]


def _reports(session: Session) -> list[Candidate]:
    """Units' reports that no conference has heard."""
    heard = select(AgendaItem.report_id).where(
        AgendaItem.report_id == UnitReport.id,
        AgendaItem.result.in_((Result.DECIDED, Result.NOTED)),
    )
    rows = session.execute(
        select(UnitReport.id, UnitReport.at)
        .where(~heard.exists())
        .order_by(UnitReport.at)
        .limit(MOST)
    )
    return [Candidate(Key(Kind.REPORT, key), Source.REPORT, at) for key, at in rows]

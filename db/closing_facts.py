"""What the gate of 销号 needs to know of a file, counted in its present round."""

from datetime import datetime

from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session

from db.events import facts_of
from db.scope import reports_of
from db.tables import Case, Contact, Event, Note, Photo, Rating, Reporter, Task
from domain.closing import ClosingFacts, Outcome
from domain.moves import Move
from domain.telling import Told

# Photos that a unit sends with its answer or its report of work are the evidence.
_EVIDENCE = ("unit_answer", "unit_done")


def closing_facts(session: Session, case: Case, closer_id: int | None) -> ClosingFacts:
    """The facts of the file as they stand.

    Args:
        closer_id: the account that wants to close; None for the system, which did no work.
    """
    return ClosingFacts(
        outcome=case.outcome,
        has_evidence=_has_evidence(session, case),
        no_evidence_reason=_note(session, case, "no_evidence") or _no_work(session, case),
        has_public_summary=bool(case.summary) and case.published_at is not None,
        no_summary_reason=_note(session, case, "no_summary"),
        ratings=_ratings(session, case),
        failed_contacts=_failed_calls(session, case),
        has_contact=_has_contact(session, case),
        asked_for_rating_at=_shown_at(session, case),
        closer_id=closer_id or 0,
        worker_ids=workers(session, case),
    )


def workers(session: Session, case: Case) -> frozenset[int]:
    """Every account that answered for the work or reported it done in this round."""
    done = select(Task.done_by).where(Task.case_id == case.id, Task.round == case.round)
    wrote = select(Note.account_id).where(
        Note.case_id == case.id, Note.round == case.round, Note.kind.in_(_EVIDENCE)
    )
    return frozenset(
        account for account in session.scalars(done.union(wrote)) if account is not None
    )


def _has_evidence(session: Session, case: Case) -> bool:
    query = (
        select(Photo.id)
        .join(Note, Photo.note_id == Note.id)
        .where(Note.case_id == case.id, Note.round == case.round, Note.kind.in_(_EVIDENCE))
    )
    return session.scalar(query.limit(1)) is not None


def _no_work(session: Session, case: Case) -> str:
    """Where an answer settled the matter there is no work to prove; its words are the reason."""
    if case.outcome in (Outcome.SOLVED, Outcome.PARTLY_SOLVED, None):
        return ""
    kinds = (Move.EXPLAIN, Move.PASS_ON, Move.DECLINE, Move.WITHDRAW)
    return next((text for kind in kinds if (text := _note(session, case, kind.value))), "")


def _note(session: Session, case: Case, kind: str) -> str:
    query = select(Note.text).where(
        Note.case_id == case.id, Note.round == case.round, Note.kind == kind
    )
    return session.scalar(query.order_by(Note.id.desc()).limit(1)) or ""


def _ratings(session: Session, case: Case) -> int:
    query = select(func.count()).where(Rating.case_id == case.id, Rating.round == case.round)
    return session.scalar(query) or 0


def _failed_calls(session: Session, case: Case) -> int:
    """Attempts to ask for the rating, or to tell the result, that reached nobody."""
    query = select(func.count()).where(
        Contact.case_id == case.id,
        Contact.round == case.round,
        not_(Contact.reached),
        Contact.purpose.in_(("rating", Told.PUBLISHED.value)),
    )
    return session.scalar(query) or 0


def _has_contact(session: Session, case: Case) -> bool:
    ids = [report.reporter_id for report in reports_of(session, case) if report.reporter_id]
    if not ids:
        return False
    query = select(Reporter.id).where(Reporter.id.in_(ids), Reporter.phone.is_not(None))
    return session.scalar(query.limit(1)) is not None


def _shown_at(session: Session, case: Case) -> datetime | None:
    """When this round's 晒事 asked for ratings, from its event."""
    query = (
        select(Event.happened_at, Event.payload)
        .where(Event.case_id == case.id, Event.kind == "moved")
        .order_by(Event.id.desc())
    )
    for happened_at, payload in session.execute(query):
        facts = facts_of(payload)
        if facts.get("move") == Move.SHOW.value and facts.get("round") == case.round:
            return happened_at
    return None

"""晒事 and 销号: what becomes public, and the gate through which a file is closed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db import moving, once
from db.closing_facts import closing_facts
from db.engine import write
from db.scope import case_to_change
from db.search import index_case
from db.tables import Case, Photo
from domain import texts
from domain.closing import MISSING_WORDS, Missing, Outcome, missing
from domain.errors import N_, FieldError, Refused
from domain.moves import Move
from domain.people import Actor, Right
from domain.private_text import Finding, find_personal

LONGEST_SUMMARY = 1_000


class PersonalDataFound(FieldError):
    """The summary seems to hold a phone, an ID number or an address; a person must look again."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            "summary",
            N_("This seems to hold personal data. Take it out, or tick that it may be public."),
        )
        self.findings = tuple(findings)


class NotYetClosable(Refused):
    """The gate of 销号 still lacks something; `lacking` says what."""

    def __init__(self, lacking: tuple[Missing, ...]) -> None:
        super().__init__(MISSING_WORDS[lacking[0]])
        self.lacking = lacking


def draft_summary(actor: Actor, now: datetime, code: str, summary: str) -> None:
    """Keep a summary that is being written; nothing becomes public."""
    actor.need(Right.PUBLISH)
    text = texts.fitting("summary", summary, LONGEST_SUMMARY)
    with write() as session:
        case = case_to_change(session, actor, code)
        if case.published_at is not None:
            raise Refused(N_("It is published already. Reopen the file to change it."))
        case.summary = text or None


def show(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    outcome: Outcome | None = None,
    summary: str = "",
    no_summary_reason: str = "",
    no_evidence_reason: str = "",
    public_photos: Sequence[str] = (),
    personal_ok: bool = False,
    key: str | None = None,
) -> None:
    """晒事: publish the summary, or say why there is none; the reporters are asked to rate.

    Args:
        outcome: how it ended; None keeps what the unit or an earlier move said.
        public_photos: codes of the file's photos that stand beside the summary.
        personal_ok: somebody read the summary again and found it fit to publish.

    Raises:
        PersonalDataFound: the summary seems to hold personal data.
        FieldError: neither summary nor reason, or no outcome.
    """
    actor.need(Right.PUBLISH)
    text = texts.fitting("summary", summary, LONGEST_SUMMARY)
    why_none = texts.fitting("no_summary_reason", no_summary_reason, 500)
    why_no_proof = texts.fitting("no_evidence_reason", no_evidence_reason, 500)
    if not text and not why_none:
        raise FieldError("summary", N_("Write a summary, or say why nothing is published."))
    findings = find_personal(text)
    if findings and not personal_ok:
        raise PersonalDataFound(findings)
    with write() as session:
        case = case_to_change(session, actor, code)
        if once.claim(session, key, "show", now) is not None:
            return
        case.outcome = outcome or case.outcome
        if case.outcome is None:
            raise FieldError("outcome", N_("Choose how it ended."))
        moving.apply(session, actor, now, case, Move.SHOW, public=bool(text))
        if why_none:
            moving.add_note(session, actor, now, case, "no_summary", why_none)
        if why_no_proof:
            moving.add_note(session, actor, now, case, "no_evidence", why_no_proof)
        if text:
            case.summary, case.published_at = text, now
            _choose_photos(session, case, public_photos)
            index_case(session, case.id)


def add_missing(
    actor: Actor, now: datetime, code: str, *, no_evidence_reason: str, key: str | None = None
) -> None:
    """Say afterwards why there is no proof of the result, so that the gate opens."""
    actor.need(Right.CLOSE)
    text = texts.required("no_evidence_reason", no_evidence_reason, 500)
    with write() as session:
        case = case_to_change(session, actor, code)
        if once.claim(session, key, "no_evidence", now) is None:
            moving.add_note(session, actor, now, case, "no_evidence", text)


def close(actor: Actor, now: datetime, code: str, key: str | None = None) -> None:
    """销号: close the file, if its gate lacks nothing.

    Raises:
        NotYetClosable: what is missing.
    """
    actor.need(Right.CLOSE)
    with write() as session:
        case = case_to_change(session, actor, code)
        if once.claim(session, key, "close", now) is not None:
            return
        facts = closing_facts(session, case, actor.account_id)
        # The table speaks first: a file that is not at 评事 is told so, not what it lacks.
        lacking = missing(facts, now)
        if lacking and Move.CLOSE in moving.possible(actor, case):
            raise NotYetClosable(lacking)
        moving.apply(session, actor, now, case, Move.CLOSE)


def _choose_photos(session: Session, case: Case, codes: Sequence[str]) -> None:
    files = select(Case.id).where(Case.root_id == (case.root_id or case.id))
    session.execute(update(Photo).where(Photo.case_id.in_(files)).values(public=False))
    if codes:
        session.execute(
            update(Photo)
            .where(Photo.case_id.in_(files), Photo.code.in_(list(codes)))
            .values(public=True)
        )

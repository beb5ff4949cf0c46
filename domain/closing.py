"""The gate of 销号: what a file still lacks before it may be closed, and who may close or rate."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.days import as_utc
from domain.errors import N_

# Somebody who did not answer twice has been asked; a third call would only delay the end.
FAILED_CONTACTS_ENOUGH = 2
# A reporter who left no phone sees the question only on the follow page: a week, as exact time,
# so that everybody has each weekday once in which to look.
SILENCE_ENOUGH = timedelta(days=7)


class Outcome(StrEnum):
    """How a file ended. Closed is not solved: figures count these apart."""

    SOLVED = "solved"
    PARTLY_SOLVED = "partly_solved"
    EXPLAINED = "explained"
    PASSED_ON = "passed_on"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Missing(StrEnum):
    """One thing that stands between a file and its closing."""

    OUTCOME = "outcome"
    EVIDENCE = "evidence"
    SUMMARY = "summary"
    RATING = "rating"
    RATING_NOT_ASKED = "rating_not_asked"
    RATING_WAIT = "rating_wait"
    OTHER_CLOSER = "other_closer"


MISSING_WORDS: Mapping[Missing, str] = MappingProxyType(
    {
        Missing.OUTCOME: N_("Choose how it ended: the outcome is still open."),
        Missing.EVIDENCE: N_("Add a photo or a document of the result, or say why there is none."),
        Missing.SUMMARY: N_("Publish a summary of the result, or say why there is none."),
        Missing.RATING: N_(
            "Ask the reporter for a rating. Two calls that reached nobody are enough as well."
        ),
        Missing.RATING_NOT_ASKED: N_(
            "Ask for a rating on the follow page: the reporter left no way to be contacted."
        ),
        Missing.RATING_WAIT: N_(
            "Wait for a rating on the follow page until seven days after it was asked for."
        ),
        Missing.OTHER_CLOSER: N_("Let a colleague close it: you took part in the work."),
    }
)


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What the gate needs to know of a file, counted in its present round only.

    Args:
        has_evidence: a photo or document of the result is in the file.
        no_evidence_reason: why there is none; blank counts as no reason.
        has_public_summary: a summary was reviewed and is published.
        no_summary_reason: why nothing is published; blank counts as no reason.
        ratings: ratings given in this round.
        failed_contacts: attempts in this round that reached nobody.
        has_contact: any reporter, of merged files too, left a way to be contacted.
        asked_for_rating_at: when the follow page began to ask.
        closer_id: the account that wants to close.
        worker_ids: every account that did work on it in this round.
    """

    outcome: Outcome | None
    has_evidence: bool
    no_evidence_reason: str
    has_public_summary: bool
    no_summary_reason: str
    ratings: int
    failed_contacts: int
    has_contact: bool
    asked_for_rating_at: datetime | None
    closer_id: int
    worker_ids: frozenset[int]


def missing(facts: ClosingFacts, now: datetime) -> tuple[Missing, ...]:
    """All that is missing, in the order of the form; empty means that it may be closed."""
    lacks = []
    if facts.outcome is None:
        lacks.append(Missing.OUTCOME)
    if not facts.has_evidence and not facts.no_evidence_reason.strip():
        lacks.append(Missing.EVIDENCE)
    if not facts.has_public_summary and not facts.no_summary_reason.strip():
        lacks.append(Missing.SUMMARY)
    if (unrated := _rating_missing(facts, now)) is not None:
        lacks.append(unrated)
    if facts.closer_id in facts.worker_ids:
        lacks.append(Missing.OTHER_CLOSER)
    return tuple(lacks)


def _rating_missing(facts: ClosingFacts, now: datetime) -> Missing | None:
    if facts.ratings > 0 or facts.failed_contacts >= FAILED_CONTACTS_ENOUGH:
        return None
    # Silence is an answer only of people who could not be called.
    if facts.has_contact:
        return Missing.RATING
    if facts.asked_for_rating_at is None:
        return Missing.RATING_NOT_ASKED
    if as_utc(now) - as_utc(facts.asked_for_rating_at) < SILENCE_ENOUGH:
        return Missing.RATING_WAIT
    return None


def may_rate(rater_id: int | None, worker_ids: AbstractSet[int]) -> bool:
    """Whether this person may rate, or write down a rating that was told by phone.

    Args:
        rater_id: the account; None for a resident, who has none.
        worker_ids: every account that did work on the file in this round.
    """
    return rater_id is None or rater_id not in worker_ids

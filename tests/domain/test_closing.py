"""The gate of 销号."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.closing import (
    MISSING_WORDS,
    ClosingFacts,
    Missing,
    Outcome,
    may_rate,
    missing,
)

ASKED = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
WORKER, COLLEAGUE = 7, 8
READY = ClosingFacts(
    outcome=Outcome.SOLVED,
    has_evidence=True,
    no_evidence_reason="",
    has_public_summary=True,
    no_summary_reason="",
    ratings=1,
    failed_contacts=0,
    has_contact=True,
    asked_for_rating_at=ASKED,
    closer_id=COLLEAGUE,
    worker_ids=frozenset({WORKER}),
)
UNRATED = replace(READY, ratings=0)
SILENT = replace(UNRATED, has_contact=False)
BARE = ClosingFacts(None, False, "", False, "", 0, 0, True, None, WORKER, frozenset({WORKER}))


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        (READY, ()),
        (
            BARE,
            (
                Missing.OUTCOME,
                Missing.EVIDENCE,
                Missing.SUMMARY,
                Missing.RATING,
                Missing.OTHER_CLOSER,
            ),
        ),
        (replace(READY, outcome=None), (Missing.OUTCOME,)),
        (replace(READY, has_evidence=False), (Missing.EVIDENCE,)),
        (replace(READY, has_evidence=False, no_evidence_reason=" \n\u3000"), (Missing.EVIDENCE,)),
        (replace(READY, has_evidence=False, no_evidence_reason="只在电话里说明"), ()),
        (replace(READY, has_public_summary=False), (Missing.SUMMARY,)),
        (replace(READY, has_public_summary=False, no_summary_reason="\t"), (Missing.SUMMARY,)),
        (replace(READY, has_public_summary=False, no_summary_reason="涉及隐私"), ()),
        (replace(READY, closer_id=WORKER), (Missing.OTHER_CLOSER,)),
        (replace(READY, closer_id=WORKER, worker_ids=frozenset()), ()),
        (UNRATED, (Missing.RATING,)),
        (replace(UNRATED, failed_contacts=1), (Missing.RATING,)),
        (replace(UNRATED, failed_contacts=2), ()),
        (replace(SILENT, asked_for_rating_at=None), (Missing.RATING_NOT_ASKED,)),
        (replace(SILENT, ratings=1, asked_for_rating_at=None), ()),
    ],
)
def test_the_gate_names_what_is_missing(facts: ClosingFacts, lacks: tuple[Missing, ...]) -> None:
    assert missing(facts, ASKED) == lacks


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_may_close(outcome: Outcome) -> None:
    assert missing(replace(READY, outcome=outcome), ASKED) == ()


@pytest.mark.parametrize(
    ("waited", "lacks"),
    [
        (timedelta(0), (Missing.RATING_WAIT,)),
        (timedelta(days=7) - timedelta(microseconds=1), (Missing.RATING_WAIT,)),
        (timedelta(days=7), ()),
        (timedelta(days=8), ()),
    ],
)
def test_seven_days_of_silence_are_an_answer(waited: timedelta, lacks: tuple[Missing, ...]) -> None:
    assert missing(SILENT, ASKED + waited) == lacks


def test_silence_is_no_answer_of_somebody_who_can_be_called() -> None:
    assert missing(UNRATED, ASKED + timedelta(days=90)) == (Missing.RATING,)


FACTS = st.builds(
    ClosingFacts,
    outcome=st.none() | st.sampled_from(Outcome),
    has_evidence=st.booleans(),
    no_evidence_reason=st.sampled_from(["", " ", "无"]),
    has_public_summary=st.booleans(),
    no_summary_reason=st.sampled_from(["", " ", "无"]),
    ratings=st.integers(0, 2),
    failed_contacts=st.integers(0, 3),
    has_contact=st.booleans(),
    asked_for_rating_at=st.none() | st.just(ASKED),
    closer_id=st.sampled_from([WORKER, COLLEAGUE]),
    worker_ids=st.sampled_from([frozenset[int](), frozenset({WORKER})]),
)


@given(FACTS, st.integers(0, 10), st.integers(0, 10))
@settings(deadline=None)
def test_waiting_and_writing_never_make_a_file_lack_more(
    facts: ClosingFacts, day: int, more: int
) -> None:
    now = ASKED + timedelta(days=day)
    before = set(missing(facts, now))
    assert set(missing(facts, now + timedelta(days=more))) <= before
    for better in (
        {"has_evidence": True},
        {"no_summary_reason": "隐私"},
        {"ratings": facts.ratings + 1},
        {"outcome": Outcome.EXPLAINED},
        {"closer_id": COLLEAGUE},
    ):
        assert set(missing(replace(facts, **better), now)) <= before


def test_everything_missing_has_its_own_sentence() -> None:
    assert MISSING_WORDS.keys() == set(Missing)
    assert len(set(MISSING_WORDS.values())) == len(Missing)


@pytest.mark.parametrize(
    ("rater", "workers", "allowed"),
    [
        (None, frozenset({WORKER}), True),  # a resident without an account
        (COLLEAGUE, frozenset({WORKER}), True),
        (WORKER, frozenset({WORKER}), False),
        (WORKER, frozenset({WORKER, COLLEAGUE}), False),
        (WORKER, frozenset[int](), True),
    ],
)
def test_nobody_rates_their_own_work(
    rater: int | None, workers: frozenset[int], allowed: bool
) -> None:
    assert may_rate(rater, workers) is allowed

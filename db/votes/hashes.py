"""What is fixed of a vote, as hashes: its questions, its rules, its roll."""

import json
from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables.votes import Question, Vote, VoteUnit
from db.types import instant_text


def questions_hash(session: Session, vote: Vote) -> str:
    """Of the title and all questions with their texts; withdrawn candidates are left in."""
    rows = session.execute(
        select(Question.position, Question.name, Question.text)
        .where(Question.vote_id == vote.id)
        .order_by(Question.position)
    )
    return _hash([[vote.title, vote.explanation], *(list(row) for row in rows)])


def rules_hash(vote: Vote) -> str:
    """Of how it is counted and until when ballots are taken."""
    return _hash(
        [
            [
                vote.lane,
                vote.matter,
                vote.silent,
                vote.invalid,
                vote.count_parking,
                vote.seats,
                vote.proxy_cap,
                vote.rules_source,
                instant_text(vote.closes_at) if vote.closes_at else None,
            ]
        ]
    )


def roll_hash(session: Session, vote_id: int) -> str:
    """Of every line of the frozen roll, in the order of the units' pseudonyms."""
    rows = session.execute(
        select(
            VoteUnit.pseudonym,
            VoteUnit.label,
            VoteUnit.kind,
            VoteUnit.area,
            VoteUnit.owners,
            VoteUnit.developer,
        )
        .where(VoteUnit.vote_id == vote_id)
        .order_by(VoteUnit.pseudonym)
        .execution_options(yield_per=5_000)
    )
    return _hash(list(row) for row in rows)


def _hash(rows: Iterable[list[object]]) -> str:
    made = sha256()
    for row in rows:
        made.update(json.dumps(row, ensure_ascii=False, default=str).encode() + b"\n")
    return made.hexdigest()

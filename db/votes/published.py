"""Published results of owners' votes, for everybody: figures, and no voter.

Candidates are named, as the law has them displayed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import read
from db.names_of import names_of
from db.tables import Estate
from db.tables.votes import Vote
from db.votes.results import result_of
from db.votes.scope import stage_of
from db.votes.views import PublishedVote
from domain.votes import Stage

MOST = 100  # more than a community publishes in ten years


@dataclass(frozen=True, slots=True)
class FollowedVote:
    """A vote as the reporter of its file sees it; `result` once it is published."""

    title: str
    stage: Stage
    meets_on: date | None
    closes_at: datetime | None
    result: PublishedVote | None


def published_votes(estate_code: str | None = None, limit: int = MOST) -> tuple[PublishedVote, ...]:
    """What the public board shows, the newest first."""
    with read() as session:
        query = select(Vote).where(Vote.published_at.is_not(None))
        if estate_code is not None:
            query = query.join(Estate, Estate.id == Vote.estate_id).where(
                Estate.code == estate_code
            )
        newest = query.order_by(Vote.published_at.desc(), Vote.id.desc()).limit(limit)
        return _published(session, list(session.scalars(newest)))


def votes_followed(session: Session, case_id: int, now: datetime) -> tuple[FollowedVote, ...]:
    """The votes that a file was turned to, for its reporters, the newest first."""
    rows = list(
        session.scalars(select(Vote).where(Vote.case_id == case_id).order_by(Vote.id.desc()))
    )
    results = {one.code: one for one in _published(session, rows)}
    return tuple(
        FollowedVote(
            row.title, stage_of(row, now), row.meets_on, row.closes_at, results.get(row.code)
        )
        for row in rows
    )


def _published(session: Session, rows: Sequence[Vote]) -> tuple[PublishedVote, ...]:
    estates = names_of(session, Estate, (row.estate_id for row in rows))
    return tuple(
        PublishedVote(
            row.code,
            row.title,
            estates.get(row.estate_id, ""),
            row.lane,
            row.published_at,
            result_of(session, row),
        )
        for row in rows
        if row.published_at is not None
    )

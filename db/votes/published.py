"""Published results of owners' votes, for everybody: figures, and no voter.

Candidates are named, as the law has them displayed.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import read
from db.names_of import names_of
from db.tables import Estate
from db.tables.votes import Vote
from db.votes.results import result_of
from db.votes.views import PublishedVote

MOST = 20


def published_votes(estate_code: str | None = None) -> tuple[PublishedVote, ...]:
    """What the public board shows, the newest first."""
    with read() as session:
        query = select(Vote).where(Vote.published_at.is_not(None))
        if estate_code is not None:
            query = query.join(Estate, Estate.id == Vote.estate_id).where(
                Estate.code == estate_code
            )
        newest = query.order_by(Vote.published_at.desc(), Vote.id.desc()).limit(MOST)
        return _published(session, list(session.scalars(newest)))


def published_of_case(session: Session, case_id: int) -> tuple[PublishedVote, ...]:
    """The published votes of one file, for its reporters."""
    query = (
        select(Vote)
        .where(Vote.case_id == case_id, Vote.published_at.is_not(None))
        .order_by(Vote.id.desc())
    )
    return _published(session, list(session.scalars(query)))


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

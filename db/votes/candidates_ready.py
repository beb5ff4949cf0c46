"""What the readiness list of an election asks: declarations, and the preparation group."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.elections.about import not_ready
from db.elections.group import members_of
from db.tables.votes import Question, Vote
from domain.thresholds import Lane


def undeclared(session: Session, vote: Vote, candidates: Sequence[Question]) -> int:
    """How many candidates lack their declaration, or have an obstacle that nobody cleared."""
    return not_ready(session, vote, candidates) if vote.lane is Lane.ELECTION else 0


def group_size(session: Session, vote_id: int) -> int:
    """Members of the preparation group 筹备组."""
    return len(members_of(session, vote_id))

"""What the readiness list of an election asks: declarations, and the preparation group."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.tables.votes import Question


def undeclared(candidates: Sequence[Question]) -> int:
    """How many candidates lack their declaration, or have an obstacle that nobody cleared."""
    return sum(not (one.about or {}).get("cleared") for one in candidates)


def group_size(session: Session, vote_id: int) -> int:
    """Members of the preparation group 筹备组."""
    return 0

"""What a resident sees of an errand by its follow code: how it stands, and where the papers are."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.engine import read
from db.numbers import clean_follow_code, hashed
from db.tables.errands import Errand, ErrandPaper, ErrandService, ErrandStep
from domain.errands import StepKind


@dataclass(frozen=True, slots=True)
class StepSeen:
    """Something that happened, with the words for the resident."""

    kind: StepKind
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ErrandFollowed:
    """An errand as its resident sees it; nobody is named.

    Args:
        held: papers that the desk has in hand.
        returned: papers that were given back.
        taken_back: it ended without being done.
    """

    number: str
    service: str
    due_at: datetime
    ended_at: datetime | None
    taken_back: bool
    steps: tuple[StepSeen, ...]
    held: tuple[str, ...]
    returned: tuple[str, ...]


def followed(follow_code: str) -> ErrandFollowed | None:
    """The errand behind a follow code; None where the code is none of an errand."""
    with read() as session:
        digest = hashed(clean_follow_code(follow_code))
        row = session.scalar(select(Errand).where(Errand.follow_hash == digest))
        if row is None:
            return None
        steps = select(ErrandStep).where(ErrandStep.errand_id == row.id)
        papers = session.scalars(
            select(ErrandPaper).where(ErrandPaper.errand_id == row.id).order_by(ErrandPaper.id)
        ).all()
        return ErrandFollowed(
            number=row.number,
            service=session.get_one(ErrandService, row.service_id).name,
            due_at=row.due_at,
            ended_at=row.ended_at,
            taken_back=row.reason is not None,
            steps=tuple(
                StepSeen(one.kind, one.at, one.text or "")
                for one in session.scalars(steps.order_by(ErrandStep.id))
            ),
            held=tuple(one.name for one in papers if one.returned_at is None),
            returned=tuple(one.name for one in papers if one.returned_at is not None),
        )

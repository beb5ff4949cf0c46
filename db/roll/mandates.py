"""Who speaks for a voting right: recorded, revoked, listed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.tables.roll import Mandate
from domain.mandates import MandateKind


@dataclass(frozen=True, slots=True)
class MandateRow:
    """One mandate that holds.

    Args:
        vote_id: the vote that it is for; None until it is revoked.
        right: the right's name, of owner ids, see `domain.rights.right_name`.
        owner_id: the owner who gave it; None where the developer did.
    """

    id: int
    vote_id: int | None
    right: str
    owner_id: int | None
    kind: MandateKind
    holder_name: str
    holder_phone: str | None
    recorded_at: datetime


def mandates_of(session: Session, estate_id: int, vote_id: int | None) -> list[MandateRow]:
    """The mandates that hold in a vote: its own, and those that hold until revoked."""
    query = (
        select(Mandate)
        .where(
            Mandate.estate_id == estate_id,
            or_(Mandate.vote_id.is_(None), Mandate.vote_id == vote_id),
            Mandate.revoked_at.is_(None),
        )
        .order_by(Mandate.id)
    )
    return [
        MandateRow(
            id=row.id,
            vote_id=row.vote_id,
            right=row.right,
            owner_id=row.owner_id,
            kind=row.kind,
            holder_name=row.holder_name,
            holder_phone=row.holder_phone,
            recorded_at=row.recorded_at,
        )
        for row in session.scalars(query)
    ]

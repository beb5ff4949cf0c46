"""When an account was here, noted with its sign-in: no look at a page writes anything."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Account
from domain.changes import noted, since


def is_here(session: Session, account_id: int, now: datetime) -> None:
    """Note it, in the transaction that notes the sign-in's use."""
    row = session.get(Account, account_id, with_for_update=True)
    if row is not None:
        row.seen_at, row.left_at = noted(row.seen_at, row.left_at, now)


def away_since(session: Session, account_id: int, now: datetime) -> datetime:
    """From when on a change is news to this person."""
    row = session.execute(
        select(Account.seen_at, Account.left_at).where(Account.id == account_id)
    ).one_or_none()
    return since(row.seen_at if row else None, row.left_at if row else None, now)

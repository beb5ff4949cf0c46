"""Forms that are sent twice make one thing: the key that each form carries is claimed once."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.engine import write
from db.tables import OnceKey
from db.upsert import upsert

# A tab left open over a long holiday may still send its form.
KEPT = timedelta(days=30)


def claim(session: Session, key: str | None, made: str, now: datetime) -> str | None:
    """Claim `key` for what is being made; returns what an earlier sending made, else None.

    A second sending at the same moment waits for the first one's commit and then finds it.
    A form without a key is never a repeat.
    """
    if not key:
        return None
    claimed = session.execute(
        upsert(session, OnceKey)
        .values(key=key, made=made, at=now)
        .on_conflict_do_nothing()
        .returning(OnceKey.key)
    ).one_or_none()
    if claimed is not None:
        return None
    return session.execute(select(OnceKey.made).where(OnceKey.key == key)).scalar_one()


def clean(now: datetime) -> int:
    """Forget keys so old that no browser sends their form again; returns how many."""
    with write() as session:
        gone = session.execute(
            delete(OnceKey).where(OnceKey.at < now - KEPT).returning(OnceKey.key)
        )
        return len(gone.all())

"""Limits on how often something may be tried, kept where all servers see them."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from db.engine import write
from db.numbers import hashed
from db.tables import RateHit
from db.upsert import advisory_lock
from domain.errors import N_, TryAgain

KEPT = timedelta(days=1)  # no limit looks further back


class TooMany(TryAgain):
    """Tried too often; `wait` says how long until the next try counts."""

    def __init__(self, wait: timedelta) -> None:
        seconds = max(1, -int(-wait.total_seconds() // 1))
        super().__init__(
            N_("Too many tries. Wait {seconds} seconds, then try again."), seconds=seconds
        )
        self.wait = wait
        self.seconds = seconds


def bucket(kind: str, whom: str) -> str:
    """The name of a counter; whom it counts is hashed."""
    return f"{kind}:{hashed(whom)[:32]}"


def take(session: Session, name: str, now: datetime, *, limit: int, within: timedelta) -> int:
    """Count one try in the caller's transaction; returns its row id, to be given back.

    Args:
        limit: how many tries `within` the time before now are allowed.

    Raises:
        TooMany: the limit is reached; this try is not counted.
    """
    advisory_lock(session, name)  # two tries at one moment must not both see the last place
    recent = select(RateHit.at).where(RateHit.bucket == name, RateHit.at > now - within)
    times = sorted(session.scalars(recent))
    if len(times) >= limit:
        raise TooMany(times[-limit] + within - now)
    added = insert(RateHit).values(bucket=name, at=now).returning(RateHit.id)
    return session.execute(added).scalar_one()


def give_back(session: Session, hits: list[int]) -> None:
    """Forget tries that turned out to be good."""
    session.execute(delete(RateHit).where(RateHit.id.in_(hits)))


def count(session: Session, name: str, now: datetime, within: timedelta) -> int:
    """How many tries were counted in the time before now."""
    query = select(func.count()).where(RateHit.bucket == name, RateHit.at > now - within)
    return session.execute(query).scalar_one()


def clean(now: datetime) -> int:
    """Drop counts that no limit looks at any more; returns how many."""
    with write() as session:
        gone = session.execute(delete(RateHit).where(RateHit.at < now - KEPT).returning(RateHit.id))
        return len(gone.all())

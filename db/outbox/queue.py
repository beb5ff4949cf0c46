"""The queue of the outbox: messages are claimed one at a time for each recipient, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, and_, func, or_, select, update
from sqlalchemy.orm import Session

from db.engine import read, write
from db.outbox.routes import Route, routes
from db.tables.outbox import Outgoing
from domain.outbox import CLAIM_LASTS, Recipient, next_wait

AT_ONCE = 40  # messages a transaction, so that people's own writes are never kept waiting

WAITING = and_(Outgoing.sent_at.is_(None), Outgoing.given_up_at.is_(None), ~Outgoing.by_hand)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message that this server has claimed and is to send now.

    Args:
        code: the same for every attempt, so that a repeat can be known as one.
        address: an Apprise address with its secret.
        claimed_at: says whose claim it is.
    """

    id: int
    code: str
    kind: str
    words: dict[str, Any]
    urgent: bool
    attempts: int
    address: str
    language: str
    claimed_at: datetime


def claim(now: datetime) -> list[Parcel]:
    """The next message of each recipient whom it may reach now, claimed for this server.

    A recipient's messages go out one after the other; what is urgent passes those that are not.
    A claim that was not settled in time belongs to a sender that died, and is taken over.
    """
    with read() as session:  # at most ticks nothing waits, and nobody has to wait for that
        if not _next(session, now):
            return []
    with write() as session:
        heads = _next(session, now)
        ways = routes(session, map(recipient_of, heads))
        found = (_claimed(session, row, ways.get(recipient_of(row)), now) for row in heads)
        return [parcel for parcel in found if parcel is not None]


def recipient_of(row: Outgoing) -> Recipient:
    """To whom it goes."""
    return Recipient(row.account_id, row.volunteer_id, row.channel_id)


def _next(session: Session, now: datetime) -> Sequence[Outgoing]:
    first = (
        select(func.min(Outgoing.id))
        .where(WAITING)
        .group_by(Outgoing.account_id, Outgoing.volunteer_id, Outgoing.channel_id, Outgoing.urgent)
    )
    query = (
        select(Outgoing)
        .where(Outgoing.id.in_(first), *_may_claim(now))
        .order_by(Outgoing.urgent.desc(), Outgoing.next_try_at, Outgoing.id)
        .limit(AT_ONCE)
    )
    return session.scalars(query).all()


def _may_claim(now: datetime) -> tuple[Any, ...]:
    died = now - CLAIM_LASTS
    free = or_(Outgoing.claimed_at.is_(None), Outgoing.claimed_at <= died)
    return (WAITING, Outgoing.next_try_at <= now, free)


def _claimed(session: Session, row: Outgoing, way: Route | None, now: datetime) -> Parcel | None:
    """Decided by one conditional UPDATE, so of two servers one gets it."""
    changed: dict[str, Any]
    if way is None:
        changed = {"by_hand": True, "claimed_at": None}
    elif way.quiet is not None and not row.urgent and way.quiet.are_on(now):
        changed = {"next_try_at": way.quiet.over(now), "claimed_at": None}
    else:
        changed = {"claimed_at": now, "attempts": Outgoing.attempts + 1}
    query = update(Outgoing).where(Outgoing.id == row.id, *_may_claim(now)).values(**changed)
    got = session.execute(
        query.returning(Outgoing.attempts), execution_options={"synchronize_session": False}
    ).scalar_one_or_none()
    if got is None or way is None or "attempts" not in changed:
        return None
    return Parcel(
        row.id, row.code, row.kind, row.words, row.urgent, got, way.address, way.language, now
    )


def sent(parcel: Parcel, now: datetime) -> None:
    """It was accepted at its address."""
    with write() as session:
        session.execute(
            update(Outgoing)
            .where(Outgoing.id == parcel.id, Outgoing.sent_at.is_(None))
            .values(sent_at=now, claimed_at=None, fault=None)
        )


def failed(parcel: Parcel, now: datetime, fault: str) -> bool:
    """It was not accepted: wait longer each time, at last leave it to the office.

    Returns whether it was given up.
    """
    wait = next_wait(parcel.attempts, parcel.urgent)
    with write() as session:
        done = session.execute(
            update(Outgoing)
            .where(
                Outgoing.id == parcel.id,
                Outgoing.sent_at.is_(None),
                Outgoing.claimed_at == parcel.claimed_at,
            )
            .values(
                claimed_at=None,
                fault=fault,
                **({"given_up_at": now} if wait is None else {"next_try_at": now + wait}),
            )
        )
        assert isinstance(done, CursorResult)
        return wait is None and done.rowcount == 1

"""How the paper of a vote stands: the book, the hand count, and what waits for whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case as when
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.events import facts_of
from db.tables import Event
from db.tables.votes import Keying, Paper, Vote
from db.votes.box import chain_of
from db.votes.running import running
from db.votes.scope import is_teller, note, vote_seen
from domain.errors import N_, FieldError
from domain.papers import (
    PaperState,
    Reconciled,
    Stock,
    Waits,
    paper_state,
    reconcile,
    stock,
    waits_for,
)
from domain.people import Actor, Right
from domain.votes import Stage

_COUNTED = "papers_counted"
_HAND = ("unused", "spoiled", "received")


@dataclass(frozen=True, slots=True)
class HandCount:
    """What was counted on the table, and when."""

    unused: int
    spoiled: int
    received: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """How the paper of a vote stands.

    Args:
        waiting: number of each returned ballot that must be keyed, with what it waits for.
        mine: of those, the ones that this person may key now; empty for who is no teller.
        counted, reconciled: the last hand count beside the book.
    """

    stock: Stock
    waiting: tuple[tuple[int, Waits], ...]
    mine: tuple[int, ...]
    teller: bool
    counted: HandCount | None
    reconciled: Reconciled | None


def record_hand_count(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    unused: int,
    spoiled: int,
    received: int,
    key: str | None = None,
) -> Reconciled:
    """Write down what was counted on the table, and compare it with the book.

    Raises:
        FieldError: a number below zero.
    """
    if min(unused, spoiled, received) < 0:
        raise FieldError("unused", N_("Write how many there are; zero for none."))
    with write() as session:
        vote = running(session, actor, now, code, Stage.OPEN, Stage.COUNTING, Stage.COUNTED)
        book = _stock(session, vote)
        if once.claim(session, key, _COUNTED, now) is None:
            facts = {"unused": unused, "spoiled": spoiled, "received": received}
            note(session, actor, now, vote, _COUNTED, **facts)
        return reconcile(book, unused=unused, spoiled=spoiled, received=received)


def paper_desk(actor: Actor, code: str) -> PaperDesk:
    """How the paper stands, and what waits for this person."""
    actor.need(Right.RUN_VOTES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        book, teller = _stock(session, vote), is_teller(session, actor, vote)
        counted = _hand_count(session, vote)
        readings = func.count(Keying.id)
        by_me = func.sum(when((Keying.account_id == actor.account_id, 1), else_=0))
        rows = session.execute(
            select(Paper.number, readings, by_me)
            .outerjoin(Keying, Keying.paper_id == Paper.id)
            .where(
                Paper.vote_id == vote.id,
                Paper.received_at.is_not(None),
                Paper.settled_at.is_(None),
                Paper.spoiled_at.is_(None),
            )
            .group_by(Paper.number)
            .order_by(Paper.number)
        ).all()
        return PaperDesk(
            stock=book,
            waiting=tuple((number, waits_for(many)) for number, many, _ in rows),
            mine=tuple(number for number, _, own in rows if teller and not own),
            teller=teller,
            counted=counted,
            reconciled=reconcile(
                book, unused=counted.unused, spoiled=counted.spoiled, received=counted.received
            )
            if counted
            else None,
        )


def paper_stock(session: Session, vote: Vote) -> tuple[Stock, HandCount | None]:
    """The book and the last hand count, for the minutes."""
    return _stock(session, vote), _hand_count(session, vote)


def _stock(session: Session, vote: Vote) -> Stock:
    flags = [
        column.is_not(None)
        for column in (Paper.issued_at, Paper.received_at, Paper.settled_at, Paper.spoiled_at)
    ]
    states = dict.fromkeys(PaperState, 0)
    rows = session.execute(
        select(*flags, func.count()).where(Paper.vote_id == vote.id).group_by(*flags)
    )
    for *happened, many in rows.all():
        issued, received, settled, spoiled = map(bool, happened)
        state = paper_state(issued=issued, received=received, settled=settled, spoiled=spoiled)
        states[state] += many
    return stock(vote.printed, states)


def _hand_count(session: Session, vote: Vote) -> HandCount | None:
    found = session.execute(
        select(Event.payload, Event.at)
        .where(Event.chain == chain_of(vote.code), Event.kind == _COUNTED)
        .order_by(Event.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    facts = {name: int(str(one)) for name, one in facts_of(found.payload).items() if name in _HAND}
    return HandCount(**facts, at=found.at)

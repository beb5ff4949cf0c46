"""The chain of events: how a fact is recorded, and how the chain is checked."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.tables import Chain, Event
from db.types import instant_text
from domain.chain import GENESIS, Link, link
from domain.people import Actor

Facts = Mapping[str, int | str | bool | list[int] | None]

HOUSE = "house"  # the chain of everything but votes, which have one each


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain stops being whole, and what is wrong there."""

    chain: str
    seq: int
    what: str


def record(
    session: Session,
    actor: Actor,
    now: datetime,
    kind: str,
    *,
    case_id: int | None = None,
    happened_at: datetime | None = None,
    chain: str = HOUSE,
    **facts: int | str | bool | list[int] | None,
) -> int:
    """Append one event to its chain, in the caller's transaction; returns its row id.

    The head's row is updated first: on PostgreSQL its lock makes writers queue up, so that
    no two events ever share a predecessor.

    Args:
        happened_at: when it happened, if that is not now.
        facts: row ids, kinds and numbers only; words of people belong in rows of their own.
    """
    begin, append, end = _statements(session.get_bind().dialect.name)
    fresh = {"name": chain, "seq": 1, "head": GENESIS}
    seq, prev = session.execute(begin, fresh).one()
    happened = happened_at or now
    payload = _payload(actor.account_id, actor.kind, case_id, happened, now, facts)
    digest = link(prev, seq, instant_text(now), kind, payload)
    row: int = session.execute(
        append,
        {
            "chain": chain,
            "seq": seq,
            "at": now,
            "happened_at": happened,
            "kind": kind,
            "actor_id": actor.account_id,
            "case_id": case_id,
            "payload": payload,
            "prev": prev,
            "hash": digest,
        },
    ).scalar_one()
    session.execute(end, {"of_chain": chain, "new_head": digest})
    return row


def links(
    seq: int, head: str, now: datetime, kind: str, entries: Sequence[tuple[Actor, Facts]]
) -> list[Link]:
    """The events that follow a chain's end, in order, for whoever stores many at once.

    Args:
        seq, head: number and hash of the last event, read under the chain's lock.
    """
    made = []
    at = instant_text(now)
    for number, (actor, facts) in enumerate(entries, start=seq + 1):
        payload = _payload(actor.account_id, actor.kind, None, now, now, facts)
        made.append(Link(number, at, kind, payload, head, link(head, number, at, kind, payload)))
        head = made[-1].hash
    return made


def lock_chain(session: Session, chain: str) -> tuple[int, str]:
    """A chain's last number and hash; other writers of it wait until this transaction ends."""
    found = session.connection().execute(_LAST, {"of_chain": chain}).one_or_none()
    if found is None:
        raise LookupError(f"chain {chain} has no beginning")
    return found.seq, found.head


_chains: Any = Chain.__table__
_LAST = (
    select(_chains.c.seq, _chains.c.head)
    .where(_chains.c.name == bindparam("of_chain"))
    .with_for_update()
)


@cache
def _statements(dialect: str) -> tuple[Any, Any, Any]:
    """Take the next number, append, move the head.

    Written once and for the bare tables: every write of the house passes here, and building
    them anew took longer than running them.
    """
    chains: Any = Chain.__table__
    events: Any = Event.__table__
    fresh = (sqlite if dialect == "sqlite" else postgresql).insert(chains)
    return (
        fresh.on_conflict_do_update(
            index_elements=[chains.c.name], set_={"seq": chains.c.seq + 1}
        ).returning(chains.c.seq, chains.c.head),
        insert(events).returning(events.c.id),
        update(chains)
        .where(chains.c.name == bindparam("of_chain"))
        .values(head=bindparam("new_head")),
    )


def _payload(
    actor_id: int | None,
    actor_kind: str,
    case_id: int | None,
    happened: datetime,
    now: datetime,
    facts: Facts,
) -> str:
    body: dict[str, object] = {name: value for name, value in facts.items() if value is not None}
    # Who and which file are hashed too, so that a changed column is found.
    body["actor"] = actor_id if actor_id is not None else actor_kind
    if case_id is not None:
        body["case"] = case_id
    if happened != now:
        body["happened"] = instant_text(happened)
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def facts_of(payload: str) -> dict[str, int | str | bool | list[int]]:
    """An event's facts as they were recorded."""
    return dict(json.loads(payload))


def breaks(session: Session) -> Iterator[Break]:
    """Every place where a chain is not whole, walking the rows once in order.

    Finds a changed, missing, doubled or re-ordered event, columns that no longer say what
    was hashed, and a head that is not the last event (rows cut off at the end).
    """
    heads = dict(session.execute(select(Chain.name, Chain.head)).all())
    name, seq, prev = "", 0, GENESIS
    query = select(Event).order_by(Event.chain, Event.seq).execution_options(yield_per=1000)
    for event in session.scalars(query):
        if event.chain != name:
            if name and heads.pop(name, None) != prev:
                yield Break(name, seq, "the head is not the last event")
            name, seq, prev = event.chain, 0, GENESIS
        seq += 1
        if event.seq != seq:
            yield Break(name, seq, f"event {seq} is missing")
            seq = event.seq
        elif event.prev != prev:
            yield Break(name, seq, "does not follow the event before it")
        at = instant_text(event.at)
        if link(event.prev, event.seq, at, event.kind, event.payload) != event.hash:
            yield Break(name, seq, "was changed")
        elif not _columns_agree(event):
            yield Break(name, seq, "its columns do not say what was hashed")
        prev = event.hash
    if name and heads.pop(name, None) != prev:
        yield Break(name, seq, "the head is not the last event")
    for left in heads:
        yield Break(left, 1, "has a head but no events")


def _columns_agree(event: Event) -> bool:
    facts = facts_of(event.payload)
    happened = facts.get("happened", instant_text(event.at))
    actor = facts.get("actor")
    return (
        facts.get("case") == event.case_id
        and (actor if isinstance(actor, int) else None) == event.actor_id
        and instant_text(event.happened_at) == happened
    )

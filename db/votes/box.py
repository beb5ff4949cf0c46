"""The ballot box: every ballot of a vote comes through here, and is durable when it returns.

Whoever finds the box free commits all ballots that wait before it, so that many owners at one
moment share one transaction; a ballot that cannot be taken is refused alone. Within a batch
the vote's chain is locked first, so that batches of several servers queue up.
"""

import secrets
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.engine import Database, database
from db.events import lock_chain, record_many
from db.numbers import hashed
from db.tables.votes import Ballot, Standing, Turnout, Vote, VoteRight
from domain.ballots import BallotRefused, digest
from domain.errors import N_
from domain.people import Actor
from domain.standing import BallotLine, Channel, Choice

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class BallotIn:
    """A filled-in ballot on its way into the box.

    Args:
        choices: as `domain.ballots.write_choices` writes them, checked before.
        once: the sent form's key.
        receipt: the code on the voter's receipt; only its hash is kept.
        now: when it arrived.
        paper_id: the paper that it was keyed from.
    """

    actor: Actor
    vote_id: int
    right_id: int
    channel: Channel
    choices: str
    once: str
    receipt: str
    now: datetime
    paper_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot that is in: its number in the vote's chain, and whether it stands."""

    seq: int
    received_at: datetime
    stands: bool


@dataclass(slots=True)
class _Waiting:
    ballot: BallotIn
    outcome: Cast | Exception | None = None


@dataclass(slots=True)
class _Box:
    """Ballots that wait for one database."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    waiting: list[_Waiting] = field(default_factory=list)


_boxes: WeakKeyDictionary[Database, _Box] = WeakKeyDictionary()
_guard = threading.Lock()


def chain_of(vote_code: str) -> str:
    """The name of a vote's own chain of events."""
    return f"vote:{vote_code}"


def cast(ballot: BallotIn) -> Cast:
    """Put a ballot into the box; it is durable when this returns, and counted once.

    Raises:
        BallotRefused: the vote is not open, or this way is closed for this right.
        DatabaseDown: nothing was stored.
    """
    target = database()
    box = _box(target)
    mine = _Waiting(ballot)
    with _guard:
        box.waiting.append(mine)
    with box.turn:
        while mine.outcome is None:
            with _guard:
                batch, box.waiting = box.waiting[:MOST_AT_ONCE], box.waiting[MOST_AT_ONCE:]
            _commit(target, batch)
    if isinstance(mine.outcome, Exception):
        raise mine.outcome
    return mine.outcome


def _box(target: Database) -> _Box:
    with _guard:
        return _boxes.setdefault(target, _Box())


def _commit(target: Database, batch: Sequence[_Waiting]) -> None:
    try:
        with target.write() as session:
            outcomes = _take(session, [one.ballot for one in batch])
    except Exception as error:
        if len(batch) == 1:
            batch[0].outcome = error
            return
        for one in batch:  # whichever it was, the others do not suffer
            _commit(target, [one])
        return
    for one, outcome in zip(batch, outcomes, strict=True):
        one.outcome = outcome


def take(session: Session, ballot: BallotIn) -> Cast:
    """The same inside the caller's transaction, for paper whose reading it records.

    Raises:
        BallotRefused: see `cast`.
    """
    outcome = _take(session, [ballot])[0]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _take(session: Session, ballots: Sequence[BallotIn]) -> list[Cast | Exception]:
    outcomes: list[Cast | Exception | None] = [None] * len(ballots)
    by_vote: dict[int, list[int]] = defaultdict(list)
    for place, ballot in enumerate(ballots):
        by_vote[ballot.vote_id].append(place)
    for vote_id in sorted(by_vote):  # in one order, or two servers would lock crosswise
        places = by_vote[vote_id]
        found = _take_of_vote(session, vote_id, [ballots[place] for place in places])
        for place, outcome in zip(places, found, strict=True):
            outcomes[place] = outcome
    return [outcome for outcome in outcomes if outcome is not None]


def _take_of_vote(
    session: Session, vote_id: int, ballots: Sequence[BallotIn]
) -> list[Cast | Exception]:
    run = session.connection().execute
    code = run(_CODE, {"vote": vote_id}).scalar_one()
    chain = chain_of(code)
    lock_chain(session, chain)
    vote = run(_VOTE, {"vote": vote_id}).one()
    rights = {
        row.id: row
        for row in run(_RIGHTS, {"vote": vote_id, "rights": [one.right_id for one in ballots]})
    }
    earlier = {
        row.once: row
        for row in run(_EARLIER, {"vote": vote_id, "keys": [one.once for one in ballots]})
    }
    outcomes: list[Cast | Exception | None] = [None] * len(ballots)
    fresh: list[int] = []
    first_with: dict[str, int] = {}
    for place, ballot in enumerate(ballots):
        right = rights.get(ballot.right_id)
        if ballot.once in earlier:
            row = earlier[ballot.once]
            stands = right is not None and right.seq == row.seq
            outcomes[place] = Cast(row.seq, row.received_at, stands)
        elif ballot.once in first_with:
            continue
        elif (refusal := _refusal(vote, right, ballot)) is not None:
            outcomes[place] = refusal
        else:
            first_with[ballot.once] = place
            fresh.append(place)
    if fresh:
        _store(
            session, vote_id, chain, [ballots[place] for place in fresh], fresh, rights, outcomes
        )
    for place, ballot in enumerate(ballots):
        if outcomes[place] is None:  # sent twice within this batch
            outcomes[place] = outcomes[first_with[ballot.once]]
    return [outcome for outcome in outcomes if outcome is not None]


def _refusal(vote: Any, right: Any, ballot: BallotIn) -> BallotRefused | None:
    if vote.opened_at is None or vote.cancelled_at is not None:
        return BallotRefused(N_("This vote is not open."))
    if vote.counted_at is not None or (
        # Paper that was received in time is keyed after the close too.
        ballot.channel is not Channel.PAPER and ballot.now >= vote.closes_at
    ):
        return BallotRefused(N_("The vote is closed. Ballots are taken no more."))
    if right is None:
        return BallotRefused(N_("This right is not on the roll of this vote."))
    if ballot.channel is not Channel.PAPER and right.paper_at is not None:
        return BallotRefused(
            N_("A signed paper ballot was handed in for this right; it counts. Ask the tellers.")
        )
    return None


def _store(
    session: Session,
    vote_id: int,
    chain: str,
    ballots: Sequence[BallotIn],
    places: Sequence[int],
    rights: dict[int, Any],
    outcomes: list[Cast | Exception | None],
) -> None:
    run = session.connection().execute
    salts = [secrets.token_hex(16) for _ in ballots]
    now = max(one.now for one in ballots)
    seqs = record_many(
        session,
        now,
        "ballot",
        chain,
        [
            (
                one.actor,
                {
                    "right": one.right_id,
                    "channel": one.channel.value,
                    "paper": one.paper_id,
                    "digest": digest(salt, rights[one.right_id].key, one.choices, one.channel),
                },
            )
            for one, salt in zip(ballots, salts, strict=True)
        ],
    )
    best: dict[int, tuple[tuple[int, int], int, Channel]] = {}
    returned: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows = []
    for one, salt, seq in zip(ballots, salts, seqs, strict=True):
        right = rights[one.right_id]
        rows.append(
            {
                "vote_id": vote_id,
                "right_id": one.right_id,
                "seq": seq,
                "channel": one.channel,
                "choices": one.choices,
                "received_at": one.now,
                "salt": salt,
                "receipt_hash": hashed(one.receipt),
                "once": one.once,
                "paper_id": one.paper_id,
                "account_id": one.actor.account_id,
            }
        )
        held = best.get(one.right_id)
        if held is None and right.seq is not None:
            held = best[one.right_id] = (
                _precedence(right.channel, right.seq),
                right.seq,
                right.channel,
            )
        elif held is None:
            returned[right.building_id or 0][0] += 1
            returned[right.building_id or 0][1] += right.area
        precedence = _precedence(one.channel, seq)
        if held is None or precedence > held[0]:
            best[one.right_id] = (precedence, seq, one.channel)
    run(_STORE, rows)
    run(
        _stand(session.get_bind().dialect.name),
        [
            {"right_id": right, "seq": seq, "channel": channel}
            for right, (_, seq, channel) in sorted(best.items())
        ],
    )
    for building, (heads, area) in sorted(returned.items()):
        run(_RETURN, {"vote": vote_id, "of": building, "more_heads": heads, "more": area})
    for place, one, seq in zip(places, ballots, seqs, strict=True):
        outcomes[place] = Cast(seq, one.now, best[one.right_id][1] == seq)


def _precedence(channel: Channel, seq: int) -> tuple[int, int]:
    return BallotLine("", "", Choice.ABSTAIN, channel, seq).precedence


_ballots: Any = Ballot.__table__
_standing: Any = Standing.__table__
_CODE = select(Vote.code).where(Vote.id == bindparam("vote"))
_VOTE = select(Vote.opened_at, Vote.closes_at, Vote.counted_at, Vote.cancelled_at).where(
    Vote.id == bindparam("vote")
)
_RIGHTS = (
    select(
        VoteRight.id,
        VoteRight.key,
        VoteRight.area,
        VoteRight.building_id,
        VoteRight.paper_at,
        Standing.seq,
        Standing.channel,
    )
    .outerjoin(Standing, Standing.right_id == VoteRight.id)
    .where(
        VoteRight.vote_id == bindparam("vote"),
        VoteRight.id.in_(bindparam("rights", expanding=True)),
    )
)
_EARLIER = select(Ballot.once, Ballot.seq, Ballot.received_at).where(
    Ballot.vote_id == bindparam("vote"), Ballot.once.in_(bindparam("keys", expanding=True))
)
_STORE = insert(_ballots)
_RETURN = (
    update(Turnout)
    .where(Turnout.vote_id == bindparam("vote"), Turnout.building == bindparam("of"))
    .values(
        returned_heads=Turnout.returned_heads + bindparam("more_heads"),
        returned_area=Turnout.returned_area + bindparam("more"),
    )
)


def _stand(dialect: str) -> Any:
    fresh = (sqlite if dialect == "sqlite" else postgresql).insert(_standing)
    return fresh.on_conflict_do_update(
        index_elements=[_standing.c.right_id],
        set_={"seq": fresh.excluded.seq, "channel": fresh.excluded.channel},
    )

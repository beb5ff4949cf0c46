"""The ballot box: every ballot of a vote comes through here, and is durable when it returns.

Whoever finds the box free commits all ballots that wait before it, so that many owners at one
moment share one transaction; a ballot that cannot be taken is refused alone. Within a batch
the vote's chain is locked first, so that batches of several servers queue up.
"""

import secrets
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.engine import Database, DatabaseDown, database
from db.events import Facts, links
from db.numbers import hashed
from db.votes.box_rows import BallotRow, BoxRows, OpenVote, RightRow
from domain.ballots import BallotRefused, digest
from domain.errors import N_
from domain.people import Actor
from domain.standing import Channel, precedence

MOST_AT_ONCE = 200
KIND = "ballot"


@dataclass(frozen=True, slots=True)
class BallotIn:
    """A filled-in ballot on its way into the box.

    Args:
        choices: as `domain.ballots.write_choices` writes them, checked before.
        receipt: the code on the voter's receipt, made from the sent form's once-only key, so
            that a second sending has the same; only its hash is kept.
        now: when it arrived.
        paper_id: the paper that it was keyed from.
    """

    actor: Actor
    vote_id: int
    right_id: int
    channel: Channel
    choices: str
    receipt: str
    now: datetime
    paper_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot that is in: its number in the vote's chain, and whether it stands."""

    seq: int
    received_at: datetime
    stands: bool


Outcome = Cast | BallotRefused


class _Waiting:
    """A ballot that waits for its answer, or for its turn to commit those that wait."""

    __slots__ = ("ballot", "leads", "outcome", "woken")

    def __init__(self, ballot: BallotIn) -> None:
        self.ballot = ballot
        self.outcome: Cast | Exception | None = None
        self.leads = False
        self.woken = threading.Lock()
        self.woken.acquire()


class _Box:
    """Ballots that wait for one database. One thread at a time commits; it leads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._led = False

    def join(self, mine: _Waiting) -> None:
        """Wait behind the others; whoever finds nobody leading begins to."""
        with self._guard:
            self._waiting.append(mine)
            mine.leads, self._led = not self._led, True
        if not mine.leads:
            mine.woken.acquire()

    def next_batch(self) -> list[_Waiting]:
        """Those that wait longest, the leader's own among them."""
        with self._guard:
            batch = self._waiting[:MOST_AT_ONCE]
            del self._waiting[:MOST_AT_ONCE]
        return batch

    def pass_on(self) -> None:
        """Let the one who waits longest lead, if anybody does."""
        with self._guard:
            heir = self._waiting[0] if self._waiting else None
            self._led = heir is not None
        if heir is not None:
            heir.leads = True
            heir.woken.release()


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
    mine = _Waiting(ballot)
    with _guard:
        box = _boxes.setdefault(target, _Box())
    box.join(mine)
    if mine.leads:
        batch = box.next_batch()
        try:
            _commit(target, batch)
        finally:
            box.pass_on()
            for one in batch:
                if one is not mine:
                    one.woken.release()
    if mine.outcome is None:
        raise DatabaseDown(
            N_("The database does not answer just now: nothing was saved. Try again in a minute.")
        )
    if isinstance(mine.outcome, Exception):
        raise mine.outcome
    return mine.outcome


def take(session: Session, ballot: BallotIn) -> Cast:
    """The same inside the caller's transaction, for paper whose reading it records.

    Raises:
        BallotRefused: see `cast`.
    """
    outcome = _take(session.connection(), [ballot], sent_before=True)[0]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _commit(target: Database, batch: Sequence[_Waiting]) -> None:
    ballots = [one.ballot for one in batch]
    try:
        try:
            with target.write_plain() as connection:
                outcomes = _take(connection, ballots, sent_before=False)
        except IntegrityError:  # one of them was sent before
            with target.write_plain() as connection:
                outcomes = _take(connection, ballots, sent_before=True)
    except Exception as error:
        if len(batch) == 1:
            batch[0].outcome = error
            return
        for one in batch:  # whichever it was, the others do not suffer
            _commit(target, [one])
        return
    for one, outcome in zip(batch, outcomes, strict=True):
        one.outcome = outcome


def _take(
    connection: Connection, ballots: Sequence[BallotIn], *, sent_before: bool
) -> list[Outcome]:
    """Take ballots of any votes; `sent_before`: look for those that are in the box already."""
    by_vote: dict[int, list[int]] = defaultdict(list)
    for place, ballot in enumerate(ballots):
        by_vote[ballot.vote_id].append(place)
    outcomes: dict[int, Outcome] = {}
    for vote_id in sorted(by_vote):  # in one order, or two servers would lock crosswise
        places = by_vote[vote_id]
        found = _Batch(BoxRows(connection), vote_id, sent_before).take([ballots[p] for p in places])
        outcomes |= zip(places, found, strict=True)
    return [outcomes[place] for place in range(len(ballots))]


class _Batch:
    """Ballots of one vote that are stored together."""

    def __init__(self, rows: BoxRows, vote_id: int, sent_before: bool) -> None:
        self.rows = rows
        self.vote_id = vote_id
        self.sent_before = sent_before

    def take(self, ballots: Sequence[BallotIn]) -> list[Outcome]:
        """Judge each, store the good ones, answer all in their order."""
        vote = self.rows.lock(self.vote_id)
        rights = self.rows.rights(self.vote_id, [one.right_id for one in ballots])
        receipts = [hashed(one.receipt) for one in ballots]
        earlier = self.rows.earlier(receipts) if self.sent_before else {}
        outcomes: dict[tuple[str, int], Outcome] = {}
        fresh: dict[str, BallotIn] = {}
        for ballot, receipt in zip(ballots, receipts, strict=True):
            this = receipt, ballot.right_id
            right = rights.get(ballot.right_id)
            before = earlier.get(receipt)
            first = before or fresh.setdefault(receipt, ballot)
            if first.right_id != ballot.right_id:
                # Somebody put their own form's key into another's form.
                outcomes[this] = BallotRefused(N_("Open the ballot again, then send it."))
            elif before is not None:
                stands = right is not None and right.seq == before.seq
                outcomes[this] = Cast(before.seq, before.received_at, stands)
            elif first is ballot and (refusal := _refusal(vote, right, ballot)) is not None:
                del fresh[receipt]
                outcomes[this] = refusal
        if fresh:
            outcomes |= self._store(vote, rights, fresh)
        return [
            outcomes[receipt, one.right_id] for one, receipt in zip(ballots, receipts, strict=True)
        ]

    def _store(
        self, vote: OpenVote, rights: dict[int, RightRow], fresh: dict[str, BallotIn]
    ) -> dict[tuple[str, int], Outcome]:
        ballots = list(fresh.values())
        salts = [secrets.token_hex(16) for _ in ballots]
        now = max(one.now for one in ballots)
        facts: list[tuple[Actor, Facts]] = [
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
        ]
        events = links(vote.seq, vote.head, now, KIND, facts)
        standing = _Standing(rights)
        stored = []
        numbers = range(vote.seq + 1, vote.seq + 1 + len(ballots))
        for (receipt, one), salt, seq in zip(fresh.items(), salts, numbers, strict=True):
            stored.append(
                BallotRow(
                    self.vote_id,
                    one.right_id,
                    seq,
                    one.channel,
                    one.choices,
                    one.now,
                    salt,
                    receipt,
                    one.paper_id,
                    one.actor.account_id,
                )
            )
            standing.add(one.right_id, one.channel, seq)
        self.rows.store(chain_of(vote.code), now, KIND, stored, facts, events)
        self.rows.stand(standing.best)
        self.rows.returned(self.vote_id, standing.returned)
        return {
            (row.receipt_hash, row.right_id): Cast(
                row.seq, row.received_at, standing.best[row.right_id][0] == row.seq
            )
            for row in stored
        }


class _Standing:
    """Which ballots stand after a batch, and which rights returned their first.

    Args:
        best: number and channel of the standing ballot, by right.
        returned: heads and area that came in, by building (0: none).
    """

    def __init__(self, rights: dict[int, RightRow]) -> None:
        self._rights = rights
        self.best: dict[int, tuple[int, Channel]] = {}
        self.returned: dict[int, list[int]] = defaultdict(lambda: [0, 0])

    def add(self, right_id: int, channel: Channel, seq: int) -> None:
        """A ballot came in; numbers only rise."""
        right = self._rights[right_id]
        held = self.best.get(right_id)
        if held is None and right.seq is not None and right.channel is not None:
            held = self.best[right_id] = (right.seq, right.channel)
        elif held is None:
            heads_and_area = self.returned[right.building_id or 0]
            heads_and_area[0] += 1
            heads_and_area[1] += right.area
        if held is None or precedence(channel, seq) > precedence(held[1], held[0]):
            self.best[right_id] = (seq, channel)


def _refusal(vote: OpenVote, right: RightRow | None, ballot: BallotIn) -> BallotRefused | None:
    if vote.opened_at is None or vote.cancelled_at is not None:
        return BallotRefused(N_("This vote is not open."))
    # Paper that was received in time is keyed after the close too.
    in_time = ballot.channel is Channel.PAPER or (
        vote.closes_at is not None and ballot.now < vote.closes_at
    )
    if vote.counted_at is not None or not in_time:
        return BallotRefused(N_("The vote is closed. Ballots are taken no more."))
    if right is None:
        return BallotRefused(N_("This right is not on the roll of this vote."))
    if ballot.channel is not Channel.PAPER and right.paper_at is not None:
        return BallotRefused(
            N_("A signed paper ballot was handed in for this right; it counts. Ask the tellers.")
        )
    return None

"""The ballot box's rows, in as few and as plain statements as can be.

The one place that speaks SQL as text: at the last hour of a vote everything passes here, and
building statements anew took longer than running them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from db.events import Facts
from db.types import instant_text
from domain.chain import Link
from domain.people import Actor
from domain.standing import Channel


@dataclass(frozen=True, slots=True)
class OpenVote:
    """What the box asks of a vote; `seq` and `head` are the end of its chain."""

    code: str
    opened_at: datetime | None
    closes_at: datetime | None
    counted_at: datetime | None
    cancelled_at: datetime | None
    seq: int
    head: str


@dataclass(frozen=True, slots=True)
class RightRow:
    """A right, with number and channel of the ballot that stands for it."""

    id: int
    key: str
    area: int
    building_id: int | None
    paper_at: datetime | None
    seq: int | None
    channel: Channel | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A ballot that was sent before."""

    vote_id: int
    right_id: int
    seq: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class BallotRow:
    """A ballot as it is stored."""

    vote_id: int
    right_id: int
    seq: int
    channel: Channel
    choices: str
    received_at: datetime
    salt: str
    receipt_hash: str
    paper_id: int | None
    account_id: int | None


_VOTE = (
    "SELECT v.code, v.opened_at, v.closes_at, v.counted_at, v.cancelled_at, c.seq, c.head"
    " FROM votes v JOIN chains c ON c.name = 'vote:' || v.code WHERE v.id = ?"
)
_RIGHTS = (
    "SELECT r.id, r.key, r.area, r.building_id, r.paper_at, s.seq, s.channel"
    " FROM vote_rights r LEFT JOIN standing s ON s.right_id = r.id"
    " WHERE r.vote_id = ? AND r.id IN ({marks})"
)
_EARLIER = (
    "SELECT receipt_hash, vote_id, right_id, seq, received_at FROM ballots"
    " WHERE receipt_hash IN ({marks})"
)
BALLOT = (
    "INSERT INTO ballots (vote_id, right_id, seq, channel, choices, received_at, salt,"
    " receipt_hash, paper_id, account_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
EVENT = (
    "INSERT INTO events (chain, seq, at, happened_at, kind, actor_id, case_id, payload, prev, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
HEAD = "UPDATE chains SET seq = ?, head = ? WHERE name = ?"
STAND = (
    "INSERT INTO standing (right_id, seq, channel) VALUES (?, ?, ?)"
    " ON CONFLICT (right_id) DO UPDATE SET seq = excluded.seq, channel = excluded.channel"
)
RETURNED = (
    "UPDATE turnouts SET returned_heads = returned_heads + ?, returned_area = returned_area + ?"
    " WHERE vote_id = ? AND building = ?"
)


class BoxRows:
    """Reads and writes of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sqlite = self._connection.dialect.name == "sqlite"

    def lock(self, vote_id: int) -> OpenVote:
        """The vote; other batches of it wait until this transaction ends."""
        found = self._run(_VOTE if self._sqlite else _VOTE + " FOR UPDATE OF c", (vote_id,))
        code, *times, seq, head = found.one()
        opened, closes, counted, cancelled = (self._read(time) for time in times)
        return OpenVote(code, opened, closes, counted, cancelled, seq, head)

    def rights(self, vote_id: int, ids: Sequence[int]) -> dict[int, RightRow]:
        """These rights of the vote, by id."""
        wanted = sorted(set(ids))
        found = self._run(_RIGHTS.format(marks=_marks(wanted)), (vote_id, *wanted))
        return {
            one: RightRow(
                one,
                key,
                area,
                building,
                self._read(paper_at),
                seq,
                None if channel is None else Channel(channel),
            )
            for one, key, area, building, paper_at, seq, channel in found
        }

    def earlier(self, receipts: Sequence[str]) -> dict[str, Earlier]:
        """Ballots that are in the box already, by the hash of their receipt."""
        wanted = sorted(set(receipts))
        found = self._run(_EARLIER.format(marks=_marks(wanted)), tuple(wanted))
        return {
            receipt: Earlier(vote, right, seq, self._time(at))
            for receipt, vote, right, seq, at in found
        }

    def store(
        self,
        chain: str,
        now: datetime,
        kind: str,
        ballots: Sequence[BallotRow],
        facts: Sequence[tuple[Actor, Facts]],
        events: Sequence[Link],
    ) -> None:
        """Add ballots with their events, and move the chain's head."""
        self._run(
            BALLOT,
            [
                (
                    one.vote_id,
                    one.right_id,
                    one.seq,
                    one.channel.value,
                    one.choices,
                    self._written(one.received_at),
                    one.salt,
                    one.receipt_hash,
                    one.paper_id,
                    one.account_id,
                )
                for one in ballots
            ],
        )
        at = self._written(now)
        self._run(
            EVENT,
            [
                (
                    chain,
                    link.seq,
                    at,
                    at,
                    kind,
                    actor.account_id,
                    None,
                    link.payload,
                    link.prev,
                    link.hash,
                )
                for link, (actor, _) in zip(events, facts, strict=True)
            ],
        )
        self._run(HEAD, (events[-1].seq, events[-1].hash, chain))

    def stand(self, best: Mapping[int, tuple[int, Channel]]) -> None:
        """Say which ballot stands for these rights."""
        self._run(STAND, [(right, seq, way.value) for right, (seq, way) in sorted(best.items())])

    def returned(self, vote_id: int, by_building: Mapping[int, Sequence[int]]) -> None:
        """Add to the turnout: heads and area that returned their first ballot."""
        for building, (heads, area) in sorted(by_building.items()):
            self._run(RETURNED, (heads, area, vote_id, building))

    def _run(self, statement: str, values: Any) -> Any:
        marked = statement if self._sqlite else statement.replace("?", "%s")
        return self._connection.exec_driver_sql(marked, values)

    def _written(self, at: datetime) -> Any:
        return instant_text(at) if self._sqlite else at

    def _read(self, value: Any) -> datetime | None:
        return None if value is None else self._time(value)

    def _time(self, value: Any) -> datetime:
        if isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        return value.astimezone(UTC)  # type: ignore[no-any-return]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))

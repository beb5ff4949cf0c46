"""Ballots over HTTP, each answered only when it is durable, beside an empty POST to the server.

The empty POST goes to `/ballot/forget`, which passes the same gate, reads a form and answers
with a redirect like the ballot's, and does nothing else.
"""

import asyncio
import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from db.numbers import hashed
from db.tables import Building, Estate
from db.tables.roll import Owner
from db.tables.votes import Ballot, BallotLink, VoteOwner
from db.votes.secret import secret_of
from domain.ballots import Way
from tests.bench.goals import Measured
from tests.bench.ground import Ground
from tests.support.ballot_rows import OpenVote, open_vote_rows

TITLE = "ballots over HTTP (goal 8)"
LIMIT = 0.5
PEOPLE, ROUNDS, EACH = 32, 5, 20
QUICK_ROUNDS, QUICK_EACH = 1, 1
COOKIE = "desk_ballot"
SENT = b"/ballot/done"
LENGTH = b"content-length:"


def run(ground: Ground) -> list[Measured]:
    """Send both in turns."""
    return [asyncio.run(_run(ground))]


async def _run(ground: Ground) -> Measured:
    rounds, each = (QUICK_ROUNDS, QUICK_EACH) if ground.quick else (ROUNDS, EACH)
    address = ground.server("small").address
    vote, held = _vote(ground, (rounds + 1) * PEOPLE * each)
    left = iter(held)
    rates: dict[str, list[float]] = {"ballots": [], "empty": []}
    for turn in range(rounds + 1):
        for name, found in rates.items():
            sent = [
                _ballot(address, next(left)) if name == "ballots" else _empty(address)
                for _ in range(PEOPLE * each)
            ]
            rate = await _send(address, sent, SENT if name == "ballots" else b" 303 ")
            if turn:  # the first is the warm-up
                found.append(rate)
    ballots, empty = (sorted(rates[name])[rounds // 2] for name in ("ballots", "empty"))
    with ground.small.read() as session:
        stored = session.scalar(select(func.count()).where(Ballot.vote_id == vote.id))
    note = f"{ballots:.0f} a second by {PEOPLE} people; {stored} stored of {len(held)} acknowledged"
    return Measured(
        8, "ballots / empty POSTs a second", LIMIT, ballots / empty, note, at_least=True
    )


def _vote(ground: Ground, heads: int) -> tuple[OpenVote, list[str]]:
    """An open vote, and for each right what the browser of its owner keeps."""
    now = datetime.now(UTC)
    with ground.small.write() as session:
        estate = session.scalars(select(Estate.id).order_by(Estate.id)).first()
        assert estate is not None
        buildings = tuple(session.scalars(select(Building.id).where(Building.estate_id == estate)))
        code = f"bench-{secrets.token_hex(6)}"
        vote = open_vote_rows(session, estate, buildings, now, heads, code=code)
        held = [secrets.token_urlsafe(24) for _ in vote.rights]
        _owners(session, estate, vote)
        secret_of(session)  # made by whoever issues the first links
        session.execute(
            insert(BallotLink),
            [
                {
                    "vote_id": vote.id,
                    "right_id": right,
                    "way": Way.OWNER,
                    "token_hash": hashed(f"token {secret}"),
                    "cookie_hash": hashed(secret),
                    "issued_at": now,
                    "opened_at": now,
                }
                for right, secret in zip(vote.rights, held, strict=True)
            ],
        )
    return vote, held


def _owners(session: Session, estate: int, vote: OpenVote) -> None:
    """Somebody for each right, under the pseudonym that the frozen roll has."""
    names = [{"estate_id": estate, "name": "业主", "initials": "yz"} for _ in vote.rights]
    owners = session.scalars(insert(Owner).returning(Owner.id), names).all()
    session.execute(
        insert(VoteOwner),
        [
            {"vote_id": vote.id, "owner_id": owner, "pseudonym": f"o{number}"}
            for number, owner in enumerate(owners)
        ],
    )


def _ballot(address: str, secret: str) -> bytes:
    fields = {"step": "send", "choice_1": "yes", "once": secrets.token_urlsafe(12)}
    return _post(address, "/ballot", urlencode(fields), f"Cookie: {COOKIE}={secret}\r\n")


def _empty(address: str) -> bytes:
    return _post(address, "/ballot/forget", "", "")


def _post(address: str, path: str, body: str, more: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\nOrigin: {address}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n{more}\r\n"
    )
    return (head + body).encode()


async def _send(address: str, requests: Sequence[bytes], wanted: bytes) -> float:
    """Requests a second over connections that stay open.

    Raises:
        RuntimeError: an answer is not the one that acknowledges.
    """
    port = urlsplit(address).port
    queue = iter(requests)

    async def person() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in queue:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                (int(line[15:]) for line in head.lower().split(b"\r\n") if line[:15] == LENGTH), 0
            )
            await reader.readexactly(length)
            if wanted not in head:
                raise RuntimeError(f"not acknowledged: {head.decode()}")
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(person() for _ in range(PEOPLE)))
    return len(requests) / (time.perf_counter() - begun)

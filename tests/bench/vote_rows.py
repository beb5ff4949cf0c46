"""Two votes of any size in an SQLite database: one is open, one is closed and counted."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from db.engine import Database
from db.tables import Building, Estate
from db.types import instant_text
from db.votes.counting import count_due
from tests.support.ballot_rows import ANSWERS, OpenVote, open_vote_rows

OPEN_VOTE, COUNTED_VOTE = "bench-open", "bench-counted"
RETURNED = 0.9
AGO = timedelta(days=20)


def vote(database: Database, now: datetime, ballots: int) -> None:
    """Put both votes in; nine in ten rights have returned a ballot, which nobody has looked at."""
    for code, at in ((OPEN_VOTE, now - timedelta(hours=1)), (COUNTED_VOTE, now - AGO)):
        with database.write() as session:
            estate = session.scalars(select(Estate.id).order_by(Estate.id)).first()
            assert estate is not None
            query = select(Building.id).where(Building.estate_id == estate)
            buildings = tuple(session.scalars(query.order_by(Building.id)))
            heads = round(ballots / RETURNED)
            made = open_vote_rows(session, estate, buildings, at, heads, code=code)
            _cast(session, made, at, ballots)
    count_due(now)


def _cast(session: Session, made: OpenVote, at: datetime, ballots: int) -> None:
    """Ballots and which of them stands; their events, which no page reads, are left out."""
    moment = instant_text(at)

    def rows() -> Any:
        for seq, right in enumerate(made.rights[:ballots], start=2):
            receipt = sha256(f"{made.code}{seq}".encode()).hexdigest()
            choices = ANSWERS[seq % len(ANSWERS)]
            yield (made.id, right, seq, "online", choices, moment, "salt", receipt)

    raw = session.connection().connection.dbapi_connection
    assert raw is not None
    raw.executemany(
        "INSERT INTO ballots (vote_id, right_id, seq, channel, choices, received_at, salt,"
        " receipt_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows(),
    )
    session.execute(
        text(
            "INSERT INTO standing (right_id, seq, channel)"
            " SELECT right_id, seq, channel FROM ballots WHERE vote_id = :vote"
        ),
        {"vote": made.id},
    )
    session.execute(
        text(
            "UPDATE turnouts SET (returned_heads, returned_area) = ("
            " SELECT count(*), coalesce(sum(area), 0) FROM vote_rights r"
            " JOIN standing s ON s.right_id = r.id"
            " WHERE r.vote_id = turnouts.vote_id AND r.building_id = turnouts.building)"
            " WHERE vote_id = :vote"
        ),
        {"vote": made.id},
    )

"""What a receipt proves: the ballot is in, since when, by which way, and whether it stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.engine import read
from db.numbers import clean_follow_code, hashed
from db.tables import Estate, Event
from db.tables.votes import Ballot, Standing, Vote
from db.votes.box import chain_of
from db.votes.secret import RECEIPT_LENGTH
from domain.errors import N_, NotFound
from domain.standing import Channel


@dataclass(frozen=True, slots=True)
class Receipt:
    """A ballot that is in; whose it is and what it says stands nowhere here.

    Args:
        seq, event: number and hash of its event in the vote's chain.
        stands: False once a later ballot of the right, or its signed paper, replaced it.
    """

    title: str
    estate: str
    received_at: datetime
    channel: Channel
    stands: bool
    seq: int
    event: str


def receipt(code: str) -> Receipt:
    """The receipt of a code; case, spaces and dashes do not matter.

    Raises:
        NotFound: no ballot has it.
    """
    typed = clean_follow_code(code)[: 2 * RECEIPT_LENGTH]
    with read() as session:
        found = session.execute(
            select(
                Vote.code,
                Vote.title,
                Estate.name,
                Ballot.received_at,
                Ballot.channel,
                Ballot.seq,
                Standing.seq.label("standing"),
            )
            .join(Vote, Vote.id == Ballot.vote_id)
            .join(Estate, Estate.id == Vote.estate_id)
            .outerjoin(Standing, Standing.right_id == Ballot.right_id)
            .where(Ballot.receipt_hash == hashed(typed))
        ).one_or_none()
        if found is None:
            raise NotFound(N_("No ballot has this code. Check the letters and digits."))
        event = session.scalars(
            select(Event.hash).where(Event.chain == chain_of(found.code), Event.seq == found.seq)
        ).one()
        return Receipt(
            title=found.title,
            estate=found.name,
            received_at=found.received_at,
            channel=found.channel,
            stands=found.standing == found.seq,
            seq=found.seq,
            event=event,
        )

"""What only the papers of a counted vote say: ballots by channel, and the stock of paper.

It looks through all standing ballots, which a page must not.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.engine import read
from db.tables.votes import Standing, VoteRight
from db.votes.paper_desk import paper_stock
from db.votes.scope import vote_seen
from domain.errors import N_, Refused
from domain.papers import Stock
from domain.people import Actor, Right
from domain.standing import Channel
from domain.thresholds import Weight


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """What stands by channel, and where the paper is."""

    returned: Mapping[Channel, Weight]
    papers: Stock


def vote_record(actor: Actor, code: str) -> VoteRecord:
    """For the minutes of a counted vote.

    Raises:
        NotFound: there is no such vote in this person's scope.
        Refused: it is not counted yet.
    """
    actor.need(Right.RUN_VOTES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        if vote.counted_at is None:
            raise Refused(N_("The minutes can be written once the vote is counted."))
        stock, _hand_count = paper_stock(session, vote)
        return VoteRecord(_by_channel(session, vote.id), stock)


def _by_channel(session: Session, vote_id: int) -> dict[Channel, Weight]:
    rows = session.execute(
        select(Standing.channel, func.sum(VoteRight.area), func.count())
        .join(VoteRight, VoteRight.id == Standing.right_id)
        .where(VoteRight.vote_id == vote_id)
        .group_by(Standing.channel)
    )
    return {channel: Weight(int(area), n) for channel, area, n in rows}

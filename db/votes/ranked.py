"""Which ballot of a right stands, from all that came, and not from the row that says so."""

from typing import Any

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from db.tables.votes import Ballot
from domain.standing import RANK


def ranked_ballots(vote_id: int, column: InstrumentedAttribute[Any]) -> Subquery:
    """The vote's ballots, each with its `place` among those of its right; place 1 stands.

    Where two came by different ways, `domain.standing` says which goes first; else the latest.

    Args:
        column: what is wanted of each ballot besides its `right_id`.
    """
    rank = case(RANK, value=Ballot.channel)
    place = func.row_number().over(
        partition_by=Ballot.right_id, order_by=(rank.desc(), Ballot.seq.desc())
    )
    return (
        select(Ballot.right_id, column, place.label("place"))
        .where(Ballot.vote_id == vote_id)
        .subquery()
    )

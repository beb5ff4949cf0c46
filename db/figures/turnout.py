"""Who took part in polls and owners' votes of a period, estate by estate, as sums."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.engine import read
from db.figures.reads import Wanted, months_before, place_of
from db.tables import Estate
from db.tables.figures import ALL
from db.tables.polls import Poll, PollAnswer
from db.tables.votes import Turnout, Vote
from domain.days import day_start
from domain.people import Actor
from domain.thresholds import Weight


@dataclass(frozen=True, slots=True)
class EstateTurnout:
    """Polls and votes of one estate that were opened in the period and not given up.

    Args:
        asked, answered: households, over all polls; one that was asked twice counts twice.
        roll, returned: rights and areas, over all votes.
    """

    estate: str
    polls: int
    asked: int
    answered: int
    votes: int
    roll: Weight
    returned: Weight


def turnout(actor: Actor, wanted: Wanted) -> tuple[EstateTurnout, ...]:
    """The estates in which anybody was asked, in the order of their names.

    Raises:
        NotAllowed, NotFound: as `db.figures.reads.overview`.
    """
    estate, _category, _unit = place_of(actor, wanted)
    with read() as session:
        polled = _polls(session, wanted)
        voted = _votes(session, wanted)
        names = dict(session.execute(select(Estate.id, Estate.name)).all())
    nothing: Counter[str] = Counter()
    found = []
    for key in sorted(polled.keys() | voted.keys(), key=lambda one: names[one]):
        if estate in (ALL, key):
            poll, vote = polled.get(key, nothing), voted.get(key, nothing)
            found.append(
                EstateTurnout(
                    names[key],
                    poll["polls"],
                    poll["asked"],
                    poll["answered"],
                    vote["votes"],
                    Weight(area=vote["area"], heads=vote["heads"]),
                    Weight(area=vote["returned_area"], heads=vote["returned_heads"]),
                )
            )
    return tuple(found)


def _polls(session: Session, wanted: Wanted) -> dict[int, Counter[str]]:
    answers = (
        select(func.count(PollAnswer.id))
        .where(PollAnswer.poll_id == Poll.id)
        .correlate(Poll)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Poll.estate_id, Poll.asked, answers).where(
            Poll.opened_at >= day_start(wanted.first),
            Poll.opened_at < day_start(months_before(wanted.last, -1)),
            Poll.withdrawn_at.is_(None),
        )
    )
    found: dict[int, Counter[str]] = {}
    for estate, asked, answered in rows:
        found.setdefault(estate, Counter()).update(
            {"polls": 1, "asked": asked, "answered": answered}
        )
    return found


def _votes(session: Session, wanted: Wanted) -> dict[int, Counter[str]]:
    rows = session.execute(
        select(
            Vote.estate_id,
            func.count(Vote.id.distinct()).label("votes"),
            func.sum(Turnout.heads).label("heads"),
            func.sum(Turnout.area).label("area"),
            func.sum(Turnout.returned_heads).label("returned_heads"),
            func.sum(Turnout.returned_area).label("returned_area"),
        )
        .join(Turnout, Turnout.vote_id == Vote.id)
        .where(
            Vote.opened_at >= day_start(wanted.first),
            Vote.opened_at < day_start(months_before(wanted.last, -1)),
            Vote.cancelled_at.is_(None),
        )
        .group_by(Vote.estate_id)
    )
    return {
        row.estate_id: Counter(
            votes=row.votes,
            heads=int(row.heads),
            area=int(row.area),
            returned_heads=int(row.returned_heads),
            returned_area=int(row.returned_area),
        )
        for row in rows
    }

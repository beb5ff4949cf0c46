"""What the guide pages show: an estate's vote with its days, its candidates, public answers."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.elections.candidate_list import PublicCandidate, are_public, display_of, public_candidates
from db.elections.questions import Answered, public_ones
from db.engine import read
from db.roll.rules import rules_of
from db.tables import Estate
from db.tables.votes import Vote
from db.votes.scope import asked, stage_of
from domain.days import local_day
from domain.errors import N_, NotFound
from domain.texts import clean
from domain.thresholds import Lane
from domain.timetable import Period, in_force, publish_by
from domain.votes import Stage

RUNNING = (Stage.NOTICED, Stage.OPEN, Stage.COUNTING, Stage.COUNTED, Stage.PUBLISHED)


@dataclass(frozen=True, slots=True)
class EstateShown:
    """An estate of the list, and whether owners are voting there."""

    code: str
    name: str
    voting: bool


@dataclass(frozen=True, slots=True)
class VoteShown:
    """A vote as everybody may know it: what its posted papers say.

    Args:
        questions: names and texts, once the notice is posted; empty in an election.
        candidates: once they hang out.
        objections_until: last day to object to the displayed candidates.
        publish_by: last day to publish the result.
    """

    code: str
    title: str
    explanation: str
    lane: Lane
    stage: Stage
    seats: int | None
    noticed_on: date | None
    meets_on: date | None
    closes_at: datetime | None
    objections_until: date | None
    publish_by: date | None
    questions: tuple[tuple[str, str], ...]
    candidates: tuple[PublicCandidate, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide of one estate.

    Args:
        proxy_cap: how many owners one person may vote for by proxy.
        notice_days: days between notice and first day of voting.
    """

    estate_code: str
    estate: str
    vote: VoteShown | None
    others: tuple[tuple[str, str], ...]
    answers: tuple[Answered, ...]
    proxy_cap: int
    notice_days: int


def estates_shown(now: datetime) -> tuple[EstateShown, ...]:
    """All estates, for who comes without a code."""
    with read() as session:
        return tuple(
            EstateShown(
                row.code,
                row.name,
                any(stage_of(vote, now) is Stage.OPEN for vote in _public_votes(session, row, now)),
            )
            for row in session.scalars(select(Estate).order_by(Estate.id))
        )


def guide(code: str, now: datetime) -> Guide:
    """The guide of an estate, or of the estate of a vote whose papers hang out.

    Args:
        code: the estate's or the vote's.

    Raises:
        NotFound: it is neither.
    """
    with read() as session:
        estate, chosen = _find(session, clean(code), now)
        votes = _public_votes(session, estate, now)
        if chosen is None:
            live = [one for one in votes if stage_of(one, now) is not Stage.PUBLISHED]
            chosen = next(iter(live or votes), None)
        today = local_day(now)
        rules = rules_of(session, estate.id, today)
        return Guide(
            estate_code=estate.code,
            estate=estate.name,
            vote=_shown(session, chosen, now) if chosen else None,
            others=tuple(
                (one.code, one.title)
                for one in votes
                if one is not chosen and stage_of(one, now) is not Stage.PUBLISHED
            ),
            answers=public_ones(session, estate.id),
            proxy_cap=rules.proxy_cap,
            notice_days=in_force(rules.numbers, Period.NOTICE, today).days,
        )


def _find(session: Session, code: str, now: datetime) -> tuple[Estate, Vote | None]:
    estate = session.scalar(select(Estate).where(Estate.code == code))
    if estate is not None:
        return estate, None
    vote = session.scalar(select(Vote).where(Vote.code == code))
    if vote is None or not _is_public(session, vote, now):
        raise NotFound(N_("There is no guide under this address. Choose your estate."))
    return session.get_one(Estate, vote.estate_id), vote


def _public_votes(session: Session, estate: Estate, now: datetime) -> list[Vote]:
    """The estate's votes whose papers hang out, the newest first."""
    query = (
        select(Vote)
        .where(Vote.estate_id == estate.id, Vote.cancelled_at.is_(None))
        .order_by(Vote.created_at.desc(), Vote.id.desc())
        .limit(20)
    )
    return [vote for vote in session.scalars(query) if _is_public(session, vote, now)]


def _is_public(session: Session, vote: Vote, now: datetime) -> bool:
    if vote.lane is Lane.COMMITTEE:  # its members meet; owners have nothing to do there
        return False
    return stage_of(vote, now) in RUNNING or are_public(session, vote, now)


def _shown(session: Session, vote: Vote, now: datetime) -> VoteShown:
    electing = vote.lane is Lane.ELECTION
    posted = vote.noticed_on is not None
    display = display_of(session, vote.id) if electing else None
    closed_on = local_day(vote.closes_at) if vote.closes_at else None
    days = None
    if closed_on is not None:
        numbers = rules_of(session, vote.estate_id, closed_on).numbers
        days = in_force(numbers, Period.PUBLISH, closed_on).days
    return VoteShown(
        code=vote.code,
        title=vote.title,
        explanation=vote.explanation,
        lane=vote.lane,
        stage=stage_of(vote, now),
        seats=vote.seats,
        noticed_on=vote.noticed_on,
        meets_on=vote.meets_on,
        closes_at=vote.closes_at,
        objections_until=display.until_on if display else None,
        publish_by=publish_by(closed_on, days) if closed_on and days is not None else None,
        questions=tuple((one.name, one.text) for one in asked(session, vote))
        if posted and not electing
        else (),
        candidates=public_candidates(session, vote) if are_public(session, vote, now) else (),
    )

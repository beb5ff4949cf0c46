"""Are the votes whole? Roll, rules, ballots, summaries and results, each to its source."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import case as when
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.events import facts_of
from db.tables import Event
from db.tables.votes import Ballot, Question, Standing, TallyRow, Turnout, Vote, VoteRight, VoteUnit
from db.verify_cases import Finding
from db.votes.box import chain_of
from db.votes.bundle import recount_of
from db.votes.hashes import questions_hash, roll_hash, rules_hash
from db.votes.ranked import ranked_ballots
from domain.ballots import digest
from domain.bundle import BadBundle
from domain.errors import N_


def faults_of_votes(session: Session) -> Iterator[Finding]:
    """Every fault in what was frozen, cast or counted; each names its vote and place."""
    for vote in session.scalars(select(Vote).order_by(Vote.id)):
        if vote.questions_hash not in (None, questions_hash(session, vote)):
            yield _fault(vote, N_("Vote {vote}: its questions are not those of the notice."))
        if vote.opened_at is None:
            continue
        if vote.rules_hash != rules_hash(vote):
            yield _fault(vote, N_("Vote {vote}: its rules were changed after it was opened."))
        if vote.roll_hash != roll_hash(session, vote.id):
            yield _fault(vote, N_("Vote {vote}: its roll was changed after it was opened."))
        yield from _rights(session, vote)
        yield from _ballots(session, vote)
        yield from _standing(session, vote)
        yield from _turnout(session, vote)
        if vote.counted_at is not None:
            yield from _result(session, vote)


def _fault(vote: Vote, template: str, **params: Any) -> Finding:
    return Finding(template, {"vote": vote.code, **params})


def _rights(session: Session, vote: Vote) -> Iterator[Finding]:
    """Each right has the area and the service of its units, and its owners' key."""
    query = (
        select(
            VoteRight.id,
            VoteRight.area,
            func.coalesce(func.sum(VoteUnit.area), 0),
            VoteRight.served_at.is_not(None),
            func.max(when((VoteUnit.served_at.is_not(None), 1), else_=0)),
        )
        .outerjoin(VoteUnit, VoteUnit.right_id == VoteRight.id)
        .where(VoteRight.vote_id == vote.id)
        .group_by(VoteRight.id, VoteRight.area, VoteRight.served_at)
    )
    for right, area, units, served, unit_served in session.execute(query):
        if area != units or bool(served) != bool(unit_served):
            yield _fault(
                vote, N_("Vote {vote}: right {right} is not the sum of its units."), right=right
            )


def _ballots(session: Session, vote: Vote) -> Iterator[Finding]:
    """Each ballot is what its event committed to, and each ballot event has its ballot."""
    query = (
        select(Ballot, VoteRight.key, Event.payload)
        .join(VoteRight, VoteRight.id == Ballot.right_id)
        .outerjoin(
            Event,
            (Event.chain == chain_of(vote.code))
            & (Event.seq == Ballot.seq)
            & (Event.kind == "ballot"),
        )
        .where(Ballot.vote_id == vote.id)
        .order_by(Ballot.seq)
        .execution_options(yield_per=1_000)
    )
    seen = 0
    for ballot, key, payload in session.execute(query):
        seen += 1
        said = facts_of(payload) if payload else {}
        made = digest(ballot.salt, key, ballot.choices, ballot.channel)
        if (said.get("digest"), said.get("right"), said.get("channel")) != (
            made,
            ballot.right_id,
            ballot.channel.value,
        ):
            yield _fault(
                vote,
                N_("Vote {vote}: ballot {seq} is not the one that its event records."),
                seq=ballot.seq,
            )
        session.expunge(ballot)
    recorded = session.scalar(
        select(func.count()).where(Event.chain == chain_of(vote.code), Event.kind == "ballot")
    )
    if recorded != seen:
        yield _fault(
            vote,
            N_("Vote {vote}: {events} ballots are recorded, {ballots} are there."),
            events=recorded,
            ballots=seen,
        )


def _standing(session: Session, vote: Vote) -> Iterator[Finding]:
    """The ballot that stands is the one that the rule picks: by its way, then the latest."""
    best = ranked_ballots(vote.id, Ballot.seq)
    query = (
        select(VoteRight.id)
        .outerjoin(best, (best.c.right_id == VoteRight.id) & (best.c.place == 1))
        .outerjoin(Standing, Standing.right_id == VoteRight.id)
        .where(
            VoteRight.vote_id == vote.id,
            func.coalesce(best.c.seq, 0) != func.coalesce(Standing.seq, 0),
        )
    )
    for right in session.scalars(query):
        yield _fault(
            vote,
            N_("Vote {vote}: another ballot of right {right} stands than should."),
            right=right,
        )


def _turnout(session: Session, vote: Vote) -> Iterator[Finding]:
    """The summary rows are the sums of the rights that they sum up."""

    def total(condition: Any, value: Any) -> Any:
        return func.coalesce(func.sum(when((condition, value), else_=0)), 0)

    served, returned = VoteRight.served_at.is_not(None), Standing.seq.is_not(None)
    building = func.coalesce(VoteRight.building_id, 0)
    query = (
        select(
            building,
            func.count(),
            func.sum(VoteRight.area),
            total(served, 1),
            total(served, VoteRight.area),
            total(returned, 1),
            total(returned, VoteRight.area),
        )
        .outerjoin(Standing, Standing.right_id == VoteRight.id)
        .where(VoteRight.vote_id == vote.id)
        .group_by(building)
    )
    true = {row[0]: tuple(int(value) for value in row[1:]) for row in session.execute(query)}
    kept = {
        row.building: (
            row.heads,
            row.area,
            row.served_heads,
            row.served_area,
            row.returned_heads,
            row.returned_area,
        )
        for row in session.scalars(select(Turnout).where(Turnout.vote_id == vote.id))
    }
    for one in sorted(true.keys() | kept.keys()):
        if true.get(one) != kept.get(one):
            yield _fault(
                vote, N_("Vote {vote}: the turnout of building {building} is wrong."), building=one
            )


def _result(session: Session, vote: Vote) -> Iterator[Finding]:
    counted = session.scalar(
        select(func.count())
        .select_from(TallyRow)
        .join(Question, Question.id == TallyRow.question_id)
        .where(Question.vote_id == vote.id)
    )
    if not counted:
        yield _fault(vote, N_("Vote {vote}: its figures are missing."))
        return
    try:
        agrees = recount_of(session, vote).agrees
    except (BadBundle, KeyError, ValueError):
        agrees = False
    if not agrees:
        yield _fault(vote, N_("Vote {vote}: a recount from its ballots gives another result."))

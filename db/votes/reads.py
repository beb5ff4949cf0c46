"""What is shown of owners' votes: lists, one vote, its turnout; and its result once counted.

Every figure comes from summary rows (`turnouts`, `tallies`), so that a vote of a million
ballots reads as fast as one of ten. Before the count there is no choice in any of them.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.engine import read
from db.names_of import names_of
from db.roll.rules import rules_of
from db.scope import code_typed
from db.tables import Account, AccountRole, Building, Case, Chain, Estate
from db.tables.votes import Draw, Objection, Teller, Turnout, Vote
from db.votes.box import chain_of
from db.votes.bundle import may_look
from db.votes.counting import papers_waiting
from db.votes.results import majorities_differ, result_of
from db.votes.scope import asked, is_teller, stage_of, vote_seen
from db.votes.views import (
    BuildingTurnout,
    ChainHead,
    DrawView,
    FrozenRules,
    QuestionView,
    ResultView,
    VoteLine,
    VoteView,
)
from domain.days import local_day
from domain.people import RIGHTS, Actor, Right
from domain.thresholds import NOTHING, Outcome, Weight, shortfall
from domain.timeline_of_vote import Dates, timetable
from domain.votes import CLOSED

MOST = 40
_RUNNING_VOTES = frozenset(role for role, rights in RIGHTS.items() if Right.RUN_VOTES in rights)


def votes(actor: Actor, now: datetime, limit: int = MOST) -> list[VoteLine]:
    """The votes of this person's estates, the newest first."""
    actor.need(Right.FIGURES)
    with read() as session:
        query = select(Vote).order_by(Vote.id.desc()).limit(limit)
        if actor.estate_id is not None:
            query = query.where(Vote.estate_id == actor.estate_id)
        return _lines(session, list(session.scalars(query)), now)


def vote_view(actor: Actor, now: datetime, code: str) -> VoteView:
    """One vote with everything that its page shows beside the result.

    Raises:
        NotFound: there is none in this person's scope.
    """
    with read() as session:
        vote = vote_seen(session, actor, code)
        line = _lines(session, [vote], now)[0]
        runs = actor.may(Right.RUN_VOTES)
        case = session.get(Case, vote.case_id) if vote.case_id else None
        if case is not None and not (
            actor.may(Right.READ_CASES) and actor.sees_estate(case.estate_id)
        ):
            case = None
        rules = rules_of(session, vote.estate_id, vote.noticed_on or local_day(now))
        head = session.get(Chain, chain_of(vote.code))
        named = select(Account.id, Account.name).join(Teller, Teller.account_id == Account.id)
        tellers = session.execute(named.where(Teller.vote_id == vote.id).order_by(Teller.id))
        unanswered = select(func.count()).where(
            Objection.vote_id == vote.id, Objection.answered_at.is_(None)
        )
        frozen = vote.opened_at is not None
        return VoteView(
            line=line,
            estate_id=vote.estate_id,
            explanation=vote.explanation,
            seats=vote.seats,
            questions=tuple(
                QuestionView(one.position, one.name, one.text) for one in asked(session, vote)
            ),
            timetable=timetable(vote.lane, dates_of(vote, now), rules.numbers, local_day(now)),
            buildings=_by_building(session, vote.id),
            tellers=tuple((key, name) for key, name in tellers),
            rules=FrozenRules(
                vote.silent if frozen else rules.silent,
                vote.invalid if frozen else rules.invalid,
                vote.count_parking if frozen else rules.count_parking,
                (vote.rules_source if frozen else rules.source) or "",
            ),
            questions_hash=vote.questions_hash,
            rules_hash=vote.rules_hash,
            roll_hash=vote.roll_hash,
            chain=ChainHead(head.seq, head.head) if head is not None else None,
            case_code=case.code if case is not None else None,
            case_number=case.number if case is not None else None,
            cancelled_because=vote.cancelled if runs else None,
            waived=vote.waived,
            invalid_chosen=vote.invalid_chosen,
            invalid_source=vote.invalid_source,
            open_objections=session.scalar(unanswered) or 0,
            papers_waiting=papers_waiting(session, vote),
            may_run=runs,
            is_teller=is_teller(session, actor, vote),
            may_look=may_look(session, actor, now, vote),
        )


def result_view(actor: Actor, code: str) -> ResultView | None:
    """The result of a vote; None until it is counted, whoever asks.

    Raises:
        NotFound: there is no such vote in this person's scope.
    """
    with read() as session:
        vote = vote_seen(session, actor, code)
        if vote.counted_at is None:
            return None
        return _result(session, vote)


def votes_of_case(actor: Actor, now: datetime, case_code: str) -> list[VoteLine]:
    """The votes that came from a file, the newest first; none where it is another estate's."""
    actor.need(Right.FIGURES)
    with read() as session:
        query = (
            select(Vote)
            .join(Case, Case.id == Vote.case_id)
            .where(Case.code == code_typed(case_code))
            .order_by(Vote.id.desc())
        )
        rows = [row for row in session.scalars(query) if actor.sees_estate(row.estate_id)]
        return _lines(session, rows, now)


def possible_tellers(actor: Actor, code: str) -> list[tuple[int, str]]:
    """People who may be named tellers of a vote: who runs votes in its estate; id and name.

    Raises:
        NotFound: there is no such vote in this person's scope.
    """
    actor.need(Right.RUN_VOTES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        query = (
            select(Account.id, Account.name)
            .join(AccountRole, AccountRole.account_id == Account.id)
            .where(Account.active, AccountRole.role.in_(_RUNNING_VOTES))
            .where((Account.estate_id == vote.estate_id) | Account.estate_id.is_(None))
            .distinct()
            .order_by(Account.id)
        )
        return [(key, name) for key, name in session.execute(query)]


def dates_of(vote: Vote, now: datetime) -> Dates:
    """The days of a vote as its timetable takes them."""
    return Dates(
        noticed_on=vote.noticed_on,
        meets_on=vote.meets_on,
        closes_on=local_day(vote.closes_at) if vote.closes_at else None,
        closed=stage_of(vote, now) in CLOSED,
        published_on=local_day(vote.published_at) if vote.published_at else None,
    )


def _result(session: Session, vote: Vote) -> ResultView:
    count = result_of(session, vote)
    draw = session.scalar(select(Draw).where(Draw.vote_id == vote.id))
    return ResultView(
        count=count,
        differ=frozenset(name for name, one in count.tallies.items() if majorities_differ(one)),
        draw=DrawView(
            tuple(draw.winners),
            tuple(draw.tied),
            draw.how,
            (draw.witness_one, draw.witness_two),
            draw.drawn_at,
        )
        if draw is not None
        else None,
    )


def _lines(session: Session, rows: Sequence[Vote], now: datetime) -> list[VoteLine]:
    sums = _sums(session, [row.id for row in rows])
    estates = names_of(session, Estate, (row.estate_id for row in rows))
    lines = []
    for row in rows:
        roll, served, returned = sums.get(row.id, (NOTHING, NOTHING, NOTHING))
        lines.append(
            VoteLine(
                code=row.code,
                title=row.title,
                estate=estates.get(row.estate_id, ""),
                lane=row.lane,
                matter=row.matter,
                stage=stage_of(row, now),
                created_at=row.created_at,
                noticed_on=row.noticed_on,
                meets_on=row.meets_on,
                opened_at=row.opened_at,
                closes_at=row.closes_at,
                counted_at=row.counted_at,
                published_at=row.published_at,
                roll=roll,
                served=served,
                returned=returned,
                shortfall=shortfall(row.lane, roll, returned),
                outcomes=_outcomes(session, row),
            )
        )
    return lines


def _outcomes(session: Session, vote: Vote) -> tuple[tuple[str, Outcome], ...]:
    """Each question with its outcome, of a counted vote."""
    if vote.counted_at is None or vote.cancelled_at is not None:
        return ()
    return tuple((one.question, one.outcome) for one in result_of(session, vote).questions)


def _sums(session: Session, ids: Sequence[int]) -> dict[int, tuple[Weight, Weight, Weight]]:
    if not ids:
        return {}
    rows = session.execute(
        select(
            Turnout.vote_id,
            func.sum(Turnout.area),
            func.sum(Turnout.heads),
            func.sum(Turnout.served_area),
            func.sum(Turnout.served_heads),
            func.sum(Turnout.returned_area),
            func.sum(Turnout.returned_heads),
        )
        .where(Turnout.vote_id.in_(ids))
        .group_by(Turnout.vote_id)
    )
    return {
        key: (
            Weight(int(area), int(heads)),
            Weight(int(served_area), int(served)),
            Weight(int(returned_area), int(returned)),
        )
        for key, area, heads, served_area, served, returned_area, returned in rows
    }


def _by_building(session: Session, vote_id: int) -> tuple[BuildingTurnout, ...]:
    rows = session.execute(
        select(Turnout, Building.name, Building.position)
        .outerjoin(Building, Building.id == Turnout.building)
        .where(Turnout.vote_id == vote_id)
    ).all()
    found = sorted(rows, key=lambda row: (row[2] is None, row[2] or 0, row[0].building))
    return tuple(
        BuildingTurnout(
            row.building,
            name or "",
            Weight(row.area, row.heads),
            Weight(row.served_area, row.served_heads),
            Weight(row.returned_area, row.returned_heads),
        )
        for row, name, _position in found
    )

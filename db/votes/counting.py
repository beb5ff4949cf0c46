"""The count: after the close, from the ballots, once; and what a tie or a doubt still needs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.events import lock_chain
from db.tables.votes import Ballot, Draw, Paper, TallyRow, Vote, VoteRight
from db.votes.box import chain_of
from db.votes.ranked import ranked_ballots
from db.votes.results import result_of
from db.votes.scope import asked, need_teller, note, stage_of, vote_to_change
from domain import texts
from domain.ballots import read_choices
from domain.election import count_paper_groups
from domain.errors import N_, FieldError, Refused
from domain.people import SYSTEM, Actor
from domain.standing import Choice
from domain.tally import Invalid, Tally, count_groups
from domain.thresholds import Lane, Outcome, Weight
from domain.votes import Stage

Group = tuple[dict[int, Choice] | None, Weight, bool]


def count_due(now: datetime) -> int:
    """Count every vote that the clock has closed and whose paper is all keyed; how many."""
    with read() as session:
        closed = session.scalars(
            select(Vote.code)
            .where(Vote.opened_at.is_not(None), Vote.counted_at.is_(None))
            .where(Vote.closes_at <= now, Vote.cancelled_at.is_(None))
        ).all()
    counted = 0
    for code in closed:
        with write() as session:
            vote = vote_to_change(session, SYSTEM, now, code)
            if stage_of(vote, now) is Stage.COUNTING and not papers_waiting(session, vote):
                _count(session, SYSTEM, now, vote)
                counted += 1
    return counted


def count_now(actor: Actor, now: datetime, code: str) -> None:
    """Count a closed vote at once; a vote that was counted already stays as it is.

    Raises:
        Refused: it is still open, or received paper waits to be keyed.
    """
    with write() as session:
        vote = vote_to_change(session, actor, now, code)
        if vote.counted_at is not None:
            return
        if stage_of(vote, now) is not Stage.COUNTING:
            raise Refused(N_("The vote is still open. It is counted after its close."))
        waiting = papers_waiting(session, vote)
        if waiting:
            raise Refused(
                N_("{number} paper ballots wait to be keyed by two people. Key them first."),
                number=waiting,
            )
        _count(session, actor, now, vote)


def papers_waiting(session: Session, vote: Vote) -> int:
    """Paper that was received and whose reading is not settled yet."""
    query = select(func.count()).where(
        Paper.vote_id == vote.id,
        Paper.received_at.is_not(None),
        Paper.settled_at.is_(None),
        Paper.spoiled_at.is_(None),
    )
    return session.scalar(query) or 0


def _count(session: Session, actor: Actor, now: datetime, vote: Vote) -> None:
    # No ballot may come in between: the box locks the same chain first.
    lock_chain(session, chain_of(vote.code))
    questions = {one.position: one.id for one in asked(session, vote)}
    for position, tally in tallies(session, vote, questions).items():
        session.execute(insert(TallyRow).values(question_id=questions[position], **_row(tally)))
    vote.counted_at = now
    ballots = session.scalar(select(func.count()).where(Ballot.vote_id == vote.id))
    note(session, actor, now, vote, "vote_counted", ballots=ballots or 0)


def tallies(session: Session, vote: Vote, positions: Mapping[int, object]) -> dict[int, Tally]:
    """Each question's tally by its position, from the ballots themselves."""
    groups = list(standing_groups(session, vote.id))
    if vote.lane is Lane.ELECTION and vote.seats is not None:
        by_name = count_paper_groups(
            (
                (
                    None
                    if choices is None
                    else {str(one): choice for one, choice in choices.items() if one in positions},
                    weight,
                    served,
                )
                for choices, weight, served in groups
            ),
            [str(one) for one in positions],
            vote.seats,
        )
        return {int(name): tally for name, tally in by_name.items()}
    return {
        one: count_groups(
            (None if choices is None else choices.get(one), weight, served)
            for choices, weight, served in groups
        )
        for one in positions
    }


def standing_groups(session: Session, vote_id: int) -> Iterator[Group]:
    """Rights that say the same, from the ballots: choices, or None for who returned nothing.

    Which ballot stands is worked out here anew and not taken from `standing`.
    """
    ranked = ranked_ballots(vote_id, Ballot.choices)
    served = VoteRight.served_at.is_not(None)
    query = (
        select(ranked.c.choices, served, func.sum(VoteRight.area), func.count())
        .select_from(VoteRight)
        .outerjoin(ranked, (ranked.c.right_id == VoteRight.id) & (ranked.c.place == 1))
        .where(VoteRight.vote_id == vote_id)
        .group_by(ranked.c.choices, served)
    )
    for choices, was_served, area, heads in session.execute(query):
        said = None if choices is None else read_choices(choices)
        yield said, Weight(int(area), int(heads)), bool(was_served)


def _row(tally: Tally) -> dict[str, Any]:
    return {
        f"{name}_{unit}": getattr(getattr(tally, name), unit)
        for name in ("yes", "no", "abstain", "invalid", "silent")
        for unit in ("heads", "area")
    }


def choose_invalid(
    actor: Actor, now: datetime, code: str, rule: Invalid, source: str, key: str | None = None
) -> None:
    """Settle a result that depends on invalid ballots by the rule that the estate decided.

    Args:
        source: the decision that says so; it is printed in the minutes.

    Raises:
        Refused: the result does not depend on it.
    """
    said = texts.required("source", source, 300)
    with write() as session:
        vote = vote_to_change(session, actor, now, code, Stage.COUNTED)
        need_teller(session, actor, vote)
        if once.claim(session, key, "invalid_chosen", now) is not None:
            return
        if rule is Invalid.BOTH or not any(
            one.outcome is Outcome.DEPENDS_ON_INVALID for one in result_of(session, vote).questions
        ):
            raise Refused(N_("The result does not depend on invalid ballots."))
        vote.invalid_chosen, vote.invalid_source = rule, said
        note(session, actor, now, vote, "invalid_rule_chosen", rule=rule.value)


def record_draw(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    winners: Sequence[str],
    how: str,
    witnesses: tuple[str, str],
    drawn_at: datetime,
    key: str | None = None,
) -> None:
    """Record the lot that settles a tie across the last seat, drawn before two witnesses.

    Args:
        winners: names of tied candidates in the order drawn, exactly as many as seats are left.

    Raises:
        FieldError: the winners do not fit the tie, or the witnesses are not two people.
    """
    with write() as session:
        vote = vote_to_change(session, actor, now, code, Stage.COUNTED)
        if once.claim(session, key, "draw", now) is not None:
            return
        seating = result_of(session, vote).seating
        if not seating.needs_lot:
            raise Refused(N_("No tie stands across the last seat."))
        first, second = (texts.required("witnesses", one, 40) for one in witnesses)
        if first == second:
            raise FieldError("witnesses", N_("Two different witnesses are needed."))
        if drawn_at > now:
            raise FieldError("drawn_at", N_("The draw cannot lie in the future."))
        free = (vote.seats or 0) - len(seating.elected)
        chosen = list(winners)
        if len(set(chosen)) != free or len(chosen) != free or set(chosen) - set(seating.needs_lot):
            raise FieldError(
                "winners",
                N_("Name, in the order drawn, exactly {seats} of the tied candidates."),
                seats=free,
            )
        draw = Draw(
            vote_id=vote.id,
            winners=chosen,
            tied=list(seating.needs_lot),
            how=texts.required("how", how, 500),
            witness_one=first,
            witness_two=second,
            drawn_at=drawn_at,
            recorded_by=actor.account_id,
        )
        session.add(draw)
        session.flush()
        note(session, actor, now, vote, "lot_drawn", draw=draw.id, seats=free)


def publish(actor: Actor, now: datetime, code: str, key: str | None = None) -> None:
    """Publish the result 公告: it stands on the public board and is changed no more.

    Raises:
        Refused: a draw or a rule for invalid ballots is still missing.
    """
    with write() as session:
        vote = vote_to_change(session, actor, now, code, Stage.COUNTED, Stage.PUBLISHED)
        if once.claim(session, key, "published", now) is not None or vote.published_at is not None:
            return
        found = result_of(session, vote)
        if any(one.outcome is Outcome.DEPENDS_ON_INVALID for one in found.questions):
            raise Refused(N_("Choose first how invalid ballots count: the result depends on it."))
        if found.seating.needs_lot:
            raise Refused(N_("Record the draw first: a tie stands across the last seat."))
        vote.published_at = now
        note(session, actor, now, vote, "result_published")

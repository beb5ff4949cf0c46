"""The result of a counted vote, by the same functions as the public recount."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.tables.votes import Draw, Question, TallyRow, Turnout, Vote
from db.votes.scope import asked
from domain.election import Seating, elect
from domain.tally import Result, Silent, Tally, leading_side, result
from domain.thresholds import Lane, Weight


@dataclass(frozen=True, slots=True)
class Count:
    """A counted vote.

    Args:
        questions: results in the order in which they were asked.
        tallies: the same questions' figures.
        strict, following: the results with silent owners left out and following the majority;
            empty in an election, where silence never counts.
        seating: of an election.
    """

    roll: Weight
    questions: tuple[Result, ...]
    tallies: dict[str, Tally]
    strict: tuple[Result, ...]
    following: tuple[Result, ...]
    seating: Seating
    lots: tuple[str, ...]


def result_of(session: Session, vote: Vote) -> Count:
    """The result, from the summary rows that the count left.

    Raises:
        LookupError: the vote is not counted; nothing of its result may be known.
    """
    if vote.counted_at is None:
        raise LookupError("a vote that is not counted has no result")
    roll = roll_weight(session, vote.id)
    questions = asked(session, vote)
    rows = session.execute(
        select(Question.name, TallyRow)
        .join(TallyRow, TallyRow.question_id == Question.id)
        .where(Question.vote_id == vote.id)
    )
    tallies = {name: _tally(row) for name, row in rows}
    lots = tuple(session.scalar(select(Draw.winners).where(Draw.vote_id == vote.id)) or ())
    invalid = vote.invalid_chosen or vote.invalid
    if vote.lane is Lane.ELECTION and vote.seats is not None:
        found = elect(roll, tallies, vote.seats, lots, invalid)
        by_name = {one.question: one for one in found.candidates}
        ordered = tuple(by_name[one.name] for one in questions)
        return Count(roll, ordered, tallies, (), (), found.seating, lots)

    def ways(silent: Silent) -> tuple[Result, ...]:
        return tuple(
            result(one.name, vote.lane, roll, tallies[one.name], silent, invalid)
            for one in questions
        )

    strict, following = ways(Silent.STRICT), ways(Silent.FOLLOW_MAJORITY)
    chosen = following if vote.silent is Silent.FOLLOW_MAJORITY else strict
    return Count(roll, chosen, tallies, strict, following, Seating(), lots)


def roll_weight(session: Session, vote_id: int) -> Weight:
    """Heads and area of the frozen roll."""
    area, heads = session.execute(
        select(func.sum(Turnout.area), func.sum(Turnout.heads)).where(Turnout.vote_id == vote_id)
    ).one()
    return Weight(int(area or 0), int(heads or 0))


def majorities_differ(tally: Tally) -> bool:
    """Whether area and heads lead to different sides, so that silence follows nobody."""
    answered = tally.yes.heads + tally.no.heads > 0
    return answered and leading_side(tally) is None


def _tally(row: TallyRow) -> Tally:
    def weight(name: str) -> Weight:
        return Weight(getattr(row, f"{name}_area"), getattr(row, f"{name}_heads"))

    return Tally(**{name: weight(name) for name in ("yes", "no", "abstain", "invalid", "silent")})

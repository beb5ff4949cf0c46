"""A counted election for tests: one tie across the last seat, and the same after its draw."""

from datetime import datetime, timedelta

from db.votes import counting
from db.votes.box import BallotIn
from db.votes.box import cast as put_in
from domain.ballots import write_choices
from domain.standing import Channel, Choice
from domain.thresholds import Lane
from tests.support.cast import Cast
from tests.support.votes import CANDIDATES, U, VoteMade, make_vote

# Six flats of one size and one owner each, so that ties are easy to make.
EQUALS = tuple(U(f"{n}01", 8_000, (name,)) for n, name in enumerate("子丑寅卯辰巳", start=1))
# Whom each owner approves, by the last characters: 甲乙丙丁 are clear, 戊 and 己 tie, 庚 fails.
PAPERS = {
    "子": "甲乙丙丁戊",
    "丑": "甲乙丙丁己",
    "寅": "甲乙丙丁戊",
    "卯": "甲乙丙丁己",
    "辰": "甲乙丁戊己",
    "巳": "甲丙丁戊己",
}


def tied(cast: Cast, now: datetime, *, two: bool = False) -> VoteMade:
    """An election of five that was opened a week ago and is counted now."""
    opened = now - timedelta(days=7)
    made = make_vote(cast, opened, lane=Lane.ELECTION, units=EQUALS, two=two, closes_at=now)
    for owner, names in PAPERS.items():
        choices = {
            position: Choice.YES if name[-1] in names else Choice.NO
            for position, name in enumerate(CANDIDATES, start=1)
        }
        put_in(
            BallotIn(
                cast.secretary,
                made.id,
                made.rights[(owner,)],
                Channel.ONLINE,
                write_choices(choices),
                f"receipt-{made.code}-{owner}",
                opened,
            )
        )
    counting.count_now(cast.secretary, now, made.code)
    return made


def draw(cast: Cast, now: datetime, code: str, winner: str) -> None:
    """Draw the last seat for somebody."""
    counting.record_draw(
        cast.secretary,
        now,
        code,
        winners=[winner],
        how="抽签",
        witnesses=("见证甲", "见证乙"),
        drawn_at=now,
    )


def published(cast: Cast, now: datetime, *, two: bool = False) -> str:
    """The same with its tie drawn for 己, and published; its code."""
    made = tied(cast, now, two=two)
    draw(cast, now, made.code, "候选己")
    counting.publish(cast.secretary, now, made.code)
    return made.code

"""Ballots for a vote of `tests.support.votes`, and its close."""

from db.votes import box, counting
from domain.ballots import write_choices
from domain.people import RESIDENT
from domain.standing import Channel, Choice
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.votes import VoteMade

# Who holds the six rights of `tests.support.votes.UNITS`; () is the developer.
OWNERS = (("张明",), ("李红",), ("王强",), ("赵勇", "陈静"), ("周丽",), ())


def cast_all(
    made: VoteMade, clock: TestClock, said: dict[tuple[str, ...], tuple[Choice, ...]]
) -> None:
    """Put these ballots in; an invalid one comes on paper."""
    for owners, choices in said.items():
        box.cast(
            box.BallotIn(
                actor=RESIDENT,
                vote_id=made.id,
                right_id=made.rights[owners],
                channel=Channel.PAPER if Choice.INVALID in choices else Channel.ONLINE,
                choices=write_choices(dict(enumerate(choices, start=1))),
                receipt=f"receipt-{made.rights[owners]}",
                now=clock.now,
            )
        )


def closed(cast: Cast, clock: TestClock, made: VoteMade) -> None:
    """The clock closes it, and it is counted."""
    clock.set(made.closes_at)
    counting.count_now(cast.secretary, clock.now, made.code)

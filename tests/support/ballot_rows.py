"""An open vote as plain rows, of any size: for tests and measurements of the ballot box."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.tables.votes import Question, Turnout, Vote, VoteRight, VoteUnit
from db.votes.box import BallotIn
from db.votes.hashes import questions_hash, roll_hash, rules_hash
from db.votes.scope import note
from domain.people import RESIDENT, SYSTEM
from domain.rights import Kind
from domain.standing import Channel
from domain.thresholds import Lane

ANSWERS = ("1:yes", "1:no", "1:abstain")


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A vote with one question, and the ids of its rights."""

    id: int
    code: str
    rights: tuple[int, ...]

    def ballot(
        self,
        right: int,
        now: datetime,
        once: str,
        choices: str = "1:yes",
        channel: Channel = Channel.ONLINE,
    ) -> BallotIn:
        """A ballot of the right at that place, counted from 0."""
        return BallotIn(
            RESIDENT, self.id, self.rights[right], channel, choices, f"receipt-{once}", now
        )


def open_vote_rows(
    session: Session,
    estate_id: int,
    buildings: tuple[int, ...],
    now: datetime,
    heads: int,
    *,
    code: str = "vote-rows",
    lane: Lane = Lane.ORDINARY,
    area: int = 8_950,
    open_for: timedelta = timedelta(days=10),
) -> OpenVote:
    """An open vote of `heads` rights of one dwelling each, spread over the buildings."""
    vote = Vote(
        code=code,
        estate_id=estate_id,
        lane=lane,
        matter="other",
        title="Shall it be so?",
        explanation="",
        created_at=now,
        noticed_on=(now - timedelta(days=20)).date(),
        meets_on=now.date(),
        notice_days=15,
        closes_at=now + open_for,
        opened_at=now,
    )
    session.add(vote)
    session.flush()
    session.add(Question(vote_id=vote.id, position=1, name="Shall it be so?", text=""))
    session.flush()
    places = [buildings[number % len(buildings)] for number in range(heads)]
    # Every area another one, so that a sum of the wrong rights does not pass for the right one.
    areas = [area + number % 97 for number in range(heads)]
    for start in range(0, heads, 50_000):
        session.execute(
            insert(VoteRight),
            [
                {"vote_id": vote.id, "key": f"o{n}", "area": areas[n], "building_id": places[n]}
                for n in range(start, min(heads, start + 50_000))
            ],
        )
    rights = tuple(
        session.scalars(
            select(VoteRight.id).where(VoteRight.vote_id == vote.id).order_by(VoteRight.id)
        )
    )
    for start in range(0, heads, 50_000):
        session.execute(
            insert(VoteUnit),
            [
                {
                    "vote_id": vote.id,
                    "pseudonym": f"u{n}",
                    "label": f"Unit {n}",
                    "kind": Kind.DWELLING,
                    "area": areas[n],
                    "owners": f"o{n}",
                    "developer": False,
                    "building_id": places[n],
                    "right_id": rights[n],
                }
                for n in range(start, min(heads, start + 50_000))
            ],
        )
    session.execute(
        insert(Turnout),
        [
            {
                "vote_id": vote.id,
                "building": building,
                "heads": places.count(building),
                "area": sum(a for a, place in zip(areas, places, strict=True) if place == building),
            }
            for building in sorted(set(places))
        ],
    )
    vote.questions_hash = questions_hash(session, vote)
    vote.rules_hash = rules_hash(vote)
    vote.roll_hash = roll_hash(session, vote.id)
    note(session, SYSTEM, now, vote, "vote_opened")
    return OpenVote(vote.id, code, rights)

"""The household on the telephone, found by its room, for a poll that asks it."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from db.engine import read
from db.households import homes_by_room
from db.polls.scope import buildings_of, poll_seen
from db.tables import Building, Household
from db.tables.polls import PollAnswer
from domain.people import Actor, Right

MOST = 12
_NUMBERS = re.compile(r"[0-9]+|[a-zA-Z](?![a-zA-Z])")


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One household that the poll asks, and whether its answer is in: not what it says."""

    id: int
    building: str
    room: str
    answered: bool

    @property
    def name(self) -> str:
        """Building and room."""
        return f"{self.building} {self.room}"


def homes(actor: Actor, code: str, typed: str) -> tuple[HomeLine, ...]:
    """The households of a poll that fit a room as it is said: 3-501, 3号楼501.

    Where the poll asks one building, the room alone is enough.

    Raises:
        NotFound: no such poll in this person's scope.
    """
    actor.need(Right.RUN_VOTES)
    with read() as session:
        poll = poll_seen(session, actor, code)
        if poll.building_id is not None and len(_NUMBERS.findall(typed)) == 1:
            typed = f"{session.get_one(Building, poll.building_id).name}{typed}"
        ids = homes_by_room(actor, typed, poll.estate_id, MOST)
        answered = select(PollAnswer.household_id).where(
            PollAnswer.poll_id == poll.id, PollAnswer.household_id.in_(ids)
        )
        query = (
            select(Household.id, Building.name, Household.room)
            .join(Building, Building.id == Household.building_id)
            .where(
                Household.id.in_(ids),
                Household.id <= poll.newest_household_id,
                buildings_of(poll),
            )
            .order_by(Building.position, Household.id)
        )
        done = set(session.scalars(answered))
        return tuple(
            HomeLine(key, building, room, key in done)
            for key, building, room in session.execute(query)
        )

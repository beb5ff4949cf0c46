"""Volunteers for tests: a few people of the squads, entered by the functions that people use."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.engine import Database
from db.tables.volunteers import VolunteerRow
from db.volunteers import people, slips
from db.volunteers.people import Profile
from domain.people import Actor
from domain.volunteers import Consent, Squad
from tests.support.cast import Cast

ALL = frozenset(Consent)


@dataclass(frozen=True, slots=True)
class Squads:
    """Codes of volunteers: a leader and two doctors of the health squad, a guard.

    The leader and the first doctor are the cast's accounts of those roles.
    """

    leader: str
    doctor: str
    second: str
    guard: str


def muster(cast: Cast, database: Database, now: datetime) -> Squads:
    """Enter them; all agree to everything."""

    def enter(name: str, squad: Squad, *, leader: bool = False, phone: str = "") -> str:
        profile = Profile(
            name,
            squad,
            phone=phone,
            estate_id=cast.estate_one,
            building_id=cast.building_one,
            leader=leader,
            consents=ALL,
        )
        return people.register(cast.secretary, now, profile)

    made = Squads(
        leader=enter("队长辛", Squad.HEALTH, leader=True),
        doctor=enter("医生壬", Squad.HEALTH, phone="13800007001"),
        second=enter("医生申", Squad.HEALTH, phone="13800007002"),
        guard=enter("护卫酉", Squad.SAFETY, phone="13800007003"),
    )
    slips.link(cast.secretary, now, made.leader, "squad_leader")
    slips.link(cast.secretary, now, made.doctor, "volunteer")
    return made


def row_id(database: Database, code: str) -> int:
    """The row id of a volunteer."""
    with database.read() as session:
        return session.execute(
            select(VolunteerRow.id).where(VolunteerRow.code == code)
        ).scalar_one()


def acting(database: Database, code: str, actor: Actor) -> Actor:
    """The same person as an actor who is linked to that volunteer."""
    with database.write() as session:
        row = session.scalar(select(VolunteerRow).where(VolunteerRow.code == code))
        assert row is not None
        row.account_id = actor.account_id
    return actor

"""People for the tests of rounds: insured volunteers, and somebody who is visited."""

from datetime import date, datetime

from sqlalchemy import update

from db.engine import Database
from db.rounds import care
from db.tables.volunteers import VolunteerRow
from domain.visits import Tier
from tests.support.cast import Cast
from tests.support.squads import muster, row_id

INSURED_UNTIL = date(2030, 1, 1)


def walkers(cast: Cast, database: Database, now: datetime) -> list[int]:
    """Four insured volunteers; the second is the cast's volunteer, the first its leader."""
    squads = muster(cast, database, now)
    with database.write() as session:
        session.execute(update(VolunteerRow).values(insured_until=INSURED_UNTIL))
    codes = (squads.leader, squads.doctor, squads.second, squads.guard)
    return [row_id(database, code) for code in codes]


def enrol(
    cast: Cast,
    now: datetime,
    name: str = "陈阿婆",
    tier: Tier = Tier.WEEKLY,
    visitor_id: int | None = None,
    household_id: int | None = None,
    health: str = "",
) -> str:
    """Somebody of building one who agreed."""
    return care.enrol(
        cast.secretary,
        now,
        household_id=household_id or cast.household_101,
        name=name,
        tier=tier,
        consent=True,
        phone="13800009001",
        visitor_id=visitor_id,
        health=health,
    )

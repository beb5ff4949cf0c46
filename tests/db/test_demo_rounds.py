"""The demo's rounds: 19 of 22 this month whenever it is loaded, and last week's patrol."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from db.categories import categories
from db.demo import estates, people, units
from db.demo.diary import Diary
from db.demo.rounds import go_round
from db.demo.settled import Settled
from db.demo.storm import walk
from db.demo.volunteers import muster
from db.engine import Database, batch
from db.rounds.care_query import care_list, care_month
from db.rounds.patrol_query import patrols
from db.rounds.surveys import surveys
from db.seeding import seed_defaults
from domain.days import local_day
from domain.patrols import Coverage, Where
from domain.people import SYSTEM
from domain.visits import Rate, Reason

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


def settle(begun: datetime) -> Settled:
    """The demo's people and houses without its year of files."""
    seed_defaults_in()
    known = units.found(begun)
    built = estates.build(begun, known, random.Random(163))
    hired = people.hire(begun, known, built.ids)
    kinds = {category.slug: category.id for category in categories(SYSTEM)}
    return Settled(known, built, hired, kinds)


def seed_defaults_in() -> None:
    with batch() as session:
        seed_defaults(session)


@pytest.mark.parametrize(
    "arrived",
    [
        "2025-11-17T06:20",  # a Monday in the middle of a month, 14:20
        "2026-02-28T15:59",  # the last minute of February
        "2026-02-28T16:01",  # 1 March, 00:01
        "2026-03-01T01:30",  # 1 March, 9:30
        "2026-01-05T04:00",
        "2025-12-31T02:00",
    ],
)
def test_nineteen_of_twenty_two_were_met_this_month(database: Database, arrived: str) -> None:
    now = datetime.fromisoformat(arrived).replace(tzinfo=UTC)
    diary = Diary(now)
    go_round(diary, settle(now - timedelta(days=345)))
    with batch():
        diary.play(lambda _done, _all: None)
    assert care_month(SYSTEM, now, local_day(now)).rate == Rate(19, 24, 2)
    checks = [line for line in care_list(SYSTEM, now) if line.due and line.failures >= 2]
    assert [line.due.reason for line in checks if line.due] in ([Reason.CHECK], [Reason.TIER])
    (survey,) = surveys(SYSTEM)
    assert 0 < survey.tally.open < survey.tally.homes


def test_last_weeks_patrol_is_over_and_everybody_is_back(database: Database) -> None:
    now = datetime(2025, 11, 17, 6, 20, tzinfo=UTC)
    begun = now - timedelta(days=345)
    settled = settle(begun)
    diary = Diary(now)
    muster(diary, settled, begun)
    walk(diary, settled)
    with batch():
        diary.play(lambda _done, _all: None)
    (seen,) = patrols(SYSTEM)
    assert seen.ended_at is not None
    assert timedelta(days=5) < now - seen.ended_at < timedelta(days=8)
    assert seen.coverage == Coverage(10, 10, 1)
    assert [member.where for member in seen.members] == [Where.BACK] * 6
    (hazard,) = (point for point in seen.points if point.case_code)
    assert hazard.name.endswith("屋顶落水口")

"""The demo's squads: as many as the article names, one gap, hours that are coherent."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from db import engine
from db.demo.names import PHONE_PREFIX
from db.tables.volunteers import VolunteerRow
from db.volunteers import hour_list, listing, own, roster, swaps
from domain.on_call import Lack
from domain.people import SYSTEM, Actor, Role
from domain.service_hours import merged, minute_number
from domain.skills import MEDICAL
from domain.volunteers import Squad
from tests.support.clock import DEMO_DAY
from tests.support.databases import Databases

pytestmark = pytest.mark.slow

NOW = DEMO_DAY


@pytest.fixture(scope="module")
def loaded(databases: Databases) -> Iterator[engine.Database]:
    url = databases.with_demo(NOW)
    used = engine.use(url)
    assert used is not None
    yield used
    engine.use(None)
    databases.forget(url)


def test_sixty_four_serve_in_three_squads_and_seventeen_are_medics(
    loaded: engine.Database,
) -> None:
    found = listing.volunteers(SYSTEM, NOW)
    assert Counter(one.squad for one in found.lines) == {
        Squad.HEALTH: 20,
        Squad.SAFETY: 20,
        Squad.HARMONY: 24,
    }
    medics = [one for one in found.lines if set(one.skills) & MEDICAL]
    assert len([one for one in medics if one.squad is Squad.HEALTH]) == 17
    assert all(one.card_until and one.card_until > NOW.date() for one in found.lines)


def test_the_roster_of_the_coming_week_has_one_gap(loaded: engine.Database) -> None:
    (gap,) = roster.coming_gaps(SYSTEM, NOW)
    assert (gap.squad, gap.lack) == (Squad.SAFETY, Lack.NOBODY)
    assert gap.ends_at - gap.starts_at == timedelta(hours=12)


def test_nobody_serves_twice_at_once_or_before_joining(loaded: engine.Database) -> None:
    lines = hour_list.ledger(SYSTEM, NOW, date(2024, 1, 1), date(2026, 1, 1))
    assert len(lines) > 200
    joined = {}
    with loaded.read() as session:
        for row in session.query(VolunteerRow):
            joined[row.code] = row.joined_on
            assert row.phone is None or row.phone.startswith(PHONE_PREFIX)
    for code in joined:
        spans = [
            (minute_number(one.arrived_at), minute_number(one.left_at))
            for one in lines
            if one.volunteer == code and one.left_at
        ]
        assert len(merged(spans)) == len(spans)
    assert all(one.arrived_at.date() >= joined[one.volunteer] for one in lines)
    assert all(one.left_at is None or one.left_at <= NOW for one in lines)


def test_something_waits_to_be_confirmed_and_one_departure_was_forgotten(
    loaded: engine.Database,
) -> None:
    lines = hour_list.waiting(SYSTEM, NOW)
    assert [one.forgotten for one in lines].count(True) == 1
    assert len(lines) >= 4


def test_the_demos_volunteer_has_a_card_shifts_and_a_wish(loaded: engine.Database) -> None:
    with loaded.read() as session:
        row = session.query(VolunteerRow).filter_by(name="余俊杰").one()
    actor = Actor(row.account_id, "x", frozenset({Role.VOLUNTEER}))
    assert own.my_card(actor, NOW).code is not None
    assert own.my_shifts(actor, NOW)
    assert [one.mine for one in swaps.open_swaps(actor, NOW)] == [True]

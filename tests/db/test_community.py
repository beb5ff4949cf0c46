"""Estates, buildings, units, places and categories: entered once, by those who may, in scope."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import Thread

import pytest
from sqlalchemy import select

from db import categories, estates, places, units
from db.categories import DEFAULTS
from db.engine import Database
from db.events import breaks
from db.seeding import seed
from db.tables import Category, EstateKind, Event, ServiceClass, UnitKind
from domain.errors import FieldError, NotAllowed, NotFound
from domain.people import RESIDENT, SYSTEM, Actor
from domain.workdays import DayBasis
from tests.support.cast import Cast
from tests.support.clock import TestClock


def test_an_estate_is_added_with_its_units_and_buildings(cast: Cast, clock: TestClock) -> None:
    me = cast.administrator
    estate = estates.add_estate(
        me,
        clock.now,
        name=" 菖蒲苑 ",
        kind=EstateKind.RESETTLEMENT,
        branch_id=cast.branch_one,
        property_id=cast.property_one,
    )
    assert estates.add_buildings(me, clock.now, estate, "2号楼，10号楼\n1号楼\n会所\n2号楼") == 4
    names = [building.name for building in estates.buildings(me, estate)]
    assert names == ["1号楼", "2号楼", "10号楼", "会所"]
    assert [e.name for e in estates.estates(me)][-1] == "菖蒲苑"


def test_the_same_form_sent_twice_makes_one_of_everything(cast: Cast, clock: TestClock) -> None:
    me, now = cast.administrator, clock.now
    one = [
        estates.add_estate(me, now, name="甲", kind=EstateKind.COMMODITY, once_key="a"),
        units.add_unit(me, now, name="乙", kind=UnitKind.PARTNER, once_key="b"),
        places.add_place(me, now, name="丙", estate_id=cast.estate_one, once_key="c"),
        categories.add_category(
            me, now, name_zh="丁", name_en="", service_class=ServiceClass.SOCIAL, once_key="d"
        ),
    ]
    two = [
        estates.add_estate(me, now, name="甲", kind=EstateKind.COMMODITY, once_key="a"),
        units.add_unit(me, now, name="乙", kind=UnitKind.PARTNER, once_key="b"),
        places.add_place(me, now, name="丙", estate_id=cast.estate_one, once_key="c"),
        categories.add_category(
            me, now, name_zh="丁", name_en="", service_class=ServiceClass.SOCIAL, once_key="d"
        ),
    ]
    assert one == two


def test_a_name_that_is_taken_is_refused_beside_its_field(cast: Cast, clock: TestClock) -> None:
    me, now = cast.administrator, clock.now
    for attempt in (
        lambda: estates.add_estate(me, now, name="一小区", kind=EstateKind.COMMODITY),
        lambda: units.add_unit(me, now, name="第一共建单位", kind=UnitKind.PARTNER),
        lambda: units.change_unit(me, now, cast.partner_two, name="第一共建单位"),
        lambda: estates.rename_building(me, now, cast.building_two, "1号楼"),
    ):
        with pytest.raises(FieldError) as refused:
            attempt()
        assert refused.value.field == "name"
    with pytest.raises(FieldError) as refused:
        categories.add_category(
            me, now, name_zh="电梯维修", name_en="", service_class=ServiceClass.SOCIAL
        )
    assert refused.value.field == "name_zh"


def test_two_administrators_who_add_the_same_unit_make_one(cast: Cast, clock: TestClock) -> None:
    outcomes: list[object] = []

    def add() -> None:
        try:
            outcomes.append(
                units.add_unit(
                    cast.administrator, clock.now, name="同名单位", kind=UnitKind.PARTNER
                )
            )
        except FieldError as refused:
            outcomes.append(refused.field)

    threads = [Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes))[1:] == ["name"] * 7


def test_a_retired_unit_is_no_longer_offered(cast: Cast, clock: TestClock) -> None:
    units.change_unit(cast.administrator, clock.now, cast.partner_two, active=False)
    assert cast.partner_two not in {unit.id for unit in units.units(cast.secretary)}
    assert cast.partner_two in {unit.id for unit in units.units(cast.secretary, inactive=True)}


def test_only_who_sets_up_may_change_the_lists(cast: Cast, clock: TestClock) -> None:
    for name, person in cast.people.items():
        for attempt in _changes(cast, person, clock.now):
            if name != "administrator":
                with pytest.raises(NotAllowed):
                    attempt()


def _changes(cast: Cast, person: Actor, now: datetime) -> list[Callable[[], object]]:
    """Every write of these lists, as that person would make it."""
    social = ServiceClass.SOCIAL
    return [
        lambda: estates.add_estate(person, now, name="x", kind=EstateKind.COMMODITY),
        lambda: estates.change_estate(
            person,
            now,
            cast.estate_one,
            name="x",
            kind=EstateKind.COMMODITY,
            branch_id=None,
            property_id=None,
        ),
        lambda: estates.add_buildings(person, now, cast.estate_one, "x"),
        lambda: estates.rename_building(person, now, cast.building_one, "x"),
        lambda: units.add_unit(person, now, name="x", kind=UnitKind.PARTNER),
        lambda: units.change_unit(person, now, cast.partner_one, name="x"),
        lambda: places.add_place(person, now, name="x", estate_id=cast.estate_one),
        lambda: places.change_place(person, now, cast.gate, active=False),
        lambda: categories.add_category(person, now, name_zh="x", name_en="", service_class=social),
        lambda: categories.change_category(
            person,
            now,
            cast.lifts,
            name_zh="x",
            name_en="",
            service_class=social,
            basis=DayBasis.NATURAL,
            done_days=None,
            active=True,
        ),
    ]


def test_an_administrator_of_one_estate_does_not_reach_another(
    cast: Cast, clock: TestClock
) -> None:
    me = replace(cast.administrator, estate_id=cast.estate_two)
    now = clock.now
    for attempt in (
        lambda: estates.add_buildings(me, now, cast.estate_one, "x"),
        lambda: estates.rename_building(me, now, cast.building_one, "x"),
        lambda: places.add_place(me, now, name="x", estate_id=cast.estate_one),
        lambda: places.change_place(me, now, cast.gate, active=False),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert {estate.id for estate in estates.estates(me)} == {cast.estate_two}
    assert {building.estate_id for building in estates.buildings(me)} == {cast.estate_two}
    assert {place.estate_id for place in places.places(me)} == {cast.estate_two}


def test_a_resident_reads_none_of_the_lists(cast: Cast) -> None:
    for reading in (
        lambda: estates.estates(RESIDENT),
        lambda: estates.buildings(RESIDENT),
        lambda: units.units(RESIDENT),
        lambda: categories.categories(RESIDENT),
        lambda: places.places(RESIDENT),
    ):
        with pytest.raises(NotAllowed):
            reading()


def test_a_place_keeps_its_code_and_its_building_must_be_of_its_estate(
    cast: Cast, clock: TestClock
) -> None:
    me, now = cast.administrator, clock.now
    with pytest.raises(FieldError) as refused:
        places.add_place(
            me, now, name="门", estate_id=cast.estate_one, building_id=cast.building_three
        )
    assert refused.value.field == "building"
    code = places.add_place(
        me,
        now,
        name="门",
        estate_id=cast.estate_one,
        building_id=cast.building_one,
        category_id=cast.lifts,
    )
    assert len(code) == 8
    made = next(place for place in places.places(me) if place.code == code)
    places.change_place(me, now, made.id, name="东门", active=False)
    assert code not in {place.code for place in places.places(me)}
    kept = next(place for place in places.places(me, inactive=True) if place.id == made.id)
    assert (kept.code, kept.name, kept.category_id) == (code, "东门", cast.lifts)


@pytest.mark.parametrize("days", [-1, 367])
def test_a_category_refuses_a_limit_that_is_none(cast: Cast, clock: TestClock, days: int) -> None:
    with pytest.raises(FieldError) as refused:
        categories.add_category(
            cast.administrator,
            clock.now,
            name_zh="新",
            name_en="New",
            service_class=ServiceClass.SOCIAL,
            done_days=days,
        )
    assert refused.value.field == "done_days"


def test_a_new_community_starts_with_the_usual_categories_once(database: Database) -> None:
    seed()
    seed()
    listed = categories.categories(SYSTEM)
    assert [category.slug for category in listed] == [default[0] for default in DEFAULTS]
    assert {category.service_class for category in listed} == set(ServiceClass)
    assert {category.basis for category in listed} == set(DayBasis)


def test_seeding_brings_back_nothing_that_the_office_retired(
    database: Database, clock: TestClock
) -> None:
    seed()
    with database.write() as session:
        for row in session.scalars(select(Category).where(Category.slug != "lift")):
            row.active = False
    seed()
    assert [category.slug for category in categories.categories(SYSTEM)] == ["lift"]


def test_events_of_the_lists_hold_no_names(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    me, now = cast.administrator, clock.now
    estates.add_estate(me, now, name="机密名字", kind=EstateKind.COMMODITY)
    units.add_unit(me, now, name="机密名字", kind=UnitKind.PARTNER)
    places.add_place(me, now, name="机密名字", estate_id=cast.estate_one)
    with database.read() as session:
        payloads = list(session.scalars(select(Event.payload)))
        assert len(payloads) == 3
        assert not any("机密" in payload for payload in payloads)
        assert not list(breaks(session))

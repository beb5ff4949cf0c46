"""Households come in from a sheet, once, into the estates that there are."""

from dataclasses import replace
from threading import Thread

import pytest
from sqlalchemy import func, select

from db import household_import
from db.engine import Database
from db.household_import import RollResult, import_households, preview_households
from db.tables import Building, Event, Household, Resident
from domain.errors import NotAllowed
from domain.household_rows import Roll, read_roll
from tests.support.cast import Cast
from tests.support.clock import TestClock

HEADER = ["小区", "楼栋", "房号", "姓名", "电话"]


def _roll(*rows: list[object]) -> Roll:
    return read_roll(HEADER, enumerate(rows, start=2))


def _counts(database: Database) -> tuple[int, ...]:
    with database.read() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Building, Household, Resident)
        )


ROLL = _roll(
    ["一小区", "1栋", "1单元101", "住户子", "13800000101"],
    ["一小区", "1号楼", "1单元101", "新住户", "13900000001"],
    ["一小区", "7号楼", "701", "七楼住户", ""],
    ["一小区", "7号楼", "702", "", ""],
    ["三小区", "1号楼", "101", "谁", ""],
)


def test_what_is_missing_goes_in_and_the_unknown_estate_is_named(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    before = _counts(database)
    result = import_households(cast.administrator, clock.now, ROLL)
    assert (result.buildings, result.households, result.persons) == (1, 2, 2)
    assert result.already_there == 1
    assert [row.line for row in result.refused] == [6]
    assert result.refused[0].params == {"name": "三小区"}
    assert _counts(database) == tuple(map(sum, zip(before, (1, 2, 2), strict=True)))
    with database.read() as session:
        added = session.scalar(select(Resident).where(Resident.name == "七楼住户"))
        assert added is not None
        assert added.initials == "qlzh"


def test_the_preview_says_what_the_import_then_does(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    before = _counts(database)
    said = preview_households(cast.administrator, ROLL)
    assert _counts(database) == before
    assert import_households(cast.administrator, clock.now, ROLL) == said


def test_running_twice_adds_nothing(cast: Cast, clock: TestClock, database: Database) -> None:
    import_households(cast.administrator, clock.now, ROLL)
    before = _counts(database)
    with database.read() as session:
        events = session.scalar(select(func.count()).select_from(Event))
    again = import_households(cast.administrator, clock.now, ROLL)
    assert again == RollResult(already_there=4, refused=again.refused)
    assert _counts(database) == before
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == events


def test_a_newer_number_replaces_the_kept_one(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    roll = _roll(["一小区", "1号楼", "1单元101", "住户子", "13911112222"])
    assert import_households(cast.administrator, clock.now, roll).phones == 1
    with database.read() as session:
        assert session.scalar(select(Resident.phone).where(Resident.name == "住户子")) == (
            "13911112222"
        )


def test_a_sheet_without_estates_serves_a_community_that_has_one(
    cast: Cast, clock: TestClock
) -> None:
    roll = read_roll(HEADER[1:], [(2, ["9号楼", "101", "甲", ""])])
    several = import_households(cast.administrator, clock.now, roll)
    assert [row.line for row in several.refused] == [2]
    only = replace(cast.administrator, estate_id=cast.estate_two)
    assert import_households(only, clock.now, roll).persons == 1


def test_an_administrator_of_one_estate_cannot_write_into_another(
    cast: Cast, clock: TestClock
) -> None:
    other = replace(cast.administrator, estate_id=cast.estate_two)
    result = import_households(other, clock.now, ROLL)
    assert (result.households, len(result.refused)) == (0, 5)


def test_only_who_sets_up_imports_households(cast: Cast, clock: TestClock) -> None:
    for person in (cast.secretary, cast.committee, cast.viewer):
        with pytest.raises(NotAllowed):
            import_households(person, clock.now, ROLL)
        with pytest.raises(NotAllowed):
            preview_households(person, ROLL)


def test_progress_ends_at_one_and_two_imports_at_once_add_everything_once(
    cast: Cast, clock: TestClock, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(household_import, "CHUNK", 7)
    roll = _roll(*(["一小区", f"{n % 5}号楼", f"{n}", f"人{n}", ""] for n in range(40)))
    before = _counts(database)
    shares: list[float] = []

    def run() -> None:
        import_households(cast.administrator, clock.now, roll, shares.append)

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shares.count(1.0) == 2
    after = _counts(database)
    assert (after[1] - before[1], after[2] - before[2]) == (40, 40)


def test_events_of_an_import_hold_numbers_only(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    import_households(cast.administrator, clock.now, ROLL)
    with database.read() as session:
        for payload in session.scalars(select(Event.payload)):
            assert "住户" not in payload
            assert "13800000101" not in payload

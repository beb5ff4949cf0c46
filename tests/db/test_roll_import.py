"""The roll goes in once; what differs is shown first; owners are told apart for good."""

import random
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from db.engine import Database
from db.events import facts_of
from db.roll import exporting
from db.roll.importing import import_roll
from db.roll.listing import Show, roll
from db.roll.live import live_units
from db.tables import Building, Event
from db.tables.roll import Owner, Ownership, RollUnit
from documents.sheets import read_table, write_table
from domain.people import SYSTEM
from domain.rights import Kind
from domain.roll_changes import Field
from domain.roll_rows import read_sheet
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.rolls import BUILDER, HEADER, ROWS, seen, sheet, taken_in


def facts(database: Database, estate_id: int) -> dict[str, tuple[object, ...]]:
    """Each unit's facts, with its owners by name and by who is who."""
    with database.read() as session:
        names = dict(session.execute(select(Owner.id, Owner.name)).all())
        units = live_units(session, estate_id)
    who: dict[tuple[int, ...], str] = {}
    for unit in units:
        who.setdefault(unit.owner_ids, unit.label)
    return {
        unit.label: (
            unit.kind,
            unit.area,
            unit.developer,
            sorted(names[one] for one in unit.owner_ids),
            who[unit.owner_ids],
            unit.doubt,
        )
        for unit in units
    }


def test_a_roll_goes_in_with_its_buildings_households_and_owners(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    rows = [*ROWS, ("9栋", "101", 70, "商铺", "林九", "", "", "")]
    done = taken_in(clock.now, cast.estate_one, *rows)
    assert (done.imported, done.changed, done.unchanged, done.refused) == (10, 0, 0, ())
    assert done.doubtful == 2
    found = facts(database, cast.estate_one)
    assert list(found)[:2] == ["1号楼 1单元101", "1号楼 1单元102"]
    assert list(found)[-1] == "地下车位B1-001"
    with database.read() as session:
        first = live_units(session, cast.estate_one)[0]
        assert first.household_id == cast.household_101
        assert (first.building_id, first.building_name) == (cast.building_one, "1号楼")
        assert session.scalar(select(func.count(Building.id)).where(Building.name == "9栋")) == 1
        # One person with three units has one row, and the developer has one.
        named = select(func.count(Owner.id)).where(Owner.name.in_(["林一", BUILDER]))
        assert session.scalar(named) == 2
    assert found["1号楼 1单元301"][2] is True  # by the owner's name alone
    assert found["1号楼 1单元302"][2] is True  # sold, not handed over


def test_running_it_twice_adds_nothing_in_whatever_order(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    taken_in(clock.now, cast.estate_one)
    before = facts(database, cast.estate_one)
    with database.read() as session:
        events = session.scalar(select(func.count(Event.id)))
    again = taken_in(clock.now, cast.estate_one, *reversed(ROWS), apply_changes=True)
    assert (again.imported, again.changed, again.unchanged) == (0, 0, len(ROWS))
    assert facts(database, cast.estate_one) == before
    with database.read() as session:
        assert session.scalar(select(func.count(Event.id))) == events


def test_the_preview_says_what_the_import_does_and_writes_nothing(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    looked = seen(cast.estate_one)
    assert facts(database, cast.estate_one) == {}
    done = taken_in(clock.now, cast.estate_one)
    assert (looked.imported, looked.doubtful) == (done.imported, done.doubtful) == (9, 2)
    assert seen(cast.estate_one, ROWS[0]).absent == 8


CHANGED = (
    ("1号楼", "1单元101", 91, "商铺", "林一", "", "13900000001", ""),
    ("1号楼", "1单元201", 120, "住宅", "林二、林九", "", "13800000002", ""),
    ("1号楼", "1单元202", 120, "住宅", "林八", "", "", ""),
)


def test_a_changed_row_is_shown_and_changes_only_when_confirmed(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    taken_in(clock.now, cast.estate_one)
    before = facts(database, cast.estate_one)
    told = [
        (one.line, one.field, one.old, one.new) for one in seen(cast.estate_one, *CHANGED).changes
    ]
    assert told == [
        (2, Field.AREA, "89.50", "91.00"),
        (2, Field.KIND, "dwelling", "shop"),
        (2, Field.PHONE, "13800000001", "13900000001"),
        (3, Field.OWNERS, "林二、林三", "林二、林九"),
        (4, Field.DEVELOPER, "1", "0"),
        (4, Field.OWNERS, BUILDER, "林八"),
    ]
    waits = taken_in(clock.now, cast.estate_one, *CHANGED)
    assert (waits.changed, waits.applied) == (3, False)
    assert facts(database, cast.estate_one) == before
    done = taken_in(clock.now, cast.estate_one, *CHANGED, apply_changes=True)
    assert (done.changed, done.applied) == (3, True)
    found = facts(database, cast.estate_one)
    assert found["1号楼 1单元101"][:2] == (Kind.SHOP, 9100)
    assert found["1号楼 1单元201"][3] == ["林九", "林二"]
    assert found["1号楼 1单元202"][2:4] == (False, ["林八"])
    assert seen(cast.estate_one, *CHANGED).unchanged == 3
    with database.read() as session:
        query = select(Event.payload).where(Event.kind == "roll_unit_changed").order_by(Event.id)
        first = facts_of(session.scalars(query).first() or "")
    assert (first["area"], first["area_before"]) == (9100, 8950)


def test_an_empty_cell_takes_nothing_away(cast: Cast, database: Database, clock: TestClock) -> None:
    taken_in(clock.now, cast.estate_one)
    bare = (("1号楼", "1单元101", 89.5, "", "林一", "", "", ""),)
    assert seen(cast.estate_one, *bare).unchanged == 1


def test_a_paper_brings_together_what_only_shared_a_name(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    """And the order of two sheets does not matter for it."""
    one = ("1号楼", "1单元101", 80, "", "王伟", "110101199001011237", "13800000001", "")
    other = ("1号楼", "1单元102", 80, "", "王伟", "", "13800000002", "")
    third = ("1号楼", "1单元103", 80, "", "王伟", "110101900101123", "13800000002", "")
    for estate, rows in (
        (cast.estate_one, (one, other, third)),
        (cast.estate_two, (third, other, one)),
    ):
        first, *_ = [taken_in(clock.now, estate, row) for row in rows]
        with database.read() as session:
            units = live_units(session, estate)
            assert len({unit.owner_ids for unit in units}) == 1
            assert [unit.doubt for unit in units] == [None] * 3
        assert first.imported == 1
        assert seen(estate, one, other, third).unchanged == 3


def test_documents_are_kept_as_hashes_with_their_end(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    number = "110101199001011237"
    taken_in(clock.now, cast.estate_one, ("1号楼", "101", 80, "", "林一", number, "", ""))
    with database.read() as session:
        owner = session.scalars(select(Owner)).one()
        assert (owner.document_tail, len(owner.document_hash or "")) == ("1237", 64)
        kept = " ".join(map(str, session.execute(text("SELECT * FROM owners")).one()))
        said = " ".join(session.scalars(select(Event.payload)))
    assert number not in kept + said
    assert "林一" not in said


def test_the_developers_name_where_the_sheet_says_no_is_refused(
    cast: Cast, clock: TestClock
) -> None:
    taken_in(clock.now, cast.estate_one)
    wrong = ("1号楼", "1单元901", 80, "", BUILDER, "", "", "否")
    assert [row.line for row in seen(cast.estate_one, wrong).refused] == [2]


def test_an_export_comes_back_unchanged(cast: Cast, database: Database, clock: TestClock) -> None:
    taken_in(clock.now, cast.estate_one)
    for person in (cast.secretary, cast.committee):
        rows = exporting.export_roll(person, clock.now, cast.estate_one)
        file = write_table(exporting.COLUMNS, rows, sheet="名册")
        table = read_table(file, "roll.xlsx")
        back = read_sheet(table.header, table.rows)
        assert back.refused == ()
        done = import_roll(SYSTEM, clock.now, cast.estate_one, back, apply_changes=True)
        assert (done.imported, done.changes, done.unchanged) == (0, (), len(ROWS))
    numbers = [
        str(row[6]) for row in exporting.export_roll(cast.committee, clock.now, cast.estate_one)
    ]
    assert "138****0001" in numbers
    assert "13800000001" not in numbers


def test_two_imports_at_once_make_each_unit_once(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    results: list[int] = []
    threads = [
        Thread(target=lambda: results.append(taken_in(clock.now, cast.estate_one).imported))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [0, 0, len(ROWS)]
    with database.read() as session:
        assert session.scalar(select(func.count(RollUnit.id))) == len(ROWS)
        assert session.scalar(select(func.count(Ownership.owner_id))) == len(ROWS) + 1


ROOMS = st.lists(
    st.tuples(
        st.sampled_from(["王伟", "李静", "王伟、李静"]),
        st.sampled_from(["", "13800000001", "13800000002"]),
        st.sampled_from(["", "是"]),
    ),
    min_size=1,
    max_size=7,
)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ROOMS, st.randoms())
def test_who_owns_what_does_not_depend_on_the_order_of_rows(
    cast: Cast,
    database: Database,
    clock: TestClock,
    rooms: list[tuple[str, str, str]],
    luck: random.Random,
) -> None:
    rows = [
        ("1号楼", str(100 + place), 80, "", names, "", phone, held)
        for place, (names, phone, held) in enumerate(rooms)
    ]
    found = []
    for _ in range(2):
        wipe(database)
        taken_in(clock.now, cast.estate_one, *rows)
        found.append(facts(database, cast.estate_one))
        luck.shuffle(rows)
    assert found[0] == found[1]


def wipe(database: Database) -> None:
    with database.write() as session:
        for table in ("owner_verdicts", "ownerships", "roll_units", "owners"):
            session.execute(text(f"DELETE FROM {table}"))


@pytest.mark.slow
def test_naughty_strings_go_in_as_words_or_are_refused_by_line(
    cast: Cast, database: Database, clock: TestClock, naughty_strings: list[str]
) -> None:
    rows: list[tuple[object, ...]] = [
        (f"{number % 7}号楼", f"{number}", 80, "", wicked, "", "", "")
        for number, wicked in enumerate(naughty_strings)
    ]
    rows += [("8号楼", wicked, 80, "", "林一", wicked, "", "") for wicked in naughty_strings]
    rows += [
        ("8号楼", "1", wicked, wicked, "林一", "", wicked, wicked) for wicked in naughty_strings
    ]
    table = read_table(write_table(HEADER, rows, sheet="x"), "x.xlsx")
    read = read_sheet(table.header, table.rows)
    done = import_roll(SYSTEM, clock.now, cast.estate_one, read)
    assert done.imported + len(done.refused) + read.repeated == len(rows) - read.skipped_empty
    assert done.imported > len(naughty_strings) // 2
    again = import_roll(SYSTEM, clock.now, cast.estate_one, read, apply_changes=True)
    assert (again.imported, again.changes) == (0, ())
    shown = roll(cast.secretary, clock.now.date(), cast.estate_one, limit=2000)
    assert shown.found == done.imported
    for wicked in naughty_strings[::20]:
        roll(cast.secretary, clock.now.date(), cast.estate_one, query=wicked, show=Show.DOUBTFUL)


def test_another_estate_keeps_its_own_people(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    taken_in(clock.now, cast.estate_one)
    taken_in(clock.now, cast.estate_two)
    with database.read() as session:
        one, two = (live_units(session, key) for key in (cast.estate_one, cast.estate_two))
    assert {owner for unit in one for owner in unit.owner_ids}.isdisjoint(
        owner for unit in two for owner in unit.owner_ids
    )
    assert sheet().refused == ()

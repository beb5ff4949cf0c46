"""The roll by hand: who is who, one unit, numbers."""

import pytest
from sqlalchemy import select, update

from db import personal
from db.engine import Database
from db.events import breaks
from db.roll import listing, looking, mandating, settling, units
from db.roll.listing import Show
from db.roll.owners import contacts
from db.roll.units import UnitForm
from db.tables import Event
from db.tables.roll import Mandate, Owner, OwnerLook
from domain.errors import FieldError, NotFound, TryAgain
from domain.mandates import MandateKind
from domain.rights import Kind
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.rolls import ROWS, doubtful, live, mandate, seen, taken_in

pytestmark = pytest.mark.usefixtures("taken")


def test_the_totals_count_heads_as_the_law_does(cast: Cast, clock: TestClock) -> None:
    shown = listing.roll(cast.committee, clock.now.date(), cast.estate_one)
    totals = shown.totals
    # 林一 with two flats, the couple, the developer with three, and two of one name.
    assert (totals.units, totals.heads, totals.merged, totals.joint) == (9, 5, 1, 1)
    assert totals.area == 8950 + 9025 + 12000 * 3 + 8800 * 3
    assert (totals.developer_units, totals.developer_area) == (3, 32800)
    assert (totals.parking_units, totals.parking_area, totals.doubtful_units) == (1, 1272, 2)


@pytest.mark.parametrize(
    ("show", "query", "rooms"),
    [
        (Show.ALL, "林二", ["201"]),
        (Show.ALL, "lyi", ["101", "102", "001"]),
        (Show.ALL, "ly", ["101", "102", "001"]),
        (Show.ALL, "0005", ["401"]),
        (Show.ALL, "1单元30", ["301", "302"]),
        (Show.ALL, "无此人", []),
        (Show.DOUBTFUL, "", ["401", "402"]),
        (Show.MERGED, "", ["101", "102"]),
        (Show.JOINT, "", ["201"]),
        (Show.DEVELOPER, "", ["202", "301", "302"]),
        (Show.PARKING, "", ["001"]),
        (Show.DEVELOPER, "林四", ["302"]),
    ],
)
def test_units_are_found_by_filter_name_initials_number_and_room(
    cast: Cast, clock: TestClock, show: Show, query: str, rooms: list[str]
) -> None:
    shown = listing.roll(cast.committee, clock.now.date(), cast.estate_one, show=show, query=query)
    if query == "lyi":
        rooms = []  # initials, not syllables
    assert [line.label[-3:] for line in shown.lines] == rooms
    assert shown.found == len(rooms)
    assert not any("13800000" in line.phone for line in shown.lines)


def test_one_person_makes_one_head_and_two_people_two(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    pair = doubtful(cast, clock)
    settling.settle(cast.committee, clock.now, cast.estate_one, pair, same=True)
    found = live(database, cast)
    assert found["1号楼 1单元401"].owner_ids == found["1号楼 1单元402"].owner_ids == pair[:1]
    assert found["1号楼 1单元401"].doubt is None
    assert seen(cast.estate_one).unchanged == len(ROWS)
    with pytest.raises(TryAgain):
        settling.settle(cast.committee, clock.now, cast.estate_one, pair, same=False)


def test_two_people_stay_two_when_the_sheet_comes_again(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    pair = doubtful(cast, clock)
    settling.settle(cast.secretary, clock.now, cast.estate_one, pair, same=False)
    assert taken_in(clock.now, cast.estate_one, apply_changes=True).doubtful == 0
    found = live(database, cast)
    assert found["1号楼 1单元401"].owner_ids != found["1号楼 1单元402"].owner_ids
    with database.read() as session:
        kinds = list(session.scalars(select(Event.kind).where(Event.kind == "owners_settled")))
        assert kinds == ["owners_settled"]
        assert list(breaks(session)) == []


def test_what_was_wrongly_taken_for_one_person_is_parted(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    unit = live(database, cast)["1号楼 1单元102"]
    settling.part(cast.secretary, clock.now, cast.estate_one, unit.id, unit.owner_ids[0])
    found = live(database, cast)
    assert found["1号楼 1单元102"].owner_ids != found["1号楼 1单元101"].owner_ids
    again = taken_in(clock.now, cast.estate_one, apply_changes=True)
    assert (again.changed, again.unchanged) == (0, len(ROWS))
    assert live(database, cast)["1号楼 1单元102"] == found["1号楼 1单元102"]
    owner = found["1号楼 1单元102"].owner_ids[0]
    with pytest.raises(TryAgain):
        settling.part(cast.secretary, clock.now, cast.estate_one, unit.id, owner)


def test_others_than_the_open_questions_cannot_be_settled(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    found = live(database, cast)
    pair = [*found["1号楼 1单元101"].owner_ids, *found["1号楼 1单元201"].owner_ids]
    with pytest.raises(TryAgain):
        settling.settle(cast.secretary, clock.now, cast.estate_one, pair, same=True)
    with pytest.raises(FieldError):
        settling.settle(cast.secretary, clock.now, cast.estate_one, pair[:1], same=True)


def form(**changed: object) -> UnitForm:
    good = UnitForm(area="120", kind=Kind.DWELLING, developer=False, owners="林二、林三")
    return UnitForm(**{name: changed.get(name, getattr(good, name)) for name in good.__slots__})  # type: ignore[arg-type]


def test_a_unit_gets_new_facts_by_hand(cast: Cast, database: Database, clock: TestClock) -> None:
    unit = live(database, cast)["1号楼 1单元201"]
    args = (cast.committee, clock.now, cast.estate_one, unit.id)
    assert units.edit_unit(*args, form()) is False
    assert units.edit_unit(
        *args, form(area="121.5", owners="林二、林九", phones="13800000022、13800000009")
    )
    after = live(database, cast)["1号楼 1单元201"]
    assert after.area == 12150
    with database.read() as session:
        assert sorted(contacts(session, after.owner_ids).values()) == [
            ("林九", "13800000009"),
            ("林二", "13800000002"),
        ]
    view = units.roll_unit(cast.committee, cast.estate_one, unit.id)
    assert [owner.phone for owner in view.owners] == ["138****0022", "138****0009"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"area": "0"}, "area"),
        ({"area": "89.505"}, "area"),
        ({"owners": ""}, "owners"),
        ({"owners": "林二、林二"}, "owners"),
        ({"phones": "12"}, "owners"),
        ({"note": "长" * 200}, "note"),
    ],
)
def test_a_wrong_field_is_named(
    cast: Cast, database: Database, clock: TestClock, changed: dict[str, object], field: str
) -> None:
    unit = live(database, cast)["1号楼 1单元201"]
    with pytest.raises(FieldError) as refused:
        units.edit_unit(cast.secretary, clock.now, cast.estate_one, unit.id, form(**changed))
    assert refused.value.field == field


def test_a_unit_leaves_the_roll_and_comes_back(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    unit = live(database, cast)["1号楼 1单元201"]
    units.take_off(cast.secretary, clock.now, cast.estate_one, unit.id)
    assert "1号楼 1单元201" not in live(database, cast)
    assert unit.id not in units.unit_choices(cast.secretary, cast.estate_one)
    assert [one.field for one in seen(cast.estate_one).changes] == ["active"]
    taken_in(clock.now, cast.estate_one, apply_changes=True)
    assert live(database, cast)["1号楼 1单元201"] == unit


def test_a_whole_number_is_shown_for_a_reason(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    owner = live(database, cast)["1号楼 1单元101"].owner_ids[0]
    args = (cast.secretary, clock.now, cast.estate_one, owner)
    with pytest.raises(FieldError):
        looking.reveal_owner_phone(*args, " ")
    assert looking.reveal_owner_phone(*args, "通知投票") == "13800000001"
    with database.read() as session:
        assert session.scalars(select(OwnerLook.reason)).all() == ["通知投票"]


def test_an_owner_gets_their_data_and_is_erased(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    unit = live(database, cast)["1号楼 1单元101"]
    mandating.record_mandate(
        cast.secretary,
        clock.now,
        cast.estate_one,
        mandate(
            live(database, cast)["1号楼 1单元201"],
            kind=MandateKind.GUARDIAN,
            holder_name="林一",
            holder_phone="13800000001",
        ),
    )
    told = personal.export_person(cast.secretary, clock.now, "13800000001")
    assert [one["units"] for one in told["owner_of"]] == [
        ["1号楼 1单元101", "1号楼 1单元102", "地下车位B1-001"]
    ]
    assert [one["kind"] for one in told["speaks_for"]] == ["guardian"]
    personal.erase_person(cast.secretary, clock.now, "13800000001")
    with database.read() as session:
        row = session.get_one(Owner, unit.owner_ids[0])
        assert (row.name, row.phone, row.document_hash, row.initials) == ("", None, None, "")
        kept = session.scalars(select(Mandate)).one()
        assert (kept.holder_name, kept.holder_phone) == ("", None)
        assert kept.revoked_at is not None
    # The right stays: one head with the same area.
    assert live(database, cast)["1号楼 1单元101"].owner_ids == unit.owner_ids
    with pytest.raises(NotFound):
        personal.export_person(cast.secretary, clock.now, "13800000001")


def test_a_row_that_was_changed_past_the_house_keeps_the_roll_readable(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    with database.write() as session:
        session.execute(update(Owner).values(erased_at=clock.now, name="", phone=None))
    shown = listing.roll(cast.secretary, clock.now.date(), cast.estate_one)
    assert shown.questions == ()
    assert shown.totals.heads == 5

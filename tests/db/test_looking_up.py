"""Households, likely duplicates and the audit log: looked up by those who may."""

from datetime import datetime

import pytest

from db import intake, moving
from db.audit import audit
from db.duplicates import Draft, duplicates_of, likely_duplicates, probes
from db.engine import Database
from db.households import find_household, household
from db.tables import Building, Channel, Estate, EstateKind, Household, Resident
from domain.errors import NotAllowed, NotFound
from domain.initials import pinyin_initials
from domain.likeness import Why
from domain.moves import Move
from domain.people import Actor
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.stories import report


@pytest.fixture
def homes(cast: Cast, database: Database) -> dict[str, int]:
    """Rooms of a larger estate, by what a clerk would type."""
    ids = {}
    with database.write() as session:
        estate = Estate(code="e-3", name="菖蒲2区小区", kind=EstateKind.COMMODITY)
        session.add(estate)
        session.flush()
        for position, (name, rooms) in enumerate(
            {
                "3号楼": ("2单元501", "2单元1501", "1单元501"),
                "13号楼": ("2单元501",),
                "A座": ("501",),
                "第5幢": ("101室",),
            }.items()
        ):
            building = Building(estate_id=estate.id, name=name, position=position)
            session.add(building)
            session.flush()
            for room in rooms:
                home = Household(building_id=building.id, room=room)
                session.add(home)
                session.flush()
                ids[f"{name} {room}"] = home.id
        person, phone = "王小明", "13911112222"
        session.add(
            Resident(
                household_id=ids["A座 501"],
                name=person,
                initials=pinyin_initials(person),
                phone=phone,
            )
        )
    return ids


def found(actor: Actor, typed: str, now: datetime) -> set[int]:
    return {hit.id for hit in find_household(actor, typed, now)}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3-2-501", {"3号楼 2单元501"}),
        ("3号楼2单元501", {"3号楼 2单元501"}),
        ("3栋501", {"3号楼 2单元501", "3号楼 1单元501"}),
        ("第3幢 501室", {"3号楼 2单元501", "3号楼 1单元501"}),
        ("３－２－５０１", {"3号楼 2单元501"}),
        ("菖蒲2区3-1-501", {"3号楼 1单元501"}),
        ("菖蒲2区小区13-501", {"13号楼 2单元501"}),
        ("a座501", {"A座 501"}),
        ("A501", {"A座 501"}),
        ("5-101", {"第5幢 101室"}),
        ("王小明", {"A座 501"}),
        ("王小", {"A座 501"}),
        ("wxm", {"A座 501"}),
        ("WX", {"A座 501"}),
        ("13911112222", {"A座 501"}),
        ("139 1111 2222", {"A座 501"}),
        ("2222", {"A座 501"}),
        ("222", set()),
        ("小明", set()),
        ("王%", set()),
        ("%", set()),
        ("_", set()),
        ("w*", set()),
        ("", set()),
        ("   ", set()),
        ("\x00", set()),
        ("\ud83d", set()),
        ("3-2-502", set()),
        ("3" * 5_000, set()),
    ],
)
def test_a_household_is_found_by_what_people_say(
    cast: Cast, clock: TestClock, homes: dict[str, int], typed: str, expected: set[str]
) -> None:
    assert found(cast.secretary, typed, clock.now) == {homes[name] for name in expected}


def test_the_household_brings_its_people_its_files_and_the_buildings(
    cast: Cast, clock: TestClock
) -> None:
    own = report(cast, clock.now, household_id=cast.household_101).case_code
    beside = report(cast, clock.now, "楼道灯不亮", phone="13800000002").case_code
    report(cast, clock.now, "别处", place_code=cast.garden_code)
    (hit,) = find_household(cast.secretary, "1-1-101", clock.now)
    assert hit == household(cast.secretary, cast.household_101, clock.now)
    assert (hit.estate, hit.building, hit.room) == ("一小区", "1号楼", "1单元101")
    assert [(who.name, who.phone) for who in hit.residents] == [
        ("住户子", "138****0101"),
        ("住户丑", None),
    ]
    assert [line.code for line in hit.open_files] == [own]
    assert {line.code for line in hit.building_files} == {own, beside}
    # The number that a reporter left counts as the household's as well.
    assert found(cast.secretary, "13800000001", clock.now) == {cast.household_101}


def test_the_committee_finds_rooms_of_its_estate_but_nobody_in_them(
    cast: Cast, clock: TestClock
) -> None:
    report(cast, clock.now, household_id=cast.household_101)
    (hit,) = find_household(cast.committee, "1-101", clock.now)
    assert (hit.residents, hit.open_files) == ((), ())
    assert len(hit.building_files) == 1
    for typed in ("13800000101", "0101", "zhz", "住户子", "1-901"):
        assert find_household(cast.committee, typed, clock.now) == ()
    with pytest.raises(NotFound):
        household(cast.committee, cast.household_901, clock.now)
    with pytest.raises(NotFound):
        household(cast.secretary, 999_999, clock.now)
    for who in ("property_contact", "viewer", "administrator", "volunteer"):
        with pytest.raises(NotAllowed):
            find_household(cast.people[who], "1-101", clock.now)


def test_the_same_matter_is_suggested_with_its_reasons(cast: Cast, clock: TestClock) -> None:
    first = report(cast, clock.now, "一号楼电梯从昨天晚上开始异响，停在三楼不动").case_code
    report(cast, clock.now, "花园里的路灯不亮", place_code=cast.garden_code, phone="13800000009")
    draft = Draft(
        text="电梯从昨天晚上开始异响",
        estate_id=cast.estate_one,
        building_id=cast.building_one,
        phone="138 0000 0001",
    )
    (hint,) = likely_duplicates(cast.secretary, draft, clock.now)
    assert (hint.code, hint.where.building) == (first, "1号楼")
    assert {reason.why for reason in hint.reasons} >= {
        Why.SAME_REPORTER,
        Why.SAME_WORDS,
        Why.SAME_BUILDING,
    }
    # Who reported is not told to the committee, not even as a reason.
    for told in likely_duplicates(cast.committee, draft, clock.now):
        assert Why.SAME_REPORTER not in {reason.why for reason in told.reasons}


def test_the_same_words_are_found_anywhere_without_place_or_person(
    cast: Cast, clock: TestClock
) -> None:
    words = "小区北门的快递柜占了消防通道，希望尽快移走"
    other = intake.take_report(
        cast.secretary, clock.now, text=words, channel=Channel.WALK_IN, title=words[:20]
    )
    for n in range(30):
        report(cast, clock.forward(minutes=1), f"第{n}次：垃圾没人收", phone=f"138000001{n:02}")
    draft = Draft(text=words, title=words[:20])
    hints = likely_duplicates(cast.secretary, draft, clock.now)
    assert [hint.code for hint in hints] == [other.case_code]
    # A scoped reader never gets a file of another estate, or of none.
    assert likely_duplicates(cast.committee, draft, clock.now) == ()


def test_a_file_is_compared_with_the_others_and_closed_ones_are_left_out(
    cast: Cast, clock: TestClock
) -> None:
    first = report(cast, clock.now).case_code or ""
    second = report(cast, clock.forward(hours=1)).case_code or ""
    assert [hint.code for hint in duplicates_of(cast.secretary, first, clock.now)] == [second]
    moving.move(cast.secretary, clock.now, second, Move.DECLINE, "已有一件")
    assert [hint.code for hint in duplicates_of(cast.secretary, first, clock.now)] == [second]
    garden = report(cast, clock.now, place_code=cast.garden_code).case_code or ""
    with pytest.raises(NotFound):
        duplicates_of(cast.committee, garden, clock.now)
    for who in ("property_contact", "viewer", "volunteer"):
        with pytest.raises(NotAllowed):
            likely_duplicates(cast.people[who], Draft(text="电梯"), clock.now)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("，。", []),
        ("水", []),
        ("漏水", ["漏水"]),
        ("漏水，停电了", ["漏水", "停电了"]),
        ("电梯坏了吗", ["电梯坏了", "梯坏了吗"]),
    ],
)
def test_a_text_is_looked_up_by_pieces_of_it(text: str, expected: list[str]) -> None:
    assert probes(text) == expected
    assert len(probes(text * 100)) <= 8


def test_the_log_shows_the_newest_first_by_kind_person_and_file(
    cast: Cast, clock: TestClock
) -> None:
    first = report(cast, clock.now).case_code or ""
    report(cast, clock.forward(hours=1))
    moving.move(cast.secretary, clock.forward(hours=1), first, Move.ACCEPT)
    everything = audit(cast.secretary, clock.now).lines
    assert [line.kind for line in everything] == ["moved", "opened", "opened"]
    assert [line.by_resident for line in everything] == [False, True, True]
    assert everything[0].who == "书记乙"
    assert everything[0].facts["move"] == "accept"
    assert len(audit(cast.secretary, clock.now, kind="opened").lines) == 2
    own = audit(cast.secretary, clock.now, account_id=cast.secretary.account_id).lines
    assert [line.kind for line in own] == ["moved"]
    of_file = audit(cast.secretary, clock.now, case_code=first).lines
    assert [line.kind for line in of_file] == ["moved", "opened"]
    page = audit(cast.administrator, clock.now, limit=2)
    rest = audit(cast.administrator, clock.now, after=page.next_cursor, limit=2)
    assert [*page.lines, *rest.lines] == list(everything)
    assert rest.next_cursor is None
    with pytest.raises(NotFound):
        audit(cast.secretary, clock.now, case_code="unknown")
    for who in ("social_worker", "committee", "viewer", "property_contact"):
        with pytest.raises(NotAllowed):
            audit(cast.people[who], clock.now)

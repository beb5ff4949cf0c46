"""The roll by hand: who is who, one unit, who speaks for whom, the estate's rules, numbers."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from db import personal
from db.engine import Database
from db.events import breaks
from db.roll import listing, looking, mandates, mandating, rule_entries, settling, units
from db.roll.listing import Show
from db.roll.live import LiveUnit, live_units
from db.roll.mandating import MandateForm
from db.roll.owners import contacts
from db.roll.rule_entries import RulesForm
from db.roll.rules import rules_of
from db.roll.units import UnitForm
from db.tables import Account, Event
from db.tables.roll import Mandate, Owner, OwnerLook
from db.tables.votes import Vote
from domain.errors import FieldError, NotFound, Refused, TryAgain
from domain.mandates import MandateKind, NoMandate
from domain.photos import PhotoIn
from domain.rights import Kind
from domain.tally import Silent
from domain.thresholds import Lane
from domain.timetable import Period
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.rolls import ROWS, seen, taken_in


@pytest.fixture
def taken(cast: Cast, clock: TestClock) -> None:
    taken_in(clock.now, cast.estate_one)


pytestmark = pytest.mark.usefixtures("taken")


def live(database: Database, cast: Cast) -> dict[str, LiveUnit]:
    with database.read() as session:
        return {unit.label: unit for unit in live_units(session, cast.estate_one)}


def doubtful(cast: Cast, clock: TestClock) -> tuple[int, ...]:
    shown = listing.roll(cast.secretary, clock.now.date(), cast.estate_one)
    (question,) = shown.questions
    return tuple(owner.id for owner in question.owners)


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


def vote_in(database: Database, cast: Cast, clock: TestClock, estate: int) -> int:
    with database.write() as session:
        row = Vote(
            code=f"vote-{estate}",
            estate_id=estate,
            lane=Lane.ORDINARY,
            matter="other",
            title="测试表决",
            explanation="测试",
            created_at=clock.now,
        )
        session.add(row)
        session.flush()
        return row.id


def mandate(unit: LiveUnit, **changed: object) -> MandateForm:
    good = MandateForm(
        unit_id=unit.id,
        kind=MandateKind.PROXY,
        holder_name="林十",
        holder_phone="13800000010",
        written=True,
        not_of_property=True,
    )
    return MandateForm(**{name: changed.get(name, getattr(good, name)) for name in good.__slots__})  # type: ignore[arg-type]


def test_a_proxy_holds_as_many_rights_as_the_rules_allow(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    found = live(database, cast)
    rule_entries.enter_rules(
        cast.committee,
        clock.now,
        cast.estate_one,
        RulesForm("议事规则第九条", clock.now.date(), proxy_cap=1),
    )
    vote = vote_in(database, cast, clock, cast.estate_one)
    args = (cast.committee, clock.now, cast.estate_one)
    first, couple = found["1号楼 1单元101"], found["1号楼 1单元201"]
    mandating.record_mandate(*args, mandate(first, vote_id=vote), "once")
    mandating.record_mandate(*args, mandate(first, vote_id=vote), "once")
    with pytest.raises(Refused):  # the other flat of the same right
        mandating.record_mandate(*args, mandate(found["1号楼 1单元102"], vote_id=vote))
    with pytest.raises(NoMandate):
        mandating.record_mandate(*args, mandate(couple, vote_id=vote))
    with database.read() as session:
        (held,) = mandates.mandates_of(session, cast.estate_one, vote)
        assert mandates.mandates_of(session, cast.estate_one, None) == []
    assert held.right == str(first.owner_ids[0])
    mandating.revoke_mandate(cast.committee, clock.now, held.id)
    mandating.record_mandate(*args, mandate(couple, vote_id=vote))
    (now, before) = mandates.mandates(cast.committee, cast.estate_one)
    assert (now.units, now.vote, now.revoked_at) == (("1号楼 1单元201",), "测试表决", None)
    assert before.revoked_at is not None


def test_the_property_companys_people_speak_for_nobody(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    unit = live(database, cast)["1号楼 1单元101"]
    vote = vote_in(database, cast, clock, cast.estate_one)
    with database.read() as session:
        staff = session.get_one(Account, cast.property_contact.account_id).name
    with pytest.raises(NoMandate):
        mandating.record_mandate(
            cast.secretary,
            clock.now,
            cast.estate_one,
            mandate(unit, vote_id=vote, holder_name=staff),
        )
    other = vote_in(database, cast, clock, cast.estate_two)
    with pytest.raises(NotFound):
        mandating.record_mandate(
            cast.secretary, clock.now, cast.estate_one, mandate(unit, vote_id=other)
        )


def test_a_mandate_follows_its_owners_when_they_turn_out_to_be_one(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    unit = live(database, cast)["1号楼 1单元402"]
    guardian = mandate(unit, kind=MandateKind.GUARDIAN, paper=PhotoIn(b"full", b"thumb", 4, 3))
    mandating.record_mandate(cast.secretary, clock.now, cast.estate_one, guardian)
    settling.settle(cast.secretary, clock.now, cast.estate_one, doubtful(cast, clock), same=True)
    after = live(database, cast)["1号楼 1单元402"]
    with database.read() as session:
        (held,) = mandates.mandates_of(session, cast.estate_one, None)
    assert held.right == str(after.owner_ids[0])
    assert mandates.mandate_paper(cast.committee, clock.now, held.id) == b"full"
    developer = live(database, cast)["1号楼 1单元202"]
    mandating.record_mandate(
        cast.secretary,
        clock.now,
        cast.estate_one,
        mandate(developer, kind=MandateKind.COMPANY),
    )
    with database.read() as session:
        assert session.scalars(select(Mandate.right).order_by(Mandate.id)).all()[-1] == "DEVELOPER"


def test_rules_are_entered_anew_and_none_is_overwritten(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    today = clock.now.date()
    args = (cast.committee, clock.now, cast.estate_one)
    me = cast.committee.account_id or 0
    rule_entries.enter_rules(
        *args,
        RulesForm(
            "第一版",
            today,
            silent=Silent.FOLLOW_MAJORITY,
            proxy_cap=2,
            lookers=(me,),
            days=((Period.NOTICE, 20), (Period.OBJECTION, None)),
        ),
        "once",
    )
    rule_entries.enter_rules(*args, RulesForm("不该有", today), "once")
    rule_entries.enter_rules(
        *args, RulesForm("第二版", today + timedelta(days=10), count_parking=True)
    )
    with database.read() as session:
        before, now, later = (
            rules_of(session, cast.estate_one, today + timedelta(days=days)) for days in (-1, 0, 10)
        )
    assert (before.source, before.proxy_cap, before.effective) == ("", 3, None)
    assert (now.source, now.silent, now.lookers) == ("第一版", Silent.FOLLOW_MAJORITY, (me,))
    assert [(one.period, one.days) for one in now.numbers] == [(Period.NOTICE, 20)]
    assert (later.source, later.count_parking, later.numbers) == ("第二版", True, ())
    view = rule_entries.rules_view(cast.secretary, today, cast.estate_one)
    assert [entry.rules.source for entry in view.entries] == ["第二版", "第一版"]
    assert view.entries[1].lookers == (view.choices[me],)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"source": ""}, "source"),
        ({"effective": None}, "effective"),
        ({"proxy_cap": 21}, "proxy_cap"),
        ({"days": ((Period.NOTICE, 14),)}, "notice"),
        ({"days": ((Period.PUBLISH, 0),)}, "publish"),
        ({"lookers": (987,)}, "lookers"),
    ],
)
def test_rules_below_the_law_are_refused_beside_their_field(
    cast: Cast, clock: TestClock, changed: dict[str, object], field: str
) -> None:
    good = {"source": "规则", "effective": date(2026, 1, 1)}
    with pytest.raises(FieldError) as refused:
        rule_entries.enter_rules(
            cast.secretary,
            clock.now,
            cast.estate_one,
            RulesForm(**good | changed),  # type: ignore[arg-type]
        )
    assert refused.value.field == field


def test_parking_counts_from_the_day_of_the_rule(cast: Cast, clock: TestClock) -> None:
    today = clock.now.date()
    rule_entries.enter_rules(
        cast.secretary, clock.now, cast.estate_one, RulesForm("车位计入", today, count_parking=True)
    )
    before = listing.roll(cast.secretary, today - timedelta(days=1), cast.estate_one).totals
    after = listing.roll(cast.secretary, today, cast.estate_one).totals
    assert after.area - before.area == 1272
    assert after.heads == before.heads  # 林一's


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

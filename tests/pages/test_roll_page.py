"""The owners' roll on its page: taken in, settled, mended, spoken for, by rules; all of it once."""

from datetime import date

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.roll.live import LiveUnit, live_units
from db.roll.mandates import mandates_of
from db.roll.rules import rules_of
from db.tables import Event
from db.tables.roll import OwnerLook, OwnerVerdict, RollUnit
from documents.sheets import write_table
from domain.rights import Kind
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.rolls import HEADER, ROWS, taken_in

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def units(cast: Cast, clock: TestClock, database: Database) -> dict[str, LiveUnit]:
    """The roll of estate one, by the ends of its rooms."""
    taken_in(clock.now, cast.estate_one)
    with database.read() as session:
        return {unit.label[-3:]: unit for unit in live_units(session, cast.estate_one)}


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    page.run()
    assert not page.exception
    return page


def errors(page: AppTest) -> list[str]:
    return [error.value for error in page.error]


def upload(page: AppTest, *rows: tuple[object, ...]) -> AppTest:
    page.file_uploader("roll_import_file").upload(
        "roll.xlsx", write_table(HEADER, rows, sheet="x"), "application/octet-stream"
    ).run()
    assert not page.exception
    return page


@pytest.mark.parametrize("section", ["units", "import", "mandates", "rules"])
def test_each_section_opens(
    open_page: Open, cast: Cast, units: dict[str, LiveUnit], section: str
) -> None:
    for person in (cast.secretary, cast.committee):
        page = open_page(person, "roll", s=section)
        assert not page.exception
        assert errors(page) == []


def test_only_the_office_and_the_committee_have_this_page(open_page: Open, cast: Cast) -> None:
    for name, person in cast.people.items():
        if name not in {"secretary", "social_worker", "committee"}:
            with pytest.raises(ValueError, match="navigation page"):
                open_page(person, "roll")


def test_the_committee_sees_its_own_estate_whatever_the_address_says(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    taken_in(clock.now, cast.estate_two)
    page = open_page(cast.committee, "roll", e=str(cast.estate_two))
    assert not page.exception
    assert "还没有业主名册" in page.info[0].value
    assert "roll_estate" not in [box.key for box in page.selectbox]


def test_a_roll_is_looked_at_before_it_goes_in(
    open_page: Open, cast: Cast, database: Database
) -> None:
    page = upload(
        open_page(cast.secretary, "roll"), *ROWS, ("1号楼", "x", "大约", "", "甲", "", "", "")
    )
    assert [metric.value for metric in page.metric] == ["9", "0", "0", "1", "2"]
    with database.read() as session:
        assert session.scalar(select(func.count(RollUnit.id))) == 0
    click(page, "roll_import_save")
    with database.read() as session:
        assert session.scalar(select(func.count(RollUnit.id))) == 9
    assert page.metric[0].value == "5"  # the page shows the roll: five heads


def test_changes_wait_for_their_tick(
    open_page: Open, cast: Cast, database: Database, units: dict[str, LiveUnit]
) -> None:
    changed = ("1号楼", "1单元101", 99, "住宅", "林一", "", "", "")
    page = upload(open_page(cast.secretary, "roll", s="import"), changed)
    click(page, "roll_import_save")
    assert len(errors(page)) == 1
    with database.read() as session:
        assert session.get_one(RollUnit, units["101"].id).area == 8950
    page.checkbox("roll_import_apply").check()
    click(page, "roll_import_save")
    with database.read() as session:
        assert session.get_one(RollUnit, units["101"].id).area == 9900


def test_a_file_that_is_no_roll_is_told_so(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.secretary, "roll", s="import")
    page.file_uploader("roll_import_file").upload(
        "x.xlsx", b"%PDF-1.7", "application/octet-stream"
    ).run()
    assert not page.exception
    assert len(errors(page)) == 1


@pytest.mark.parametrize(("button", "heads"), [("save", "4"), ("apart", "5")])
def test_somebody_says_who_is_who(
    open_page: Open,
    cast: Cast,
    database: Database,
    units: dict[str, LiveUnit],
    button: str,
    heads: str,
) -> None:
    page = open_page(cast.committee, "roll")
    pair = f"{units['401'].owner_ids[0]}_{units['402'].owner_ids[0]}"
    click(page, f"roll_settle_{pair}_{button}")
    assert [page.metric[0].value, page.metric[3].value] == [heads, "0"]
    with database.read() as session:
        assert session.scalar(select(func.count(OwnerVerdict.first_id))) == 1


def test_units_are_found_and_one_is_opened_and_mended(
    open_page: Open, cast: Cast, database: Database, units: dict[str, LiveUnit]
) -> None:
    page = open_page(cast.secretary, "roll", q="林二")
    assert list(page.dataframe[0].value["label"]) == ["1号楼 1单元201"]
    unit = units["201"].id
    page.selectbox("roll_pick").select(unit).run()
    assert page.query_params["u"] == str(unit)
    page.text_input(f"roll_unit_{unit}_area").input("121.555")
    click(page, f"roll_unit_{unit}_save")
    assert "两位小数" in errors(page)[0]
    page.text_input(f"roll_unit_{unit}_area").input("121.55")
    page.selectbox(f"roll_unit_{unit}_kind").select(Kind.SHOP)
    click(page, f"roll_unit_{unit}_save")
    with database.read() as session:
        row = session.get_one(RollUnit, unit)
        assert (row.area, row.kind) == (12155, Kind.SHOP)


def test_a_number_is_shown_whole_for_a_reason_and_to_the_office_alone(
    open_page: Open, cast: Cast, database: Database, units: dict[str, LiveUnit]
) -> None:
    unit = units["101"]
    owner = unit.owner_ids[0]
    page = open_page(cast.committee, "roll", u=str(unit.id))
    assert f"roll_reveal_{owner}_save" not in [button.key for button in page.button]
    assert any("138****0001" in text.value for text in page.text)
    page = open_page(cast.secretary, "roll", u=str(unit.id))
    page.text_input(f"roll_reveal_{owner}_reason").input("通知投票")
    click(page, f"roll_reveal_{owner}_save")
    with database.read() as session:
        assert session.scalars(select(OwnerLook.reason)).all() == ["通知投票"]


def test_a_unit_leaves_the_roll_only_when_that_is_ticked(
    open_page: Open, cast: Cast, database: Database, units: dict[str, LiveUnit]
) -> None:
    unit = units["302"].id
    page = open_page(cast.secretary, "roll", u=str(unit))
    click(page, f"roll_off_{unit}_save")
    assert len(errors(page)) == 1
    page.checkbox(f"roll_off_{unit}_sure").check()
    click(page, f"roll_off_{unit}_save")
    assert "u" not in page.query_params
    with database.read() as session:
        assert session.get_one(RollUnit, unit).active is False


def test_a_mandate_is_recorded_and_revoked(
    open_page: Open, cast: Cast, database: Database, units: dict[str, LiveUnit]
) -> None:
    page = open_page(cast.committee, "roll", s="mandates")
    form = f"roll_mandate_{cast.estate_one}"
    click(page, f"{form}_save")
    assert len(errors(page)) == 1  # no unit
    page.selectbox(f"{form}_unit").select(units["201"].id)
    page.text_input(f"{form}_holder_name").input("林三")
    page.checkbox(f"{form}_written").check()
    page.checkbox(f"{form}_not_of_property").check()
    click(page, f"{form}_save")
    assert errors(page) == []
    with database.read() as session:
        (held,) = mandates_of(session, cast.estate_one, None)
    click(page, f"roll_revoke_{held.id}_save")
    with database.read() as session:
        assert mandates_of(session, cast.estate_one, None) == []


def test_rules_are_entered(
    open_page: Open, cast: Cast, database: Database, units: dict[str, LiveUnit]
) -> None:
    page = open_page(cast.committee, "roll", s="rules")
    form = f"roll_rules_{cast.estate_one}"
    click(page, f"{form}_save")
    assert len(errors(page)) == 1  # no source
    page.text_input(f"{form}_source").input("议事规则第三条")
    page.number_input(f"{form}_proxy_cap").set_value(1)
    page.number_input(f"{form}_notice").set_value(20)
    page.checkbox(f"{form}_count_parking").check()
    click(page, f"{form}_save")
    with database.read() as session:
        rules = rules_of(session, cast.estate_one, date(2030, 1, 1))
    assert (rules.source, rules.proxy_cap, rules.count_parking) == ("议事规则第三条", 1, True)
    assert [one.days for one in rules.numbers] == [20]


def test_whatever_the_address_says_the_page_stands(
    open_page: Open, cast: Cast, units: dict[str, LiveUnit]
) -> None:
    for params in ({"e": "x"}, {"show": "nothing"}, {"from": "999999"}, {"s": "?"}, {"q": "<b>"}):
        assert not open_page(cast.secretary, "roll", **params).exception
    gone = open_page(cast.secretary, "roll", u="987654")
    assert not gone.exception
    assert len(errors(gone)) == 1


def test_taking_the_roll_out_is_recorded(
    open_page: Open, cast: Cast, database: Database, units: dict[str, LiveUnit]
) -> None:
    page = open_page(cast.committee, "roll")
    assert page.get("download_button")
    with database.read() as session:
        query = select(func.count(Event.id)).where(Event.kind == "roll_exported")
        assert session.scalar(query) == 0  # showing the button takes nothing out

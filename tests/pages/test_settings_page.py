"""The settings: what an administrator sets is kept, what is wrong is said beside its field."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db import backup, places
from db.engine import Database
from db.household_import import RollResult
from db.settings import settings
from db.tables import (
    Account,
    Building,
    CalendarDay,
    Category,
    Estate,
    Household,
    Place,
    Unit,
    UnitKind,
)
from documents.sheets import write_table
from domain.people import Role
from domain.workdays import library_days
from pages.parts import settings_households
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SECTIONS = (
    *("start", "community", "units", "estates", "households", "people"),
    *("places", "categories", "clocks", "calendar", "channels", "backup"),
)


@pytest.fixture(autouse=True)
def own_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "folder", lambda: tmp_path / "backups")


def errors(page: AppTest) -> list[str]:
    return [error.value for error in page.error]


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    page.run()
    assert not page.exception
    return page


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_opens(open_page: Open, cast: Cast, section: str) -> None:
    page = open_page(cast.administrator, "settings", s=section)
    assert not page.exception
    assert errors(page) == []


def test_nobody_else_has_this_page(open_page: Open, cast: Cast) -> None:
    for name, person in cast.people.items():
        if name != "administrator":
            with pytest.raises(ValueError, match="navigation page"):
                open_page(person, "settings")


def test_the_overview_leads_to_what_is_missing(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.administrator, "settings")
    assert "设置对外网址" in page.button("settings_to_community").label
    click(page, "settings_to_community")
    assert page.query_params["s"] == "community"
    assert page.text_input("settings_community_base_url").value == ""


def test_the_public_address_is_kept_and_a_wrong_one_is_refused_beside_it(
    open_page: Open, cast: Cast
) -> None:
    page = open_page(cast.administrator, "settings", s="community")
    page.text_input("settings_community_base_url").input("desk.example")
    click(page, "settings_community_save")
    assert "https://desk.example" in errors(page)[0]
    assert page.text_input("settings_community_base_url").value == "desk.example"
    page.text_input("settings_community_base_url").input("https://desk.example/")
    click(page, "settings_community_save")
    assert errors(page) == []
    assert settings().base_url == "https://desk.example"


def test_a_unit_is_added_once_and_retired(open_page: Open, cast: Cast, database: Database) -> None:
    page = open_page(cast.administrator, "settings", s="units")
    page.text_input("settings_unit_new_name").input("测试书店")
    click(page, "settings_unit_new_save")
    # The form is empty again, under other keys: a late second click finds no button.
    assert "settings_unit_new_save" not in [button.key for button in page.button]
    with database.read() as session:
        unit = session.scalars(select(Unit).where(Unit.name == "测试书店")).one()
        assert unit.kind is UnitKind.PARTNER
    page.selectbox("settings_unit").select(unit.id).run()
    page.toggle(f"settings_unit_{unit.id}_active").set_value(False)
    click(page, f"settings_unit_{unit.id}_save")
    with database.read() as session:
        assert session.get_one(Unit, unit.id).active is False


def test_a_taken_name_is_said_and_what_was_typed_stays(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.administrator, "settings", s="units")
    page.text_input("settings_unit_new_name").input("第一共建单位")
    click(page, "settings_unit_new_save")
    assert "同名" in errors(page)[0]
    assert page.text_input("settings_unit_new_name").value == "第一共建单位"


def test_an_estate_gets_buildings_and_one_of_them_another_name(
    open_page: Open, cast: Cast, database: Database
) -> None:
    page = open_page(cast.administrator, "settings", s="estates")
    page.text_input("settings_estate_new_name").input("三小区")
    click(page, "settings_estate_new_save")
    with database.read() as session:
        estate = session.scalars(select(Estate.id).where(Estate.name == "三小区")).one()
    page.selectbox("settings_estate").select(estate).run()
    page.text_area(f"settings_houses_{estate}_buildings").input("1号楼\n2号楼")
    click(page, f"settings_houses_{estate}_save")
    page.text_input(f"settings_house_{estate}_name").input("甲座")
    click(page, f"settings_house_{estate}_save")
    with database.read() as session:
        names = set(session.scalars(select(Building.name).where(Building.estate_id == estate)))
    assert names == {"甲座", "2号楼"}


def test_an_account_is_opened_with_a_code_that_is_shown_once(
    open_page: Open, cast: Cast, database: Database
) -> None:
    page = open_page(cast.administrator, "settings", s="people")
    page.text_input("settings_account_new_name").input("新社工")
    page.text_input("settings_account_new_login").input("xinshegong")
    click(page, "settings_account_new_save")
    assert "至少" in errors(page)[0]
    page.multiselect("settings_account_new_roles").select(Role.SOCIAL_WORKER)
    click(page, "settings_account_new_save")
    assert errors(page) == []
    code = page.code[0].value
    assert code.startswith("/reset/")
    page.run()
    assert not page.code
    with database.read() as session:
        account = session.scalars(select(Account).where(Account.login == "xinshegong")).one()
    page.selectbox("settings_person").select(account.id).run()
    click(page, f"settings_code_{account.id}_save")
    assert page.code[0].value not in ("", code)


def test_the_last_administrator_cannot_be_switched_off(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.administrator, "settings", s="people")
    me = cast.administrator.account_id
    page.selectbox("settings_person").select(me).run()
    page.toggle(f"settings_account_{me}_active").set_value(False)
    click(page, f"settings_account_{me}_save")
    assert len(errors(page)) == 1


def test_a_place_is_added_with_building_and_category(
    open_page: Open, cast: Cast, database: Database
) -> None:
    page = open_page(cast.administrator, "settings", s="places")
    page.text_input("settings_place_new_name").input("东门")
    page.selectbox("settings_place_new_building").select(cast.building_two)
    page.selectbox("settings_place_new_category").select(cast.lifts)
    click(page, "settings_place_new_save")
    with database.read() as session:
        place = session.scalars(select(Place).where(Place.name == "东门")).one()
    assert (place.building_id, place.category_id) == (cast.building_two, cast.lifts)
    page.selectbox("settings_place").select(place.id).run()
    page.toggle(f"settings_place_{place.id}_active").set_value(False)
    click(page, f"settings_place_{place.id}_save")
    assert place.id not in {row.id for row in places.places(cast.administrator)}


def test_a_category_gets_its_own_limit(open_page: Open, cast: Cast, database: Database) -> None:
    page = open_page(cast.administrator, "settings", s="categories")
    page.selectbox("settings_category").select(cast.lifts).run()
    page.number_input(f"settings_category_{cast.lifts}_done_days").set_value(3)
    click(page, f"settings_category_{cast.lifts}_save")
    with database.read() as session:
        assert session.get_one(Category, cast.lifts).done_days == 3


def test_limits_and_duty_hours_are_kept(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.administrator, "settings", s="clocks")
    page.number_input("settings_clocks_done_days").set_value(5)
    page.toggle("settings_clocks_duty_working_days_only").set_value(True)
    click(page, "settings_clocks_save")
    assert errors(page) == []
    assert (settings().done_days, settings().duty_working_days_only) == (5, True)
    assert settings().duty_from == "08:30"


def test_a_year_that_nobody_knows_is_warned_of_until_it_is_entered(
    open_page: Open, cast: Cast, clock: TestClock, database: Database
) -> None:
    unknown = next(year for year in range(2026, 2100) if library_days(year) is None)
    clock.set(f"{unknown - 1}-12-01 09:00")
    start = open_page(cast.administrator, "settings")
    assert str(unknown) in start.button("settings_to_calendar").label
    page = open_page(cast.administrator, "settings", s="calendar")
    assert not page.warning
    page.segmented_control("settings_year").set_value(unknown).run()
    assert str(unknown) in page.warning[0].value
    page.date_input(f"settings_day_{unknown}_day").set_value(date(unknown, 5, 3))
    page.text_input(f"settings_day_{unknown}_name").input("劳动节")
    click(page, f"settings_day_{unknown}_save")
    with database.read() as session:
        assert session.get_one(CalendarDay, date(unknown, 5, 3)).working is False
    assert page.warning
    click(page, f"settings_confirm_{unknown}_save")
    assert not page.warning
    click(page, f"settings_back_{unknown}-05-03_save")
    with database.read() as session:
        assert session.get(CalendarDay, date(unknown, 5, 3)) is None


def test_a_backup_is_made_by_hand(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.administrator, "settings", s="backup")
    assert page.info
    click(page, "settings_backup_save")
    assert not page.info
    assert len(backup.backups(cast.administrator)) == 1


def test_households_are_looked_at_first_and_then_go_in(
    open_page: Open, cast: Cast, database: Database
) -> None:
    rows = [["一小区", "1号楼", "909", "新住户", "13900000009"], ["无此小区", "1", "1", "甲", ""]]
    header = ["小区", "楼栋", "房号", "姓名", "电话"]
    page = open_page(cast.administrator, "settings", s="households")
    page.file_uploader("settings_roll_file").upload(
        "roll.xlsx", write_table(header, rows, sheet="x"), "application/octet-stream"
    ).run()
    assert not page.exception
    assert [metric.value for metric in page.metric] == ["0", "1", "1", "0", "0", "1"]
    with database.read() as session:
        assert session.scalar(select(Household.id).where(Household.room == "909")) is None
    click(page, "settings_roll_save")
    with database.read() as session:
        assert session.scalar(select(Household.id).where(Household.room == "909")) is not None
    assert page.success
    assert isinstance(page.session_state[settings_households.RESULT], RollResult)


def test_a_file_that_is_no_list_of_households_is_told_so(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.administrator, "settings", s="households")
    page.file_uploader("settings_roll_file").upload(
        "x.xlsx", b"%PDF-1.7", "application/octet-stream"
    ).run()
    assert not page.exception
    assert len(errors(page)) == 1

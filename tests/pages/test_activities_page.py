"""Activities on their page: planned, filled by phone, counted, moved, with rooms and addresses."""

from datetime import date, time

import pytest
from streamlit.testing.v1 import AppTest

from db.activities import feeds, people, reads
from db.activities.calendar import month
from db.activities.rooms import add_room, rooms
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def errors(page: AppTest) -> list[str]:
    return [error.value for error in page.error]


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    page.run()
    assert not page.exception
    return page


def test_one_activity_is_planned_filled_by_phone_counted_and_cancelled(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    page = open_page(cast.secretary, "activities", s="plan")
    page.text_input("activity_plan_title").set_value("包饺子")
    page.text_input("activity_plan_place").set_value("中心花园")
    page.number_input("activity_plan_capacity").set_value(1)
    click(page, "activity_plan_save")
    assert errors(page) == []
    code = page.query_params["a"]
    code = code if isinstance(code, str) else code[0]
    for name in ("陈一", "林二"):
        form = f"activity_join_{code}"
        number = "" if name == "陈一" else "_1"
        page.text_input(f"{form}_name{number}").set_value(name)
        page.text_input(f"{form}_phone{number}").set_value("13800000111")
        click(page, f"{form}_save{number}")
        assert errors(page) == []
    first, second = people.guests(cast.secretary, code)
    assert (first.waiting, second.waiting) == (0, 1)
    assert "13800000111" not in repr(page)
    page.selectbox(f"activity_off_{code}_guest").select(first.code)
    click(page, f"activity_off_{code}_save")
    click(page, f"activity_numbers_{code}_save")
    assert any("13800000111" in text.value for text in page.text)  # the one to ring
    click(page, f"activity_told_{second.code}_save")
    clock.forward(days=1, hours=6)
    page.run()
    page.number_input(f"activity_came_{code}_headcount").set_value(8)
    click(page, f"activity_came_{code}_save")
    assert reads.activity(cast.secretary, clock.now, code).view.headcount == 8
    page.text_input(f"activity_cancel_{code}_reason").set_value("下雨")
    click(page, f"activity_cancel_{code}_save")
    assert reads.activity(cast.secretary, clock.now, code).view.cancelled
    seen = open_page(cast.committee, "activities", a=code)
    assert not seen.exception
    assert "林二" not in repr(seen)
    assert not [one for one in seen.button if "activity_" in (one.key or "")]


def test_a_series_is_seen_before_it_is_saved_and_a_clash_is_told(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    page = open_page(cast.secretary, "activities", s="rooms")
    page.text_input("room_new_name").set_value("文化活动中心")
    click(page, "room_new_save")
    (room,) = rooms(cast.secretary)
    add_room(cast.secretary, clock.now, name="睦邻亭")
    clock.set("2026-09-01T09:00")
    page = open_page(cast.secretary, "activities", s="plan", d="2026-09-17")
    page.toggle("activity_plan_weekly").set_value(True).run()
    page.date_input("activity_plan_last_on").set_value(date(2026, 10, 31)).run()
    said = " ".join([*(one.value for one in page.caption), *(one.value for one in page.info)])
    assert "共 6 场" in said
    assert "10月1日" in said  # the National Day
    page.text_input("activity_plan_title").set_value("书法沙龙")
    click(page, "activity_plan_save")
    assert errors(page) == []
    september = month(cast.secretary, clock.now, date(2026, 9, 1))
    assert [entry.day.day for entry in september.entries if entry.title == "书法沙龙"] == [17, 24]
    assert september.entries[0].where == room.name
    page = open_page(cast.secretary, "activities", s="plan", d="2026-09-24")
    page.text_input("activity_plan_title").set_value("合唱")
    page.time_input("activity_plan_begins").set_value(time(16, 0))
    page.time_input("activity_plan_ends").set_value(time(17, 0))
    click(page, "activity_plan_save")
    (told,) = errors(page)
    assert "文化活动中心" in told
    assert "书法沙龙" in told
    assert page.text_input("activity_plan_title").value == "合唱"
    code = next(entry.code for entry in september.entries if entry.title == "书法沙龙")
    page = open_page(cast.secretary, "activities", a=code)
    series = reads.activity(cast.secretary, clock.now, code).series
    assert series is not None
    page.selectbox(f"series_{series.code}_weekday").select(0)
    page.date_input(f"series_{series.code}_since").set_value(date(2026, 9, 21))
    click(page, f"series_{series.code}_save")
    assert errors(page) == []
    after = month(cast.secretary, clock.now, date(2026, 9, 1))
    assert [entry.day.day for entry in after.entries if entry.title == "书法沙龙"] == [17, 21, 28]


def test_the_calendar_turns_names_gaps_and_gives_an_address_once(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    page = open_page(cast.committee, "activities")
    assert not page.exception
    assert not page.pills  # planning and rooms are the office's
    click(page, "activities_after")
    assert page.query_params["m"] in ("2026-04", ["2026-04"])
    click(page, "activities_address_save")
    (made,) = [code.value for code in page.code if "/feed/" in code.value]
    token = made.rpartition("/")[2]
    assert feeds.entries_of_address(clock.now, token) == ()
    again = open_page(cast.committee, "activities")
    assert not [code for code in again.code if "/feed/" in code.value]

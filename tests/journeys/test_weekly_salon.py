"""A weekly salon: a holiday left out, filled by phone to the last place, a clash refused."""

from collections.abc import Callable

import pytest

from db import verify
from db.activities import people
from db.activities.rhythm import activity_days
from db.engine import read
from domain.days import local_day
from tests.support.browser import PHONE, Screen
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.walk import choose, looks_right, part, press, sees, write, zh

SALON, CHOIR = "书法沙龙", "合唱排练"
HALL = "文化活动中心"
NATIONAL_DAY = "10月1日 周四"  # the salon's Thursday in that week


def office_plans_it(pc: Screen) -> None:
    """The room first, then the series, whose dates are seen before they are saved."""
    pc.go("/activities?s=rooms")
    write(pc, "room_new_name", HALL)
    press(pc, "room_new_save")
    pc.go("/activities?s=plan&d=2026-09-17")
    write(pc, "activity_plan_title", SALON)
    write(pc, "activity_plan_capacity", "1")
    part(pc, "activity_plan_weekly").locator("label").first.click()
    sees(pc, zh("Left out as holidays: {days}").format(days=NATIONAL_DAY))
    looks_right(pc, "activity_plan_1280")
    press(pc, "activity_plan_save")
    pc.page.wait_for_url("**m=2026-09**")
    sees(pc, "2026年9月")
    looks_right(pc, "activities_1280")


def a_clash_is_refused(pc: Screen) -> None:
    """The same hall at the same hour: who has it is told, and another place helps."""
    pc.go("/activities?s=plan&d=2026-09-24")
    write(pc, "activity_plan_title", CHOIR)
    press(pc, "activity_plan_save")
    sees(pc, f"已被占用：{SALON}。请换一个场地或时间。")
    looks_right(pc, "activity_clash_1280")
    choose(pc, "activity_plan_room", zh("None"))
    write(pc, "activity_plan_place", "中心花园")
    press(pc, "activity_plan_save")
    sees(pc, zh("Back to the calendar"))
    sees(pc, CHOIR)


def signs_up(phone: Screen, name: str, number: str) -> None:
    """From the public list to the form, with one thumb."""
    phone.go("/activity")
    phone.page.get_by_role("link", name=SALON).first.click()
    phone.page.fill("#name", name)
    phone.page.fill("#phone", number)
    phone.page.check("#consent")
    phone.page.locator("main form button.main").click()
    phone.page.wait_for_url("**/activity/*")


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_weekly_salon_is_planned_filled_and_moves_up(
    cast: Cast, clock: TestClock, pc: Screen, open_screen: Callable[..., Screen]
) -> None:
    clock.set("2026-09-14T10:00")
    pc.sign_in("secretary")
    office_plans_it(pc)
    a_clash_is_refused(pc)
    one, two = open_screen(PHONE), open_screen(PHONE)
    signs_up(one, "陈阿姨", "13800000101")
    sees(one, zh("You have a place"))
    looks_right(one, "activity_mine_360")
    signs_up(two, "林伯", "13800000102")
    sees(two, zh("You are number {n} on the waiting list").format(n=1))
    one.page.get_by_role("button", name=zh("I cannot come: give my place to others")).click()
    sees(one, zh("You took your sign-up back."))
    two.page.reload()
    sees(two, zh("You have a place"))
    pc.go("/activities")
    press(pc, "activities_ring_")
    sees(pc, zh("To ring"))
    looks_right(pc, "activity_ring_1280")
    press(pc, "activity_told_")
    code = two.page.url.rpartition("/")[2].partition("?")[0]
    (guest,) = people.guests(cast.secretary, code)
    assert (guest.name, guest.waiting, guest.news) == ("林伯", 0, None)
    with read() as session:
        today = local_day(clock.now)
        held = activity_days(session, today, today.replace(month=10, day=31))
    thursdays = sorted({(day.month, day.day) for day in held})
    assert thursdays == [(9, 17), (9, 24), (10, 8), (10, 15), (10, 22), (10, 29)]
    assert list(verify.verify()) == []
    assert [
        fault for fault in (*pc.faults, *one.faults, *two.faults) if "/_stcore/" not in fault
    ] == []

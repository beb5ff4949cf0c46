"""Ten demands of a night talk: to the agenda, decided, done by a branch and two units, told."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from db import engine, meetings, tasks, verify
from db.conference import planning
from db.tables import Case, Task
from domain.people import Actor
from tests.support.browser import PHONE, Screen
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.walk import choose, looks_right, part, press, sees, write, zh

LAMP = "三号门的路灯坏了半个月，晚上看不清台阶"
DEMANDS = (
    LAMP,
    "电动车把单元门堵住了，推婴儿车出不去",
    *(f"第{number}位邻居说：楼道要粉刷" for number in range(3, 11)),
)
SUMMARY = "三号门路灯已修复，夜间照明正常。"


def talk_is_planned(pc: Screen) -> None:
    """Date, place, and the words for the residents' group."""
    pc.go("/conference?s=talks")
    pc.page.get_by_test_id("stExpander").first.click()
    write(pc, "talk_plan_title", "三月社区夜话")
    write(pc, "talk_plan_place", "睦邻亭")
    choose(pc, "talk_plan_estate", "一小区")
    press(pc, "talk_plan_save")
    sees(pc, zh("Invitation to copy into WeChat"))


def neighbours_speak(cast: Cast, clock: TestClock) -> tuple[str, list[str]]:
    """The grid takes ten lines; returns the meeting's code and the follow codes."""
    clock.set("2026-03-09 20:30")
    code = meetings.meetings(cast.secretary)[0].code
    lines = [
        meetings.Demand(number, text, f"住户{number}", phone=f"138000001{number:02d}")
        for number, text in enumerate(DEMANDS, 1)
    ]
    entered = meetings.take_demands(cast.secretary, clock.now, code, lines, "talk", consent=True)
    assert len(entered.taken) == len(DEMANDS)
    for _line, taken in entered.taken[:2]:
        planning.plan(cast.secretary, clock.now, meets_at=clock.now, place="社区议事厅")
        planning.add_case(cast.secretary, clock.now, taken.case_code or "", "夜话诉求")
    return code, [taken.follow_code for _line, taken in entered.taken]


def conference_decides(pc: Screen, clock: TestClock) -> None:
    """Opened; the first is decided with two units, the second put off; ended."""
    clock.forward(minutes=1)
    pc.go("/conference")
    sees(pc, LAMP)
    press(pc, "conference_open_save")
    part(pc, "conference_there_units_branch").get_by_role("button").first.click()
    press(pc, "conference_there_save")
    # 小区支部领办: the estate's branch is proposed.
    lead = pc.page.locator('[class*="st-key-conference_decide_"][class*="_lead"] input').first
    expect(lead).to_have_value(re.compile("一小区支部"))
    for unit in ("一号物业公司", "第一共建单位"):
        field = pc.page.locator('[class*="_assisting"] input').first
        field.click()
        field.fill(unit)
        pc.page.get_by_role("option").filter(has_text=unit).first.click()
        pc.page.keyboard.press("Escape")
    pc.page.locator('[class*="st-key-conference_decide_"][class*="_words"] textarea').fill(
        "支部领办，物业修灯，共建单位支援登高车"
    )
    pc.page.keyboard.press("Tab")
    pc.settle()
    looks_right(pc, "conference_meeting_1280")
    pc.page.locator('[class*="st-key-conference_decide_"][class*="_save"] button').click()
    sees(pc, zh("decided"))
    pc.settle()


def unit_does_it(theirs: Screen) -> None:
    """On a phone: our promise, our task, done."""
    theirs.sign_in("branch_contact")
    theirs.go("/unit")
    sees(theirs, LAMP)
    looks_right(theirs, "unit_360")
    press(theirs, "unit_task_promise_0")
    write(theirs, "task_done_words", "灯已换好，试亮正常")
    press(theirs, "task_done_save")


def helpers_do_it(cast: Cast, clock: TestClock, who: tuple[Actor, ...]) -> None:
    """Both assisting units report their parts first."""
    for actor in who:
        with engine.read() as session:
            code = session.scalars(select(Task.code).where(Task.unit_id == actor.unit_id)).one()
        tasks.report_done(actor, clock.now, code, "已到场协助")


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_word_of_a_night_talk_is_followed_from_the_speaker_to_the_deed_and_back(
    cast: Cast,
    clock: TestClock,
    phone: Screen,
    pc: Screen,
    open_screen: Callable[..., Screen],
) -> None:
    pc.sign_in("secretary")
    talk_is_planned(pc)
    talk, follow = neighbours_speak(cast, clock)
    pc.sign_in("secretary")  # a week has passed
    conference_decides(pc, clock)
    clock.forward(hours=2)
    helpers_do_it(cast, clock, (cast.property_contact, cast.partner_contact))
    theirs = open_screen(PHONE)
    unit_does_it(theirs)
    with engine.read() as session:
        case = session.scalars(select(Case.code).where(Case.title == LAMP)).one()
    pc.go(f"/case?c={case}")
    write(pc, "case_publish_summary", SUMMARY)
    write_evidence(pc)
    press(pc, "case_publish_save")
    sees(pc, zh("Before it can be closed:"))
    # From the file back to the talk in one click, from there to the conference in one more.
    press(pc, "trail_talk_0")
    sees(pc, "三月社区夜话")
    sees(pc, zh("Work done"))
    looks_right(pc, "talk_1280")
    assert f"m={talk}" in pc.page.url
    press(pc, "conference_of_talk_0")
    sees(pc, zh("Minutes (Word)"))
    # From the board, the deed's end, back to the file in one click for whoever is on the staff.
    pc.go(f"/board/{case}")
    pc.page.get_by_text(zh("For the community's staff: the file behind it")).click()
    sees(pc, zh("From the word to the deed"))
    phone.go(f"/board/{case}")
    sees(phone, SUMMARY.rstrip("。"))
    sees(phone, zh("Joint conference"))
    looks_right(phone, "board_item_360")
    phone.go("/follow")
    phone.page.fill("input[name=code]", follow[0])
    phone.page.locator("main form button").first.click()
    sees(phone, "支部领办，物业修灯，共建单位支援登高车")
    sees(phone, SUMMARY)
    assert list(verify.verify()) == []
    faults = [*phone.faults, *pc.faults, *theirs.faults]
    assert [fault for fault in faults if "/_stcore/" not in fault] == []


def write_evidence(pc: Screen) -> None:
    """There is no photo, and why."""
    words = zh("Nothing to publish, or no photo of the result")
    pc.page.get_by_text(words).click()
    write(pc, "case_publish_no_evidence", "夜间照明，无需照片")

"""A poll, from a file to the decision on it: the office on a PC, neighbours on old phones."""

import re

import pytest
from sqlalchemy import select

from db import engine, moving, verify
from db.polls.reads import poll_view, polls
from db.tables import Case
from domain.moves import Move, State
from domain.polls import PollState
from tests.support.browser import Screen
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.polling import houses, phone_in
from tests.support.stories import report
from tests.support.walk import choose, looks_right, part, press, sees, write, zh

QUESTION = "门口先装减速带还是先划禁停线？"
FIRST, SECOND = "先装减速带", "先划禁停线"


def office_opens_it(pc: Screen, code: str) -> None:
    """From the file: question and answers, the rest as proposed."""
    pc.go(f"/case?c={code}")
    part(pc, "case_poll_box").locator("summary").click()
    pc.settle()
    write(pc, "case_poll_open_question", QUESTION)
    write(pc, "case_poll_open_options", f"{FIRST}\n{SECOND}")
    looks_right(pc, "poll_form_1280")
    press(pc, "case_poll_open_save")
    sees(pc, zh("Answer on the telephone"))
    pc.page.wait_for_url("**/poll?poll=*")
    looks_right(pc, "poll_open_1280")


def one_calls(pc: Screen) -> None:
    """A household without a mobile telephone answers by calling."""
    write(pc, "poll_phone_find", "2-2-501")
    sees(pc, "2号楼 2单元501")
    part(pc, "poll_phone_option").get_by_text(SECOND).click()
    press(pc, "poll_phone_save")
    pc.settle()


def link_for(pc: Screen) -> str:
    """A link that the desk makes for one household, as it is passed on."""
    write(pc, "poll_phone_find", "1-1-102")
    sees(pc, "1号楼 1单元102")
    press(pc, "poll_link_save")
    told = pc.page.locator("code", has_text="/a/").first.inner_text()
    found = re.search(r"/a/[\w-]+", told)
    assert found
    return found.group()


def one_answers_by_link(phone: Screen, link: str) -> None:
    """One button opens the link; the address is clean; the answer can be changed."""
    phone.go(link)
    looks_right(phone, "poll_link_360")
    phone.page.get_by_role("button", name=zh("Open the poll")).click()
    phone.page.wait_for_url("**/answer")
    looks_right(phone, "poll_answer_360")
    for name, answer in (("Send the answer", SECOND), ("Change the answer", FIRST)):
        phone.page.locator("label", has_text=answer).click()
        phone.page.get_by_role("button", name=zh(name)).click()
        phone.page.wait_for_url("**/answer?thanks=1")
    sees(phone, zh("Thank you! Your household's answer is in. Until the close you can change it."))


def one_answers_as_reporter(phone: Screen, code: str) -> None:
    """The reporter answers on the page of the own report."""
    phone.go(f"/f/{code}")
    sees(phone, QUESTION)
    looks_right(phone, "poll_follow_360")
    phone.page.locator("#polls label", has_text=FIRST).click()
    phone.page.get_by_role("button", name=zh("Send the answer")).click()
    sees(phone, zh("Your household's answer is in. Another one replaces it."))


def office_decides(pc: Screen, poll: str) -> None:
    """The next morning: the result, and the decision beside it."""
    pc.go(f"/poll?poll={poll}")
    sees(pc, f"选择最多的是“{FIRST}”")
    looks_right(pc, "poll_result_1280")
    press(pc, "poll_decide")
    sees(pc, zh("What was decided?"))
    choose(pc, "case_decide_lead", "一号物业公司")
    write(pc, "case_decide_words", "由物业牵头，先装减速带")
    press(pc, "case_decide_save")
    pc.go(f"/poll?poll={poll}")
    sees(pc, "由物业牵头，先装减速带")


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_neighbours_are_asked_today_and_it_is_decided_tomorrow(
    cast: Cast, clock: TestClock, phone: Screen, pc: Screen
) -> None:
    more = houses(cast.building_one, 20)
    taken = report(cast, clock.now, "小区门口车开得太快", household_id=cast.household_101)
    code = taken.case_code or ""
    moving.move(cast.secretary, clock.now, code, Move.ACCEPT)
    clock.forward(hours=1)
    pc.sign_in("secretary")
    office_opens_it(pc, code)
    poll = polls(cast.secretary, clock.now)[0].code
    one_calls(pc)
    one_answers_by_link(phone, link_for(pc))
    one_answers_as_reporter(phone, taken.follow_code)
    phone_in(cast.social_worker, clock.now, poll, more[:9], 1)
    phone_in(cast.social_worker, clock.now, poll, more[9:14], 2)
    before = poll_view(cast.viewer, clock.now, poll).line
    assert (before.answered, before.asked, before.state) == (17, 23, PollState.OPEN)
    pc.go(f"/poll?poll={poll}")
    assert pc.page.get_by_text("选择最多的是").count() == 0
    clock.set("2026-03-03 08:30")
    pc.sign_in("secretary")  # the sign-in of the day before has ended overnight
    office_decides(pc, poll)
    phone.go("/follow")
    sees(phone, "23 户中 17 户已反馈")
    sees(phone, "由物业牵头，先装减速带")
    looks_right(phone, "poll_decided_360")
    counts = [option.count for option in poll_view(cast.viewer, clock.now, poll).line.options]
    assert counts == [11, 6]
    with engine.read() as session:
        assert session.scalars(select(Case.state)).one() is State.DOING
    assert list(verify.verify()) == []
    faults = [fault for fault in (*phone.faults, *pc.faults) if "/_stcore/" not in fault]
    assert faults == []

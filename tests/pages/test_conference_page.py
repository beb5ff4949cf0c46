"""The conference on its page: planned, opened, decided, its minutes; a unit's own page."""

from datetime import datetime
from io import BytesIO

import docx
import pytest
from streamlit.testing.v1 import AppTest

from db.conference import helping, holding, listening, offers, planning, reads
from db.tables import MeetingKind
from db.tasklist import my_tasks
from db.tasks import report_done
from documents.conference_minutes import minutes
from domain.agenda import Result
from domain.days import local_day
from pages.parts.conference_past import facts_of
from tests.pages.conftest import Open
from tests.pages.story import Story
from tests.support.cast import Cast
from tests.support.clock import TestClock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    page.run()
    assert not page.exception
    assert [error.value for error in page.error] == []
    return page


def texts(page: AppTest) -> str:
    return " ".join(
        str(one.value) for one in (*page.markdown, *page.text, *page.caption, *page.subheader)
    )


def test_a_conference_is_planned_held_and_written_down(
    open_page: Open, cast: Cast, clock: TestClock, story: Story
) -> None:
    office = cast.secretary
    page = open_page(office, "conference")
    assert not page.exception
    assert page.info
    page.text_input("conference_plan_place").set_value("社区议事厅")
    page.date_input("conference_plan_day").set_value(local_day(clock.now))
    click(page, "conference_plan_save")
    code = story.accepted(text="单元门禁坏了")
    planning.add_case(office, clock.now, code, "多户反映")
    offers.report(cast.partner_contact, clock.now, "义诊两次")
    clock.set("2026-03-02 14:30")
    page = open_page(office, "conference")
    click(page, "conference_open_save")
    held = reads.next_meeting(office, clock.now)
    by_title = {item.title: item.code for item in held.items}
    page.pills("conference_there_units_branch").set_value([cast.branch_one])
    click(page, "conference_there_save")
    first, second = (item.code for item in held.items)
    assert by_title["义诊两次"] == first  # a unit's report comes before what was added by hand
    page.text_area(f"conference_note_{first}_words").set_value("会议听取")
    click(page, f"conference_note_{first}_save")
    # The branch of the file's estate is proposed to lead.
    assert page.selectbox(f"conference_decide_{second}_lead").value == cast.branch_one
    page.text_area(f"conference_decide_{second}_words").set_value("支部领办，三天内修好")
    page.multiselect(f"conference_decide_{second}_assisting").set_value([cast.partner_one])
    click(page, f"conference_decide_{second}_save")
    click(page, "conference_end_save")
    ended = reads.conferences(office)[0].code
    view = reads.conference(office, clock.now, ended)
    assert [item.result for item in view.items] == [Result.NOTED, Result.DECIDED]
    page = open_page(office, "conference", s="past", k=ended)
    assert not page.exception
    assert "支部领办，三天内修好" in texts(page)
    paper = docx.Document(BytesIO(minutes(facts_of(view, "测试社区"))))
    said = "\n".join(one.text for one in paper.paragraphs)
    assert "测试社区联席会议纪要" in said
    assert "由一小区支部领办，第一共建单位协助，于2026年3月9日前办结" in said
    assert "第一共建单位汇报：义诊两次" in said
    assert "第二共建单位" in said  # among those who did not come
    assert [cell.text for cell in paper.tables[0].rows[1].cells][2:4] == [
        "一小区支部",
        "第一共建单位",
    ]
    page = open_page(office, "conference", s="decided", stop="partners")
    assert [one.value for one in page.metric] == ["1", "1", "1", "0"]
    page = open_page(office, "case", c=code)
    assert not page.exception
    assert any(button.key == "conference_of_trail_0" for button in page.button)


def test_minutes_say_how_it_stood_at_the_meeting(
    cast: Cast, clock: TestClock, story: Story
) -> None:
    office = cast.secretary
    code = story.accepted(text="单元门禁坏了")
    held: list[str] = []
    for day in ("2026-03-03 14:30", "2026-04-03 14:30"):
        at = datetime.fromisoformat(f"{day}+08:00")
        planning.plan(office, clock.now, meets_at=at, place="议事厅")
        clock.set(at)
        if not held:
            planning.add_case(office, at, code, "多户反映")
        held.append(holding.open_conference(office, at))
        for item in reads.next_meeting(office, at).items:
            if not held[1:]:
                holding.decide_item(
                    office,
                    at,
                    item.code or "",
                    lead_unit_id=cast.branch_one,
                    due_on=at.date(),
                    words="支部领办",
                )
        holding.record_presence(office, at, [cast.branch_one])
        holding.end_conference(office, at)
    later = clock.forward(days=1)
    [task] = my_tasks(cast.branch_contact, later).lines
    report_done(cast.branch_contact, later, task.code, "修好了")
    facts = facts_of(reads.conference(office, later, held[1]), "测试社区")
    assert facts.earlier == (("单元门禁坏了", False),)
    assert reads.next_meeting(office, later).earlier == ()  # done since, and not of the last time


def test_a_unit_takes_what_is_asked_for_on_its_own_page(
    open_page: Open, cast: Cast, clock: TestClock, story: Story
) -> None:
    code, _task = story.given(text="楼道杂物")
    helping.ask_help(cast.secretary, clock.now, code, "请来三个人搬运")
    call = helping.open_calls(cast.branch_contact)[0].code
    page = open_page(cast.branch_contact, "today")
    assert not page.exception
    page = open_page(cast.branch_contact, "unit")
    assert "请来三个人搬运" in texts(page)
    click(page, f"unit_claim_{call}_save")
    assert "主动认领：请来三个人搬运" in texts(page)
    page.text_input("unit_offer_text").set_value("会议室一间")
    click(page, "unit_offer_save")
    page.text_area("unit_report_report").set_value("本月走访四十户")
    click(page, "unit_report_save")
    assert "会议室一间" in texts(page)
    assert [item.title for item in reads.next_meeting(cast.branch_contact, clock.now).items] == [
        "本月走访四十户"
    ]
    page = open_page(cast.branch_contact, "conference")
    assert not page.exception
    page = open_page(cast.secretary, "unit")
    assert [one.value for one in page.metric] == ["2", "0", "2"]
    for name, params in (("conference", {"s": "decided"}), ("conference", {"s": "past"})):
        page = open_page(cast.committee, name, **params)
        assert not page.exception
        assert page.info


def test_a_night_talk_is_planned_and_its_words_are_followed(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    page = open_page(cast.social_worker, "conference", s="talks")
    page.text_input("talk_plan_title").set_value("停车夜话")
    page.text_input("talk_plan_place").set_value("睦邻亭")
    click(page, "talk_plan_save")
    assert "睦邻亭" in page.code[0].value
    [planned] = listening.talks(cast.social_worker)
    assert (planned.kind, planned.demands) == (MeetingKind.NIGHT_TALK, 0)

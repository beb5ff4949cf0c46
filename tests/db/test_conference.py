"""A night talk's demands come to the conference, are decided, helped with, done, and counted."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from db import meetings, merging, tasks
from db.conference import (
    flow,
    helping,
    holding,
    listening,
    offers,
    planning,
    reads,
    trail,
    units,
)
from db.conference.figures import figures
from db.conference.views import ConferenceView, Stage
from db.engine import Database
from db.events import breaks
from db.polls import opening
from db.polls.opening import PollDraft
from db.publishing import show
from db.reminding import raise_due
from db.tables import Case, Decision, MeetingKind, ServiceClass
from domain.agenda import Result, Source
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.moves import State
from domain.people import RESIDENT
from tests.pages.story import Story
from tests.support.cast import Cast
from tests.support.clock import TestClock

ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def story(cast: Cast, clock: TestClock) -> Story:
    """Takes files along the loop."""
    return Story(cast, clock)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def planned(cast: Cast, clock: TestClock, when: str = "2026-03-20 14:30") -> str:
    return planning.plan(cast.secretary, clock.now, meets_at=at(when), place="议事厅")


def agenda(cast: Cast, clock: TestClock) -> ConferenceView:
    return reads.next_meeting(cast.secretary, clock.now)


def sources(view: ConferenceView) -> dict[str, Source]:
    return {item.title: item.source for item in view.items}


def test_a_word_goes_from_the_talk_to_the_deed_and_can_be_followed_both_ways(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    office = cast.secretary
    talk = listening.plan_talk(
        office,
        clock.now,
        kind=MeetingKind.NIGHT_TALK,
        title="三月夜话",
        starts_at=at("2026-03-03 19:30"),
        place="睦邻亭",
        estate_id=cast.estate_one,
    )
    with pytest.raises(FieldError):  # nobody has said anything yet
        meetings.take_demands(office, clock.now, talk, [meetings.Demand(1, "灯不亮")], "early")
    clock.set("2026-03-03 20:00")
    lines = [
        meetings.Demand(number, f"第{number}件：楼道灯不亮", speaker=f"住户{number}")
        for number in range(1, 4)
    ]
    meetings.take_demands(office, clock.now, talk, lines, "k", consent=True)
    with pytest.raises(Refused):
        listening.move_talk(office, clock.now, talk, starts_at=at("2026-04-01 19:00"), place="别处")
    held, demands = listening.talk(office, clock.now, talk)
    assert (held.demands, held.done, held.place) == (3, 0, "睦邻亭")
    first, second, third = (one.line.code for one in demands)
    conference = planned(cast, clock, "2026-03-10 14:30")
    for code in (first, second):
        planning.add_case(office, clock.now, code, "夜话诉求，请联席会议商定")
    clock.set("2026-03-10 14:30")
    holding.open_conference(office, clock.now)
    view = agenda(cast, clock)
    items = {item.line.code: item.code for item in view.items if item.line and item.code}
    holding.decide_item(
        office,
        clock.now,
        items[first],
        lead_unit_id=cast.branch_one,
        due_on=date(2026, 3, 17),
        words="小区支部领办，一周内修复",
        assisting=[cast.partner_two],
        help_wanted="请有电工的单位帮忙换灯",
    )
    holding.note_item(office, clock.now, items[second], "已听取，物业现场说明")
    with pytest.raises(FieldError):
        holding.end_conference(office, clock.now)
    holding.record_presence(office, clock.now, [cast.branch_one, cast.partner_one], "街道干部一名")
    holding.end_conference(office, clock.now)
    calls = helping.open_calls(cast.partner_contact)
    assert [one.words for one in calls] == ["请有电工的单位帮忙换灯"]
    task = helping.claim(cast.partner_contact, clock.now, calls[0].code, "claim")
    assert helping.claim(cast.partner_contact, clock.now, calls[0].code, "claim") == task
    with pytest.raises(Refused):
        helping.claim(cast.branch_contact, clock.now, calls[0].code)
    assert helping.open_calls(cast.partner_contact) == ()
    page = units.unit_page(cast.branch_contact, clock.now)
    assert (page.idle, page.present, page.held) == (True, 1, 1)
    [promise] = page.promises
    assert promise.conference == (conference, clock.now)
    clock.forward(days=2)
    tasks.report_done(cast.partner_contact, clock.now, task, "已换灯")
    tasks.report_done(cast.branch_contact, clock.now, promise.task_code, "全部修好")
    show(office, clock.now, first, summary="楼道灯已修复。", no_evidence_reason="无需照片")
    # Forward: the meeting knows what became of every word.
    _held, demands = listening.talk(office, clock.now, talk)
    become = {one.line.code: one for one in demands}
    assert become[first].conference == (conference, at("2026-03-10 14:30"))
    assert become[first].done_at
    assert become[first].on_board
    assert become[first].to_call is False
    assert not become[third].conference
    assert not become[third].done_at
    # Back: the file knows its meeting, its conference, its units.
    found = trail.trail(office, first)
    assert [one.code for one in found.meetings] == [talk]
    assert [(one.code, one.result) for one in found.conferences] == [(conference, Result.DECIDED)]
    assert [unit for unit, _code in found.units] == ["一小区支部", "第二共建单位", "第一共建单位"]
    assert [one.unit for one in found.calls] == ["第一共建单位"]
    public = trail.public_trail(first)
    assert public.said == ((MeetingKind.NIGHT_TALK, date(2026, 3, 3)),)
    assert public.decided_on == at("2026-03-10 14:30")
    assert trail.public_trail(third) == trail.PublicTrail((), None)
    assert [one.title for one in units.unit_page(cast.branch_contact, clock.now).deeds] == [
        "第1件：楼道灯不亮"
    ]
    assert units.unit_page(cast.branch_contact, clock.now).idle is False
    # The flow counts what its lists hold.
    counts = {stop: len(found) for stop, found in flow.flow(office, clock.now).items()}
    assert counts == {
        flow.Stop.DECIDED: 1,
        flow.Stop.BRANCH: 1,
        flow.Stop.PARTNERS: 1,
        flow.Stop.DONE: 1,
    }
    shown = figures(cast.viewer, clock.now, date(2026, 3, 1), date(2026, 3, 31))
    assert (shown.raised, shown.decided, shown.done) == (2, 1, 1)
    assert (shown.units_with_done, shown.units, shown.months_missed) == (1, 2, ())
    later = figures(cast.viewer, at("2026-06-15 12:00"), date(2026, 3, 1), date(2026, 6, 30))
    assert later.months_missed == (date(2026, 4, 1), date(2026, 5, 1))
    [line] = [one for one in units.unit_list(office, clock.now) if one.name == "第二共建单位"]
    # Its part was never reported, and the file is over: nothing waits for it any more.
    assert (line.idle, line.open.n) == (True, 0)
    # The next agenda shows how far the decisions have come.
    [earlier] = agenda(cast, clock).earlier
    assert earlier.decided
    assert earlier.decided.done
    with database.read() as session:
        assert not list(breaks(session))
        assert session.scalar(select(Decision.agenda_item_id)) is not None


def test_the_agenda_fills_itself_and_keeps_the_hands_order(
    cast: Cast, clock: TestClock, story: Story
) -> None:
    office = cast.secretary
    late, _task = story.given(text="电梯超期未修", once="late")
    clock.forward(minutes=5)
    root = story.reported(text="小广场噪音", once="root", phone="13800000011")
    for number in (12, 13):
        clock.forward(minutes=1)
        other = story.reported(text="广场舞太吵", once=f"n{number}", phone=f"138000000{number}")
        merging.merge(office, clock.now, other, root, "同一件事")
    asked = story.accepted(text="要不要加装充电桩", once="poll", phone="13800000014")
    opening.open_poll(
        office,
        clock.now,
        asked,
        PollDraft(
            question="是否同意加装充电桩？",
            options=("同意", "不同意"),
            estate_id=cast.estate_one,
            closes_at=clock.now + timedelta(hours=4),
        ),
    )
    offers.report(cast.partner_contact, clock.now, "本月义诊两次，服务居民六十人")
    assert sources(agenda(cast, clock)) == {
        "小广场噪音": Source.SHARED,
        "本月义诊两次，服务居民六十人": Source.REPORT,
    }
    clock.forward(hours=5)
    assert sources(agenda(cast, clock))["要不要加装充电桩"] is Source.POLL
    planned(cast, clock)
    clock.set("2026-03-14 10:00")
    for hour in (10, 34, 58, 82, 106, 130):
        raise_due(at("2026-03-10 00:00") + timedelta(hours=hour))
    view = agenda(cast, clock)
    assert sources(view)["电梯超期未修"] is Source.ESCALATED
    order = [item.title for item in view.items]
    assert order[0] in {"电梯超期未修", "小广场噪音"}
    last = view.items[-1]
    planning.move(office, clock.now, last.ref, up=True)
    changed = [item.title for item in agenda(cast, clock).items]
    assert changed == [*order[:-2], order[-1], order[-2]]
    planning.add_words(office, clock.now, "通报下月活动安排", "once")
    planning.add_words(office, clock.now, "通报下月活动安排", "once")
    assert [item.title for item in agenda(cast, clock).items][-1] == "通报下月活动安排"
    with pytest.raises(FieldError):
        planning.leave_out(office, clock.now, f"case:{root}", " ")
    planning.leave_out(office, clock.now, f"case:{root}", "由支部先行调解")
    view = agenda(cast, clock)
    assert root not in {item.line.code for item in view.items if item.line}
    assert [(one.title, one.reason) for one in view.left_out] == [("小广场噪音", "由支部先行调解")]
    planning.put_back(office, clock.now, view.left_out[0].code or "")
    assert root in {item.line.code for item in agenda(cast, clock).items if item.line}
    # A unit sees what it works on and its own report; the committee its estate's files.
    mine = reads.next_meeting(cast.partner_contact, clock.now)
    assert {item.title for item in mine.items} == {"电梯超期未修", "本月义诊两次，服务居民六十人"}
    assert (mine.units, mine.left_out, mine.runs) == ((), (), False)
    theirs = {item.title for item in reads.next_meeting(cast.committee, clock.now).items}
    assert theirs == {"电梯超期未修", "小广场噪音", "要不要加装充电桩"}
    # What is under work is taken back and given anew.
    clock.set("2026-03-20 14:30")
    holding.open_conference(office, clock.now)
    items = {item.line.code: item.code or "" for item in agenda(cast, clock).items if item.line}
    holding.decide_item(
        office,
        clock.now,
        items[late],
        lead_unit_id=cast.branch_one,
        due_on=date(2026, 3, 25),
        words="改由支部领办",
    )
    holding.postpone_item(office, clock.now, items[root], "待街道回复")
    with pytest.raises(Refused):
        planning.leave_out(office, clock.now, f"case:{root}", "晚了")
    with pytest.raises(Refused):
        holding.note_item(office, clock.now, items[late], "收回成命")
    holding.record_presence(office, clock.now, [cast.property_one])
    ended = holding.end_conference(office, clock.now)
    results = {one.title: one.result for one in reads.conference(office, clock.now, ended).items}
    assert results["电梯超期未修"] is Result.DECIDED
    assert results["要不要加装充电桩"] is Result.POSTPONED  # nobody settled it
    assert agenda(cast, clock).stage is Stage.PLANNED
    assert sources(agenda(cast, clock)) == {
        "小广场噪音": Source.POSTPONED,
        "要不要加装充电桩": Source.POSTPONED,
        "本月义诊两次，服务居民六十人": Source.REPORT,
    }
    planned(cast, clock, "2026-04-20 14:30")
    assert sources(agenda(cast, clock))["通报下月活动安排"] is Source.POSTPONED
    assert [one.stage for one in reads.conferences(cast.branch_contact)] == [Stage.OVER]


@ONE_DATABASE
def test_a_conference_refuses_what_it_cannot_keep(
    cast: Cast, clock: TestClock, story: Story, database: Database
) -> None:
    office = cast.secretary
    with pytest.raises(Refused):
        holding.open_conference(office, clock.now)
    with pytest.raises(FieldError):
        planned(cast, clock, "2026-03-02 08:59")
    code = planned(cast, clock, "2026-03-05 14:30")
    assert planned(cast, clock, "2026-03-06 14:30") == code  # moved, not a second one
    with pytest.raises(Refused):
        holding.open_conference(office, clock.now)
    closed = story.done(once="done")
    planning.add_case(office, clock.now, closed, "请支部说明")
    fresh = story.reported(text="新来的", once="new", phone="13800000031")
    planning.add_case(office, clock.now, fresh, "居民多次来电")
    clock.set("2026-03-06 14:30")
    holding.open_conference(office, clock.now)
    with pytest.raises(Refused):
        planned(cast, clock, "2026-04-01 14:30")
    items = {item.line.code: item.code or "" for item in agenda(cast, clock).items if item.line}
    planning.add_words(office, clock.now, "会上临时提出")
    assert [item.title for item in agenda(cast, clock).items][-1] == "会上临时提出"
    decide = {"lead_unit_id": cast.branch_one, "due_on": date(2026, 3, 10), "words": "办"}
    with pytest.raises(Refused):
        holding.decide_item(office, clock.now, items[closed], **decide)  # type: ignore[arg-type]
    for wrong in ({"words": " "}, {"due_on": date(2026, 3, 5)}, {"lead_unit_id": 999}):
        with pytest.raises(FieldError):
            holding.decide_item(office, clock.now, items[fresh], **(decide | wrong))  # type: ignore[arg-type]
    with database.read() as session:  # a refused decision leaves no trace
        assert session.scalar(select(Case.state).where(Case.code == fresh)) is State.NEW
    with pytest.raises(NotAllowed):
        holding.decide_item(cast.branch_contact, clock.now, items[fresh], **decide)  # type: ignore[arg-type]
    with pytest.raises(FieldError):
        holding.record_presence(office, clock.now, [999])
    with pytest.raises(NotFound):
        planning.leave_out(office, clock.now, "case:none", "x")


@ONE_DATABASE
def test_a_unit_speaks_for_itself_alone(cast: Cast, clock: TestClock) -> None:
    office, mine = cast.secretary, cast.partner_contact
    code = offers.offer(
        mine, clock.now, service_class=ServiceClass.VOLUNTEER, text="每周二上午义诊"
    )
    with pytest.raises(NotFound):
        offers.end_offer(cast.branch_contact, clock.now, code)
    with pytest.raises(NotFound):
        offers.offer(
            mine,
            clock.now,
            service_class=ServiceClass.SOCIAL,
            text="会议室",
            unit_code="u-partner_two",
        )
    offers.offer(
        office,
        clock.now,
        service_class=ServiceClass.SOCIAL,
        text="会议室",
        unit_code="u-partner_two",
    )
    with pytest.raises(NotFound):
        units.unit_page(mine, clock.now, "u-partner_two")
    for stranger in (cast.viewer, cast.volunteer, cast.administrator, RESIDENT):
        with pytest.raises(NotAllowed):
            units.unit_page(stranger, clock.now)
    assert [one.text for one in units.unit_page(mine, clock.now).offers] == ["每周二上午义诊"]
    offers.end_offer(mine, clock.now, code)
    assert units.unit_page(mine, clock.now).offers == ()
    counted = {one.name: one.offers for one in units.unit_list(office, clock.now)}
    assert (counted["第一共建单位"], counted["第二共建单位"]) == (0, 1)

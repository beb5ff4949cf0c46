"""Today, my tasks, the calls and the held-back reports: what waits for whom."""

import random
from datetime import timedelta

import pytest

from db import intake, merging, moving, tasks
from db import telling as told
from db.calls import calls, count_calls
from db.engine import Database
from db.held import count_held, held_reports
from db.inbox import inbox
from db.tables import Channel
from db.tasklist import my_tasks, unit_task
from db.today import Today, today
from domain.errors import NotAllowed, NotFound
from domain.moves import Move, State, Step
from domain.people import Actor, Role
from domain.telling import Told
from tests.support.build import Span, files
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.stories import report, to_doing, to_rating


@pytest.mark.parametrize("who", ["secretary", "committee"])
def test_each_number_on_today_opens_exactly_so_many_files(
    cast: Cast, clock: TestClock, database: Database, who: str
) -> None:
    span = Span(clock.now, 60)
    with database.write() as session:
        files(session, cast, random.Random(2), 120, span)
    actor = cast.people[who]
    shown = today(actor, span.now)
    assert [row.step for row in shown.steps] == list(Step)[:6]
    total = 0
    for row in shown.steps:
        lines = inbox(actor, row.opens, span.now, limit=500).lines
        assert row.count.n == len(lines)
        assert {line.step for line in lines} <= {row.step}
        total += row.count.n
    assert total > 20
    overdue = inbox(actor, shown.overdue_opens, span.now, limit=500).lines
    assert shown.overdue.n == len(overdue) > 5
    due = [line.next_due_at for line in shown.waiting if line.next_due_at]
    assert len(due) > 10


def test_the_viewer_sees_numbers_and_nothing_else(cast: Cast, clock: TestClock) -> None:
    report(cast, clock.now)
    shown = today(cast.viewer, clock.now)
    assert sum(row.count.n for row in shown.steps) == 1
    nothing = (shown.waiting, shown.reminded, shown.calls, shown.tasks)
    assert nothing == ((), (), (), ())
    assert (shown.held.n, shown.calls_count.n) == (0, 0)


@pytest.mark.parametrize("who", ["volunteer", "property_contact"])
def test_who_has_no_figures_gets_none(cast: Cast, clock: TestClock, who: str) -> None:
    report(cast, clock.now)
    assert today(cast.people[who], clock.now).steps == ()


def codes(shown: Today) -> list[str]:
    return [line.code for line in shown.waiting]


def test_what_waits_comes_by_its_deadline(cast: Cast, clock: TestClock) -> None:
    first = report(cast, clock.now).case_code or ""
    clock.forward(hours=2)
    second = report(cast, clock.now, place_code=cast.garden_code).case_code or ""
    clock.forward(hours=2)
    rated = report(cast, clock.now, "路灯坏了").case_code or ""
    told.answer(cast.secretary, clock.now, rated, "收到")
    to_rating(cast, clock.now, rated)
    third = report(cast, clock.now, "车位不够").case_code or ""
    assert codes(today(cast.secretary, clock.now)) == [first, second, third, rated]
    # Answered: now the week counts, and not the day.
    told.answer(cast.secretary, clock.now, first, "明天来看")
    assert codes(today(cast.secretary, clock.now)) == [second, third, first, rated]
    to_doing(cast, clock.now, first)
    assert codes(today(cast.secretary, clock.now)) == [second, third, rated]
    # The committee sees all of its own estate that is promised, and nothing of the other.
    assert codes(today(cast.committee, clock.now)) == [third, first]


def test_a_unit_sees_its_own_tasks_alone_and_no_reporter(cast: Cast, clock: TestClock) -> None:
    taken = report(cast, clock.now, "电梯异响，打我电话13912345678，林一", name="林一")
    task = to_doing(cast, clock.now, taken.case_code or "")
    later = report(cast, clock.now, "水管漏水").case_code or ""
    to_doing(cast, clock.forward(days=1), later, assisting=False)
    listed = my_tasks(cast.property_contact, clock.now).lines
    assert listed[0].code == task
    assert [line.lead for line in listed] == [True, True]
    assert [line.lead for line in my_tasks(cast.partner_contact, clock.now).lines] == [False]
    assert my_tasks(cast.branch_contact, clock.now).lines == ()
    assert [row.code for row in today(cast.property_contact, clock.now).tasks] == [
        line.code for line in listed
    ]
    shown = unit_task(cast.property_contact, task, clock.now)
    assert shown.words == ("电梯异响，打我电话139****5678，林一",)
    assert shown.order == "由物业牵头，三天内检修"
    assert shown.can_answer
    assert "13800000001" not in repr(shown)
    assert not listed[0].late
    assert my_tasks(cast.property_contact, clock.forward(days=9)).lines[0].late


def test_a_unit_reads_what_is_public_and_its_own_words(cast: Cast, clock: TestClock) -> None:
    taken = report(cast, clock.now)
    code = taken.case_code or ""
    task = to_doing(cast, clock.now, code)
    told.contact(
        cast.secretary,
        clock.now,
        code,
        report_id=taken.report_id,
        purpose="answer",
        reached=True,
        words="只给社区看的话",
    )
    tasks.answer_task(cast.property_contact, clock.now, task, "下午到")
    notes = unit_task(cast.property_contact, task, clock.now).notes
    assert [(note.text, note.own) for note in notes] == [
        ("由物业牵头，三天内检修", False),
        ("下午到", True),
    ]


def test_a_done_task_moves_to_the_done_ones_and_pages_go_on(cast: Cast, clock: TestClock) -> None:
    given = []
    for n in range(5):
        code = report(cast, clock.now, f"第{n}件事").case_code or ""
        given.append(to_doing(cast, clock.forward(hours=1), code, assisting=False))
    for task in given[:3]:
        tasks.report_done(cast.property_contact, clock.forward(hours=1), task, "好了")
    who = cast.property_contact

    def all_of(done: bool) -> list[str]:
        found, after = [], None
        while True:
            page = my_tasks(who, clock.now, done=done, after=after, limit=2)
            found += [line.code for line in page.lines]
            after = page.next_cursor
            if after is None:
                return found

    assert all_of(done=True) == [given[2], given[1], given[0]]
    assert all_of(done=False) == given[3:]


def test_another_units_task_and_none_get_the_same_answer(cast: Cast, clock: TestClock) -> None:
    code = report(cast, clock.now).case_code or ""
    task = to_doing(cast, clock.now, code)
    for actor, asked in (
        (cast.partner_contact, task),
        (cast.branch_contact, task),
        (cast.property_contact, "unknown"),
        (cast.property_contact, "\x00"),
        (Actor(cast.property_contact.account_id, "无单位", frozenset({Role.UNIT})), task),
    ):
        with pytest.raises(NotFound):
            unit_task(actor, asked, clock.now)
    moving.move(cast.secretary, clock.now, code, Move.RECALL, "换一家")
    with pytest.raises(NotFound):
        unit_task(cast.property_contact, task, clock.now)
    assert my_tasks(cast.property_contact, clock.now).lines == ()
    for who in ("secretary", "committee", "volunteer", "viewer"):
        with pytest.raises(NotAllowed):
            my_tasks(cast.people[who], clock.now)


def test_a_call_says_what_to_say_and_goes_when_it_was_made(cast: Cast, clock: TestClock) -> None:
    taken = report(cast, clock.now, channel=Channel.PHONE)
    code = taken.case_code or ""
    moving.move(cast.secretary, clock.now, code, Move.ASK, "哪一部电梯？")
    (call,) = calls(cast.secretary, clock.now).lines
    assert (call.kind, call.say) == (Told.ASKED, "哪一部电梯？")
    assert (call.name, call.phone, call.failed) == ("林一", "138****0001", 0)
    assert count_calls(cast.secretary, clock.now).n == 1
    assert [row.telling_id for row in today(cast.secretary, clock.now).calls] == [call.telling_id]
    assert today(cast.secretary, clock.now).calls_count.n == 1

    def ring(reached: bool) -> None:
        told.contact(
            cast.social_worker,
            clock.forward(hours=1),
            code,
            report_id=call.report_id,
            purpose=call.kind,
            reached=reached,
            telling_id=call.telling_id,
        )

    ring(reached=False)
    assert [row.failed for row in calls(cast.secretary, clock.now).lines] == [1]
    ring(reached=True)
    assert calls(cast.secretary, clock.now).lines == ()


def test_reporters_of_a_merged_file_are_on_the_list_too(cast: Cast, clock: TestClock) -> None:
    first = report(cast, clock.now).case_code or ""
    second = report(cast, clock.now, "同一部电梯", name="周二", phone="13800000002").case_code or ""
    merging.merge(cast.secretary, clock.now, second, first, "同一部电梯")
    assert {(row.name, row.kind) for row in calls(cast.secretary, clock.now).lines} == {
        ("周二", Told.MERGED)
    }
    to_rating(cast, clock.forward(hours=1), first)
    published = [row for row in calls(cast.secretary, clock.now).lines if row.kind == "published"]
    assert {row.name for row in published} == {"林一", "周二"}
    assert {row.say for row in published} == {"三号楼电梯已检修，运行平稳。"}


def test_calls_come_in_portions_in_scope_and_for_the_desk_alone(
    cast: Cast, clock: TestClock
) -> None:
    for place in (cast.gate_code, cast.garden_code, cast.gate_code):
        code = report(cast, clock.forward(hours=1), place_code=place).case_code or ""
        moving.move(cast.secretary, clock.now, code, Move.DECLINE, "不归社区管")
    first = calls(cast.secretary, clock.now, limit=2)
    second = calls(cast.secretary, clock.now, first.next_cursor, 2)
    ids = [row.telling_id for row in (*first.lines, *second.lines)]
    assert len(set(ids)) == 3
    assert ids == sorted(ids)
    assert second.next_cursor is None
    narrow = Actor(1, "只管二小区", frozenset({Role.SOCIAL_WORKER}), None, cast.estate_two)
    assert len(calls(narrow, clock.now).lines) == count_calls(narrow, clock.now).n == 1
    for who in ("committee", "property_contact", "viewer", "administrator"):
        for ask in (calls, count_calls):
            with pytest.raises(NotAllowed):
                ask(cast.people[who], clock.now)


def test_held_back_reports_wait_for_the_desk(cast: Cast, clock: TestClock) -> None:
    kept = [
        report(cast, clock.forward(minutes=1), f"第{n}条", place_code=place, held_for="place")
        for n, place in enumerate([cast.gate_code, cast.garden_code, cast.gate_code])
    ]
    first = held_reports(cast.secretary, clock.now, limit=2)
    second = held_reports(cast.secretary, clock.now, first.next_cursor, 2)
    rows = [*first.lines, *second.lines]
    assert [row.report_id for row in rows] == [taken.report_id for taken in kept]
    assert (rows[0].where.estate, rows[0].why, rows[0].phone) == ("一小区", "place", "138****0001")
    assert count_held(cast.secretary, clock.now).n == today(cast.secretary, clock.now).held.n == 3
    narrow = Actor(1, "只管二小区", frozenset({Role.SOCIAL_WORKER}), None, cast.estate_two)
    assert [row.report_id for row in held_reports(narrow, clock.now).lines] == [kept[1].report_id]
    let_in = intake.let_in(cast.secretary, clock.now, kept[0].report_id)
    intake.discard(cast.secretary, clock.now, kept[2].report_id)
    assert count_held(cast.secretary, clock.now).n == 1
    assert State.NEW in {line.state for line in today(cast.secretary, clock.now).waiting}
    assert let_in.case_code in codes(today(cast.secretary, clock.now + timedelta(hours=1)))
    for who in ("committee", "property_contact", "viewer"):
        with pytest.raises(NotAllowed):
            held_reports(cast.people[who], clock.now)

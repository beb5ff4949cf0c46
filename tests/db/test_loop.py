"""The whole loop through the write functions: from a word to a rated, closed file."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db import closing_facts, engine, events, intake, merging, moving, publishing, rating, tasks
from db import telling as told
from db.scope import reports_of
from db.tables import Case, Channel, ClockRow, Contact, Event, Report, Task, Telling
from domain.clocks import Promise, Standing
from domain.closing import Missing, Outcome
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.moves import Move, State
from domain.people import RESIDENT
from tests.support.cast import Cast
from tests.support.clock import TestClock

HOUR = timedelta(hours=1)


def report(cast: Cast, clock: TestClock, once_key: str = "a", **more: object) -> intake.Taken:
    words = intake.ReporterWords("林一", "13800000001", None, True)
    return intake.take_report(
        RESIDENT,
        clock.now,
        text="电梯异响，老人不敢坐。请尽快来看看",
        channel=Channel.QR,
        place_code=cast.gate_code,
        reporter=words,
        once_key=once_key,
        **more,  # type: ignore[arg-type]
    )


def case_of(code: str | None) -> Case:
    with engine.read() as session:
        return session.scalars(select(Case).where(Case.code == code)).one()


def standing(code: str | None, promise: Promise, round: int = 1) -> Standing | None:
    with engine.read() as session:
        query = select(ClockRow.result).join(Case, Case.id == ClockRow.case_id)
        return session.scalar(
            query.where(Case.code == code, ClockRow.promise == promise, ClockRow.round == round)
        )


def to_doing(cast: Cast, clock: TestClock, code: str) -> str:
    moving.move(cast.secretary, clock.now, code, Move.ACCEPT)
    given = tasks.decide(
        cast.secretary,
        clock.now,
        code,
        lead_unit_id=cast.property_one,
        due_on=clock.now.date() + timedelta(days=3),
        words="由物业牵头，三天内检修",
        assisting=[cast.partner_one],
    )
    assert given.state is State.DOING
    return given.task_codes[0]


def to_rating(cast: Cast, clock: TestClock, code: str) -> None:
    task = to_doing(cast, clock, code)
    tasks.report_done(cast.property_contact, clock.now, task, "已更换导靴")
    publishing.show(
        cast.secretary,
        clock.now,
        code,
        summary="三号楼电梯已检修，运行平稳。",
        no_evidence_reason="维修现场不便拍照",
    )


def test_a_word_becomes_a_rated_closed_file(cast: Cast, clock: TestClock) -> None:
    taken = report(cast, clock)
    assert taken.number == "2026-000001"
    code = taken.case_code or ""
    assert case_of(code).title == "电梯异响，老人不敢坐"
    clock.forward(hours=1)
    to_rating(cast, clock, code)
    assert case_of(code).state is State.RATING
    clock.forward(hours=1)
    with pytest.raises(publishing.NotYetClosable) as refused:
        publishing.close(cast.secretary, clock.now, code)
    assert refused.value.lacking == (Missing.RATING,)
    rating.rate_by_follow(RESIDENT, clock.now, taken.follow_code, 5, "yes", "谢谢！")
    publishing.close(cast.secretary, clock.now, code)
    case = case_of(code)
    assert (case.state, case.outcome, case.next_due_at) == (State.CLOSED, Outcome.SOLVED, None)
    assert standing(code, Promise.DONE) is Standing.MET
    assert standing(code, Promise.DECISION) is Standing.MET
    with engine.read() as session:
        kinds = session.scalars(select(Event.kind).order_by(Event.seq)).all()
        assert " ".join(kinds) == (
            "opened moved moved moved task_given task_given moved moved rated moved"
        )
        assert list(events.breaks(session)) == []


def test_a_form_sent_twice_makes_one_report_and_shows_the_same_code(
    cast: Cast, clock: TestClock
) -> None:
    first, second = report(cast, clock), report(cast, clock)
    assert (first.follow_code, first.case_id) == (second.follow_code, second.case_id)
    assert (first.repeated, second.repeated) == (False, True)
    with engine.read() as session:
        assert len(session.scalars(select(Report)).all()) == 1


def test_the_handler_neither_closes_nor_takes_down_the_rating(cast: Cast, clock: TestClock) -> None:
    taken = report(cast, clock)
    code = taken.case_code or ""
    task = to_doing(cast, clock, code)
    tasks.report_done(cast.secretary, clock.now, task, "物业电话报告：已修好")
    publishing.show(cast.secretary, clock.now, code, summary="已修好。", no_evidence_reason="无")
    with pytest.raises(NotAllowed):
        rating.rate_by_phone(cast.secretary, clock.now, code, taken.report_id, 5, "yes")
    rating.rate_by_phone(cast.social_worker, clock.now, code, taken.report_id, 4, "yes")
    with pytest.raises(publishing.NotYetClosable) as refused:
        publishing.close(cast.secretary, clock.now, code)
    assert refused.value.lacking == (Missing.OTHER_CLOSER,)
    publishing.close(cast.social_worker, clock.now, code)


def test_two_failed_calls_open_the_gate(cast: Cast, clock: TestClock) -> None:
    taken = report(cast, clock)
    code = taken.case_code or ""
    to_rating(cast, clock, code)
    for key in ("first", "first", "second"):  # the repeated key counts once
        told.contact(
            cast.social_worker,
            clock.now,
            code,
            report_id=taken.report_id,
            purpose="rating",
            reached=False,
            key=key,
        )
    with engine.read() as session:
        assert len(session.scalars(select(Contact)).all()) == 2
        facts = closing_facts.closing_facts(session, case_of(code), 1)
        assert facts.failed_contacts == 2
    publishing.close(cast.secretary, clock.now, code)


def test_a_reopened_case_keeps_its_first_clock(cast: Cast, clock: TestClock) -> None:
    taken = report(cast, clock)
    code = taken.case_code or ""
    clock.forward(days=9)
    to_rating(cast, clock, code)
    assert standing(code, Promise.DONE) is Standing.MET_LATE
    moving.move(cast.secretary, clock.now, code, Move.REOPEN, "又坏了")
    clock.forward(hours=1)
    moving.move(cast.secretary, clock.now, code, Move.EXPLAIN, "配件在途，已贴告示")
    assert standing(code, Promise.DONE) is Standing.MET_LATE
    assert standing(code, Promise.DONE, round=2) is Standing.MET
    with engine.read() as session:  # everybody who reported it is told that it is open again
        kinds = session.scalars(select(Telling.kind)).all()
        assert "reopened" in kinds


def test_work_that_was_not_accepted_does_not_stop_the_clock(cast: Cast, clock: TestClock) -> None:
    taken = report(cast, clock)
    code = taken.case_code or ""
    task = to_doing(cast, clock, code)
    tasks.report_done(cast.property_contact, clock.now, task, "好了")
    moving.move(cast.secretary, clock.now, code, Move.SEND_BACK, "现场仍有异响")
    assert standing(code, Promise.DONE) is None
    assert case_of(code).next_due_at is not None
    clock.forward(days=9)
    tasks.report_done(cast.property_contact, clock.now, task, "这次换了新件")
    assert standing(code, Promise.DONE) is Standing.MET_LATE


def test_merging_keeps_every_reporter_and_unmerging_gives_them_back(
    cast: Cast, clock: TestClock
) -> None:
    a, b, c = (report(cast, clock, key) for key in "abc")
    codes = [taken.case_code or "" for taken in (a, b, c)]
    merging.merge(cast.secretary, clock.now, codes[0], codes[1], "同一部电梯")
    merging.merge(cast.secretary, clock.now, codes[1], codes[2], "同一部电梯")
    with engine.read() as session:
        root = session.scalars(select(Case).where(Case.code == codes[2])).one()
        assert [one.id for one in reports_of(session, root)] == [
            a.report_id,
            b.report_id,
            c.report_id,
        ]
    with pytest.raises(Refused):
        merging.merge(cast.secretary, clock.now, codes[2], codes[0], "绕圈")
    clock.forward(days=2)
    merging.unmerge(cast.secretary, clock.now, codes[1], "不是同一部")
    with engine.read() as session:
        root = session.scalars(select(Case).where(Case.code == codes[1])).one()
        assert {one.id for one in reports_of(session, root)} == {a.report_id, b.report_id}
        assert root.state is State.NEW
    assert standing(codes[1], Promise.FIRST_ANSWER) is None  # it stood still while merged


def test_a_unit_reaches_only_what_it_was_given(cast: Cast, clock: TestClock) -> None:
    code = report(cast, clock).case_code or ""
    task = to_doing(cast, clock, code)
    for stranger in (cast.branch_contact, cast.partner_contact, cast.committee, cast.viewer):
        with pytest.raises((NotFound, NotAllowed)):
            tasks.report_done(stranger, clock.now, task, "好了")
    with pytest.raises(NotAllowed):
        moving.move(cast.property_contact, clock.now, code, Move.RECALL, "我来")


def test_personal_data_in_a_summary_stops_the_publishing(cast: Cast, clock: TestClock) -> None:
    code = report(cast, clock).case_code or ""
    task = to_doing(cast, clock, code)
    tasks.report_done(cast.property_contact, clock.now, task, "好了")
    with pytest.raises(publishing.PersonalDataFound):
        publishing.show(cast.secretary, clock.now, code, summary="联系13812345678")
    assert case_of(code).published_at is None
    publishing.show(cast.secretary, clock.now, code, summary="值班13812345678", personal_ok=True)
    assert case_of(code).published_at == clock.now


def test_a_held_report_has_no_file_until_it_is_let_in(cast: Cast, clock: TestClock) -> None:
    taken = report(cast, clock, held_for="address")
    assert (taken.held, taken.case_code) == (True, None)
    clock.forward(hours=1)
    opened = intake.let_in(cast.social_worker, clock.now, taken.report_id)
    assert case_of(opened.case_code).opened_at == clock.now - HOUR
    with pytest.raises(NotFound):
        intake.discard(cast.social_worker, clock.now, taken.report_id)


def test_a_move_that_is_not_in_the_table_says_what_is(cast: Cast, clock: TestClock) -> None:
    code = report(cast, clock).case_code or ""
    with pytest.raises(Refused) as refused:
        moving.move(cast.secretary, clock.now, code, Move.RESUME)
    assert Move.ACCEPT in refused.value.params["moves"]  # type: ignore[operator]


def test_asked_for_more_the_clocks_stand_until_the_reporter_answers(
    cast: Cast, clock: TestClock
) -> None:
    taken = report(cast, clock)
    code = taken.case_code or ""
    moving.move(cast.secretary, clock.now, code, Move.ASK, "请问是几单元？")
    assert standing(code, Promise.FIRST_ANSWER) is Standing.MET
    assert case_of(code).next_due_at is None
    clock.forward(days=20)
    moving.supply(RESIDENT, clock.now, taken.follow_code, "二单元", key="k")
    moving.supply(RESIDENT, clock.now, taken.follow_code, "二单元", key="k")
    case = case_of(code)
    assert case.state is State.NEW
    assert case.next_due_at is not None
    assert case.next_due_at > clock.now
    moving.move(cast.secretary, clock.now, code, Move.EXPLAIN, "已报修")
    assert standing(code, Promise.DONE) is Standing.MET


def test_a_decision_needs_a_unit_and_a_day_to_come(cast: Cast, clock: TestClock) -> None:
    code = report(cast, clock).case_code or ""
    moving.move(cast.secretary, clock.now, code, Move.ACCEPT)
    with pytest.raises(FieldError):
        tasks.decide(
            cast.secretary,
            clock.now,
            code,
            lead_unit_id=cast.branch_one,
            due_on=date(2020, 1, 1),
            words="x",
        )
    with engine.read() as session:
        assert session.scalars(select(Task)).all() == []
        assert case_of(code).state is State.DELIBERATING


def test_a_held_report_without_a_poster_keeps_what_was_chosen(cast: Cast, clock: TestClock) -> None:
    held = intake.take_report(
        RESIDENT,
        clock.now,
        text="楼道堆物",
        channel=Channel.QR,
        building_id=cast.building_three,
        category_id=cast.lifts,
        held_for="address",
    )
    opened = intake.let_in(cast.social_worker, clock.now, held.report_id)
    case = case_of(opened.case_code)
    assert (case.estate_id, case.building_id, case.category_id) == (
        cast.estate_two,
        cast.building_three,
        cast.lifts,
    )

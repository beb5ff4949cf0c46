"""Care visits as rows: enrolment, rounds, alarms, events, and who may look at what."""

from datetime import date

import pytest
from sqlalchemy import func, select

from db import engine, personal
from db.engine import Database
from db.outbox.desk import to_hand_over
from db.rounds import care, visiting
from db.rounds.care_query import CareLine, care_list, care_month, my_visits, visits_of
from db.tables import Case, Event, Report
from db.tables.rounds import CareHealth, CarePerson, CareVisit
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.people import Actor, Role
from domain.visits import EventKind, Rate, Reason, Tier
from tests.db.rounders import enrol, walkers
from tests.support.cast import Cast
from tests.support.clock import TestClock


def line(actor: Actor, clock: TestClock) -> CareLine:
    (only,) = care_list(actor, clock.now)
    return only


def events_of(kind: str) -> int:
    with engine.read() as session:
        return session.scalar(select(func.count(Event.id)).where(Event.kind == kind)) or 0


def test_somebody_is_enrolled_visited_and_due_again(cast: Cast, clock: TestClock) -> None:
    code = enrol(cast, clock.now)
    assert line(cast.secretary, clock).where == "一小区 1号楼 1单元101"
    clock.set("2026-03-09 10:00")
    assert line(cast.secretary, clock).today
    visiting.record_visit(cast.social_worker, clock.now, code, met=False)
    assert line(cast.secretary, clock).today
    visiting.record_visit(cast.social_worker, clock.forward(minutes=1), code, met=True, note="好")
    seen = line(cast.secretary, clock)
    assert (seen.today, seen.overdue, seen.failures, seen.last_met) == (False, False, 0, clock.now)
    assert [(one.met, one.note) for one in visits_of(cast.secretary, code)] == [
        (True, "好"),
        (False, ""),
    ]
    clock.set("2026-03-17 00:00")
    assert line(cast.secretary, clock).overdue


def test_only_who_agreed_is_enrolled_and_once_for_one_form(cast: Cast, clock: TestClock) -> None:
    def send(consent: bool) -> str:
        return care.enrol(
            cast.secretary,
            clock.now,
            household_id=cast.household_101,
            name="陈阿婆",
            tier=Tier.MONTHLY,
            consent=consent,
            once_key="form",
        )

    with pytest.raises(FieldError, match="agreed"):
        send(False)
    assert send(True) == send(True)
    assert len(care_list(cast.secretary, clock.now)) == 1


def test_a_pressed_button_counts_once(cast: Cast, clock: TestClock) -> None:
    code = enrol(cast, clock.now)
    for _ in range(3):
        visiting.record_visit(cast.secretary, clock.now, code, met=False, once_key="tap")
    assert line(cast.secretary, clock).failures == 1


def test_the_second_failure_in_a_row_and_no_other_calls_for_a_look_today(
    cast: Cast, clock: TestClock
) -> None:
    code = enrol(cast, clock.now, tier=Tier.QUARTERLY)
    for calls in (0, 1, 1):
        visiting.record_visit(cast.secretary, clock.forward(hours=1), code, met=False)
        found = to_hand_over(cast.secretary, clock.now)
        assert [one.kind for one in found] == ["same_day_check"] * calls
    due = line(cast.secretary, clock).due
    assert due is not None
    assert due.reason is Reason.CHECK


def test_a_need_opens_a_file_at_once(cast: Cast, clock: TestClock) -> None:
    code = enrol(cast, clock.now)
    case_code = visiting.record_visit(
        cast.secretary, clock.now, code, met=True, need="卫生间扶手松了，请来修"
    )
    with engine.read() as session:
        case = session.execute(select(Case).where(Case.code == case_code)).scalar_one()
        assert (case.building_id, case.title) == (cast.building_one, "卫生间扶手松了，请来修")
        report = session.scalars(select(Report)).one()
        assert (report.channel.value, report.recorded_by) == ("round", cast.secretary.account_id)
    assert visits_of(cast.secretary, code)[0].case_code == case_code


def test_a_need_that_is_refused_leaves_no_visit(cast: Cast, clock: TestClock) -> None:
    code = enrol(cast, clock.now)
    with pytest.raises(FieldError):
        visiting.record_visit(cast.secretary, clock.now, code, met=True, need="x" * 20_000)
    assert visits_of(cast.secretary, code) == []


def test_nineteen_of_twenty_two(cast: Cast, clock: TestClock) -> None:
    codes = [enrol(cast, clock.now, f"老人{n}", Tier.MONTHLY) for n in range(24)]
    for code in codes[:2]:
        care.pause(cast.secretary, clock.now, code, reason="住院")
    for code in codes[2:21]:
        visiting.record_visit(cast.secretary, clock.forward(minutes=1), code, met=True)
    for code in codes[21:]:
        visiting.record_visit(cast.secretary, clock.forward(minutes=1), code, met=False)
    month = care_month(cast.secretary, clock.now, date(2026, 3, 1))
    assert month.rate == Rate(19, 24, 2)
    assert month.rate.of == 22
    # Who was met on the 2nd is due by the 2nd of April; the three others by then as well.
    assert month.plan == ()
    assert len(care_month(cast.secretary, clock.now, date(2026, 4, 1)).plan) == 22


def test_a_pause_rests_until_it_ends(cast: Cast, clock: TestClock) -> None:
    code = enrol(cast, clock.now)
    care.pause(cast.secretary, clock.now, code, reason="住院", until=date(2026, 3, 20))
    with pytest.raises(Refused):
        care.pause(cast.secretary, clock.now, code, reason="住院")
    clock.set("2026-03-19 23:00")
    assert line(cast.secretary, clock).paused
    assert line(cast.secretary, clock).due is None
    clock.set("2026-03-20 00:00")
    assert line(cast.secretary, clock).due is not None
    care.pause(cast.secretary, clock.now, code, reason="探亲")
    care.resume(cast.secretary, clock.forward(days=1), code)
    care.resume(cast.secretary, clock.now, code)
    assert not line(cast.secretary, clock).paused
    assert events_of("care_resumed") == 1


def test_a_major_event_calls_for_everybody_it_includes(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    people = walkers(cast, database, clock.now)
    enrol(cast, clock.now, "甲", Tier.EVENT, people[1])
    enrol(cast, clock.now, "乙", Tier.WEEKLY)
    enrol(cast, clock.now, "丙", Tier.EVENT, household_id=cast.household_901)
    resting = enrol(cast, clock.now, "丁", Tier.EVENT)
    care.pause(cast.secretary, clock.now, resting, reason="住院")
    clock.set("2026-03-02 18:00")

    def call(**more: object) -> int:
        kind = EventKind.STORM
        return visiting.call_event(cast.secretary, clock.forward(minutes=1), kind, **more)  # type: ignore[arg-type]

    assert call(estate_id=cast.estate_one, only_tier=True) == 1
    assert call(estate_id=cast.estate_one) == 2
    assert call() == 3
    urgent = [one for one in care_list(cast.secretary, clock.now) if one.due is not None]
    assert [(one.name, one.due.reason) for one in urgent if one.due] == [
        ("甲", Reason.EVENT),
        ("乙", Reason.EVENT),
        ("丙", Reason.EVENT),
    ]
    assert [one.overdue for one in urgent] == [False, False, False]
    late = {one.name for one in care_list(cast.secretary, clock.forward(hours=24)) if one.overdue}
    assert late == {"甲", "乙", "丙"}
    told = {(one.kind, one.name) for one in to_hand_over(cast.secretary, clock.now)}
    assert {("visits_called", "医生壬"), ("visits_called", "")} == told


def test_a_visitor_sees_their_own_round_and_records_it(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    people = walkers(cast, database, clock.now)
    code = enrol(cast, clock.now, visitor_id=people[1], health="高血压，听力弱")
    other = enrol(cast, clock.now, "李阿公")
    assert [one.code for one in my_visits(cast.volunteer, clock.now)] == [code]
    assert visiting.details(cast.volunteer, clock.now, code).health == "高血压，听力弱"
    assert events_of("care_details_shown") == 1
    visiting.record_visit(cast.volunteer, clock.now, code, met=True)
    with engine.read() as session:
        assert session.scalars(select(CareVisit.volunteer_id)).one() == people[1]
    for stranger in (other, "no-such-code"):
        with pytest.raises(NotFound):
            visiting.record_visit(cast.volunteer, clock.now, stranger, met=True)
        with pytest.raises(NotFound):
            visiting.details(cast.volunteer, clock.now, stranger)


def test_health_is_shown_to_who_needs_it_now(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    people = walkers(cast, database, clock.now)
    code = enrol(cast, clock.now, tier=Tier.MONTHLY, visitor_id=people[1], health="糖尿病")
    with pytest.raises(NotFound):
        visiting.details(cast.volunteer, clock.now, code)  # due in a month
    with pytest.raises(NotAllowed):
        visiting.details(cast.squad_leader, clock.now, code)
    assert events_of("care_details_shown") == 0
    clock.set("2026-03-30 09:00")
    assert visiting.details(cast.volunteer, clock.now, code).health == "糖尿病"
    assert "糖尿病" not in repr(care_list(cast.squad_leader, clock.now))


def test_leaving_forgets_number_and_health_and_keeps_the_visits(
    cast: Cast, clock: TestClock
) -> None:
    code = enrol(cast, clock.now, health="糖尿病")
    visiting.record_visit(cast.secretary, clock.now, code, met=True)
    care.end_care(cast.secretary, clock.forward(days=1), code)
    assert care_list(cast.secretary, clock.now) == []
    with engine.read() as session:
        assert session.scalars(select(CareHealth)).all() == []
    assert len(visits_of(cast.secretary, code)) == 1
    with pytest.raises(Refused):
        visiting.record_visit(cast.secretary, clock.now, code, met=True)


def test_one_estates_people_are_not_anothers(cast: Cast, clock: TestClock) -> None:
    code = enrol(cast, clock.now)
    scoped = Actor(
        cast.social_worker.account_id,
        "二小区社工",
        frozenset({Role.SOCIAL_WORKER}),
        estate_id=cast.estate_two,
    )
    assert care_list(scoped, clock.now) == []
    for act in (
        lambda: visits_of(scoped, code),
        lambda: visiting.record_visit(scoped, clock.now, code, met=True),
        lambda: visiting.details(scoped, clock.now, code),
        lambda: care.end_care(scoped, clock.now, code),
        lambda: enrol_as(scoped, cast, clock),
        lambda: visiting.call_event(scoped, clock.now, EventKind.COLD, estate_id=cast.estate_one),
    ):
        with pytest.raises(NotFound):
            act()


def enrol_as(actor: Actor, cast: Cast, clock: TestClock) -> None:
    care.enrol(
        actor,
        clock.now,
        household_id=cast.household_101,
        name="x",
        tier=Tier.EVENT,
        consent=True,
    )


def test_a_visited_person_reads_and_erases_what_is_kept(cast: Cast, clock: TestClock) -> None:
    code = enrol(cast, clock.now, health="糖尿病")
    visiting.record_visit(cast.secretary, clock.now, code, met=True, note="陈阿婆精神好")
    kept = personal.export_person(cast.secretary, clock.now, "13800009001")
    (shown,) = kept["care_visits"]
    assert (shown["name"], shown["health"], shown["tier"]) == ("陈阿婆", "糖尿病", "weekly")
    personal.erase_person(cast.secretary, clock.now, "13800009001")
    assert care_list(cast.secretary, clock.now) == []
    with engine.read() as session:
        row = session.scalars(select(CarePerson)).one()
        assert (row.name, row.phone) == ("—", None)
        assert session.scalars(select(CareHealth)).all() == []
        assert session.scalars(select(CareVisit.note)).all() == [None]
    with pytest.raises(NotFound):
        personal.export_person(cast.secretary, clock.now, "13800009001")

"""Hours: noted once, confirmed by somebody else, corrected by new rows, never guessed."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables.volunteers import ServiceHours
from db.volunteers import absences, hour_list, hours, own
from db.volunteers.facts import facts_of
from domain.errors import DeskError, FieldError, NotAllowed, NotFound, Refused
from domain.people import Actor
from domain.service_hours import Source
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.squads import Squads, row_id

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def serve(
    database: Database, actor: Actor, code: str, start: datetime, end: datetime, number: int = 1
) -> str:
    """Arrive and leave; returns the entry's code."""
    key = row_id(database, code)
    with database.write() as session:
        row = hours.start(session, actor, start, key, Source.REQUEST, number)
    with database.write() as session:
        assert hours.finish(session, actor, end, row)
        return session.get_one(ServiceHours, row).code


def test_arriving_and_leaving_twice_is_noted_once(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    key = row_id(database, squads.doctor)
    with database.write() as session:
        first = hours.start(session, cast.volunteer, clock.now, key, Source.REQUEST, 7)
        late = clock.now + timedelta(minutes=5)
        assert hours.start(session, cast.volunteer, late, key, Source.REQUEST, 7) == first
        end = clock.now + timedelta(minutes=30, seconds=59)
        assert hours.finish(session, cast.volunteer, end, first)
        assert hours.finish(session, cast.volunteer, end + timedelta(hours=1), first)
    with database.read() as session:
        row = session.scalars(select(ServiceHours)).one()
    assert (row.arrived_at, row.left_at) == (clock.now, clock.now + timedelta(minutes=30))


def test_only_confirmed_hours_stand_on_the_certificate(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    start = clock.set("2026-03-02T23:00")
    code = serve(database, cast.volunteer, squads.doctor, start, clock.set("2026-03-03T01:30"))
    with pytest.raises(Refused):
        hour_list.certificate_for(cast.secretary, clock.now, squads.doctor, *YEAR)
    hours.confirm(cast.squad_leader, clock.now, code)
    hours.confirm(cast.squad_leader, clock.now, code)
    paper = hour_list.certificate_for(cast.secretary, clock.now, squads.doctor, *YEAR)
    assert (paper.total.minutes, paper.total.night, paper.times) == (150, 150, 1)
    assert own.my_hours(cast.volunteer, clock.now).ever.minutes == 150


@pytest.mark.parametrize("who", ["volunteer", "viewer", "property_contact", "committee"])
def test_hours_are_confirmed_by_leaders_and_the_office_alone(
    cast: Cast, squads: Squads, database: Database, clock: TestClock, who: str
) -> None:
    code = serve(database, cast.volunteer, squads.doctor, clock.now, clock.now + timedelta(hours=1))
    with pytest.raises(DeskError):
        hours.confirm(cast.people[who], clock.now, code)


def test_a_leader_confirms_neither_the_own_hours_nor_another_squads(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    end = clock.now + timedelta(hours=1)
    mine = serve(database, cast.squad_leader, squads.leader, clock.now, end)
    other = serve(database, cast.secretary, squads.guard, clock.now, end)
    for code in (mine, other):
        with pytest.raises(NotAllowed):
            hours.confirm(cast.squad_leader, end, code)
        hours.confirm(cast.secretary, end, code)


def test_a_forgotten_departure_is_asked_for_and_never_guessed(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    key = row_id(database, squads.doctor)
    arrived = clock.now
    with database.write() as session:
        row = hours.start(session, cast.volunteer, arrived, key, Source.REQUEST, 7)
        code = session.get_one(ServiceHours, row).code
    later = clock.forward(hours=13)
    assert [one.forgotten for one in hour_list.waiting(cast.secretary, later)] == [True]
    much_later = clock.forward(hours=20)
    with database.write() as session:
        assert not hours.finish(session, cast.volunteer, much_later, row)
    with pytest.raises(Refused):
        hours.confirm(cast.secretary, much_later, code)
    with database.read() as session:
        assert facts_of(session, [key], much_later)[key].weighted_minutes == 0
    fixed = hours.correct(
        cast.volunteer,
        much_later,
        code,
        arrived_at=arrived,
        left_at=arrived + timedelta(hours=1),
        note="忘了签退",
    )
    lines = hour_list.waiting(cast.secretary, much_later)
    assert [(one.code, one.corrects, one.forgotten) for one in lines] == [(fixed, True, False)]
    hours.confirm(cast.secretary, much_later, fixed)
    assert hour_list.waiting(cast.secretary, much_later) == []
    assert own.my_hours(cast.volunteer, much_later).ever.minutes == 60


def test_a_correction_is_a_new_row_and_takes_effect_when_it_is_confirmed(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    end = clock.now + timedelta(hours=2)
    code = serve(database, cast.volunteer, squads.doctor, clock.now, end)
    hours.confirm(cast.secretary, end, code)
    times = {"arrived_at": clock.now, "left_at": clock.now + timedelta(hours=3)}
    clock.forward(hours=4)
    fixed = hours.correct(cast.squad_leader, clock.now, code, **times, note="实际三小时")
    assert own.my_hours(cast.volunteer, clock.now).ever.minutes == 120
    with pytest.raises(Refused):
        hours.correct(cast.squad_leader, clock.now, code, **times, note="again")
    hours.confirm(cast.secretary, clock.now, fixed)
    assert own.my_hours(cast.volunteer, clock.now).ever.minutes == 180
    with database.read() as session:
        rows = session.scalars(select(ServiceHours).order_by(ServiceHours.id)).all()
        assert [row.left_at for row in rows] == [end, times["left_at"]]
    lines = hour_list.ledger(cast.secretary, clock.now, *YEAR)
    assert [one.total.minutes for one in lines if one.total] == [180]


def test_what_cannot_be_is_refused(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    at = clock.now
    hour = timedelta(hours=1)
    for arrived, left in ((at, at + hour), (at - hour, at - 2 * hour), (at - 26 * hour, at - hour)):
        with pytest.raises(Refused):
            hours.enter(
                cast.secretary,
                at,
                squads.doctor,
                source=Source.OTHER,
                arrived_at=arrived,
                left_at=left,
            )
    code = hours.enter(
        cast.secretary,
        at,
        squads.doctor,
        source=Source.ACTIVITY,
        arrived_at=at - hour,
        left_at=at,
        note="义诊",
    )
    with pytest.raises(FieldError):
        hours.correct(cast.secretary, at, code, arrived_at=at - hour, left_at=at, note=" ")
    with pytest.raises(NotFound):
        hours.confirm(cast.secretary, at, "nothing")


def test_overlapping_service_counts_once_in_load_and_total(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    start = clock.set("2026-03-02T21:00")
    hour = timedelta(hours=1)
    for number, (begin, end) in enumerate(((0, 2), (1, 3)), start=1):
        code = serve(
            database,
            cast.volunteer,
            squads.doctor,
            start + begin * hour,
            start + end * hour,
            number,
        )
        hours.confirm(cast.secretary, start + 3 * hour, code)
    key = row_id(database, squads.doctor)
    with database.read() as session:
        facts = facts_of(session, [key], start + 4 * hour)[key]
    assert facts.weighted_minutes == 180 + 120
    assert facts.night_duty_end == start + 3 * hour
    assert not facts.is_rested(start + 13 * hour)
    assert facts.is_rested(start + 14 * hour)
    paper = hour_list.certificate_for(cast.secretary, clock.now, squads.doctor, *YEAR)
    assert (paper.total.minutes, paper.times) == (180, 2)


def test_an_absence_has_a_comment_and_an_appeal_that_somebody_else_settles(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    key = row_id(database, squads.doctor)
    with database.write() as session:
        code = absences.note_absence(
            session, cast.squad_leader, clock.now, key, Source.REQUEST, 3, "接单未到"
        )
        again = absences.note_absence(
            session, cast.squad_leader, clock.now, key, Source.REQUEST, 3, "接单未到"
        )
    assert again == code
    with pytest.raises(Refused):
        absences.settle(cast.secretary, clock.now, code, stands=False)
    with pytest.raises(NotFound):
        absences.appeal(cast.squad_leader, clock.now, code, "not mine")
    absences.appeal(cast.volunteer, clock.now, code, "当时在急救")
    with pytest.raises(Refused):
        absences.settle(cast.squad_leader, clock.now, code, stands=True)
    absences.settle(cast.secretary, clock.now, code, stands=False)
    seen = own.my_hours(cast.volunteer, clock.now).absences
    assert [(one.comment, one.appeal, one.stands) for one in seen] == [
        ("接单未到", "当时在急救", False)
    ]
    with pytest.raises(Refused):
        absences.appeal(cast.volunteer, clock.now, code, "again")

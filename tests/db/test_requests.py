"""A request for help from the call to the closed file, and who is asked and told when."""

import pytest
from sqlalchemy import select

from db import engine, events
from db.requests import answering, asking, dispatching, ladder, looking, mine, reading
from db.requests.asking import Asked
from db.tables import Event
from db.tables.volunteers import ServiceHours, VolunteerRow
from domain.errors import FieldError, Refused
from domain.offers import OfferGone
from domain.people import Actor
from domain.requests import Called, Urgency
from tests.support.asking import MINUTE, asked_of, emergency, offer_of, state, told
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.helpers import on_call


def _events() -> int:
    with engine.read() as session:
        return len(session.scalars(select(Event.id)).all())


def test_from_a_call_to_the_closed_request(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = emergency(cast, clock.now)
    assert asked_of(cast, code, clock.now)[:2] == ["doctor0", "doctor1"]
    helper = doctors[1]
    first = answering.accept(helper, clock.forward(seconds=40), offer_of(helper, clock.now))
    assert state(cast, code, clock.now) == "assigned"
    task = first.task_code
    assert answering.set_out(helper, clock.forward(minutes=1), task) == "en_route"
    assert answering.arrive(helper, clock.forward(minutes=4), task) == "on_scene"
    assert looking.look_by_task(helper, clock.now, task).health == "青霉素过敏"
    assert answering.leave(helper, clock.forward(minutes=30), task, "已退烧") == "done"
    dispatching.close(cast.secretary, clock.now, code)
    assert state(cast, code, clock.now) == "closed"
    with engine.read() as session:
        served = session.scalars(select(ServiceHours)).one()
        assert (served.left_at or clock.now) - served.arrived_at == 30 * MINUTE
        assert served.confirmed_at is None
        assert list(events.breaks(session)) == []
    assert mine.my_help(helper, clock.now).task is None
    assert [one.note for one in mine.my_help(helper, clock.now).done] == ["已退烧"]


def test_the_ladder_to_the_minute_across_midnight(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    with engine.write() as session:  # all are on call, so that the night asks them
        keys = list(session.scalars(select(VolunteerRow.id).order_by(VolunteerRow.id)))
        on_call(session, clock.now.replace(hour=22), 10, keys)
    clock.set("2026-03-02T23:55")
    code = emergency(cast, clock.now)
    assert len(asked_of(cast, code, clock.now)) == 3
    clock.forward(minutes=2, seconds=59)
    ladder.tick(clock.now)
    assert len(asked_of(cast, code, clock.now)) == 3
    clock.forward(seconds=1)
    assert ladder.tick(clock.now) == 1
    assert len(asked_of(cast, code, clock.now)) == 6
    clock.forward(minutes=2, seconds=59)  # 00:00:59
    assert ladder.tick(clock.now) == 0
    assert told("request_waits") == []
    clock.forward(seconds=1)
    ladder.tick(clock.now)
    assert told("request_waits") == []  # no leader, and no estate with a duty desk
    clock.forward(minutes=4)
    ladder.tick(clock.now)
    assert state(cast, code, clock.now) == "escalated"
    assert told("request_waits")[-1] == cast.secretary.account_id
    # Whoever was asked may still say yes.
    answering.accept(doctors[0], clock.now, offer_of(doctors[0], clock.now))
    assert state(cast, code, clock.now) == "assigned"


def test_what_was_missed_while_no_server_ran_is_done_at_once_and_once(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = emergency(cast, clock.now)
    clock.forward(minutes=45)
    assert ladder.tick(clock.now) == 1
    assert ladder.tick(clock.now) == 0
    view = reading.request_view(cast.secretary, code, clock.now)
    assert [rung.value for rung, _ in view.rungs] == ["first", "next", "leaders", "secretary"]
    assert len(view.offers) == 6


def test_the_leader_and_the_duty_desk_are_told_after_six_minutes(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    with engine.write() as session:
        leader = session.scalars(select(VolunteerRow).where(VolunteerRow.name == "doctor7")).one()
        leader.leader = True
        leader_account = leader.account_id
    code = asking.ask(
        cast.secretary,
        clock.now,
        Asked(
            need="孩子发烧",
            urgency=Urgency.EMERGENCY,
            called=Called.DESK,
            building_id=cast.building_one,
        ),
    ).code
    dispatching.start(cast.secretary, clock.now, code)
    assert reading.of_unit(cast.property_contact, clock.now) == ()
    ladder.tick(clock.forward(minutes=6))
    assert told("request_waits") == [leader_account]
    assert told("request_near") == [cast.property_contact.account_id]
    assert [line.code for line in reading.of_unit(cast.property_contact, clock.now)] == [code]
    assert reading.of_unit(cast.partner_contact, clock.now) == ()


def test_an_emergency_is_not_offered_before_somebody_said_who_called_120(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    unsaid = Asked(need="摔倒了", urgency=Urgency.EMERGENCY)
    code = asking.ask(cast.secretary, clock.now, unsaid).code
    with pytest.raises(FieldError) as refused:
        dispatching.start(cast.secretary, clock.now, code)
    assert refused.value.field == "called"
    asking.sort(
        cast.secretary,
        clock.now,
        code,
        Asked(need="摔倒了", urgency=Urgency.EMERGENCY, called=Called.DESK),
    )
    assert dispatching.start(cast.secretary, clock.now, code) == "offering"


def test_others_learn_at_once_that_it_is_taken(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = emergency(cast, clock.now)
    asked = asked_of(cast, code, clock.now)
    losers = [one for one in doctors if one.name in asked[1:]]
    late = offer_of(losers[0], clock.now)
    winner = next(one for one in doctors if one.name == asked[0])
    answering.accept(winner, clock.now, offer_of(winner, clock.now))
    assert all(mine.my_help(one, clock.now).offers == () for one in losers)
    assert len(told("offer_over")) == 2
    with pytest.raises(OfferGone):
        answering.accept(losers[0], clock.now, late)


def test_a_repeated_tap_changes_nothing(cast: Cast, clock: TestClock, doctors: list[Actor]) -> None:
    emergency(cast, clock.now)
    offer = offer_of(doctors[0], clock.now)
    first = answering.accept(doctors[0], clock.now, offer)
    before = _events()
    assert answering.accept(doctors[0], clock.now, offer) == first
    assert _events() == before
    task = first.task_code
    for step in (answering.set_out, answering.arrive):
        step(doctors[0], clock.now, task)
        before = _events()
        step(doctors[0], clock.now, task)
        assert _events() == before
    clock.forward(minutes=9)
    answering.leave(doctors[0], clock.now, task)
    before = _events()
    for step in (answering.set_out, answering.arrive, answering.leave):
        assert step(doctors[0], clock.now, task) == "done"
    assert answering.accept(doctors[0], clock.now, offer).state == "done"
    assert _events() == before


def test_the_order_is_enforced(cast: Cast, clock: TestClock, doctors: list[Actor]) -> None:
    emergency(cast, clock.now)
    task = answering.accept(doctors[0], clock.now, offer_of(doctors[0], clock.now)).task_code
    for too_early in (answering.arrive, answering.leave):
        with pytest.raises(Refused):
            too_early(doctors[0], clock.now, task)

"""A request for help from the call to the closed file, and who is asked and told when."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from db import engine, events
from db.requests import answering, asking, dispatching, ladder, looking, mine, reading
from db.requests.asking import Asked
from db.tables import Event
from db.tables.outbox import Outgoing
from db.tables.volunteers import Absence, ServiceHours, VolunteerRow
from domain.errors import DeskError, FieldError, NotFound, Refused
from domain.offers import OfferGone, Why
from domain.people import Actor
from domain.requests import Authority, Called, Urgency
from domain.skills import SkillKind
from domain.volunteers import Squad
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.helpers import on_call, with_account

MINUTE = timedelta(minutes=1)
FEVER = Asked(
    need="孩子发烧，需要会看儿科的邻居",
    urgency=Urgency.EMERGENCY,
    skill=SkillKind.PAEDIATRICS,
    called=Called.FAMILY,
    name="住户子",
    phone="13800000101",
    door="1单元101",
    health="青霉素过敏",
)
READING = Asked(need="陪老人读报")


@pytest.fixture
def doctors(cast: Cast, clock: TestClock) -> list[Actor]:
    """Eight volunteers who sign in: doctor0 is the primary, doctor1 the backup, all in daytime."""
    with engine.write() as session:
        actors = [
            with_account(session, clock.now, f"doctor{n}", building_id=cast.building_one)
            for n in range(8)
        ]
        session.flush()
        keys = list(session.scalars(select(VolunteerRow.id).order_by(VolunteerRow.id)))
        on_call(session, clock.now - timedelta(hours=1), 24 * 7, keys[:2])
    return actors


def emergency(cast: Cast, now: datetime) -> str:
    code = asking.ask(cast.secretary, now, FEVER).code
    dispatching.start(cast.secretary, now, code)
    return code


def asked_of(cast: Cast, code: str, now: datetime) -> list[str]:
    view = reading.request_view(cast.secretary, code, now)
    return [offer.volunteer for offer in view.offers]


def offer_of(actor: Actor, now: datetime) -> str:
    return mine.my_help(actor, now).offers[0].code


def state(cast: Cast, code: str, now: datetime) -> str:
    return reading.request_view(cast.secretary, code, now).line.state.value


def told(kind: str) -> list[int | None]:
    with engine.read() as session:
        rows = session.scalars(select(Outgoing).where(Outgoing.kind == kind).order_by(Outgoing.id))
        return [row.volunteer_id or row.account_id for row in rows]


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


def test_routine_goes_from_one_to_the_next_after_a_no_and_after_four_hours(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = asking.ask(cast.secretary, clock.now, READING).code
    dispatching.start(cast.secretary, clock.now, code)
    assert asked_of(cast, code, clock.now) == ["doctor0"]
    answering.decline(
        doctors[0], clock.forward(minutes=5), offer_of(doctors[0], clock.now), Why.AWAY
    )
    assert asked_of(cast, code, clock.now) == ["doctor0", "doctor1"]
    clock.forward(hours=3, minutes=59)
    assert ladder.tick(clock.now) == 0
    clock.forward(minutes=1)
    assert ladder.tick(clock.now) == 1
    assert len(asked_of(cast, code, clock.now)) == 3
    view = reading.request_view(cast.secretary, code, clock.now)
    assert [(one.state.value, one.why) for one in view.offers] == [
        ("declined", Why.AWAY),
        ("expired", None),
        ("sent", None),
    ]


def test_routine_asks_nobody_at_night_and_goes_on_in_the_morning(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    clock.set("2026-03-02T21:00")
    code = asking.ask(cast.secretary, clock.now, READING).code
    dispatching.start(cast.secretary, clock.now, code)
    assert len(asked_of(cast, code, clock.now)) == 1
    for moment in ("2026-03-03T01:00", "2026-03-03T05:59"):
        ladder.tick(clock.set(moment))
        assert len(asked_of(cast, code, clock.now)) == 1
    ladder.tick(clock.set("2026-03-03T06:00"))
    assert len(asked_of(cast, code, clock.now)) == 2
    assert state(cast, code, clock.now) == "offering"


def test_when_nobody_is_left_the_desk_is_told_and_may_ask_anew(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    lonely = Asked(need="看牙", skill=SkillKind.DENTISTRY)
    code = asking.ask(cast.secretary, clock.now, lonely).code
    assert dispatching.start(cast.secretary, clock.now, code) == "unfilled"
    assert told("request_waits") == [None]
    with engine.write() as session:
        with_account(session, clock.now, "dentist", skills=(SkillKind.DENTISTRY,))
    assert dispatching.start(cast.secretary, clock.now, code) == "offering"
    assert asked_of(cast, code, clock.now) == ["dentist"]


def test_a_routine_offer_gives_way_to_an_emergency(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    routine = asking.ask(cast.secretary, clock.now, READING).code
    dispatching.start(cast.secretary, clock.now, routine)
    assert asked_of(cast, routine, clock.now) == ["doctor0"]
    urgent = emergency(cast, clock.now)
    assert asked_of(cast, urgent, clock.now)[0] == "doctor0"
    assert len(mine.my_help(doctors[0], clock.now).offers) == 1
    ladder.tick(clock.now)
    view = reading.request_view(cast.secretary, routine, clock.now)
    assert [one.state.value for one in view.offers] == ["expired", "sent"]
    assert view.offers[1].volunteer not in asked_of(cast, urgent, clock.now)


def test_whoever_holds_a_task_is_asked_for_nothing_else(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    emergency(cast, clock.now)
    answering.accept(doctors[0], clock.now, offer_of(doctors[0], clock.now))
    second = emergency(cast, clock.now)
    assert "doctor0" not in asked_of(cast, second, clock.now)
    left_out = reading.ranked(cast.secretary, second, clock.now).left_out
    assert "holds_task" in next(o for o in left_out if o.volunteer.name == "doctor0").reasons


def test_giving_back_asks_others_in_the_same_moment(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = emergency(cast, clock.now)
    offer = offer_of(doctors[0], clock.now)
    task = answering.accept(doctors[0], clock.now, offer).task_code
    answering.release(doctors[0], clock.forward(minutes=1), task, "自己家里有急事")
    answering.release(doctors[0], clock.now, task, "自己家里有急事")
    view = reading.request_view(cast.secretary, code, clock.now)
    assert view.line.state == "offering"
    assert view.line.open_offers == 3
    assert "doctor0" not in [one.volunteer for one in view.offers[3:]]
    with pytest.raises(OfferGone):  # the old button, tapped once more
        answering.accept(doctors[0], clock.now, offer)
    with engine.read() as session:
        assert session.scalars(select(Absence)).all() == []


def test_only_accepted_then_absent_is_recorded_and_once(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = emergency(cast, clock.now)
    task = answering.accept(doctors[0], clock.now, offer_of(doctors[0], clock.now)).task_code
    clock.forward(minutes=20)
    for _ in range(2):
        dispatching.absent(cast.secretary, clock.now, task, "二十分钟没有到，电话不通")
    with engine.read() as session:
        assert len(session.scalars(select(Absence)).all()) == 1
    assert state(cast, code, clock.now) == "offering"


def test_handing_over_to_120_lets_whoever_is_there_leave(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = emergency(cast, clock.now)
    task = answering.accept(doctors[0], clock.now, offer_of(doctors[0], clock.now)).task_code
    answering.set_out(doctors[0], clock.now, task)
    answering.arrive(doctors[0], clock.now, task)
    dispatching.transfer(cast.secretary, clock.now, code, Authority.AMBULANCE, "高热惊厥")
    assert answering.leave(doctors[0], clock.forward(minutes=15), task) == "transferred"
    with engine.read() as session:
        assert session.scalars(select(ServiceHours)).one().left_at is not None
    assert mine.my_help(doctors[0], clock.now).task is None


def test_cancelling_frees_everybody(cast: Cast, clock: TestClock, doctors: list[Actor]) -> None:
    code = emergency(cast, clock.now)
    dispatching.cancel(cast.secretary, clock.now, code, "已经退烧")
    dispatching.cancel(cast.secretary, clock.now, code, "已经退烧")
    assert all(mine.my_help(one, clock.now).offers == () for one in doctors)
    assert reading.board(cast.secretary, clock.now) == ()
    assert [line.code for line in reading.ended(cast.secretary, clock.now)] == [code]


def test_a_second_call_for_the_same_is_a_duplicate(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    one = asking.ask(cast.secretary, clock.now, FEVER)
    two = asking.ask(cast.secretary, clock.now, FEVER)
    for wrong in (two.number, "2026-H99999"):
        with pytest.raises(FieldError):
            dispatching.duplicate(cast.secretary, clock.now, two.code, wrong)
    dispatching.duplicate(cast.secretary, clock.now, two.code, one.number.lower())
    assert reading.request_view(cast.secretary, two.code, clock.now).same_as == one.number


def test_the_desk_answers_for_who_telephones(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = emergency(cast, clock.now)
    offers = reading.request_view(cast.secretary, code, clock.now).offers
    for _ in range(2):
        dispatching.not_reached(cast.secretary, clock.now, offers[1].code)
    task = answering.accept(cast.secretary, clock.now, offers[0].code).task_code
    answering.set_out(cast.secretary, clock.now, task)
    assert state(cast, code, clock.now) == "en_route"
    with pytest.raises(NotFound):  # the desk sees the person by the request, not as a helper
        looking.look_by_task(cast.secretary, clock.now, task)


def test_one_click_offers_and_the_ladder_goes_on(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = asking.ask(cast.secretary, clock.now, FEVER).code
    offer = dispatching.offer_to(cast.secretary, clock.now, code, "v-doctor5")
    assert dispatching.offer_to(cast.secretary, clock.now, code, "v-doctor5") == offer
    assert asked_of(cast, code, clock.now)[0] == "doctor5"
    assert len(asked_of(cast, code, clock.now)) == 3
    answering.decline(doctors[5], clock.now, offer)
    with pytest.raises(Refused):
        dispatching.offer_to(cast.secretary, clock.now, code, "v-doctor5")


def test_the_residents_wish_is_kept(cast: Cast, clock: TestClock, doctors: list[Actor]) -> None:
    wish = Asked(need="陪诊", unwanted=("v-doctor0",))
    code = asking.ask(cast.secretary, clock.now, wish).code
    dispatching.start(cast.secretary, clock.now, code)
    assert asked_of(cast, code, clock.now) == ["doctor1"]


def test_no_event_holds_anybodys_words(cast: Cast, clock: TestClock, doctors: list[Actor]) -> None:
    code = emergency(cast, clock.now)
    dispatching.cancel(cast.secretary, clock.now, code, "青霉素")
    with engine.read() as session:
        said = "".join(session.scalars(select(Event.payload)))
    assert not [
        word for word in ("发烧", "青霉素", "138", "住户子", "101", "doctor") if word in said
    ]


def test_a_leader_sees_the_own_squads_requests(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    with engine.write() as session:
        row = session.scalars(select(VolunteerRow).where(VolunteerRow.name == "doctor6")).one()
        row.leader, row.account_id = True, cast.squad_leader.account_id
    mine_, other = (
        asking.ask(cast.secretary, clock.now, Asked(need="巡逻", squad=squad)).code
        for squad in (Squad.HEALTH, Squad.SAFETY)
    )
    assert [line.code for line in reading.board(cast.squad_leader, clock.now)] == [mine_]
    with pytest.raises(DeskError):
        reading.request_view(cast.squad_leader, other, clock.now)


def _events() -> int:
    with engine.read() as session:
        return len(session.scalars(select(Event.id)).all())


def test_in_a_large_community_the_order_is_the_same_and_the_unskilled_are_counted(
    cast: Cast, clock: TestClock, doctors: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine.write() as session:
        for number in range(5):
            with_account(session, clock.now, f"digger{number}", skills=(SkillKind.PLUMBING,))
        with_account(session, clock.now, "nurse", skills=(SkillKind.NURSING,))
    code = asking.ask(cast.secretary, clock.now, FEVER).code
    named = reading.ranked(cast.secretary, code, clock.now)
    monkeypatch.setattr(ladder, "BY_NAME", 3)
    counted = reading.ranked(cast.secretary, code, clock.now)
    assert (named.unskilled, counted.unskilled) == (0, 5)
    assert counted.places == named.places
    assert len(counted.left_out) == len(named.left_out) - 5

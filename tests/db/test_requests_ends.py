"""How a request ends, who answers for whom, and what is seen of it."""

import pytest
from sqlalchemy import select

from db import engine
from db.requests import answering, asking, dispatching, ladder, looking, mine, reading
from db.requests.asking import Asked
from db.tables import Event
from db.tables.volunteers import Absence, ServiceHours, VolunteerRow
from domain.errors import DeskError, FieldError, NotFound, Refused
from domain.offers import OfferGone
from domain.people import Actor
from domain.requests import Authority
from domain.skills import SkillKind
from domain.volunteers import Squad
from tests.support.asking import FEVER, asked_of, emergency, offer_of, state
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.helpers import with_account


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

"""Who may ask for help, what is kept of whom it is for, and who sees that."""

from datetime import datetime

import pytest
from sqlalchemy import select

from db import engine, personal
from db.requests import asking, dispatching, looking, public, reading
from db.requests.asking import Asked
from db.tables import Event
from db.tables.requests import RequestPerson
from domain.errors import FieldError, NotAllowed, NotFound
from domain.people import RESIDENT
from domain.requests import Called, Urgency
from domain.skills import SkillKind
from tests.support.cast import Cast
from tests.support.clock import TestClock

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


def state(cast: Cast, code: str, now: datetime) -> str:
    return reading.request_view(cast.secretary, code, now).line.state.value


def test_the_public_page_asks_and_follows_and_takes_back(cast: Cast, clock: TestClock) -> None:
    for incomplete in ("phone", "consent"):
        fields = {"phone": "13800000101", "consent": True} | {incomplete: ""}
        with pytest.raises(FieldError) as wrong:
            asking.ask(RESIDENT, clock.now, Asked(need="水管爆了", **fields))  # type: ignore[arg-type]
        assert wrong.value.field == incomplete
    said = Asked(need="水管爆了", phone="13800000101", consent=True)
    taken = asking.ask(RESIDENT, clock.now, said, key="form-1")
    again = asking.ask(RESIDENT, clock.now, said, key="form-1")
    assert (again.follow_code, again.repeated) == (taken.follow_code, True)
    seen = public.followed(taken.follow_code)
    assert (seen.state, seen.may_cancel) == ("new", True)
    for _ in range(2):
        assert public.take_back(clock.now, taken.follow_code, "修好了") == "cancelled"
    with pytest.raises(NotFound):
        public.followed("XXXXXXXXXX")


def test_a_flood_of_requests_is_held_back(database: engine.Database, clock: TestClock) -> None:
    held = [public.admit(clock.now, "10.0.0.1") for _ in range(4)]
    assert held == [None, None, None, "flood"]
    assert public.admit(clock.now, "10.0.0.2") is None
    assert public.admit(clock.forward(hours=1, seconds=1), "10.0.0.1") is None


def test_a_partner_unit_asks_and_sees_its_own(cast: Cast, clock: TestClock) -> None:
    taken = asking.ask(cast.partner_contact, clock.now, READING)
    assert [one.code for one in reading.of_unit(cast.partner_contact, clock.now)] == [taken.code]
    assert state(cast, taken.code, clock.now) == "new"
    with pytest.raises(NotAllowed):
        asking.ask(cast.viewer, clock.now, READING)


def test_each_look_is_an_event_and_the_desk_sees_open_requests_only(
    cast: Cast, clock: TestClock
) -> None:
    code = asking.ask(cast.secretary, clock.now, FEVER).code
    assert looking.look(cast.secretary, clock.now, code).phone == "13800000101"
    with engine.read() as session:
        looks = session.scalars(select(Event).where(Event.kind == "request_looked")).all()
        assert [one.actor_id for one in looks] == [cast.secretary.account_id]
    dispatching.cancel(cast.secretary, clock.now, code, "好了")
    with pytest.raises(NotFound):
        looking.look(cast.secretary, clock.now, code)


def test_who_asked_is_erased_twelve_months_later(cast: Cast, clock: TestClock) -> None:
    code = asking.ask(cast.secretary, clock.now, FEVER).code
    dispatching.cancel(cast.secretary, clock.now, code, "好了")
    assert looking.erase_old(clock.forward(days=365)) == 0
    assert looking.erase_old(clock.forward(seconds=1)) == 1
    assert looking.erase_old(clock.now) == 0
    with engine.read() as session:
        row = session.scalars(select(RequestPerson)).one()
        assert (row.name, row.phone, row.door, row.health) == (None, None, None, None)


def test_a_person_is_given_what_requests_keep_and_is_erased_from_them(
    cast: Cast, clock: TestClock
) -> None:
    code = asking.ask(cast.secretary, clock.now, FEVER).code
    given = personal.export_person(cast.secretary, clock.now, "13800000101")
    assert [row["health"] for row in given["help"]] == ["青霉素过敏"]
    personal.erase_person(cast.secretary, clock.now, "13800000101")
    person = looking.look(cast.secretary, clock.now, code)
    assert (person.name, person.phone, person.door, person.health) == (None, None, None, None)

"""Contact cards show what was agreed to; slips let one phone in, once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db import sign_ins
from db.engine import Database
from db.numbers import hashed
from db.rates import TooMany
from db.tables import Event
from db.tables.volunteers import Slip
from db.volunteers import cards, own, people, skills, slips
from db.volunteers.cards import CardKind
from db.volunteers.people import Profile
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.people import Role
from domain.skills import SkillKind
from domain.volunteers import Consent, Squad
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.squads import ALL, Squads

UNTIL = date(2026, 12, 31)
PROFILE = Profile("医生壬", Squad.HEALTH, can_do="看发热", cannot_do="不开处方")


def agree(cast: Cast, squads: Squads, clock: TestClock, consents: frozenset[Consent]) -> None:
    people.change(
        cast.secretary,
        clock.now,
        squads.doctor,
        replace(
            PROFILE,
            estate_id=cast.estate_one,
            building_id=cast.building_one,
            consents=consents,
        ),
    )


@pytest.mark.parametrize(
    ("kind", "consents", "name", "phone", "where", "skilled"),
    [
        (CardKind.PUBLIC, ALL, "医*", None, None, True),
        (CardKind.PUBLIC, frozenset({Consent.SMS}), None, None, None, False),
        (CardKind.RESIDENT, ALL, "医生壬", "13800007001", "一小区 1号楼", True),
        (CardKind.RESIDENT, ALL - {Consent.PHONE_ON_CARD}, "医生壬", None, "一小区 1号楼", True),
        (CardKind.RESIDENT, ALL - {Consent.BUILDING_ON_CARD}, "医生壬", "13800007001", None, True),
        (CardKind.RESIDENT, frozenset({Consent.SMS}), None, None, None, False),
        (CardKind.STAFF, frozenset({Consent.SMS}), "医生壬", None, "一小区 1号楼", True),
        (
            CardKind.STAFF,
            frozenset({Consent.PHONE_FOR_DISPATCH}),
            "医生壬",
            "13800007001",
            "一小区 1号楼",
            True,
        ),
    ],
)
def test_a_card_shows_what_its_volunteer_agreed_to(
    cast: Cast,
    squads: Squads,
    clock: TestClock,
    kind: CardKind,
    consents: frozenset[Consent],
    name: str | None,
    phone: str | None,
    where: str | None,
    skilled: bool,
) -> None:
    skill = skills.add_skill(cast.secretary, clock.now, squads.doctor, SkillKind.PAEDIATRICS, "证")
    skills.verify_skill(cast.secretary, clock.now, skill)
    skills.add_skill(cast.secretary, clock.now, squads.doctor, SkillKind.TCM, "未核")
    agree(cast, squads, clock, consents)
    cards.issue(cast.secretary, clock.now, squads.doctor, UNTIL)
    (face,) = cards.cards_to_print(cast.secretary, clock.now, kind, only=[squads.doctor])
    assert (face.name, face.phone, face.where) == (name, phone, where)
    assert face.skills == ((SkillKind.PAEDIATRICS,) if skilled else ())
    assert (face.can_do, face.cannot_do) == ("看发热", "不开处方")


def test_printing_cards_says_whose_numbers_were_on_them(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    for code in (squads.doctor, squads.guard, squads.leader):
        cards.issue(cast.secretary, clock.now, code, UNTIL)
    printed = cards.cards_to_print(cast.secretary, clock.now, CardKind.RESIDENT)
    assert [face.number for face in printed] == ["0001", "0002", "0004"]
    with database.read() as session:
        event = session.scalars(select(Event).where(Event.kind == "cards_printed")).one()
    assert '"phones_of":[2,4]' in event.payload
    assert "138" not in event.payload


@pytest.mark.parametrize("why", ["unknown", "replaced", "revoked", "out_of_date"])
def test_every_card_that_is_not_good_gets_one_answer(
    cast: Cast, squads: Squads, clock: TestClock, why: str
) -> None:
    code = cards.issue(cast.secretary, clock.now, squads.doctor, UNTIL)
    assert cards.public_card(code, clock.now).name == "医*"
    at = clock.now
    if why == "unknown":
        code = "x" + code
    elif why == "replaced":
        cards.issue(cast.secretary, at, squads.doctor, UNTIL)
    elif why == "revoked":
        cards.revoke(cast.secretary, at, squads.doctor)
    else:
        at = clock.set("2026-12-31T23:59")
        assert cards.public_card(code, at)
        at = clock.set("2027-01-01T00:00")
    with pytest.raises(NotFound) as told:
        cards.public_card(code, at)
    assert str(told.value).startswith("This card is no longer valid")


def test_a_card_is_not_given_out_for_a_day_that_is_over(
    cast: Cast, squads: Squads, clock: TestClock
) -> None:
    with pytest.raises(FieldError):
        cards.issue(cast.secretary, clock.now, squads.doctor, clock.now.date() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        cards.issue(cast.squad_leader, clock.now, squads.guard, UNTIL)


def test_a_slip_signs_its_volunteer_in_once(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    token = slips.make_slip(cast.squad_leader, clock.now, squads.second)
    cookie = slips.exchange(token, "1.2.3.4", clock.now)
    actor = sign_ins.actor_of(hashed(cookie), clock.now)
    assert actor is not None
    assert actor.roles == {Role.VOLUNTEER}
    assert own.my_card(actor, clock.now).name == "医生申"
    with pytest.raises(NotFound):
        slips.exchange(token, "1.2.3.4", clock.now)
    with database.read() as session:
        assert token not in repr([row.token_hash for row in session.scalars(select(Slip))])


def test_a_phone_that_came_in_by_a_slip_stays_in_for_weeks_and_can_be_put_out(
    cast: Cast, squads: Squads, clock: TestClock
) -> None:
    cookie = slips.exchange(
        slips.make_slip(cast.secretary, clock.now, squads.second), "a", clock.now
    )
    key = hashed(cookie)
    assert sign_ins.actor_of(key, clock.forward(days=89)) is not None
    assert sign_ins.actor_of(key, clock.now + timedelta(days=2)) is None
    other = slips.exchange(
        slips.make_slip(cast.secretary, clock.now, squads.second), "a", clock.now
    )
    slips.revoke_slip(cast.secretary, clock.now, squads.second)
    assert sign_ins.actor_of(hashed(other), clock.now) is None


@pytest.mark.parametrize("why", ["unknown", "replaced", "revoked", "too_old"])
def test_every_slip_that_is_not_good_gets_one_answer(
    cast: Cast, squads: Squads, clock: TestClock, why: str
) -> None:
    token = slips.make_slip(cast.secretary, clock.now, squads.second)
    if why == "unknown":
        token = "x" + token
    elif why == "replaced":
        slips.make_slip(cast.secretary, clock.now, squads.second)
    elif why == "revoked":
        slips.revoke_slip(cast.secretary, clock.now, squads.second)
    else:
        clock.forward(days=14)
    with pytest.raises(NotFound) as told:
        slips.exchange(token, "a", clock.now)
    assert str(told.value).startswith("This slip is not valid")


def test_slips_are_not_guessed(cast: Cast, squads: Squads, clock: TestClock) -> None:
    for _ in range(sign_ins.TRIES):
        with pytest.raises(NotFound):
            slips.exchange("guess", "a", clock.now)
    good = slips.make_slip(cast.secretary, clock.now, squads.second)
    with pytest.raises(TooMany):
        slips.exchange(good, "a", clock.now)
    assert slips.exchange(good, "b", clock.now)


def test_a_slip_opens_no_account_that_may_do_more(
    cast: Cast, squads: Squads, clock: TestClock
) -> None:
    slips.link(cast.secretary, clock.now, squads.guard, "administrator")
    with pytest.raises(Refused):
        slips.make_slip(cast.secretary, clock.now, squads.guard)
    with pytest.raises(NotAllowed):  # a leader's slip would be another leader's rights
        slips.make_slip(cast.squad_leader, clock.now, squads.leader)
    with pytest.raises(NotAllowed):
        slips.link(cast.squad_leader, clock.now, squads.second, "secretary")
    with pytest.raises(FieldError):
        slips.link(cast.secretary, clock.now, squads.second, "volunteer")
    with pytest.raises(FieldError):
        slips.link(cast.secretary, clock.now, squads.second, "no-such-login")

"""Volunteers: entered, changed, found, their numbers kept for a purpose, and leaving."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.event import listen

from db import personal, sign_ins
from db.engine import Database
from db.numbers import hashed
from db.tables import AccountRole, Event, Photo
from db.tables.volunteers import ShiftPost, VolunteerConsent, VolunteerRow
from db.volunteers import cards, listing, people, roster, skills, slips
from db.volunteers.facts import candidates, facts_of
from db.volunteers.people import Profile
from domain.availability import Part, Quiet, weekly
from domain.errors import DeskError, FieldError, NotAllowed, NotFound, Refused
from domain.people import Role
from domain.skills import SkillKind
from domain.volunteers import Consent, Match, Squad
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.pictures import photo
from tests.support.squads import ALL, Squads, row_id

CARD_DAY = date(2027, 3, 2)


def test_a_volunteer_is_entered_once_however_often_the_form_is_sent(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    profile = Profile("医生甲", Squad.HEALTH, phone="138 0000 7009", consents=ALL)
    first = people.register(cast.secretary, clock.now, profile, once_key="k")
    assert people.register(cast.secretary, clock.now, profile, once_key="k") == first
    seen = listing.volunteers(cast.secretary, clock.now)
    assert [(one.name, one.number) for one in seen.lines] == [("医生甲", "0001")]
    assert listing.volunteer(cast.secretary, clock.now, first).phone == "138****7009"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("医生", ["医生壬", "医生申"]),
        ("ysr", ["医生壬"]),
        ("YS", ["医生壬", "医生申"]),
        ("4", ["护卫酉"]),
        ("0004", ["护卫酉"]),
        ("%", []),
        ("", ["医生壬", "医生申", "护卫酉", "队长辛"]),
    ],
)
def test_people_are_found_by_name_initials_and_number(
    cast: Cast, squads: Squads, clock: TestClock, query: str, found: list[str]
) -> None:
    lines = listing.volunteers(cast.secretary, clock.now, query=query).lines
    assert sorted(one.name for one in lines) == sorted(found)


def test_the_list_says_how_many_there_are_beyond_its_limit(
    cast: Cast, squads: Squads, clock: TestClock
) -> None:
    found = listing.volunteers(cast.secretary, clock.now, limit=2)
    assert (len(found.lines), found.count) == (2, 4)
    assert listing.volunteers(cast.secretary, clock.now, squad=Squad.SAFETY).count == 1


def test_a_leader_changes_the_own_squad_alone(cast: Cast, squads: Squads, clock: TestClock) -> None:
    doctor = Profile("医生壬", Squad.HEALTH, consents=ALL)
    people.change(cast.squad_leader, clock.now, squads.doctor, doctor)
    with pytest.raises(NotAllowed):
        people.change(cast.squad_leader, clock.now, squads.guard, replace(doctor, name="x"))
    with pytest.raises(NotAllowed):  # nor moves somebody into another
        people.change(
            cast.squad_leader, clock.now, squads.doctor, replace(doctor, squad=Squad.SAFETY)
        )
    with pytest.raises(NotAllowed):  # nor names a leader
        people.change(cast.squad_leader, clock.now, squads.second, replace(doctor, leader=True))
    assert not listing.volunteer(cast.squad_leader, clock.now, squads.guard).manages


def test_a_number_without_a_purpose_is_refused_and_dropped(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    profile = Profile("医生壬", Squad.HEALTH, consents=ALL)
    people.change(cast.secretary, clock.now, squads.doctor, profile)
    assert listing.volunteer(cast.secretary, clock.now, squads.doctor).phone == "138****7001"
    only_name = replace(profile, consents=frozenset({Consent.NAME_ON_CARD}))
    with pytest.raises(FieldError):
        people.change(
            cast.secretary, clock.now, squads.doctor, replace(only_name, phone="13800007001")
        )
    people.change(cast.secretary, clock.now, squads.doctor, only_name)
    assert listing.volunteer(cast.secretary, clock.now, squads.doctor).phone == ""


def test_withdrawn_consents_stay_as_history(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    key = row_id(database, squads.doctor)
    profile = Profile("医生壬", Squad.HEALTH, consents=ALL - {Consent.GROUP})
    people.change(cast.secretary, clock.forward(days=1), squads.doctor, profile)
    people.change(
        cast.secretary, clock.forward(days=1), squads.doctor, replace(profile, consents=ALL)
    )
    with database.read() as session:
        rows = session.scalars(
            select(VolunteerConsent)
            .where(VolunteerConsent.volunteer_id == key, VolunteerConsent.consent == Consent.GROUP)
            .order_by(VolunteerConsent.id)
        ).all()
        assert [row.withdrawn_at is None for row in rows] == [False, True]
        total = session.scalar(
            select(func.count(VolunteerConsent.id)).where(VolunteerConsent.volunteer_id == key)
        )
    assert total == len(Consent) + 1


def test_a_consent_ends_after_its_last_day(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    last = clock.now.date() + timedelta(days=3)
    profile = Profile("医生壬", Squad.HEALTH, consents=ALL, consents_until=last)
    people.change(cast.secretary, clock.now, squads.doctor, profile)
    key = row_id(database, squads.doctor)
    with database.read() as session:
        assert facts_of(session, [key], clock.forward(days=3))[key].consents == ALL
        assert facts_of(session, [key], clock.forward(days=1))[key].consents == frozenset()
    with pytest.raises(NotFound):
        listing.reveal_phone(cast.secretary, clock.now, squads.doctor, listing.LookFor.TASK)


def test_looking_at_a_number_is_an_event(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    number = listing.reveal_phone(
        cast.squad_leader, clock.now, squads.doctor, listing.LookFor.ROSTER
    )
    assert number == "13800007001"
    with database.read() as session:
        event = session.scalars(select(Event).where(Event.kind == "volunteer_phone_revealed")).one()
    assert event.actor_id == cast.squad_leader.account_id
    assert "13800007001" not in event.payload


def test_a_skill_counts_only_after_somebody_else_has_seen_the_proof(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    key = row_id(database, squads.doctor)

    def match() -> Match:
        with database.read() as session:
            return facts_of(session, [key], clock.now)[key].match(SkillKind.PAEDIATRICS, clock.now)

    skill = skills.add_skill(
        cast.volunteer, clock.now, squads.doctor, SkillKind.PAEDIATRICS, "执业证 1"
    )
    assert match() is Match.NONE
    skills.verify_skill(cast.squad_leader, clock.now, skill)
    assert match() is Match.EXACT
    # A new proof has to be seen anew.
    again = skills.add_skill(
        cast.volunteer, clock.now, squads.doctor, SkillKind.PAEDIATRICS, "执业证 2"
    )
    assert again == skill
    assert match() is Match.NONE


def test_nobody_verifies_their_own_skill(cast: Cast, squads: Squads, clock: TestClock) -> None:
    own = skills.add_skill(cast.squad_leader, clock.now, squads.leader, SkillKind.TCM, "证")
    with pytest.raises(NotAllowed):
        skills.verify_skill(cast.squad_leader, clock.now, own)
    skills.verify_skill(cast.secretary, clock.now, own)
    with pytest.raises(NotAllowed):  # nor enters one for a stranger
        skills.add_skill(cast.volunteer, clock.now, squads.second, SkillKind.TCM, "证")


def test_leaving_takes_back_card_slip_shifts_and_sign_in(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    card = cards.issue(cast.secretary, clock.now, squads.second, CARD_DAY)
    used = slips.exchange(slips.make_slip(cast.secretary, clock.now, squads.second), "a", clock.now)
    waiting = slips.make_slip(cast.secretary, clock.now, squads.second)
    soon = clock.now + timedelta(days=1)
    roster.set_shift(
        cast.secretary, clock.now, Squad.HEALTH, soon, soon + timedelta(hours=8), [squads.second]
    )
    assert cards.public_card(card, clock.now).number == "0003"
    people.leave(cast.secretary, clock.now, squads.second)
    people.leave(cast.secretary, clock.now, squads.second)
    with pytest.raises(NotFound):
        cards.public_card(card, clock.now)
    with pytest.raises(NotFound):
        slips.exchange(waiting, "a", clock.now)
    assert sign_ins.actor_of(hashed(used), clock.now) is None
    with pytest.raises(Refused):
        slips.make_slip(cast.secretary, clock.now, squads.second)
    with database.read() as session:
        assert session.scalar(select(func.count(ShiftPost.id))) == 0
        assert squads.second not in {one.code for one in candidates(session, clock.now)}
        left = session.scalars(select(VolunteerRow).where(VolunteerRow.code == squads.second)).one()
        assert (
            session.scalars(
                select(AccountRole.role).where(AccountRole.account_id == left.account_id)
            ).all()
            == []
        )
    people.come_back(cast.secretary, clock.now, squads.second)
    assert listing.volunteers(cast.secretary, clock.now, query="医生申").count == 1


def test_an_account_with_other_roles_keeps_them_when_its_volunteer_leaves(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    slips.link(cast.secretary, clock.now, squads.guard, "social_worker")
    people.leave(cast.secretary, clock.now, squads.guard)
    with database.read() as session:
        roles = set(
            session.scalars(
                select(AccountRole.role).where(
                    AccountRole.account_id == cast.social_worker.account_id
                )
            )
        )
    assert roles == {Role.SOCIAL_WORKER}


def test_dispatch_is_given_everything_about_everybody(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    profile = Profile(
        "医生壬",
        Squad.HEALTH,
        estate_id=cast.estate_two,
        building_id=cast.building_three,
        insured_until=date(2026, 12, 31),
        consents=ALL,
        free=(weekly(0, Part.DAY), weekly(4, Part.NIGHT)),
        quiet=Quiet(1320, 420),
    )
    people.change(cast.secretary, clock.now, squads.doctor, profile)
    roster.set_shift(
        cast.secretary,
        clock.now,
        Squad.HEALTH,
        clock.now,
        clock.now + timedelta(hours=8),
        [squads.leader, squads.doctor],
    )
    with database.read() as session:
        found = {one.code: one for one in candidates(session, clock.now)}
        health = candidates(session, clock.now, Squad.HEALTH)
    doctor = found[squads.doctor]
    assert (doctor.post, found[squads.leader].post, found[squads.guard].post) == (1, 0, None)
    assert (doctor.estate_id, doctor.building_id) == (cast.estate_two, cast.building_three)
    assert doctor.free == profile.free
    assert doctor.quiet == Quiet(1320, 420)
    assert doctor.consents == ALL
    assert doctor.is_insured(clock.now)
    assert {one.code for one in health} == {squads.leader, squads.doctor, squads.second}


def test_reading_many_volunteers_takes_as_many_queries_as_reading_few(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    asked: list[str] = []
    listen(database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with database.read() as session:
        candidates(session, clock.now)
    few, _ = len(asked), asked.clear()
    for n in range(20):
        people.register(cast.secretary, clock.now, Profile(f"志愿者{n}", Squad.SAFETY))
    asked.clear()
    with database.read() as session:
        assert len(candidates(session, clock.now)) == 24
    assert len(asked) == few


def test_strings_that_break_programs_are_kept_or_refused_and_found_again(
    cast: Cast, squads: Squads, clock: TestClock, naughty_strings: list[str]
) -> None:
    for text in naughty_strings:
        try:
            people.change(
                cast.secretary,
                clock.now,
                squads.doctor,
                Profile(text, Squad.HEALTH, phone=text, can_do=text, consents=ALL),
            )
        except FieldError:
            people.change(
                cast.secretary,
                clock.now,
                squads.doctor,
                Profile("医生壬", Squad.HEALTH, can_do=text[:100], consents=ALL),
            )
        kept = listing.volunteer(cast.secretary, clock.now, squads.doctor)
        found = listing.volunteers(cast.secretary, clock.now, query=kept.name)
        assert squads.doctor in {one.code for one in found.lines}, text
        listing.volunteers(cast.secretary, clock.now, query=text)


def test_a_volunteers_data_is_given_out_and_erased_on_request(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    skills.add_skill(cast.secretary, clock.now, squads.doctor, SkillKind.TCM, "执业证 778899")
    told = personal.export_person(cast.secretary, clock.now, "13800007001")
    (one,) = told["volunteer"]
    assert (one["name"], one["skills"]) == ("医生壬", [{"kind": "tcm", "proof": "执业证 778899"}])
    assert len(one["consents"]) == len(Consent)
    personal.erase_person(cast.secretary, clock.now, "13800007001")
    with pytest.raises(NotFound):
        personal.export_person(cast.secretary, clock.now, "13800007001")
    (gone,) = listing.volunteers(cast.secretary, clock.now, left=True).lines
    assert (gone.name, gone.skills, gone.number) == ("—", (), "0002")
    kept = listing.volunteer(cast.secretary, clock.now, squads.doctor)
    assert "778899" not in repr(kept)
    assert "医生壬" not in repr(kept)
    assert listing.volunteers(cast.secretary, clock.now).count == 3


def test_a_photo_of_a_proof_is_for_who_verifies_it_and_goes_with_its_person(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    shown = photo()
    skill = skills.add_skill(
        cast.secretary, clock.now, squads.doctor, SkillKind.TCM, "证", photo=shown
    )
    assert skills.proof_photo(cast.squad_leader, skill) == shown.full
    other = skills.add_skill(cast.secretary, clock.now, squads.guard, SkillKind.FIRE, "证")
    for actor, key in ((cast.squad_leader, other), (cast.viewer, skill), (cast.volunteer, skill)):
        with pytest.raises(DeskError):
            skills.proof_photo(actor, key)
    personal.erase_person(cast.secretary, clock.now, "13800007001")
    with database.read() as session:
        assert session.scalar(select(func.count(Photo.id))) == 0

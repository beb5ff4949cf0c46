"""Who may call what of `db`: volunteers."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from datetime import date, timedelta

from sqlalchemy import select

from db import engine
from db.tables.volunteers import Absence, ServiceHours, VolunteerRow
from db.volunteers import (
    absences,
    cards,
    hour_list,
    hours,
    listing,
    own,
    people,
    roster,
    sheet,
    skills,
    slips,
    swaps,
)
from db.volunteers.cards import CardKind
from db.volunteers.people import Profile
from domain.days import local_day
from domain.service_hours import Source
from domain.skills import SkillKind
from domain.volunteer_rows import VolunteerList
from domain.volunteers import Consent, Squad
from tests.support.who_may import Row, office, staff
from tests.support.world import Side, World


def dispatching(side: str) -> set[str]:
    """Who sees volunteers: the office in its scope, and the leaders of the squads."""
    return office(side) | {"squad_leader"}


def all_dispatching(_side: str) -> set[str]:
    """The same, for what belongs to no estate."""
    return staff("") | {"squad_leader"}


def nobody(_side: str) -> set[str]:
    """What only a linked volunteer may do; the world's accounts are nobody's of the squads."""
    return set()


def entered(world: World, side: Side) -> str:
    """A volunteer of that side's estate."""
    return people.register(
        world.cast.secretary,
        world.now,
        Profile(
            f"志愿{side.name}",
            Squad.HEALTH,
            phone="13800008001",
            estate_id=side.estate,
            consents=frozenset(Consent),
        ),
    )


def profile(side: Side) -> Profile:
    return Profile("改名", Squad.HEALTH, estate_id=side.estate)


def skill(world: World, side: Side) -> int:
    code = entered(world, side)
    return skills.add_skill(world.cast.secretary, world.now, code, SkillKind.TCM, "proof")


def served(world: World, side: Side) -> str:
    hour = timedelta(hours=1)
    return hours.enter(
        world.cast.secretary,
        world.now,
        entered(world, side),
        source=Source.OTHER,
        arrived_at=world.now - 2 * hour,
        left_at=world.now - hour,
    )


def missed(world: World, side: Side) -> str:
    code = entered(world, side)
    with engine.write() as session:
        key = session.execute(select(VolunteerRow.id).where(VolunteerRow.code == code)).scalar_one()
        return absences.note_absence(
            session, world.cast.secretary, world.now, key, Source.REQUEST, 1, "comment"
        )


def appealed(world: World, side: Side) -> str:
    code = missed(world, side)
    with engine.write() as session:
        row = session.scalars(select(Absence)).one()
        row.appealed_at, row.appeal, row.recorded_by = world.now, "words", None
    return code


def a_shift(world: World) -> int:
    start = world.now + timedelta(hours=1)
    return roster.set_shift(
        world.cast.secretary, world.now, Squad.HEALTH, start, start + timedelta(hours=8), []
    )


def confirmed(world: World, side: Side) -> str:
    code = served(world, side)
    hours.confirm(world.cast.secretary, world.now, code)
    with engine.read() as session:
        return session.execute(
            select(VolunteerRow.code)
            .join(ServiceHours, ServiceHours.volunteer_id == VolunteerRow.id)
            .where(ServiceHours.code == code)
        ).scalar_one()


def year(world: World) -> tuple[date, date]:
    return date(world.today.year, 1, 1), date(world.today.year, 12, 31)


def later(world: World) -> date:
    return local_day(world.now) + timedelta(days=30)


ROWS: dict[str, Row] = {
    "volunteers.people.register": Row(
        office, lambda w, s, a: people.register(a, w.now, profile(s))
    ),
    "volunteers.people.change": Row(
        office, lambda w, s, a: people.change(a, w.now, entered(w, s), profile(s))
    ),
    "volunteers.people.leave": Row(office, lambda w, s, a: people.leave(a, w.now, entered(w, s))),
    "volunteers.people.come_back": Row(
        office, lambda w, s, a: people.come_back(a, w.now, entered(w, s))
    ),
    "volunteers.skills.add_skill": Row(
        office,
        lambda w, s, a: skills.add_skill(a, w.now, entered(w, s), SkillKind.TCM, "proof"),
    ),
    "volunteers.skills.verify_skill": Row(
        office, lambda w, s, a: skills.verify_skill(a, w.now, skill(w, s))
    ),
    "volunteers.skills.drop_skill": Row(
        office, lambda w, s, a: skills.drop_skill(a, w.now, skill(w, s))
    ),
    "volunteers.skills.proof_photo": Row(
        nobody, lambda w, s, a: skills.proof_photo(a, skill(w, s))
    ),
    "volunteers.listing.volunteers": Row(
        all_dispatching, lambda w, s, a: listing.volunteers(a, w.now)
    ),
    "volunteers.listing.volunteer": Row(
        dispatching, lambda w, s, a: listing.volunteer(a, w.now, entered(w, s))
    ),
    "volunteers.listing.reveal_phone": Row(
        dispatching,
        lambda w, s, a: listing.reveal_phone(a, w.now, entered(w, s), listing.LookFor.TASK),
    ),
    "volunteers.roster.week": Row(all_dispatching, lambda w, s, a: roster.week(a, w.today)),
    "volunteers.roster.coming_gaps": Row(
        all_dispatching, lambda w, s, a: roster.coming_gaps(a, w.now)
    ),
    "volunteers.roster.on_call_now": Row(
        all_dispatching, lambda w, s, a: roster.on_call_now(a, w.now)
    ),
    "volunteers.roster.set_shift": Row(
        staff,
        lambda w, s, a: roster.set_shift(
            a, w.now, Squad.SAFETY, w.now, w.now + timedelta(hours=8), []
        ),
    ),
    "volunteers.roster.remove_shift": Row(
        staff, lambda w, s, a: roster.remove_shift(a, w.now, a_shift(w))
    ),
    "volunteers.roster.copy_week": Row(
        staff, lambda w, s, a: roster.copy_week(a, w.now, Squad.HEALTH, w.today)
    ),
    "volunteers.hours.enter": Row(
        office,
        lambda w, s, a: hours.enter(
            a,
            w.now,
            entered(w, s),
            source=Source.OTHER,
            arrived_at=w.now - timedelta(hours=1),
            left_at=w.now,
        ),
    ),
    "volunteers.hours.correct": Row(
        office,
        lambda w, s, a: hours.correct(
            a,
            w.now,
            served(w, s),
            arrived_at=w.now - timedelta(hours=1),
            left_at=w.now,
            note="why",
        ),
    ),
    "volunteers.hours.confirm": Row(office, lambda w, s, a: hours.confirm(a, w.now, served(w, s))),
    "volunteers.hour_list.waiting": Row(
        all_dispatching, lambda w, s, a: hour_list.waiting(a, w.now)
    ),
    "volunteers.hour_list.ledger": Row(
        all_dispatching, lambda w, s, a: hour_list.ledger(a, w.now, *year(w))
    ),
    "volunteers.hour_list.certificate_for": Row(
        dispatching,
        lambda w, s, a: hour_list.certificate_for(a, w.now, confirmed(w, s), *year(w)),
    ),
    "volunteers.cards.issue": Row(
        office, lambda w, s, a: cards.issue(a, w.now, entered(w, s), later(w))
    ),
    "volunteers.cards.issue_missing": Row(
        staff, lambda w, s, a: cards.issue_missing(a, w.now, Squad.HEALTH, later(w))
    ),
    "volunteers.sheet.preview_volunteers": Row(
        all_dispatching, lambda w, s, a: sheet.preview_volunteers(a, VolunteerList((), ()))
    ),
    "volunteers.sheet.import_volunteers": Row(
        all_dispatching, lambda w, s, a: sheet.import_volunteers(a, w.now, VolunteerList((), ()))
    ),
    "volunteers.cards.revoke": Row(office, lambda w, s, a: cards.revoke(a, w.now, entered(w, s))),
    "volunteers.cards.cards_to_print": Row(
        all_dispatching, lambda w, s, a: cards.cards_to_print(a, w.now, CardKind.STAFF)
    ),
    "volunteers.slips.make_slip": Row(
        office, lambda w, s, a: slips.make_slip(a, w.now, entered(w, s))
    ),
    "volunteers.slips.revoke_slip": Row(
        office, lambda w, s, a: slips.revoke_slip(a, w.now, entered(w, s))
    ),
    "volunteers.slips.link": Row(
        office, lambda w, s, a: slips.link(a, w.now, entered(w, s), "volunteer")
    ),
    "volunteers.absences.appeal": Row(
        nobody, lambda w, s, a: absences.appeal(a, w.now, missed(w, s), "words")
    ),
    "volunteers.absences.settle": Row(
        office, lambda w, s, a: absences.settle(a, w.now, appealed(w, s), stands=False)
    ),
    "volunteers.absences.absences_of": Row(
        dispatching, lambda w, s, a: absences.absences_of(a, entered(w, s))
    ),
    # A volunteer's own side; tests of the room show that those who are linked get through.
    "volunteers.own.my_hours": Row(nobody, lambda w, s, a: own.my_hours(a, w.now)),
    "volunteers.own.my_shifts": Row(nobody, lambda w, s, a: own.my_shifts(a, w.now)),
    "volunteers.own.my_card": Row(nobody, lambda w, s, a: own.my_card(a, w.now)),
    "volunteers.own.my_times": Row(nobody, lambda w, s, a: own.my_times(a, w.now)),
    "volunteers.own.mates": Row(nobody, lambda w, s, a: own.mates(a)),
    "volunteers.own.set_times": Row(
        nobody, lambda w, s, a: own.set_times(a, w.now, free=(), quiet=None)
    ),
    "volunteers.own.set_consents": Row(nobody, lambda w, s, a: own.set_consents(a, w.now, ())),
    "volunteers.swaps.ask_swap": Row(nobody, lambda w, s, a: swaps.ask_swap(a, w.now, a_shift(w))),
    "volunteers.swaps.take_swap": Row(nobody, lambda w, s, a: swaps.take_swap(a, w.now, "x")),
    "volunteers.swaps.withdraw_swap": Row(
        nobody, lambda w, s, a: swaps.withdraw_swap(a, w.now, "x")
    ),
    "volunteers.swaps.open_swaps": Row(nobody, lambda w, s, a: swaps.open_swaps(a, w.now)),
}
# What everybody with the code sees, and what a slip opens.
BY_CODE: set[str] = {"volunteers.cards.public_card"}
OPEN: set[str] = {"volunteers.slips.exchange"}
SERVER: set[str] = set()
PLUMBING: set[str] = {"volunteers.facts", "volunteers.scope"}
# The second says whether somebody is a volunteer, which is no secret to themselves.
VALUES: set[str] = {"volunteers.hour_list.piece_of", "volunteers.own.is_volunteer"}

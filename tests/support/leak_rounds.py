"""Who may call what of `db`: rounds."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from datetime import date

from sqlalchemy import update

from db import engine
from db.rounds import (
    care,
    care_query,
    patrol_query,
    patrol_starting,
    patrols,
    surveys,
    visiting,
)
from db.rounds.patrol_query import PatrolView
from db.tables.volunteers import VolunteerRow
from db.volunteers import people
from db.volunteers.people import Profile
from domain.patrols import Finding
from domain.surveys import Outcome
from domain.visits import EventKind, Tier
from domain.volunteers import Consent, Squad
from tests.support.who_may import Row, office, staff
from tests.support.world import Side, World


def dispatching(side: str) -> set[str]:
    """Who goes round: the office in its scope, and the leaders of the squads."""
    return office(side) | {"squad_leader"}


def all_dispatching(_side: str) -> set[str]:
    """The same, for lists that hold each one's own."""
    return staff("") | {"squad_leader"}


def nobody(_side: str) -> set[str]:
    """What only a linked volunteer has; the world's accounts are nobody's of the squads."""
    return set()


def visited(world: World, side: Side) -> str:
    """Somebody of that side who agreed to be visited."""
    return care.enrol(
        world.cast.secretary,
        world.now,
        household_id=side.household,
        name=f"Cared{side.name}",
        tier=Tier.WEEKLY,
        consent=True,
        health=f"Health{side.name}",
        once_key=f"care-{side.name}",
    )


def resting(world: World, side: Side) -> str:
    code = visited(world, side)
    care.pause(world.cast.secretary, world.now, code, reason="away")
    return code


def pair(world: World, side: Side) -> list[list[int]]:
    """Two insured volunteers."""
    codes = [
        people.register(
            world.cast.secretary,
            world.now,
            Profile(
                f"Walker{side.name}{number}",
                Squad.SAFETY,
                estate_id=side.estate,
                consents=frozenset(Consent),
            ),
        )
        for number in range(2)
    ]
    with engine.write() as session:
        rows = update(VolunteerRow).where(VolunteerRow.code.in_(codes))
        made = session.scalars(
            rows.values(insured_until=date(2030, 1, 1)).returning(VolunteerRow.id)
        )
        return [list(made)]


def template(world: World, side: Side) -> str:
    """Points of that side's estate."""
    return patrol_starting.save_template(
        world.cast.secretary, world.now, estate_id=side.estate, name="Rain", points="Roof\nGarage"
    )


def walked(world: World, side: Side) -> PatrolView:
    """A patrol of that side with one point checked, both members in."""
    office_, now = world.cast.secretary, world.now
    code = patrol_starting.start_patrol(
        office_, now, template(world, side), title="Patrol", pairs=pair(world, side)
    )
    seen = patrol_query.patrol(office_, code)
    patrols.check_point(office_, now, seen.points[0].code, finding=Finding.CLEAR)
    return seen


def came(world: World, side: Side) -> str:
    member = walked(world, side).members[0].code
    patrols.check_in(world.cast.secretary, world.now, member)
    return member


def empty_patrol(world: World, side: Side) -> str:
    seen = walked(world, side)
    for member in seen.members:
        patrols.did_not_come(world.cast.secretary, world.now, member.code)
    return seen.code


def asked(world: World, side: Side) -> str:
    """A survey of that side's building."""
    return surveys.open_survey(
        world.cast.secretary,
        world.now,
        estate_id=side.estate,
        title="Survey",
        building_ids=[side.building],
    )


ROWS: dict[str, Row] = {
    "rounds.care.enrol": Row(
        office,
        lambda w, s, a: care.enrol(
            a, w.now, household_id=s.household, name="new", tier=Tier.EVENT, consent=True
        ),
    ),
    "rounds.care.change_care": Row(
        office,
        lambda w, s, a: care.change_care(
            a, w.now, visited(w, s), tier=Tier.MONTHLY, visitor_id=None
        ),
    ),
    "rounds.care.pause": Row(
        office, lambda w, s, a: care.pause(a, w.now, visited(w, s), reason="away")
    ),
    "rounds.care.resume": Row(office, lambda w, s, a: care.resume(a, w.now, resting(w, s))),
    "rounds.care.end_care": Row(office, lambda w, s, a: care.end_care(a, w.now, visited(w, s))),
    "rounds.visiting.record_visit": Row(
        dispatching,
        lambda w, s, a: visiting.record_visit(a, w.now, visited(w, s), met=True, need="help"),
    ),
    "rounds.visiting.details": Row(
        office, lambda w, s, a: visiting.details(a, w.now, visited(w, s))
    ),
    "rounds.visiting.call_event": Row(
        office,
        lambda w, s, a: visiting.call_event(a, w.now, EventKind.STORM, estate_id=s.estate),
    ),
    "rounds.care_query.care_list": Row(
        all_dispatching, lambda w, s, a: care_query.care_list(a, w.now)
    ),
    "rounds.care_query.care_month": Row(
        all_dispatching, lambda w, s, a: care_query.care_month(a, w.now, w.today)
    ),
    "rounds.care_query.visits_of": Row(
        dispatching, lambda w, s, a: care_query.visits_of(a, visited(w, s))
    ),
    "rounds.care_query.visitors": Row(all_dispatching, lambda w, s, a: care_query.visitors(a)),
    "rounds.care_query.my_visits": Row(nobody, lambda w, s, a: care_query.my_visits(a, w.now)),
    "rounds.patrol_starting.save_template": Row(
        dispatching,
        lambda w, s, a: patrol_starting.save_template(
            a, w.now, estate_id=s.estate, name="new", points="Roof"
        ),
    ),
    "rounds.patrol_starting.start_patrol": Row(
        dispatching,
        lambda w, s, a: patrol_starting.start_patrol(
            a, w.now, template(w, s), title="new", pairs=pair(w, s)
        ),
    ),
    "rounds.patrols.check_in": Row(
        dispatching,
        lambda w, s, a: patrols.check_in(a, w.now, walked(w, s).members[0].code),
    ),
    "rounds.patrols.check_out": Row(
        dispatching, lambda w, s, a: patrols.check_out(a, w.now, came(w, s))
    ),
    "rounds.patrols.did_not_come": Row(
        dispatching,
        lambda w, s, a: patrols.did_not_come(a, w.now, walked(w, s).members[0].code),
    ),
    "rounds.patrols.check_point": Row(
        dispatching,
        lambda w, s, a: patrols.check_point(
            a, w.now, walked(w, s).points[0].code, finding=Finding.HAZARD, note="leak"
        ),
    ),
    "rounds.patrols.end_patrol": Row(
        dispatching, lambda w, s, a: patrols.end_patrol(a, w.now, empty_patrol(w, s))
    ),
    "rounds.patrol_query.templates": Row(
        all_dispatching, lambda w, s, a: patrol_query.templates(a)
    ),
    "rounds.patrol_query.walkers": Row(
        all_dispatching, lambda w, s, a: patrol_query.walkers(a, w.now)
    ),
    "rounds.patrol_query.patrols": Row(all_dispatching, lambda w, s, a: patrol_query.patrols(a)),
    "rounds.patrol_query.patrol": Row(
        dispatching, lambda w, s, a: patrol_query.patrol(a, walked(w, s).code)
    ),
    "rounds.patrol_query.my_patrols": Row(nobody, lambda w, s, a: patrol_query.my_patrols(a)),
    "rounds.patrol_query.point_photo": Row(
        dispatching,
        lambda w, s, a: patrol_query.point_photo(a, walked(w, s).points[0].code),
    ),
    "rounds.surveys.open_survey": Row(
        office,
        lambda w, s, a: surveys.open_survey(
            a, w.now, estate_id=s.estate, title="new", building_ids=[s.building]
        ),
    ),
    "rounds.surveys.close_survey": Row(
        office, lambda w, s, a: surveys.close_survey(a, w.now, asked(w, s))
    ),
    "rounds.surveys.answer": Row(
        dispatching,
        lambda w, s, a: surveys.answer(
            a, w.now, asked(w, s), s.household, outcome=Outcome.DONE, need="help"
        ),
    ),
    "rounds.surveys.surveys": Row(all_dispatching, lambda w, s, a: surveys.surveys(a)),
    "rounds.surveys.survey": Row(dispatching, lambda w, s, a: surveys.survey(a, asked(w, s))),
    "rounds.surveys.homes": Row(
        dispatching, lambda w, s, a: surveys.homes(a, asked(w, s), s.building)
    ),
}
BY_CODE: set[str] = set()
OPEN: set[str] = set()
SERVER: set[str] = set()
PLUMBING = {"rounds.scope", "rounds.facts"}
VALUES = {"rounds.patrols.member_of"}

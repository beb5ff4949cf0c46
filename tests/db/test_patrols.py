"""Patrols as rows: started in a minute, walked in pairs, ended with everybody back."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db import engine
from db.engine import Database
from db.rounds import patrol_starting, patrols
from db.rounds.patrol_query import (
    PatrolView,
    my_patrols,
    patrol,
    point_photo,
    templates,
)
from db.rounds.patrol_query import (
    walkers as chosen_from,
)
from db.tables import Case, Event
from db.tables.rounds import PatrolCheck
from db.tables.volunteers import ServiceHours
from domain.errors import DeskError, FieldError, NotFound, Refused
from domain.patrols import Coverage, Finding, Where
from domain.people import Actor, Role
from domain.photos import PhotoIn
from tests.db.rounders import walkers
from tests.support.cast import Cast
from tests.support.clock import TestClock

POINTS = "1号楼地库入口\n1号楼屋顶\n2号楼配电间\n小区北门排水沟"
PHOTO = PhotoIn(b"\xff\xd8full", b"\xff\xd8thumb", 40, 30)


def started(cast: Cast, clock: TestClock, database: Database) -> PatrolView:
    people = walkers(cast, database, clock.now)
    template = patrol_starting.save_template(
        cast.secretary, clock.now, estate_id=cast.estate_one, name="汛期", points=POINTS
    )
    code = patrol_starting.start_patrol(
        cast.secretary, clock.now, template, title="3月2日暴雨排查", pairs=[people[:2], people[2:]]
    )
    return patrol(cast.secretary, code)


def test_a_patrol_from_template_to_end(cast: Cast, clock: TestClock, database: Database) -> None:
    seen = started(cast, clock, database)
    assert [(point.name, point.pair) for point in seen.points] == [
        ("1号楼地库入口", 0),
        ("1号楼屋顶", 0),
        ("2号楼配电间", 1),
        ("小区北门排水沟", 1),
    ]
    for member in seen.members[:3]:
        patrols.check_in(cast.secretary, clock.now, member.code)
    clear, hazard = seen.points[:2]
    patrols.check_point(cast.secretary, clock.now, clear.code, finding=Finding.CLEAR, photo=PHOTO)
    case_code = patrols.check_point(
        cast.secretary,
        clock.forward(minutes=5),
        hazard.code,
        finding=Finding.HAZARD,
        note="落水管堵塞，屋面积水",
        photo=PHOTO,
    )
    seen = patrol(cast.secretary, seen.code)
    assert seen.coverage == Coverage(2, 4, 1)
    with engine.read() as session:
        case = session.execute(select(Case).where(Case.code == case_code)).scalar_one()
        assert (case.estate_id, case.building_id) == (cast.estate_one, cast.building_one)
        assert case.title == "1号楼屋顶：落水管堵塞，屋面积水"
    assert [point.has_photo for point in seen.points] == [True, True, False, False]
    assert point_photo(cast.secretary, hazard.code) == PHOTO.thumb
    assert point_photo(cast.secretary, clear.code, small=False) == PHOTO.full
    with pytest.raises(Refused, match="4 people"):
        patrols.end_patrol(cast.secretary, clock.now, seen.code)
    for member in seen.members[:3]:
        patrols.check_out(cast.secretary, clock.forward(minutes=20), member.code)
    with pytest.raises(Refused, match="1 people"):
        patrols.end_patrol(cast.secretary, clock.now, seen.code)
    patrols.did_not_come(cast.secretary, clock.now, seen.members[3].code)
    patrols.end_patrol(cast.secretary, clock.now, seen.code)
    patrols.end_patrol(cast.secretary, clock.forward(minutes=1), seen.code)
    seen = patrol(cast.secretary, seen.code)
    assert seen.ended_at == clock.now - timedelta(minutes=1)
    assert [member.where for member in seen.members] == [Where.BACK] * 3 + [Where.ABSENT]
    for late in (
        lambda: patrols.check_in(cast.secretary, clock.now, seen.members[3].code),
        lambda: patrols.check_point(cast.secretary, clock.now, clear.code, finding=Finding.CLEAR),
    ):
        with pytest.raises(Refused, match="over"):
            late()


def test_who_walks_checks_in_and_their_hours_count(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    seen = started(cast, clock, database)
    (mine,) = my_patrols(cast.volunteer)
    assert mine.mine == seen.members[1].code
    with pytest.raises(Refused, match="Check in"):
        patrols.check_point(cast.volunteer, clock.now, seen.points[0].code, finding=Finding.CLEAR)
    for _ in range(2):
        patrols.check_in(cast.volunteer, clock.now, mine.mine or "")
    patrols.check_point(cast.volunteer, clock.now, seen.points[0].code, finding=Finding.CLEAR)
    for _ in range(2):
        patrols.check_out(cast.volunteer, clock.forward(minutes=90), mine.mine or "")
    with pytest.raises(Refused):
        patrols.check_point(cast.volunteer, clock.now, seen.points[0].code, finding=Finding.CLEAR)
    with engine.read() as session:
        hours = session.scalars(select(ServiceHours)).one()
        assert hours.left_at is not None
        assert (hours.left_at - hours.arrived_at).total_seconds() == 90 * 60
        assert hours.confirmed_at is None


def test_nobody_checks_somebody_else_in(cast: Cast, clock: TestClock, database: Database) -> None:
    seen = started(cast, clock, database)
    outsider = Actor(cast.viewer.account_id, "外人", frozenset({Role.VOLUNTEER}))
    for actor, member in ((cast.volunteer, seen.members[2]), (outsider, seen.members[1])):
        with pytest.raises(NotFound):
            patrols.check_in(actor, clock.now, member.code)
    with pytest.raises(NotFound):
        patrols.check_point(outsider, clock.now, seen.points[0].code, finding=Finding.CLEAR)


def test_people_without_insurance_stay_at_home(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    started(cast, clock, database)
    people = [one.id for one in chosen_from(cast.secretary, clock.now)]
    assert len(people) == 4
    clock.set("2030-01-02 09:00")
    assert chosen_from(cast.secretary, clock.now) == []
    (template,) = templates(cast.secretary)
    with pytest.raises(FieldError, match="insured"):
        patrol_starting.start_patrol(
            cast.secretary, clock.now, template.code, title="无保险", pairs=[people[:2]]
        )


def test_a_hazard_needs_words_and_a_second_tap_makes_no_second_file(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    seen = started(cast, clock, database)
    point = seen.points[0].code
    with pytest.raises(FieldError):
        patrols.check_point(cast.secretary, clock.now, point, finding=Finding.HAZARD)
    for _ in range(3):
        patrols.check_point(
            cast.secretary,
            clock.now,
            point,
            finding=Finding.HAZARD,
            note="积水",
            once_key="tap",
        )
    with engine.read() as session:
        assert session.scalar(select(func.count(Case.id))) == 1
        assert session.scalar(select(func.count(PatrolCheck.id))) == 1


def test_ending_and_checking_in_at_one_moment_leaves_nobody_out(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    seen = started(cast, clock, database)
    for member in seen.members:
        patrols.did_not_come(cast.secretary, clock.now, member.code)
    together = threading.Barrier(5)

    def end() -> None:
        together.wait()
        attempt(lambda: patrols.end_patrol(cast.secretary, clock.now, seen.code))

    def come(code: str) -> None:
        together.wait()
        attempt(lambda: patrols.check_in(cast.secretary, clock.now, code))

    threads = [threading.Thread(target=end)]
    threads += [threading.Thread(target=come, args=(one.code,)) for one in seen.members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = patrol(cast.secretary, seen.code)
    out = [one for one in after.members if one.where is Where.OUT]
    assert (after.ended_at is not None) == (not out)


def attempt(act: object) -> None:
    try:
        act()  # type: ignore[operator]
    except DeskError:
        return


def test_another_estates_patrols_are_not_there(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    seen = started(cast, clock, database)
    scoped = Actor(
        cast.social_worker.account_id,
        "二小区社工",
        frozenset({Role.SOCIAL_WORKER}),
        estate_id=cast.estate_two,
    )
    assert templates(scoped) == []
    for act in (
        lambda: patrol(scoped, seen.code),
        lambda: patrols.end_patrol(scoped, clock.now, seen.code),
        lambda: patrols.check_in(scoped, clock.now, seen.members[0].code),
        lambda: point_photo(scoped, seen.points[0].code),
        lambda: patrol_starting.save_template(
            scoped, clock.now, estate_id=cast.estate_one, name="x", points="x"
        ),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("points", ["", "\n \n", "\n".join("x" for _ in range(81))])
def test_a_template_has_from_one_to_eighty_points(
    cast: Cast, clock: TestClock, points: str
) -> None:
    with pytest.raises(FieldError):
        patrol_starting.save_template(
            cast.secretary, clock.now, estate_id=cast.estate_one, name="x", points=points
        )


def test_a_name_serves_one_template(cast: Cast, clock: TestClock) -> None:
    for taken in (False, True):
        if taken:
            with pytest.raises(FieldError, match="already"):
                patrol_starting.save_template(
                    cast.secretary, clock.now, estate_id=cast.estate_one, name="x", points="a"
                )
        else:
            patrol_starting.save_template(
                cast.secretary, clock.now, estate_id=cast.estate_one, name="x", points="a"
            )
    with engine.read() as session:
        count = select(func.count(Event.id)).where(Event.kind == "patrol_template_added")
        assert session.scalar(count) == 1

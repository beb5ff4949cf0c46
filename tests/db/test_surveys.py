"""Surveys as rows: the list of a building, outcomes, and nobody asked twice."""

import threading

import pytest
from sqlalchemy import func, select

from db import engine
from db.engine import Database
from db.rounds import surveys
from db.tables import Case
from db.tables.rounds import SurveyAnswer
from domain.errors import FieldError, NotFound, Refused
from domain.people import Actor, Role
from domain.surveys import Outcome, Tally
from tests.support.cast import Cast
from tests.support.clock import TestClock


@pytest.fixture
def code(cast: Cast, clock: TestClock) -> str:
    return surveys.open_survey(
        cast.secretary,
        clock.now,
        estate_id=cast.estate_one,
        title="春季走访",
        building_ids=[cast.building_one, cast.building_two],
    )


def test_a_building_is_walked_door_by_door(cast: Cast, clock: TestClock, code: str) -> None:
    def answer(household: int, outcome: Outcome, **more: str) -> str | None:
        return surveys.answer(
            cast.squad_leader, clock.forward(minutes=1), code, household, outcome=outcome, **more
        )

    answer(cast.household_101, Outcome.NOT_HOME)
    answer(cast.household_101, Outcome.NOT_HOME)
    answer(cast.household_102, Outcome.REFUSED)
    seen = surveys.survey(cast.secretary, code)
    assert seen.tally == Tally(homes=3, asked=0, refused=1, vacant=0, not_home=1)
    assert seen.tally.open == 2
    case_code = answer(cast.household_101, Outcome.DONE, note="两位老人", need="楼道灯不亮")
    with engine.read() as session:
        case = session.scalars(select(Case)).one()
        assert (case.code, case.building_id) == (case_code, cast.building_one)
    first, second = surveys.homes(cast.secretary, code, cast.building_one)
    assert (first.room, first.outcome, first.tries, first.case_code, first.is_open) == (
        "1单元101",
        Outcome.DONE,
        2,
        case_code,
        False,
    )
    assert not second.is_open


def test_nobody_is_asked_twice(cast: Cast, clock: TestClock, code: str) -> None:
    for outcome in (Outcome.DONE, Outcome.NOT_HOME):
        for repeated in (False, True):
            if outcome is Outcome.DONE and not repeated:
                surveys.answer(cast.secretary, clock.now, code, cast.household_501, outcome=outcome)
            else:
                with pytest.raises(Refused, match="twice"):
                    surveys.answer(
                        cast.secretary, clock.now, code, cast.household_501, outcome=outcome
                    )


def test_of_many_knocks_at_one_moment_one_is_final(
    cast: Cast, clock: TestClock, database: Database, code: str
) -> None:
    together, refused = threading.Barrier(6), []

    def knock() -> None:
        together.wait()
        try:
            surveys.answer(
                cast.secretary,
                clock.now,
                code,
                cast.household_101,
                outcome=Outcome.DONE,
                need="灯坏了",
            )
        except Refused:
            refused.append(1)

    threads = [threading.Thread(target=knock) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 5
    with engine.read() as session:
        assert session.scalar(select(func.count(SurveyAnswer.id))) == 1
        assert session.scalar(select(func.count(Case.id))) == 1


def test_a_closed_survey_takes_no_answers(cast: Cast, clock: TestClock, code: str) -> None:
    surveys.close_survey(cast.secretary, clock.now, code)
    surveys.close_survey(cast.secretary, clock.now, code)
    with pytest.raises(Refused, match="closed"):
        surveys.answer(cast.secretary, clock.now, code, cast.household_101, outcome=Outcome.DONE)
    assert [one.closed for one in surveys.surveys(cast.secretary)] == [True]


def test_homes_of_other_buildings_and_estates_are_not_in_it(
    cast: Cast, clock: TestClock, code: str
) -> None:
    scoped = Actor(
        cast.social_worker.account_id,
        "二小区社工",
        frozenset({Role.SOCIAL_WORKER}),
        estate_id=cast.estate_two,
    )
    for actor, household in ((cast.secretary, cast.household_901), (scoped, cast.household_101)):
        with pytest.raises(NotFound):
            surveys.answer(actor, clock.now, code, household, outcome=Outcome.DONE)
    with pytest.raises(NotFound):
        surveys.homes(cast.secretary, code, cast.building_three)
    assert surveys.surveys(scoped) == []


@pytest.mark.parametrize("wrong", ["none", "other"])
def test_a_survey_needs_buildings_of_its_estate(cast: Cast, clock: TestClock, wrong: str) -> None:
    with pytest.raises(FieldError):
        surveys.open_survey(
            cast.secretary,
            clock.now,
            estate_id=cast.estate_one,
            title="x",
            building_ids=[] if wrong == "none" else [cast.building_three],
        )

"""A committee's vote: the meeting's form becomes roll, ballots and count, on both databases."""

from datetime import datetime, timedelta

import pytest

from db import engine
from db.elections.committee import Sitting, enter
from db.elections.committee_list import committee_of
from db.elections.committee_meeting import meeting_form, record_meeting
from db.elections.seats import leave
from db.tables.votes import Vote
from db.verify_votes import faults_of_votes
from db.votes import bundle, opening, preparing
from db.votes.preparing import QuestionIn
from db.votes.results import result_of
from domain.committees import Left
from domain.days import local_day
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.lanes import Matter
from domain.standing import Choice
from domain.thresholds import Outcome
from domain.timetable import NoticeTooShort
from tests.support.cast import Cast
from tests.support.clock import TestClock

SEVEN = tuple("东西南北春夏秋")
YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


def committee(cast: Cast, clock: TestClock, who: tuple[str, ...] = SEVEN) -> list[int]:
    """A committee that sits since a year ago; its members' ids in order."""
    enter(
        cast.secretary,
        clock.now,
        estate_id=cast.estate_one,
        elected_on=local_day(clock.now) - timedelta(days=365),
        years=5,
        years_source="",
        members=[Sitting(one) for one in who],
        alternates=("冬",),
    )
    found = committee_of(cast.secretary, cast.estate_one, clock.now)
    assert found is not None
    return [one.id for one in found.sitting]


def noticed(cast: Cast, clock: TestClock, questions: int = 1, days: int = 7) -> str:
    """A committee's vote whose agenda was posted so many days before today."""
    early = clock.now - timedelta(days=days)
    code = preparing.create(
        cast.secretary,
        early,
        estate_id=cast.estate_one,
        matter=Matter.DELEGATED,
        title="门岗值班安排",
    )
    asked = [QuestionIn(f"第{n}项") for n in range(1, questions + 1)]
    preparing.ask(cast.secretary, early, code, asked)
    preparing.name_tellers(
        cast.secretary,
        early,
        code,
        [cast.secretary.account_id or 0, cast.committee.account_id or 0],
    )
    preparing.post_notice(
        cast.secretary,
        early,
        code,
        noticed_on=local_day(early),
        meets_on=local_day(clock.now),
        closes_at=clock.now + timedelta(hours=10),
    )
    return code


def outcomes(code: str) -> list[Outcome]:
    with engine.read() as session:
        vote = session.query(Vote).filter(Vote.code == code).one()
        return [one.outcome for one in result_of(session, vote).questions]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ([YES, YES, YES, NO], Outcome.FAIL),
        ([YES, YES, YES, ABSTAIN], Outcome.FAIL),
        ([YES, YES, YES, YES], Outcome.PASS),
        ([YES, YES, YES], Outcome.NO_MEETING),
        ([YES, YES, YES, YES, NO, NO, NO], Outcome.PASS),
        ([YES, YES, YES, NO, NO, ABSTAIN, ABSTAIN], Outcome.FAIL),
    ],
)
def test_seven_members_decide_by_more_than_half_of_all(
    cast: Cast, clock: TestClock, said: list[Choice], outcome: Outcome
) -> None:
    members = committee(cast, clock)
    code = noticed(cast, clock)
    record_meeting(
        cast.secretary,
        clock.now,
        code,
        held_at=clock.now,
        choices={key: {1: choice} for key, choice in zip(members, said, strict=False)},
    )
    assert outcomes(code) == [outcome]
    recounted = bundle.recounted(cast.secretary, clock.now, code)
    assert recounted.agrees
    assert [one.outcome for one in recounted.recount.questions] == [outcome]
    with engine.read() as session:
        assert list(faults_of_votes(session)) == []


def test_the_form_names_who_sits_on_the_posted_day_and_later_who_was_there(
    cast: Cast, clock: TestClock
) -> None:
    members = committee(cast, clock)
    code = noticed(cast, clock, questions=2)
    today = local_day(clock.now)
    leave(cast.secretary, clock.now, members[0], left_on=today, left=Left.RESIGNED)
    form = meeting_form(cast.secretary, clock.now, code)
    assert [name for _, name in form.members] == [*SEVEN[1:], "冬"]
    assert form.questions == ((1, "第1项"), (2, "第2项"))
    assert form.present is None
    there = [key for key, _ in form.members[:5]]
    record_meeting(
        cast.secretary,
        clock.now,
        code,
        held_at=clock.now,
        choices={key: {1: YES, 2: NO} for key in there},
        key="k",
    )
    record_meeting(cast.secretary, clock.now, code, held_at=clock.now, choices={}, key="k")
    assert outcomes(code) == [Outcome.PASS, Outcome.FAIL]
    after = meeting_form(cast.secretary, clock.now, code)
    assert after.present == {key: key in there for key, _ in form.members}


def test_a_meeting_needs_its_agenda_seven_days_before_and_its_own_day(
    cast: Cast, clock: TestClock
) -> None:
    members = committee(cast, clock)
    with pytest.raises(NoticeTooShort):
        noticed(cast, clock, days=6)
    code = noticed(cast, clock)
    every = {key: {1: YES} for key in members}

    def record(held_at: datetime, choices: dict[int, dict[int, Choice]]) -> None:
        record_meeting(cast.secretary, clock.now, code, held_at=held_at, choices=choices)

    yesterday, later = clock.now - timedelta(days=1), clock.now + timedelta(minutes=1)
    for held_at, choices in (
        (yesterday, every),
        (later, every),
        (clock.now, {}),
        (clock.now, {**every, 9_999: {1: YES}}),
        (clock.now, {members[0]: {}}),
    ):
        with pytest.raises(FieldError):
            record(held_at, choices)
    with pytest.raises(Refused):
        opening.open_vote(cast.secretary, clock.now, code)
    record(clock.now, every)
    with pytest.raises(Refused):
        record(clock.now, every)


def test_without_a_committee_on_the_list_there_is_no_meeting(cast: Cast, clock: TestClock) -> None:
    code = noticed(cast, clock)
    assert meeting_form(cast.secretary, clock.now, code).members == ()
    with pytest.raises(Refused):
        record_meeting(cast.secretary, clock.now, code, held_at=clock.now, choices={1: {1: YES}})


def test_others_neither_read_nor_record_a_meeting(cast: Cast, clock: TestClock) -> None:
    code = noticed(cast, clock)
    for who, error in ((cast.viewer, NotAllowed), (cast.volunteer, NotAllowed)):
        with pytest.raises(error):
            meeting_form(who, clock.now, code)
        with pytest.raises(error):
            record_meeting(who, clock.now, code, held_at=clock.now, choices={1: {1: YES}})
    with pytest.raises(NotFound):
        meeting_form(cast.secretary, clock.now, "nothing")

"""What is shown of owners' votes: turnout while they run, no choice before the count."""

import re
from contextlib import nullcontext
from dataclasses import replace

import pytest
from sqlalchemy import event, select

from db import engine
from db.tables import Case
from db.tables.votes import Ballot
from db.votes import counting, preparing
from db.votes.objections import answer_objection, objections, record_objection
from db.votes.published import published_votes, votes_followed
from db.votes.reads import possible_tellers, result_view, vote_view, votes, votes_of_case
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.lanes import Matter
from domain.moves import State
from domain.standing import Choice
from domain.tally import Invalid, Silent
from domain.thresholds import Lane, Outcome, Weight
from domain.timeline_of_vote import About, Kept, Milestone
from domain.votes import Stage
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.polling import deliberating
from tests.support.votes import make_vote
from tests.support.voting import OWNERS, cast_all, closed

YES, NO, ABSTAIN, INVALID = Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.INVALID


def test_turnout_says_what_is_missing_by_heads_and_area_and_building(
    cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    cast_all(made, clock, {("张明",): (YES, NO), ("周丽",): (NO, NO)})
    view = vote_view(cast.viewer, clock.now, made.code)
    line = view.line
    assert (line.stage, line.roll) == (Stage.OPEN, Weight(60_725, 6))
    assert line.returned == Weight(14_950 + 4_250, 2)
    # Two thirds of 60,725 are 40,483.33, rounded up; of six heads four.
    assert line.shortfall == Weight(40_484 - 19_200, 2)
    assert [(one.name, one.returned.heads) for one in view.buildings] == [
        ("1号楼", 1),
        ("2号楼", 1),
    ]
    assert sum(one.roll.area for one in view.buildings) == line.roll.area
    assert [one.code for one in votes(cast.viewer, clock.now)] == [made.code]


def test_before_the_count_no_read_holds_a_choice(cast: Cast, clock: TestClock) -> None:
    """Two votes with opposite ballots look alike to everybody until they are counted."""
    seen: list[list[str]] = []
    for said in ((YES, NO), (NO, YES)):
        made = make_vote(cast, clock.now, roll=not seen)
        cast_all(made, clock, dict.fromkeys(OWNERS, said))
        shown = [
            repr(found)
            for who in (cast.secretary, cast.committee, cast.viewer)
            for at in (clock.now, made.closes_at)
            for found in (
                vote_view(who, at, made.code),
                result_view(who, made.code),
                [one for one in votes(who, at) if one.code == made.code],
                published_votes(),
            )
        ]
        seen.append(shown)
    # Codes and hashes are each vote's own; all else is the same whatever was voted.
    mask = re.compile(r"[0-9a-f]{64}|code='[^']*'")
    first, second = ([mask.sub("", text) for text in shown] for shown in seen)
    assert first == second
    assert result_view(cast.secretary, made.code) is None


def test_a_counted_vote_shows_the_count_of_its_ballots(cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now)
    cast_all(
        made,
        clock,
        {
            ("张明",): (YES, NO),
            ("李红",): (YES, NO),
            ("王强",): (YES, ABSTAIN),
            ("赵勇", "陈静"): (YES, YES),
            (): (NO, NO),
        },
    )
    closed(cast, clock, made)
    found = result_view(cast.viewer, made.code)
    assert found is not None
    outcomes = [(one.question, one.outcome) for one in found.count.questions]
    assert outcomes == [("更换1号楼电梯", Outcome.PASS), ("粉刷楼道", Outcome.FAIL)]
    assert found.count.tallies["更换1号楼电梯"].yes == Weight(40_950, 4)
    assert list(vote_view(cast.viewer, clock.now, made.code).line.outcomes) == outcomes
    assert found.differ == frozenset()


def test_majorities_that_differ_are_named(cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now, silent=Silent.FOLLOW_MAJORITY)
    # Three heads with 182.50 m² for it, two with 275.25 m² against it.
    cast_all(
        made,
        clock,
        {
            ("李红",): (YES, YES),
            ("王强",): (YES, YES),
            ("周丽",): (YES, YES),
            ("赵勇", "陈静"): (NO, YES),
            (): (NO, YES),
        },
    )
    closed(cast, clock, made)
    found = result_view(cast.secretary, made.code)
    assert found is not None
    assert found.differ == {"更换1号楼电梯"}


def test_the_public_list_has_published_results_alone(cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now)
    cast_all(made, clock, dict.fromkeys(OWNERS, (YES, YES)))
    closed(cast, clock, made)
    assert published_votes() == ()
    counting.publish(cast.secretary, clock.now, made.code)
    assert [one.code for one in published_votes()] == [made.code]
    assert [one.code for one in published_votes("e-one")] == [made.code]
    assert published_votes("e-two") == ()
    assert not set("".join("".join(owners) for owners in OWNERS)) & set(repr(published_votes()))


def test_the_committee_of_another_estate_sees_nothing(cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now, two=True)
    assert votes(cast.committee, clock.now) == []
    for look in (
        lambda: vote_view(cast.committee, clock.now, made.code),
        lambda: result_view(cast.committee, made.code),
        lambda: objections(cast.committee, clock.now, made.code),
        lambda: possible_tellers(cast.committee, made.code),
    ):
        with pytest.raises(NotFound):
            look()


def test_a_viewer_sees_figures_and_no_names(cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now)
    view = vote_view(cast.viewer, clock.now, made.code)
    assert (view.may_run, view.may_look, view.case_code) == (False, False, None)
    with pytest.raises(NotAllowed):
        objections(cast.viewer, clock.now, made.code)
    with pytest.raises(NotAllowed):
        votes(cast.property_contact, clock.now)


def test_tellers_are_chosen_from_who_runs_votes_there(cast: Cast, clock: TestClock) -> None:
    one = make_vote(cast, clock.now, until=Stage.PREPARING)
    two = make_vote(cast, clock.now, two=True, until=Stage.PREPARING)
    assert {name for _, name in possible_tellers(cast.secretary, one.code)} == {
        cast.secretary.name,
        cast.social_worker.name,
        cast.committee.name,
    }
    assert cast.committee.name not in dict(possible_tellers(cast.secretary, two.code)).values()


def test_a_file_is_turned_to_the_vote_that_is_made_of_it(cast: Cast, clock: TestClock) -> None:
    file = deliberating(cast, clock.now)
    code = preparing.create(
        cast.secretary,
        clock.now,
        estate_id=cast.estate_one,
        matter=Matter.USE_FUND,
        title="更换电梯曳引机",
        case_code=file,
    )
    with engine.read() as session:
        case = session.scalars(select(Case).where(Case.code == file)).one()
        assert case.state is State.IN_VOTE
        (followed,) = votes_followed(session, case.id, clock.now)
        assert (followed.title, followed.stage) == ("更换电梯曳引机", Stage.PREPARING)
        assert followed.result is None
    assert vote_view(cast.secretary, clock.now, code).case_code == file
    assert [one.code for one in votes_of_case(cast.committee, clock.now, file)] == [code]
    other = replace(cast.viewer, estate_id=cast.estate_two)
    assert votes_of_case(other, clock.now, file) == []


def test_the_committee_cannot_turn_a_file_by_making_a_vote(cast: Cast, clock: TestClock) -> None:
    """Moving a file is the office's; the vote is not made either."""
    file = deliberating(cast, clock.now)
    with pytest.raises(NotAllowed):
        preparing.create(
            cast.committee,
            clock.now,
            estate_id=cast.estate_one,
            matter=Matter.USE_FUND,
            title="更换电梯曳引机",
            case_code=file,
        )
    assert votes(cast.secretary, clock.now) == []


def test_the_timetable_stands_with_its_sources(cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now)
    lines = {
        line.milestone: line for line in vote_view(cast.viewer, clock.now, made.code).timetable
    }
    assert lines[Milestone.MEETING].kept is Kept.KEPT
    assert lines[Milestone.CLOSE].kept is Kept.RUNNING
    number = lines[Milestone.MEETING].number
    assert number is not None
    assert (number.days, number.source) == (15, "《物业管理条例》第十四条")


def test_objections_are_recorded_and_answered_once(cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now, until=Stage.NOTICED)
    for _ in range(2):
        record_objection(
            cast.committee,
            clock.now,
            made.code,
            about=About.ROLL,
            text="102 面积不对",
            by="李红",
            key="form",
        )
    (found,) = objections(cast.secretary, clock.now, made.code)
    assert (found.about, found.in_time, found.answer) == (About.ROLL, False, None)
    assert vote_view(cast.secretary, clock.now, made.code).open_objections == 1
    answer_objection(cast.secretary, clock.now, made.code, found.id, "已更正", "answer")
    answer_objection(cast.secretary, clock.now, made.code, found.id, "已更正", "answer")
    with pytest.raises(Refused):
        answer_objection(cast.committee, clock.now, made.code, found.id, "又一个", "other")
    (found,) = objections(cast.secretary, clock.now, made.code)
    assert found.answer == "已更正"
    assert vote_view(cast.secretary, clock.now, made.code).open_objections == 0


@pytest.mark.parametrize(
    ("until", "about", "possible"),
    [
        (Stage.PREPARING, About.ROLL, True),
        (Stage.OPEN, About.ROLL, True),
        (Stage.OPEN, About.RESULT, False),
        (Stage.COUNTED, About.RESULT, True),
        (Stage.COUNTED, About.ROLL, False),
    ],
)
def test_what_can_be_objected_to_depends_on_the_stage(
    cast: Cast, clock: TestClock, until: Stage, about: About, possible: bool
) -> None:
    made = make_vote(cast, clock.now, until=Stage.OPEN if until is Stage.COUNTED else until)
    if until is Stage.COUNTED:
        closed(cast, clock, made)
    expected = nullcontext() if possible else pytest.raises(FieldError)
    with expected:
        record_objection(cast.secretary, clock.now, made.code, about=about, text="不对", by="李红")
    assert len(objections(cast.secretary, clock.now, made.code)) == possible


def test_another_votes_objection_is_not_answered_here(cast: Cast, clock: TestClock) -> None:
    one = make_vote(cast, clock.now, until=Stage.NOTICED)
    two = make_vote(cast, clock.now, roll=False, until=Stage.NOTICED)
    record_objection(cast.secretary, clock.now, one.code, about=About.ROLL, text="不", by="李")
    (found,) = objections(cast.secretary, clock.now, one.code)
    with pytest.raises(NotFound):
        answer_objection(cast.secretary, clock.now, two.code, found.id, "好")


def test_a_result_that_depends_on_invalid_ballots_says_so(cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now, lane=Lane.ORDINARY)
    cast_all(
        made,
        clock,
        {
            ("张明",): (YES, YES),
            ("李红",): (YES, YES),
            ("赵勇", "陈静"): (INVALID, YES),
            (): (INVALID, YES),
            ("周丽",): (YES, YES),
        },
    )
    closed(cast, clock, made)
    found = result_view(cast.secretary, made.code)
    assert found is not None
    assert found.count.questions[0].outcome is Outcome.DEPENDS_ON_INVALID
    counting.choose_invalid(
        cast.secretary, clock.now, made.code, Invalid.PARTICIPATES, "业委会会议决定"
    )
    view = vote_view(cast.secretary, clock.now, made.code)
    assert (view.invalid_chosen, view.invalid_source) == (Invalid.PARTICIPATES, "业委会会议决定")
    assert Outcome.DEPENDS_ON_INVALID not in dict(view.line.outcomes).values()


def test_the_reads_of_a_vote_take_no_ballot(cast: Cast, clock: TestClock) -> None:
    """Turnout and results come from summary rows, however many ballots there are."""
    made = make_vote(cast, clock.now)
    cast_all(made, clock, dict.fromkeys(OWNERS, (YES, YES)))
    closed(cast, clock, made)
    asked: list[str] = []
    event.listen(engine.database().engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    vote_view(cast.secretary, clock.now, made.code)
    result_view(cast.secretary, made.code)
    votes(cast.secretary, clock.now)
    published_votes()
    assert asked
    tables = (Ballot.__tablename__, "standing", "vote_rights", "vote_units")
    assert [text for text in asked if any(f"FROM {name}" in text for name in tables)] == []

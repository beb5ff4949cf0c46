"""An election from its preparation group to its committee, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from db import engine
from db.elections.candidate_list import candidates, public_photo
from db.elections.candidates import (
    CandidateIn,
    add_candidate,
    change_candidate,
    clear_obstacle,
    display,
    waive_number,
    withdraw_candidate,
)
from db.elections.committee import Sitting, enter, take_over
from db.elections.committee_list import Committee, MemberView, committee_of
from db.elections.group import group, name_group
from db.elections.seats import leave, name_offices, record_filing
from db.tables import Photo
from db.tables.roll import RollUnit
from db.tables.votes import Question
from db.votes import bundle, counting, opening
from domain.candidacy import Obstacle
from domain.committees import Left, Office, term_ends
from domain.days import local_day
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.photos import PhotoIn
from domain.preparation import Member, Seat
from domain.thresholds import Lane
from domain.votes import Need, Stage
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.elections import draw, published, tied
from tests.support.votes import VoteMade, make_vote

GROUP = (
    Member("街道甲", Seat.STREET, party=True, heads=True),
    Member("社区乙", Seat.COMMUNITY),
    Member("业主丙", Seat.OWNER),
)


def needs(cast: Cast, clock: TestClock, made: VoteMade) -> dict[Need, bool]:
    return {one.need: one.met for one in opening.ready(cast.secretary, clock.now, made.code)}


def prepared(cast: Cast, clock: TestClock, **more: object) -> VoteMade:
    """An election that nobody stands in yet."""
    return make_vote(
        cast,
        clock.now,
        lane=Lane.ELECTION,
        until=Stage.PREPARING,
        candidates=(),
        **more,  # type: ignore[arg-type]
    )


def entered(cast: Cast, clock: TestClock, made: VoteMade, name: str, **more: object) -> int:
    seen = local_day(clock.now)
    return add_candidate(
        cast.secretary,
        clock.now,
        made.code,
        CandidateIn(name, made.owners.get(name), seen_on=seen, **more),  # type: ignore[arg-type]
    )


def test_an_owner_whose_declaration_was_seen_may_stand(cast: Cast, clock: TestClock) -> None:
    made = prepared(cast, clock)
    entered(cast, clock, made, "张明", statement="为大家办事。")
    one = candidates(cast.secretary, made.code).candidates[0]
    assert (one.ready, one.hurdles, one.owner) == (True, (), "张明")
    assert one.units == ("1号楼 1单元101", "1号楼 1单元103")
    assert needs(cast, clock, made)[Need.CONFLICTS]


def test_obstacles_of_data_and_declaration_stand_until_a_person_clears_them(
    cast: Cast, clock: TestClock
) -> None:
    made = prepared(cast, clock)
    name_group(cast.secretary, clock.now, made.code, [*GROUP, Member("物业戊", Seat.OWNER)])
    # The property company's contact, unknown to the roll, in the group, who owes fees.
    key = entered(cast, clock, made, "物业戊", admits=(Obstacle.FEES,))
    one = candidates(cast.secretary, made.code).candidates[0]
    assert [hurdle.obstacle for hurdle in one.hurdles] == [
        Obstacle.NOT_OWNER,
        Obstacle.PROPERTY_STAFF,
        Obstacle.FEES,
        Obstacle.IN_GROUP,
    ]
    for hurdle in one.hurdles:
        assert not needs(cast, clock, made)[Need.CONFLICTS]
        clear_obstacle(
            cast.secretary, clock.now, made.code, key, hurdle.obstacle, "核对过，不影响参选"
        )
    assert needs(cast, clock, made)[Need.CONFLICTS]
    clear_obstacle(cast.secretary, clock.now, made.code, key, Obstacle.FEES, "")
    assert not needs(cast, clock, made)[Need.CONFLICTS]


def test_an_owner_who_left_the_roll_no_longer_stands(cast: Cast, clock: TestClock) -> None:
    made = prepared(cast, clock)
    entered(cast, clock, made, "李红")
    with engine.write() as session:
        session.execute(
            update(RollUnit)
            .where(RollUnit.room.in_(["1单元102", "车位B1-001"]))
            .values(active=False)
        )
    found = candidates(cast.secretary, made.code).candidates[0].hurdles
    assert [one.obstacle for one in found] == [Obstacle.NOT_OWNER]


def test_fewer_than_one_point_two_a_seat_need_a_written_reason(
    cast: Cast, clock: TestClock
) -> None:
    made = prepared(cast, clock)
    for name in ("张明", "李红", "王强", "陈静", "赵勇"):
        entered(cast, clock, made, name)
    assert candidates(cast.secretary, made.code).fewest == 6
    assert not needs(cast, clock, made)[Need.CANDIDATES]
    waive_number(cast.secretary, clock.now, made.code, "公示两次无人再报名")
    assert needs(cast, clock, made)[Need.CANDIDATES]
    waive_number(cast.secretary, clock.now, made.code, "")
    entered(cast, clock, made, "周丽")
    assert needs(cast, clock, made)[Need.CANDIDATES]


def test_who_was_withdrawn_is_not_asked_for_and_changes_end_the_display(
    cast: Cast, clock: TestClock
) -> None:
    made = prepared(cast, clock)
    first = entered(cast, clock, made, "张明")
    entered(cast, clock, made, "李红")
    today = local_day(clock.now)
    assert display(cast.secretary, clock.now, made.code, today) == today + timedelta(days=7)
    assert candidates(cast.secretary, made.code).displayed_on == today
    withdraw_candidate(cast.secretary, clock.now, made.code, first, "本人申请")
    field = candidates(cast.secretary, made.code)
    assert [one.name for one in field.candidates] == ["李红"]
    assert field.displayed_on is None
    assert field.withdrawn == (("张明", "本人申请"),)


def test_after_the_notice_the_candidates_are_fixed(cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now, lane=Lane.ELECTION, until=Stage.NOTICED)
    one = candidates(cast.secretary, made.code).candidates[0]
    with pytest.raises(Refused):
        entered(cast, clock, made, "张明")
    with pytest.raises(Refused):
        change_candidate(cast.secretary, clock.now, made.code, one.id, CandidateIn("张明"))
    with pytest.raises(Refused):
        withdraw_candidate(cast.secretary, clock.now, made.code, one.id, "本人申请")


def test_a_name_twice_and_a_foreign_owner_are_told_beside_their_fields(
    cast: Cast, clock: TestClock
) -> None:
    made = prepared(cast, clock)
    other = prepared(cast, clock, two=True)
    entered(cast, clock, made, "张明")
    for candidate, field in (
        (CandidateIn(" 张 明 "), "name"),
        (CandidateIn("李红", other.owners["李红"]), "owner"),
        (CandidateIn("李红", seen_on=local_day(clock.now) + timedelta(days=1)), "seen_on"),
        (CandidateIn("李红", admits=(Obstacle.NOT_OWNER,)), "admits"),
        (CandidateIn("李红", statement="字" * 2_001), "statement"),
    ):
        with pytest.raises(FieldError) as caught:
            add_candidate(cast.secretary, clock.now, made.code, candidate)
        assert caught.value.field == field


def test_a_form_sent_twice_enters_one_candidate(cast: Cast, clock: TestClock) -> None:
    made = prepared(cast, clock)
    ids = {
        add_candidate(cast.secretary, clock.now, made.code, CandidateIn("张明"), key="k")
        for _ in range(2)
    }
    assert len(ids) == len(candidates(cast.secretary, made.code).candidates) == 1


def test_a_photo_is_public_only_while_its_candidate_hangs_out(cast: Cast, clock: TestClock) -> None:
    made = prepared(cast, clock)
    photo = PhotoIn(b"\xff\xd8full", b"\xff\xd8thumb", 40, 30)
    key = entered(cast, clock, made, "张明", photo=photo)
    with engine.read() as session:
        row = session.get_one(Question, key)
        code = session.get_one(Photo, row.photo_id).code
    with pytest.raises(NotFound):
        public_photo(code, clock.now)
    display(cast.secretary, clock.now, made.code, local_day(clock.now))
    assert public_photo(code, clock.now) == photo.full
    withdraw_candidate(cast.secretary, clock.now, made.code, key, "本人申请")
    with pytest.raises(NotFound):
        public_photo(code, clock.now)


def test_the_group_is_named_as_a_whole(cast: Cast, clock: TestClock) -> None:
    made = prepared(cast, clock)
    name_group(cast.secretary, clock.now, made.code, GROUP)
    name_group(cast.secretary, clock.now, made.code, GROUP[:2])
    assert group(cast.secretary, made.code) == GROUP[:2]
    for wrong in ([], [GROUP[0], GROUP[0]], [GROUP[0], Member("别人", Seat.OWNER, heads=True)]):
        with pytest.raises(FieldError):
            name_group(cast.secretary, clock.now, made.code, wrong)


def seated(cast: Cast, clock: TestClock) -> Committee:
    code = published(cast, clock.now)
    today = local_day(clock.now)
    take_over(
        cast.secretary,
        clock.now,
        code,
        begins_on=today,
        years=3,
        years_source="议事规则第九条",
    )
    found = committee_of(cast.secretary, cast.estate_one, clock.now)
    assert found is not None
    return found


def names(rows: tuple[MemberView, ...]) -> list[str]:
    return [one.name for one in rows]


def test_a_tie_waits_for_the_draw_and_the_bundle_agrees_with_it(
    cast: Cast, clock: TestClock
) -> None:
    made = tied(cast, clock.now)
    before = bundle.recounted(cast.secretary, clock.now, made.code)
    assert before.agrees
    assert before.recount.seating.needs_lot == ("候选己", "候选戊")
    with pytest.raises(Refused):
        counting.publish(cast.secretary, clock.now, made.code)
    draw(cast, clock.now, made.code, "候选己")
    after = bundle.recounted(cast.secretary, clock.now, made.code)
    assert after.agrees
    assert "候选己" in after.recount.seating.elected
    assert after.recount.seating.alternates == ("候选戊",)


def test_a_published_election_becomes_a_committee_with_term_and_filing_deadline(
    cast: Cast, clock: TestClock
) -> None:
    committee = seated(cast, clock)
    today = local_day(clock.now)
    assert names(committee.sitting) == ["候选丁", "候选甲", "候选丙", "候选乙", "候选己"]
    assert names(committee.waiting) == ["候选戊"]
    assert (committee.elected_on, committee.file_by) == (today, today + timedelta(days=30))
    assert committee.ends_on == term_ends(today, 3)
    assert committee.years_source == "议事规则第九条"
    record_filing(cast.secretary, clock.now, committee.term_id, today, "备2026-7")
    found = committee_of(cast.secretary, cast.estate_one, clock.now)
    assert found is not None
    assert (found.filed_on, found.filed_number) == (today, "备2026-7")


def test_a_committee_is_made_once_and_of_a_published_result_alone(
    cast: Cast, clock: TestClock
) -> None:
    made = tied(cast, clock.now)
    today = local_day(clock.now)
    with pytest.raises(Refused):
        take_over(cast.secretary, clock.now, made.code, begins_on=today, years=3)
    draw(cast, clock.now, made.code, "候选戊")
    counting.publish(cast.secretary, clock.now, made.code)
    with pytest.raises(FieldError):
        take_over(cast.secretary, clock.now, made.code, begins_on=today, years=6)
    early = today - timedelta(days=1)
    with pytest.raises(FieldError):
        take_over(cast.secretary, clock.now, made.code, begins_on=early, years=3)
    term = take_over(cast.secretary, clock.now, made.code, begins_on=today, years=3, key="k")
    again = take_over(cast.secretary, clock.now, made.code, begins_on=today, years=3, key="k")
    assert again == term
    with pytest.raises(Refused):
        take_over(cast.secretary, clock.now, made.code, begins_on=today, years=3, key="other")


def test_the_first_alternate_steps_up_when_a_member_leaves(cast: Cast, clock: TestClock) -> None:
    committee = seated(cast, clock)
    name_offices(
        cast.secretary,
        clock.now,
        committee.term_id,
        committee.sitting[0].id,
        [committee.sitting[1].id],
    )
    chair = committee.sitting[0]
    clock.set(clock.now + timedelta(days=40))
    today = local_day(clock.now)
    follower = leave(cast.secretary, clock.now, chair.id, left_on=today, left=Left.SOLD)
    assert follower == "候选戊"
    found = committee_of(cast.secretary, cast.estate_one, clock.now)
    assert found is not None
    assert names(found.sitting) == ["候选甲", "候选丙", "候选乙", "候选己", "候选戊"]
    assert [one.office for one in found.sitting][:2] == [Office.VICE, Office.MEMBER]
    assert (found.waiting, found.free) == ((), 0)
    gone = found.sitting[0]
    assert leave(cast.secretary, clock.now, gone.id, left_on=today, left=Left.RESIGNED) is None
    found = committee_of(cast.secretary, cast.estate_one, clock.now)
    assert found is not None
    assert found.free == 1
    with pytest.raises(Refused):
        leave(cast.secretary, clock.now, gone.id, left_on=today, left=Left.RESIGNED)


def test_a_committee_of_before_can_be_entered_and_ends_when_a_new_one_begins(
    cast: Cast, clock: TestClock
) -> None:
    since = local_day(clock.now) - timedelta(days=300)
    members = [Sitting(one) for one in "金木水火土"]

    def enter_them(who: list[Sitting]) -> int:
        return enter(
            cast.secretary,
            clock.now,
            estate_id=cast.estate_one,
            elected_on=since,
            years=5,
            years_source="",
            members=who,
        )

    for wrong in (members[:4], [*members[:4], members[0]], [Sitting("日"), *members]):
        with pytest.raises(FieldError):
            enter_them(wrong)
    enter_them([Sitting("金", Office.CHAIR), *members[1:]])
    found = committee_of(cast.secretary, cast.estate_one, clock.now)
    assert found is not None
    assert [one.office for one in found.sitting] == [Office.CHAIR, *[Office.MEMBER] * 4]
    assert names(seated(cast, clock).sitting)[0] == "候选丁"


def test_only_who_runs_votes_of_the_estate_changes_an_election(
    cast: Cast, clock: TestClock
) -> None:
    made = prepared(cast, clock, two=True)
    for who, error in ((cast.committee, NotFound), (cast.viewer, NotAllowed)):
        with pytest.raises(error):
            name_group(who, clock.now, made.code, GROUP)
        with pytest.raises(error):
            add_candidate(who, clock.now, made.code, CandidateIn("张明"))
        with pytest.raises(error):
            candidates(who, made.code)

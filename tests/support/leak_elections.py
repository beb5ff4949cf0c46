"""Who may call what of `db`: elections."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from datetime import timedelta

from db.elections import (
    candidate_list,
    candidates,
    committee,
    committee_list,
    committee_meeting,
    consultations,
    coverage,
    group,
    questions,
    seats,
)
from db.elections.candidates import CandidateIn
from db.elections.committee import Sitting
from db.votes import preparing
from db.votes.preparing import QuestionIn
from domain.candidacy import Obstacle
from domain.committees import Left
from domain.lanes import Matter
from domain.outreach import Contacted
from domain.people import Actor
from domain.photos import PhotoIn
from domain.preparation import Member, Seat
from domain.standing import Choice
from domain.thresholds import Lane
from domain.votes import Stage
from tests.support.elections import published
from tests.support.votes import make_vote
from tests.support.who_may import Row, any_reader, office, readers
from tests.support.world import Side, World


def runs(side: str) -> set[str]:
    """Who runs the votes of an estate: the office, and its own owners' committee."""
    return readers(side)


def election(world: World, side: Side) -> str:
    """An election of that side that is being prepared."""
    made = make_vote(
        world.cast,
        world.now,
        lane=Lane.ELECTION,
        until=Stage.PREPARING,
        candidates=(),
        two=side.name == "Two",
    )
    return made.code


def candidate(world: World, side: Side) -> tuple[str, int]:
    """Somebody who stands there."""
    code = election(world, side)
    who = CandidateIn("候选甲", photo=PhotoIn(b"\xff\xd8full", b"\xff\xd8thumb", 40, 30))
    return code, candidates.add_candidate(world.cast.secretary, world.now, code, who)


def term(world: World, side: Side) -> int:
    """A committee of that side that sits."""
    return committee.enter(
        world.cast.secretary,
        world.now,
        estate_id=side.estate,
        elected_on=world.today - timedelta(days=60),
        years=3,
        years_source="",
        members=[Sitting(one) for one in "金木水火土"],
    )


def members(world: World, side: Side) -> list[int]:
    term(world, side)
    found = committee_list.committee_of(world.cast.secretary, side.estate, world.now)
    return [one.id for one in found.members] if found else []


def choose_chair(world: World, side: Side, actor: Actor) -> object:
    key, by = term(world, side), world.cast.secretary
    found = committee_list.committee_of(by, side.estate, world.now)
    chair = found.members[0].id if found else 0
    return seats.name_offices(actor, world.now, key, chair)


def meeting(world: World, side: Side) -> str:
    """A committee's vote of that side whose agenda was posted for today."""
    early, by = world.now - timedelta(days=7), world.cast.secretary
    code = preparing.create(by, early, estate_id=side.estate, matter=Matter.DELEGATED, title="门岗")
    preparing.ask(by, early, code, [QuestionIn("门岗")])
    preparing.post_notice(
        by,
        early,
        code,
        noticed_on=world.today - timedelta(days=7),
        meets_on=world.today,
        closes_at=world.now + timedelta(hours=1),
    )
    return code


def hold(world: World, side: Side, actor: Actor) -> object:
    there = members(world, side)
    return committee_meeting.record_meeting(
        actor,
        world.now,
        meeting(world, side),
        held_at=world.now,
        choices={one: {1: Choice.YES} for one in there},
    )


def seat(world: World, side: Side, actor: Actor) -> object:
    """Take over the committee of an election that was published."""
    code = published(world.cast, world.now, two=side.name == "Two")
    return committee.take_over(actor, world.now, code, begins_on=world.today, years=3)


def question(world: World, side: Side, phone: str = "") -> int:
    """A question of that side."""
    by = world.cast.secretary
    consultations.write_down(
        by, world.now, estate_id=side.estate, text="怎么投票？", phone=phone, answer="看指南。"
    )
    return questions.questions(by, estate_id=side.estate)[-1].id


def tell(world: World, side: Side, actor: Actor) -> object:
    code = election(world, side)
    found = coverage.coverage(world.cast.secretary, code)
    chosen = [unit.id for building in found.buildings for unit in building.units]
    return coverage.record_outreach(actor, world.now, code, chosen, Contacted.VISIT, world.today)


def on_candidate(world: World, side: Side, actor: Actor, what: str) -> object:
    code, one = candidate(world, side)
    match what:
        case "change":
            return candidates.change_candidate(actor, world.now, code, one, CandidateIn("候选乙"))
        case "withdraw":
            return candidates.withdraw_candidate(actor, world.now, code, one, "本人申请")
        case "clear":
            obstacle = Obstacle.NOT_OWNER
            return candidates.clear_obstacle(actor, world.now, code, one, obstacle, "已核对")
        case "display":
            return candidates.display(actor, world.now, code, world.today)
        case "photo":
            return candidate_list.photo_of(actor, code, one)
    raise AssertionError(what)


GROUP = [Member("组长", Seat.STREET, heads=True)]

ROWS: dict[str, Row] = {
    "elections.group.name_group": Row(
        runs, lambda w, s, a: group.name_group(a, w.now, election(w, s), GROUP)
    ),
    "elections.group.group": Row(runs, lambda w, s, a: group.group(a, election(w, s))),
    "elections.candidates.add_candidate": Row(
        runs,
        lambda w, s, a: candidates.add_candidate(a, w.now, election(w, s), CandidateIn("甲")),
    ),
    "elections.candidates.change_candidate": Row(
        runs, lambda w, s, a: on_candidate(w, s, a, "change")
    ),
    "elections.candidates.withdraw_candidate": Row(
        runs, lambda w, s, a: on_candidate(w, s, a, "withdraw")
    ),
    "elections.candidates.clear_obstacle": Row(
        runs, lambda w, s, a: on_candidate(w, s, a, "clear")
    ),
    "elections.candidates.display": Row(runs, lambda w, s, a: on_candidate(w, s, a, "display")),
    "elections.candidates.waive_number": Row(
        runs, lambda w, s, a: candidates.waive_number(a, w.now, election(w, s), "无人再报名")
    ),
    "elections.candidate_list.candidates": Row(
        runs, lambda w, s, a: candidate_list.candidates(a, candidate(w, s)[0])
    ),
    "elections.candidate_list.photo_of": Row(runs, lambda w, s, a: on_candidate(w, s, a, "photo")),
    "elections.candidate_list.owners_to_choose": Row(
        runs, lambda w, s, a: candidate_list.owners_to_choose(a, election(w, s))
    ),
    "elections.committee.take_over": Row(runs, seat),
    "elections.committee.enter": Row(
        runs,
        lambda w, s, a: committee.enter(
            a,
            w.now,
            estate_id=s.estate,
            elected_on=w.today,
            years=3,
            years_source="",
            members=[Sitting(one) for one in "金木水火土"],
        ),
    ),
    "elections.seats.name_offices": Row(runs, choose_chair),
    "elections.seats.record_filing": Row(
        runs, lambda w, s, a: seats.record_filing(a, w.now, term(w, s), w.today, "备1")
    ),
    "elections.seats.leave": Row(
        runs,
        lambda w, s, a: seats.leave(
            a, w.now, members(w, s)[0], left_on=w.today, left=Left.RESIGNED
        ),
    ),
    "elections.committee_list.committees": Row(
        any_reader, lambda w, s, a: (term(w, s), committee_list.committees(a, w.now))
    ),
    "elections.committee_list.committee_of": Row(
        runs, lambda w, s, a: (term(w, s), committee_list.committee_of(a, s.estate, w.now))
    ),
    "elections.committee_list.committee_by_vote": Row(
        runs, lambda w, s, a: committee_list.committee_by_vote(a, election(w, s), w.now)
    ),
    "elections.committee_meeting.meeting_form": Row(
        runs, lambda w, s, a: committee_meeting.meeting_form(a, w.now, meeting(w, s))
    ),
    "elections.committee_meeting.record_meeting": Row(runs, hold),
    "elections.consultations.write_down": Row(
        runs, lambda w, s, a: consultations.write_down(a, w.now, estate_id=s.estate, text="问")
    ),
    "elections.consultations.answer": Row(
        runs, lambda w, s, a: consultations.answer(a, w.now, question(w, s), "答")
    ),
    "elections.consultations.make_public": Row(
        runs,
        lambda w, s, a: consultations.make_public(a, w.now, question(w, s), asked="问", said="答"),
    ),
    "elections.consultations.take_back": Row(
        runs, lambda w, s, a: consultations.take_back(a, w.now, question(w, s))
    ),
    "elections.consultations.reveal": Row(
        office,
        lambda w, s, a: consultations.reveal(a, w.now, question(w, s, "13700001234"), "回电"),
    ),
    "elections.questions.questions": Row(
        any_reader, lambda w, s, a: (question(w, s), questions.questions(a))
    ),
    "elections.questions.how_many_wait": Row(
        any_reader, lambda w, s, a: questions.how_many_wait(a)
    ),
    "elections.coverage.coverage": Row(runs, lambda w, s, a: coverage.coverage(a, election(w, s))),
    "elections.coverage.record_outreach": Row(runs, tell),
}
BY_CODE: set[str] = set()
# The guide: what hangs out in the estate, for everybody; and the question form.
OPEN = {
    "elections.guide.guide",
    "elections.guide.estates_shown",
    "elections.candidate_list.public_photo",
    "elections.consultations.ask",
}
SERVER = {"elections.consultations.erase_old"}
PLUMBING: set[str] = {"elections.persons", "elections.terms"}
VALUES = {"elections.about.declaration_of", "elections.about.cleared_of"}

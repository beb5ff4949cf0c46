"""Questions about a vote, and who was told of it, on both databases."""

from datetime import timedelta

import pytest

from db import engine, personal
from db.elections import consultations
from db.elections.consultations import answer, ask, make_public, reveal, take_back, write_down
from db.elections.coverage import coverage, record_outreach
from db.elections.guide import estates_shown, guide
from db.elections.questions import how_many_wait, questions
from db.publishing import PersonalDataFound
from db.tables import Event
from db.tables.elections import Consultation
from db.tables.votes import Service
from domain.days import local_day
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.outreach import Contacted, Coverage
from domain.services import Proof
from domain.thresholds import Lane
from domain.votes import Stage
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.votes import VoteMade, make_vote

PHONE = "13812345678"


def asked(clock: TestClock, text: str = "车位算不算票？", **more: object) -> None:
    ask(clock.now, "192.0.2.1", estate_code="e-one", text=text, **more)  # type: ignore[arg-type]


def test_a_question_is_answered_made_public_and_taken_back(cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now, until=Stage.NOTICED)
    asked(clock, name="问事人", phone=PHONE, consent=True, vote_code=made.code)
    one = questions(cast.secretary)[0]
    assert (one.text, one.phone, one.vote) == (
        "车位算不算票？",
        "138****5678",
        "关于电梯和楼道的表决",
    )
    assert how_many_wait(cast.secretary) == 1
    with pytest.raises(Refused):
        make_public(cast.secretary, clock.now, one.id, asked="车位？", said="看规则")
    answer(cast.secretary, clock.now, one.id, "以议事规则为准。", called=True)
    assert how_many_wait(cast.secretary) == 0
    with pytest.raises(PersonalDataFound):
        make_public(cast.secretary, clock.now, one.id, asked="车位？", said=f"请打{PHONE}")
    make_public(cast.secretary, clock.now, one.id, asked="车位？", said="看规则")
    shown = guide("e-one", clock.now).answers
    assert [(row.asked, row.said) for row in shown] == [("车位？", "看规则")]
    assert guide("e-two", clock.now).answers == ()
    take_back(cast.secretary, clock.now, one.id)
    assert guide("e-one", clock.now).answers == ()


def test_flooding_and_traps_are_kept_apart_and_a_form_sent_twice_is_one(
    cast: Cast, clock: TestClock
) -> None:
    asked(clock, trapped=True)
    for number in range(6):
        asked(clock, f"第{number}问", key=f"k{number}")
    asked(clock, "第0问", key="k0")
    held = [one.held_for for one in questions(cast.secretary) if one.held_for]
    assert sorted(held) == ["flood:address", "flood:address", "honeypot"]
    assert len(questions(cast.secretary)) == 7
    assert how_many_wait(cast.secretary) == 4
    clock.forward(minutes=11)
    asked(clock, "后来的问题")
    assert how_many_wait(cast.secretary) == 5


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "字" * 1_001}, "text"),
        ({"phone": "12"}, "phone"),
        ({"phone": PHONE}, "consent"),
        ({"name": "问事人"}, "consent"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    cast: Cast, clock: TestClock, more: dict[str, str], field: str
) -> None:
    with pytest.raises(FieldError) as caught:
        asked(clock, **more)
    assert caught.value.field == field


def test_a_number_is_shown_whole_with_a_reason_alone_and_never_in_an_event(
    cast: Cast, clock: TestClock
) -> None:
    asked(clock, name="问事人", phone=PHONE, consent=True)
    one = questions(cast.secretary)[0]
    with pytest.raises(FieldError):
        reveal(cast.secretary, clock.now, one.id, " ")
    with pytest.raises(NotAllowed):
        reveal(cast.committee, clock.now, one.id, "回电")
    assert reveal(cast.secretary, clock.now, one.id, "回电") == PHONE
    seen = questions(cast.committee)[0]
    assert (seen.name, seen.phone) == (None, None)
    with engine.read() as session:
        told = [row.payload for row in session.query(Event)]
        assert session.get_one(Consultation, one.id).revealed_for == "回电"
    assert not any(PHONE in text or "问事人" in text for text in told)


def test_who_asked_is_forgotten_a_year_after_the_answer(cast: Cast, clock: TestClock) -> None:
    asked(clock, name="问事人", phone=PHONE, consent=True)
    one = questions(cast.secretary)[0]
    answer(cast.secretary, clock.now, one.id, "已答复。")
    make_public(cast.secretary, clock.now, one.id, asked="车位？", said="看规则")
    clock.forward(days=365)
    assert consultations.erase_old(clock.now) is None
    clock.forward(seconds=1)
    assert consultations.erase_old(clock.now) == 1
    assert consultations.erase_old(clock.now) is None
    with engine.read() as session:
        row = session.get_one(Consultation, one.id)
        assert (row.name, row.phone, row.text) == (None, None, "—")
    assert len(guide("e-one", clock.now).answers) == 1


def test_questions_of_another_estate_are_not_there(cast: Cast, clock: TestClock) -> None:
    ask(clock.now, "192.0.2.1", estate_code="e-two", text="几时投票？")
    key = questions(cast.secretary)[0].id
    assert questions(cast.committee) == ()
    with pytest.raises(NotFound):
        answer(cast.committee, clock.now, key, "不知道")
    with pytest.raises(NotFound):
        write_down(cast.committee, clock.now, estate_id=cast.estate_two, text="问")
    with pytest.raises(NotFound):
        ask(clock.now, "192.0.2.1", estate_code="nowhere", text="问")


def test_a_question_by_phone_is_written_down_with_its_answer(cast: Cast, clock: TestClock) -> None:
    write_down(
        cast.committee, clock.now, estate_id=cast.estate_one, text="怎么委托？", answer="写委托书。"
    )
    one = questions(cast.committee)[0]
    assert (one.answer, one.called, one.answered_at) == ("写委托书。", True, clock.now)


def units(cast: Cast, made: VoteMade) -> dict[str, int]:
    found = coverage(cast.secretary, made.code)
    return {unit.label: unit.id for building in found.buildings for unit in building.units}


def test_coverage_counts_each_unit_once_by_building(cast: Cast, clock: TestClock) -> None:
    made = make_vote(cast, clock.now)
    ids = units(cast, made)
    # Neither the parking space nor the developer's flats: nobody lives there.
    assert set(ids) == {
        "1号楼 1单元101",
        "1号楼 1单元102",
        "1号楼 1单元103",
        "1号楼 商铺1",
        "2号楼 2单元501",
        "2号楼 2单元504",
    }
    today = local_day(clock.now)

    def tell(way: Contacted, *labels: str) -> int:
        chosen = [ids[one] for one in labels]
        return record_outreach(cast.committee, clock.now, made.code, chosen, way, today)

    assert tell(Contacted.POSTER, *ids) == 6
    assert tell(Contacted.VISIT, "1号楼 1单元101", "1号楼 1单元102") == 2
    assert tell(Contacted.VISIT, "1号楼 1单元101") == 0
    assert tell(Contacted.PHONE, "1号楼 1单元101") == 1
    with engine.write() as session:
        session.add(
            Service(
                vote_id=made.id,
                vote_unit_id=made.units["2号楼 2单元504"],
                proof=Proof.LINK_OPENED,
                at=clock.now,
            )
        )
    found = coverage(cast.secretary, made.code)
    assert [(one.name, one.coverage) for one in found.buildings] == [
        ("1号楼", Coverage(in_person=2, poster_only=2)),
        ("2号楼", Coverage(in_person=1, poster_only=1)),
    ]
    assert found.total == Coverage(in_person=3, poster_only=3)
    assert found.ways == {
        Contacted.POSTER: 6,
        Contacted.VISIT: 2,
        Contacted.PHONE: 1,
        Contacted.LINK: 1,
    }


def test_only_units_of_the_estate_are_told_and_only_of_what_was_done(
    cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now)
    other = make_vote(cast, clock.now, two=True)
    today, mine = local_day(clock.now), list(units(cast, made).values())[:1]
    theirs = list(units(cast, other).values())[:1]
    for chosen, way, on in (
        ([], Contacted.VISIT, today),
        (theirs, Contacted.VISIT, today),
        (mine, Contacted.LINK, today),
        (mine, Contacted.VISIT, today + timedelta(days=1)),
    ):
        with pytest.raises(FieldError):
            record_outreach(cast.secretary, clock.now, made.code, chosen, way, on)
    with pytest.raises(NotFound):
        record_outreach(cast.committee, clock.now, other.code, theirs, Contacted.VISIT, today)
    with pytest.raises(NotAllowed):
        coverage(cast.viewer, made.code)


def test_a_vote_is_in_the_guide_from_its_notice_and_never_before(
    cast: Cast, clock: TestClock
) -> None:
    made = make_vote(cast, clock.now, lane=Lane.ELECTION, until=Stage.PREPARING)
    assert guide("e-one", clock.now).vote is None
    with pytest.raises(NotFound):
        guide(made.code, clock.now)
    noticed = make_vote(cast, clock.now, until=Stage.NOTICED, roll=False)
    found = guide(noticed.code, clock.now).vote
    assert found is not None
    assert [name for name, _ in found.questions] == ["更换1号楼电梯", "粉刷楼道"]
    assert [one.voting for one in estates_shown(clock.now)] == [False, False]
    make_vote(cast, clock.now, two=True)
    assert [one.voting for one in estates_shown(clock.now)] == [False, True]


def test_a_persons_questions_are_handed_out_and_erased(cast: Cast, clock: TestClock) -> None:
    asked(clock, name="问事人", phone=PHONE, consent=True)
    key = questions(cast.secretary)[0].id
    answer(cast.secretary, clock.now, key, "看议事规则。")
    make_public(cast.secretary, clock.now, key, asked="车位？", said="看规则")
    kept = personal.export_person(cast.secretary, clock.now, PHONE)
    assert [row["question"] for row in kept["questions"]] == ["车位算不算票？"]
    personal.erase_person(cast.secretary, clock.now, PHONE)
    with engine.read() as session:
        row = session.get_one(Consultation, key)
        assert (row.name, row.phone, row.text, row.answer) == (None, None, "—", None)
    assert len(guide("e-one", clock.now).answers) == 1
    with pytest.raises(NotFound):
        personal.export_person(cast.secretary, clock.now, PHONE)

"""The file's page shows the whole story, and no more of it than its reader may know."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from db import engine, intake, merging, moving, publishing, rating, reminding, sorting, tasks
from db import telling as told
from db.casefile import case_file
from db.casefile_views import CaseFile
from db.inbox import CaseFilter, Which, inbox
from db.photos import PhotoIn
from db.reveal import reveal_phone
from db.tables import Channel, Event, Note
from db.today import today
from domain.clocks import Promise, Standing
from domain.closing import Missing, Outcome
from domain.errors import FieldError, NotAllowed, NotFound
from domain.moves import Move, State, Step
from domain.people import RESIDENT
from domain.reminders import Rung
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.stories import report, to_doing, to_rating


def jpeg() -> PhotoIn:
    made = io.BytesIO()
    Image.new("RGB", (8, 6)).save(made, "JPEG")
    return PhotoIn(made.getvalue(), made.getvalue(), 8, 6)


def told_kinds(file: CaseFile) -> list[str]:
    return [entry.move.value if entry.move else entry.kind for entry in file.timeline]


def test_the_file_tells_the_whole_story(cast: Cast, clock: TestClock) -> None:
    taken = intake.take_report(
        RESIDENT,
        clock.now,
        text="电梯异响，老人不敢坐",
        channel=Channel.QR,
        place_code=cast.gate_code,
        reporter=intake.ReporterWords("林一", "13800000001", cast.household_101, True),
        photos=[jpeg()],
    )
    code = taken.case_code or ""
    clock.forward(hours=1)
    task = to_doing(cast, clock.now, code)
    clock.forward(hours=1)
    tasks.report_done(cast.property_contact, clock.now, task, "已更换导靴", [jpeg()])
    publishing.show(cast.secretary, clock.now, code, summary="电梯已检修。")
    clock.forward(hours=1)
    told.contact(
        cast.social_worker,
        clock.now,
        code,
        report_id=taken.report_id,
        purpose="rating",
        reached=False,
        words="林一没接",
    )
    rating.rate_by_follow(RESIDENT, clock.now, taken.follow_code, 5, "yes", "谢谢！")

    file = case_file(cast.social_worker, code, clock.now)
    assert told_kinds(file) == [
        "opened", "accept", "decide", "give", "task_given", "task_given", "done", "show",
        "contacted", "rated",
    ]  # fmt: skip
    words = {entry.move: entry.words for entry in file.timeline if entry.move and entry.words}
    assert words == {Move.DECIDE: "由物业牵头，三天内检修", Move.DONE: "已更换导靴"}
    by_kind = {entry.kind: entry for entry in file.timeline}
    assert (by_kind["contacted"].words, by_kind["contacted"].who) == ("林一没接", "社工丙")
    assert (by_kind["rated"].words, by_kind["rated"].by_resident) == ("谢谢！", True)
    assert by_kind["opened"].by_resident
    assert [e.who for e in file.timeline if e.move is Move.DONE] == ["物业戊"]
    assert len(next(e for e in file.timeline if e.move is Move.DONE).photos) == 1

    (only,) = file.reports
    assert only.text == "电梯异响，老人不敢坐"
    assert only.reporter is not None
    assert (only.reporter.name, only.reporter.phone) == ("林一", "138****0001")
    assert only.reporter.household == "1号楼 1单元101"
    assert len(only.photos) == 1
    assert len(file.photos) == 2
    standings = {view.promise: view.standing for view in file.clocks}
    assert standings[Promise.DONE] is Standing.MET
    assert standings[Promise.DECISION] is Standing.MET
    assert file.decision is not None
    assert (file.decision.unit, file.decision.words) == ("一号物业公司", "由物业牵头，三天内检修")
    assert [(view.unit, view.lead, view.done_by) for view in file.tasks] == [
        ("第一共建单位", False, None),
        ("一号物业公司", True, "物业戊"),
    ]
    assert [(view.level, view.solved, view.comment) for view in file.ratings] == [
        (5, "yes", "谢谢！")
    ]
    assert [(view.purpose, view.reached) for view in file.contacts] == [("rating", False)]
    assert (file.line.state, file.line.step, file.outcome) == (
        State.RATING,
        Step.RATE,
        Outcome.SOLVED,
    )
    assert file.main_move is Move.CLOSE
    assert file.closing is not None
    assert file.closing.missing == ()
    assert file.closing.has_evidence
    publishing.close(cast.social_worker, clock.now, code)
    assert case_file(cast.social_worker, code, clock.now).main_move is Move.REOPEN


def test_the_gate_says_what_is_missing_for_this_reader(cast: Cast, clock: TestClock) -> None:
    code = report(cast, clock.now).case_code or ""
    assert case_file(cast.secretary, code, clock.now).closing is None
    to_rating(cast, clock.now, code)
    closing = case_file(cast.secretary, code, clock.now).closing
    assert closing is not None
    assert closing.missing == (Missing.RATING,)
    assert case_file(cast.committee, code, clock.now).closing is None


def test_the_committee_reads_the_words_but_never_who_said_them(
    cast: Cast, clock: TestClock
) -> None:
    taken = report(cast, clock.now, household_id=cast.household_101)
    code = taken.case_code or ""
    told.contact(
        cast.secretary,
        clock.now,
        code,
        report_id=taken.report_id,
        purpose="answer",
        reached=True,
        words="林一说晚上在家",
    )
    reveal_phone(cast.secretary, taken.report_id, "林一要回电", clock.now)
    file = case_file(cast.committee, code, clock.now)
    assert file.reports[0].text.startswith("电梯异响")
    assert not file.sees_reporters
    shown = repr(file)
    for secret in ("林一", "13800000001", "138****0001", "101"):
        assert secret not in shown
    assert file.moves == ()
    assert file.main_move is None


def test_a_merged_file_brings_its_voices_and_goes_back_with_them(
    cast: Cast, clock: TestClock
) -> None:
    first = report(cast, clock.now).case_code or ""
    second_taken = report(cast, clock.now, "三号楼电梯又坏了", name="周二", phone="13800000002")
    second = second_taken.case_code or ""
    merging.merge(cast.secretary, clock.now, second, first, "同一部电梯")
    file = case_file(cast.secretary, first, clock.now)
    assert [view.text[:4] for view in file.reports] == ["电梯异响", "三号楼电"]
    assert [view.from_file for view in file.reports] == [None, second_taken.number]
    assert [line.code for line in file.merged] == [second]
    assert file.line.reporters == 2
    child = case_file(cast.secretary, second, clock.now)
    assert child.parent is not None
    assert child.parent.code == first
    assert child.line.merged
    assert child.main_move is Move.UNMERGE
    for words, codes in (("三号楼电梯又坏了", {first, second}), ("老人不敢坐", {first})):
        everything = CaseFilter(which=Which.ALL, query=words)
        assert {x.code for x in inbox(cast.secretary, everything, clock.now).lines} == codes
    merging.unmerge(cast.secretary, clock.now, second, "不是同一部")
    assert case_file(cast.secretary, first, clock.now).merged == ()
    assert len(case_file(cast.secretary, second, clock.now).reports) == 1
    found = inbox(cast.secretary, CaseFilter(query="三号楼电梯又坏了"), clock.now).lines
    assert [line.code for line in found] == [second]


def test_a_reopened_file_shows_both_rounds_of_clocks(cast: Cast, clock: TestClock) -> None:
    code = report(cast, clock.now).case_code or ""
    to_rating(cast, clock.now, code)
    clock.forward(days=1)
    moving.move(cast.secretary, clock.now, code, Move.REOPEN, "又响了")
    file = case_file(cast.secretary, code, clock.now)
    assert {view.round for view in file.clocks} == {1, 2}
    assert file.clocks[0].round == 2
    assert file.decision is None
    assert file.line.clock is not None
    assert file.line.clock.promise is Promise.FIRST_ANSWER


def test_reminders_stand_in_the_file_and_on_today(cast: Cast, clock: TestClock) -> None:
    code = report(cast, clock.now).case_code or ""
    clock.forward(days=2)
    assert reminding.raise_due(clock.now) > 0
    file = case_file(cast.secretary, code, clock.now)
    assert {view.rung for view in file.reminders} >= {Rung.DUE, Rung.CHASE}
    reminded = today(cast.secretary, clock.now).reminded
    assert [(row.line.code, row.rung) for row in reminded] == [(code, Rung.CHASE)]
    assert today(cast.committee, clock.now).reminded == ()
    told.answer(cast.secretary, clock.now, code, "明天上门检修")
    assert today(cast.secretary, clock.now).reminded == ()


@pytest.mark.parametrize(
    "who", ["administrator", "property_contact", "branch_contact", "volunteer", "viewer"]
)
def test_who_reads_no_files_reads_no_file(cast: Cast, clock: TestClock, who: str) -> None:
    code = report(cast, clock.now).case_code or ""
    to_doing(cast, clock.now, code)
    with pytest.raises(NotAllowed):
        case_file(cast.people[who], code, clock.now)


def test_somebody_elses_file_and_no_file_get_the_same_answer(cast: Cast, clock: TestClock) -> None:
    other = report(cast, clock.now, place_code=cast.garden_code).case_code or ""
    answers = set()
    for code in (other, "unknown", "", "\x00", "码" * 300):
        with pytest.raises(NotFound) as refused:
            case_file(cast.committee, code, clock.now)
        answers.add(str(refused.value))
    assert len(answers) == 1


def test_a_number_is_shown_whole_only_with_a_reason_that_is_kept(
    cast: Cast, clock: TestClock
) -> None:
    taken = report(cast, clock.now)
    with pytest.raises(FieldError):
        reveal_phone(cast.secretary, taken.report_id, "  ", clock.now)
    assert reveal_phone(cast.secretary, taken.report_id, "回电", clock.now) == "13800000001"
    with engine.read() as session:
        event = session.scalars(select(Event).where(Event.kind == "phone_revealed")).one()
        assert event.actor_id == cast.secretary.account_id
        assert "13800000001" not in event.payload
        assert "回电" not in event.payload
        assert session.scalars(select(Note.text).where(Note.kind == "reveal")).all() == ["回电"]
    for who in ("committee", "property_contact", "viewer", "administrator"):
        with pytest.raises(NotAllowed):
            reveal_phone(cast.people[who], taken.report_id, "想知道", clock.now)
    with pytest.raises(NotFound):
        reveal_phone(cast.secretary, 999_999, "回电", clock.now)
    silent = report(cast, clock.now, "没有留电话", name="", phone="")
    with pytest.raises(NotFound):
        reveal_phone(cast.secretary, silent.report_id, "回电", clock.now)


def test_sorting_changes_what_a_file_is_found_by(cast: Cast, clock: TestClock) -> None:
    code = report(cast, clock.now).case_code or ""
    sorting.sort(
        cast.secretary,
        clock.now,
        code,
        title="电梯导靴磨损",
        category_id=cast.lifts,
        estate_id=cast.estate_two,
        building_id=None,
    )
    for words, n in (("导靴磨损", 1), ("二小区", 1), ("一小区", 0), ("老人不敢坐", 1)):
        assert len(inbox(cast.secretary, CaseFilter(query=words), clock.now).lines) == n
    assert inbox(cast.committee, CaseFilter(query="导靴"), clock.now).lines == ()

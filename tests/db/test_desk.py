"""The errand desk: a call is kept whole, with its answer, once; one more voice on a file."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from db.desk import DeskWords, take_down
from db.engine import Database
from db.intake import ReporterWords
from db.scope import reports_of
from db.tables import Case, Channel, ClockRow, Contact, Report
from domain.clocks import Promise
from domain.errors import FieldError, NotAllowed
from tests.support.cast import Cast
from tests.support.clock import TestClock


def _words(cast: Cast) -> DeskWords:
    return DeskWords(
        text="电梯又停在半路。很危险",
        more="上周修过一次",
        reporter=ReporterWords("住户子", "13800000101", cast.household_101, consent=True),
        category_id=cast.lifts,
    )


def _first_answer(database: Database, code: str | None) -> object:
    query = (
        select(ClockRow.met_at)
        .join(Case, Case.id == ClockRow.case_id)
        .where(Case.code == code, ClockRow.promise == Promise.FIRST_ANSWER)
    )
    with database.read() as session:
        return session.scalar(query)


def test_a_call_becomes_a_file_with_its_reporter_and_recorder(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    taken = take_down(cast.social_worker, clock.now, _words(cast), "k")
    with database.read() as session:
        case = session.scalar(select(Case).where(Case.code == taken.case_code))
        assert case is not None
        assert (case.title, case.building_id) == ("电梯又停在半路", cast.building_one)
        report = reports_of(session, case)[0]
        assert report.text == "电梯又停在半路。很危险\n上周修过一次"
        assert report.channel is Channel.PHONE
        assert report.recorded_by == cast.social_worker.account_id
        assert report.reporter_id is not None
    assert _first_answer(database, taken.case_code) is None


def test_an_answer_on_the_phone_is_the_first_answer(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    words = replace(_words(cast), answered=True)
    taken = take_down(cast.social_worker, clock.now, words, "k")
    again = take_down(cast.social_worker, clock.forward(minutes=5), words, "k")
    assert (again.number, again.repeated) == (taken.number, True)
    assert again.follow_code == taken.follow_code
    assert _first_answer(database, taken.case_code) is not None
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Report)) == 1
        assert session.scalar(select(func.count()).select_from(Contact)) == 1


def test_the_same_matter_is_one_more_voice_on_its_file(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    first = take_down(cast.social_worker, clock.now, _words(cast), "a")
    more = DeskWords("也是电梯", channel=Channel.WALK_IN, into=first.case_code)
    second = take_down(cast.social_worker, clock.now, more, "b")
    assert second.number == first.number
    assert second.follow_code != first.follow_code
    with database.read() as session:
        case = session.scalar(select(Case))
        assert case is not None
        assert [row.text for row in reports_of(session, case)][1] == "也是电梯"


def test_who_may_not_record_an_answer_keeps_nothing_with_it(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    words = replace(_words(cast), answered=True)
    with pytest.raises(NotAllowed):
        take_down(cast.committee, clock.now, words, "k")
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 0
    assert take_down(cast.committee, clock.now, replace(words, answered=False), "k").number


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": " \n"}, "text"),
        ({"text": "长" * 10_001}, "text"),
        ({"more": "长" * 10_001}, "more"),
        ({"text": "长" * 6_000, "more": "长" * 6_000}, "text"),
        ({"channel": Channel.LEDGER}, "channel"),
        ({"reporter": ReporterWords(phone="12ab")}, "phone"),
        ({"reporter": ReporterWords(name="长" * 41)}, "name"),
        ({"category_id": 999_999}, "category"),
    ],
)
def test_what_must_be_mended_is_told_by_field(
    cast: Cast, clock: TestClock, database: Database, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        take_down(
            cast.social_worker,
            clock.now,
            replace(_words(cast), **changed),  # type: ignore[arg-type]
            "k",
        )
    assert refused.value.field == field
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 0

"""Persons leave the files after a year or when they ask to; what was done stays, and the chain."""

import json
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import func, select

from db import intake, moving, personal, publishing, rating
from db.engine import Database
from db.events import breaks
from db.ledger import import_ledger
from db.search import search
from db.tables import Case, Channel, Event, Note, Photo, PhotoBytes, Report, Reporter, Resident
from db.verify import verify
from domain.closing import Outcome
from domain.errors import FieldError, NotAllowed, NotFound
from domain.ledger import read_ledger
from domain.moves import Move
from domain.people import SYSTEM
from tests.support.cast import Cast
from tests.support.clock import TestClock

WORDS = "住户子说13800000101，灯坏了"


def _closed(cast: Cast, clock: TestClock, phone: str = "13800000101") -> str:
    me = cast.secretary
    taken = intake.take_report(
        me,
        clock.now,
        text=WORDS,
        channel=Channel.PHONE,
        reporter=intake.ReporterWords("住户子", phone, cast.household_101),
    )
    code = str(taken.case_code)
    moving.move(me, clock.now, code, Move.EXPLAIN, "已答复住户子，回电13800000101")
    publishing.show(
        me,
        clock.now,
        code,
        outcome=Outcome.EXPLAINED,
        summary="已答复",
        no_evidence_reason="无",
    )
    rating.rate_by_phone(cast.social_worker, clock.now, code, taken.report_id, 5, "yes")
    publishing.close(me, clock.now, code)
    return code


def _everything(database: Database) -> str:
    """All text in the database, as somebody with the file would read it."""
    with database.read() as session:
        found = []
        for table in Case.metadata.sorted_tables:
            if table.name not in {"residents", "accounts"}:
                found += [str(row) for row in session.execute(select(table))]
        return "\n".join(found)


def _events(database: Database) -> list[tuple[object, ...]]:
    with database.read() as session:
        assert not list(breaks(session))
        return [tuple(row) for row in session.execute(select(Event.seq, Event.hash))]


def test_a_year_after_closing_the_person_leaves_the_file(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    clock.set("2025-03-03 10:00")
    _closed(cast, clock)
    before = _events(database)
    clock.set("2026-03-03 09:59:59")
    assert personal.anonymise(SYSTEM, clock.now) == personal.Wiped()
    clock.set("2026-03-03 10:00")
    assert personal.anonymise(SYSTEM, clock.now, dry_run=True) == personal.Wiped(1, 1)
    assert "住户子" in _everything(database)
    assert personal.anonymise(SYSTEM, clock.now) == personal.Wiped(1, 1)
    left = _everything(database)
    assert "住户子" not in left
    assert "13800000101" not in left
    assert "灯坏了" in left
    assert _events(database)[: len(before)] == before
    assert list(verify()) == []
    assert personal.anonymise(SYSTEM, clock.forward(days=1)) == personal.Wiped()
    with database.read() as session:
        assert not search(session, "住户子")
        assert search(session, "灯坏了")


def test_open_and_young_files_keep_their_reporters(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    clock.set("2024-03-04 10:00")
    intake.take_report(
        cast.secretary,
        clock.now,
        text="还没办",
        channel=Channel.PHONE,
        reporter=intake.ReporterWords("住户丑", "13800000109"),
    )
    clock.set("2026-02-02 10:00")
    _closed(cast, clock)
    clock.set("2026-03-03 10:00")
    assert personal.anonymise(SYSTEM, clock.now) == personal.Wiped()
    with database.read() as session:
        assert session.scalar(select(func.count()).where(Reporter.name.is_not(None))) == 2


@pytest.mark.parametrize(
    ("closed", "too_early", "due"),
    [
        ("2024-02-29 10:00", "2025-02-28 09:59", "2025-03-01 10:00"),
        ("2025-02-28 10:00", "2026-02-28 09:59", "2026-02-28 10:00"),
    ],
)
def test_a_year_is_a_year_in_leap_years_too(
    cast: Cast, clock: TestClock, closed: str, too_early: str, due: str
) -> None:
    clock.set(closed)
    _closed(cast, clock)
    assert personal.anonymise(SYSTEM, clock.set(too_early), dry_run=True).files == 0
    assert personal.anonymise(SYSTEM, clock.set(due), dry_run=True).files == 1
    clock.set("2028-02-29 10:00")  # the day that last year did not have
    assert personal.anonymise(SYSTEM, clock.now, dry_run=True).files == 1


def test_photos_of_residents_go_and_public_ones_stay(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    clock.set("2025-03-03 10:00")
    code = _closed(cast, clock)
    with database.write() as session:
        case = session.scalars(select(Case).where(Case.code == code)).one()
        for public in (True, False):
            photo = Photo(
                code=f"p{public}", case_id=case.id, width=1, height=1, at=clock.now, public=public
            )
            session.add(photo)
            session.flush()
            session.add(PhotoBytes(photo_id=photo.id, full=b"x", thumb=b"x"))
    personal.anonymise(SYSTEM, clock.set("2026-03-04 10:00"))
    with database.read() as session:
        assert list(session.scalars(select(Photo.code))) == ["pTrue"]
    assert list(verify()) == []


def test_columns_of_an_old_ledger_go_too(cast: Cast, clock: TestClock, database: Database) -> None:
    rows = [(2, ["灯坏了", "2024-01-02", "2024-01-03", "住户子", "老王的微信"])]
    header = ["标题", "提出时间", "办结时间", "反映人", "备注"]
    import_ledger(SYSTEM, clock.now, read_ledger(header, rows, clock.now))
    assert personal.anonymise(SYSTEM, clock.now) == personal.Wiped(1, 1)
    with database.read() as session:
        assert session.scalar(select(Report.extra)) is None


def test_a_person_gets_all_that_is_kept_of_them(cast: Cast, clock: TestClock) -> None:
    _closed(cast, clock)
    told = personal.export_person(cast.secretary, clock.now, "138 0000 0101")
    assert json.loads(json.dumps(told)) == told
    assert told["household_list"] == [{"name": "住户子", "phone": "13800000101"}]
    (report,) = told["reports"]
    assert report["text"] == WORDS
    assert report["ratings"][0]["level"] == 5
    assert datetime.fromisoformat(report["received_at"]) == clock.now


def test_a_person_is_erased_when_they_ask_even_from_open_files(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    _closed(cast, clock)
    before = _events(database)
    done = personal.erase_person(cast.secretary, clock.now, "13800000101")
    assert done == personal.Wiped(1, 1, 1)
    left = _everything(database)
    assert "住户子" not in left
    assert "13800000101" not in left
    assert _events(database)[: len(before)] == before
    assert list(verify()) == []
    with database.read() as session:
        names = set(session.scalars(select(Resident.name)))
        assert "住户子" not in names
        assert "住户丑" in names  # of the same household, another person
        assert session.scalar(select(func.count()).select_from(Note)) > 0
    with pytest.raises(NotFound):
        personal.erase_person(cast.secretary, clock.now, "13800000101")


def test_only_the_office_answers_for_persons(cast: Cast, clock: TestClock) -> None:
    one_estate = replace(cast.secretary, estate_id=cast.estate_one)
    for person in (cast.committee, cast.viewer, cast.administrator, one_estate):
        with pytest.raises(NotAllowed):
            personal.export_person(person, clock.now, "13800000101")
        with pytest.raises(NotAllowed):
            personal.erase_person(person, clock.now, "13800000101")
    for person in (cast.secretary, cast.viewer):
        with pytest.raises(NotAllowed):
            personal.anonymise(person, clock.now)


def test_what_is_no_number_is_refused_at_its_field(cast: Cast, clock: TestClock) -> None:
    for ask in (personal.export_person, personal.erase_person):
        with pytest.raises(FieldError):
            ask(cast.secretary, clock.now, "不知道")
        with pytest.raises(NotFound):
            ask(cast.secretary, clock.now, "13999999999")

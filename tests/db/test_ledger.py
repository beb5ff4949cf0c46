"""An existing ledger becomes files: completely, once, and each wrong row named."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from threading import Thread

import pytest
from sqlalchemy import func, select

from db import ledger as ledgers
from db.engine import Database
from db.events import breaks
from db.ledger import LedgerResult, import_ledger
from db.seeding import seed
from db.tables import Case, ClockRow, Event, Report, Reporter
from domain.clocks import Promise, Standing
from domain.errors import NotAllowed
from domain.ledger import Ledger, read_ledger
from domain.moves import State
from domain.people import SYSTEM
from tests.support.cast import Cast
from tests.support.clock import TestClock

HEADER = [
    "编号",
    "标题",
    "内容",
    "提出时间",
    "办结时间",
    "渠道",
    "类别",
    "反映人",
    "电话",
    "小区",
    "楼栋",
    "备注",
]


def _row(**cells: object) -> list[object]:
    return [cells.get(name) for name in HEADER]


def _read(clock: TestClock, *rows: Sequence[object]) -> Ledger:
    return read_ledger(HEADER, enumerate(rows, start=2), clock.now)


def _case(database: Database, title: str) -> Case:
    with database.read() as session:
        case = session.scalar(select(Case).where(Case.title == title))
        assert case is not None
        session.expunge(case)
        return case


def _sample(clock: TestClock) -> Ledger:
    return _read(
        clock,
        _row(标题="灯坏了", 提出时间="2026-02-01 09:05", 小区="一小区", 楼栋="第1栋", 类别="电梯"),
        _row(标题="门坏了", 提出时间="2026-02-01 10:00", 办结时间="2026-02-02 10:00", 编号="A-1"),
        _row(标题="倒着写", 提出时间="2026-02-03", 办结时间="2026-02-02"),
        _row(内容="没有时间"),
        _row(),
    )


def test_rows_become_files_and_wrong_ones_are_named(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    result = import_ledger(cast.secretary, clock.now, _sample(clock))
    assert (result.imported, result.skipped_empty, result.already_there) == (2, 1, 0)
    assert [row.line for row in result.refused] == [4, 5]
    open_one = _case(database, "灯坏了")
    assert open_one.state is State.NEW
    assert open_one.opened_at == datetime(2026, 2, 1, 1, 5, tzinfo=UTC)
    assert (open_one.estate_id, open_one.building_id) == (cast.estate_one, cast.building_one)
    assert open_one.category_id == cast.lifts
    closed = _case(database, "门坏了")
    assert closed.state is State.CLOSED
    assert closed.done_at == closed.closed_at == datetime(2026, 2, 2, 2, 0, tzinfo=UTC)
    with database.read() as session:
        done = session.scalar(
            select(ClockRow).where(ClockRow.case_id == closed.id, ClockRow.promise == Promise.DONE)
        )
        assert done is not None
        assert done.result is Standing.MET
        assert not list(breaks(session))


def test_running_twice_adds_nothing(cast: Cast, clock: TestClock, database: Database) -> None:
    sample = _sample(clock)
    first = import_ledger(cast.secretary, clock.now, sample)
    with database.read() as session:
        events = session.scalar(select(func.count()).select_from(Event))
    clock.forward(days=1)
    again = import_ledger(cast.secretary, clock.now, _sample(clock))
    assert again == LedgerResult(0, 1, 2, first.refused)
    assert ledgers.already_there(cast.secretary, sample) == {2, 3}
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == events


def test_what_is_not_known_stays_with_the_file_as_notes(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    row = _row(
        编号="7",
        标题="x",
        提出时间="2026-02-01",
        渠道="热线",
        类别="没有这类",
        小区="别处",
        楼栋="9",
        电话="不详",
        备注="老台账",
    )
    import_ledger(cast.secretary, clock.now, _read(clock, row))
    case = _case(database, "x")
    assert (case.estate_id, case.building_id, case.category_id) == (None, None, None)
    with database.read() as session:
        assert session.scalar(select(Report.extra).where(Report.case_id == case.id)) == {
            "编号": "7",
            "渠道": "热线",
            "类别": "没有这类",
            "小区": "别处",
            "楼栋": "9",
            "电话": "不详",
            "备注": "老台账",
        }


def test_default_categories_are_found_by_a_word_of_theirs(
    database: Database, clock: TestClock
) -> None:
    seed()
    import_ledger(
        SYSTEM,
        clock.now,
        _read(
            clock,
            _row(标题="a", 提出时间="2026-02-01", 类别="停车管理"),
            _row(标题="b", 提出时间="2026-02-01", 类别=" 漏水 "),
            _row(标题="c", 提出时间="2026-02-01", 类别="noise"),
            _row(标题="d", 提出时间="2026-02-01", 类别="电梯停车"),
        ),
    )
    found = {title: _case(database, title).category_id for title in "abcd"}
    assert None not in (found["a"], found["b"], found["c"])
    assert found["d"] is None  # two categories are meant as likely as one


def test_the_reporter_is_kept_apart_from_the_file(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    row = _row(标题="x", 提出时间="2026-02-01", 反映人="住户己", 电话=13800000111.0)
    import_ledger(cast.secretary, clock.now, _read(clock, row))
    with database.read() as session:
        reporter = session.scalar(select(Reporter))
        assert reporter is not None
        assert (reporter.name, reporter.phone, reporter.initials) == (
            "住户己",
            "13800000111",
            "zhj",
        )
        assert not any("住户己" in payload for payload in session.scalars(select(Event.payload)))


def test_who_looks_after_one_estate_imports_into_it_alone(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    rows = (
        _row(标题="a", 提出时间="2026-02-01"),
        _row(标题="b", 提出时间="2026-02-01", 小区="二小区"),
    )
    result = import_ledger(cast.committee, clock.now, _read(clock, *rows))
    assert (result.imported, [row.line for row in result.refused]) == (1, [3])
    assert _case(database, "a").estate_id == cast.estate_one


def test_only_who_takes_in_imports(cast: Cast, clock: TestClock) -> None:
    for person in (cast.administrator, cast.viewer, cast.partner_contact, cast.volunteer):
        with pytest.raises(NotAllowed):
            import_ledger(person, clock.now, _sample(clock))
        with pytest.raises(NotAllowed):
            ledgers.already_there(person, _sample(clock))


def test_a_row_that_the_database_refuses_leaves_nothing_behind(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    sample = _sample(clock)
    broken = replace(sample.rows[0], opened_at=clock.now, title="halb", key="halb", estate=None)
    wrong = replace(sample, rows=(broken, *sample.rows))

    def fail(*_args: object, **_kwargs: object) -> None:
        raise NotAllowed("refused in the middle")

    with pytest.MonkeyPatch.context() as patch:
        real = ledgers.take_ledger_row

        def take(session, actor, now, row, where):  # type: ignore[no-untyped-def]
            taken = real(session, actor, now, row, where)
            if row.title == "halb":
                fail()
            return taken

        patch.setattr(ledgers, "take_ledger_row", take)
        result = import_ledger(cast.secretary, clock.now, wrong)
    assert result.imported == 2
    with database.read() as session:
        assert session.scalar(select(Case).where(Case.title == "halb")) is None
        assert not list(breaks(session))


def test_two_imports_at_once_take_each_row_once(
    cast: Cast, clock: TestClock, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledgers, "CHUNK", 5)
    rows = [_row(标题=f"事{n}", 提出时间="2026-02-01") for n in range(30)]
    sample = _read(clock, *rows)
    results: list[LedgerResult] = []

    def run() -> None:
        results.append(import_ledger(cast.secretary, clock.now, sample))

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(result.imported for result in results) == 30
    assert sum(result.already_there for result in results) == 60
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 30
        assert not list(breaks(session))

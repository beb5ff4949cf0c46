"""The check finds each kind of fault, and nothing in a database that is whole."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from db import intake, merging, moving, publishing, tasks
from db.engine import Database
from db.tables import Case, Channel, ClockRow
from db.verify import verify
from domain.clocks import Promise, Standing
from domain.closing import Outcome
from domain.moves import Move, State
from tests.support.cast import Cast
from tests.support.clock import TestClock


def _said() -> str:
    def shown(finding: object) -> str:
        params = {
            name: shown(value) if hasattr(value, "template") else value
            for name, value in finding.params.items()  # type: ignore[attr-defined]
        }
        return str(finding.template.format(**params))  # type: ignore[attr-defined]

    return "\n".join(shown(finding) for finding in verify())


def _open(cast: Cast, clock: TestClock) -> str:
    taken = intake.take_report(cast.secretary, clock.now, text="灯坏了", channel=Channel.PHONE)
    return str(taken.case_code)


@pytest.fixture
def lived(cast: Cast, clock: TestClock) -> list[str]:
    """Files that went through much: shown and reopened, merged, suspended, asked."""
    me = cast.secretary
    codes = [_open(cast, clock) for _ in range(5)]
    one = codes[0]
    moving.move(me, clock.forward(hours=1), one, Move.ACCEPT)
    given = tasks.decide(
        me,
        clock.forward(hours=1),
        one,
        lead_unit_id=cast.property_one,
        due_on=clock.now.date(),
        words="物业办",
    )
    tasks.report_done(cast.property_contact, clock.forward(hours=1), given.task_codes[0], "好了")
    moving.move(me, clock.forward(hours=1), one, Move.SEND_BACK, "没好")
    tasks.report_done(cast.property_contact, clock.forward(days=9), given.task_codes[0], "好了")
    publishing.show(me, clock.forward(hours=1), one, outcome=Outcome.SOLVED, summary="修好了")
    moving.move(me, clock.forward(hours=1), one, Move.REOPEN, "又坏了")
    moving.move(me, clock.forward(hours=1), codes[1], Move.SUSPEND, "等料")
    moving.move(me, clock.forward(hours=1), codes[2], Move.ASK, "哪一盏？")
    merging.merge(me, clock.forward(hours=1), codes[2], codes[3], "同一盏")
    merging.merge(me, clock.forward(hours=1), codes[3], codes[4], "同一盏")
    return codes


def test_a_database_that_has_lived_is_whole(lived: list[str]) -> None:
    assert _said() == ""


def _case(session: Session, code: str) -> Case:
    return session.scalars(select(Case).where(Case.code == code)).one()


def _clock(session: Session, code: str, promise: Promise = Promise.DONE) -> ClockRow:
    case = _case(session, code)
    query = select(ClockRow).where(ClockRow.case_id == case.id, ClockRow.promise == promise)
    return session.scalars(query.order_by(ClockRow.round)).first()  # type: ignore[return-value]


def _set(get: Callable[..., object], **values: object) -> Callable[[Session, str], None]:
    def spoil(session: Session, code: str) -> None:
        for name, value in values.items():
            setattr(get(session, code), name, value)

    return spoil


def _drop_clock(session: Session, code: str) -> None:
    session.delete(_clock(session, code))


@pytest.mark.parametrize(
    ("which", "spoil", "said"),
    [
        (0, _set(_case, state=State.DOING), "stands at doing, its events say reopened"),
        (0, _set(_case, round=1), "is in round 1, its events say 2"),
        (1, _set(_case, next_due_at=None, root_id=None), "root_id is not the end"),
        (4, _set(_case, next_due_at=None), "next_due_at is not the earliest"),
        (2, _set(_case, root_id=1), "root_id is not the end"),
        (2, _set(_case, merged_into_id=None), "is merged without another file"),
        (0, _set(_clock, result=Standing.MET), "its result does not fit its due time"),
        (0, _set(_clock, result=None), "its result does not fit its times"),
        (1, _set(_clock, paused_at=None), "stands still, or runs, against"),
        (4, _drop_clock, "clock done of round 1 is missing"),
    ],
)
def test_each_fault_is_found(
    lived: list[str],
    database: Database,
    which: int,
    spoil: Callable[[Session, str], None],
    said: str,
) -> None:
    with database.write() as session:
        spoil(session, lived[which])
    assert said in _said()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE events SET payload = replace(payload, 'accept', 'ask')", "was changed"),
        ("DELETE FROM events WHERE seq = 3", "event 3 is missing"),
        ("UPDATE events SET actor_id = NULL WHERE seq = 2", "do not say what was hashed"),
    ],
)
def test_a_changed_event_is_found(
    lived: list[str], database: Database, sql: str, said: str
) -> None:
    with database.write() as session:
        for act in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER events_no_{act}"))
        session.execute(text(sql))
    assert said in _said()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_guard_that_was_switched_off_is_found(lived: list[str], database: Database) -> None:
    with database.write() as session:
        session.execute(text("ALTER TABLE events DISABLE TRIGGER events_append_only"))
    assert "“events_append_only” is switched off" in _said()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_row_without_its_parent_is_found(lived: list[str], database: Database) -> None:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("DELETE FROM units WHERE id = 1")
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    assert "what it refers to in units is missing" in _said()

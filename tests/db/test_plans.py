"""No read goes through a whole table that grows with the years: shown by the query plans."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event, text

from db import engine
from db.audit import audit
from db.calls import calls, count_calls
from db.casefile import case_file
from db.duplicates import Draft, duplicates_of, likely_duplicates
from db.engine import Database
from db.held import count_held, held_reports
from db.households import find_household
from db.inbox import CaseFilter, Which, count, inbox
from db.polls.reads import polls, polls_of_case
from db.reveal import reveal_phone
from db.tables import Base, Channel
from db.tasklist import my_tasks, unit_task
from db.today import today
from domain.moves import State, Step
from tests.support.build import Span, files
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.stories import report, to_doing, to_rating

# These have as many rows as a community has houses, people in office or settings.
SMALL = {"estates", "buildings", "units", "categories", "places", "accounts", "settings"}
GROWING = {table.name for table in Base.metadata.sorted_tables} - SMALL

Ask = Callable[[Cast, datetime, str, str], object]

ASKED: dict[str, Ask] = {
    "inbox": lambda cast, now, *_: inbox(cast.secretary, CaseFilter(), now),
    "inbox of all": lambda cast, now, *_: inbox(cast.secretary, CaseFilter(Which.ALL), now),
    "inbox, later": lambda cast, now, *_: inbox(
        cast.secretary,
        CaseFilter(),
        now,
        inbox(cast.secretary, CaseFilter(), now, limit=5).next_cursor,
    ),
    "inbox of an estate": lambda cast, now, *_: inbox(cast.committee, CaseFilter(), now),
    "inbox by step": lambda cast, now, *_: inbox(
        cast.secretary, CaseFilter(step=Step.CARRY_OUT), now
    ),
    "inbox by building": lambda cast, now, *_: inbox(
        cast.secretary, CaseFilter(building_id=cast.building_one), now
    ),
    "inbox by category": lambda cast, now, *_: inbox(
        cast.secretary, CaseFilter(state=State.NEW, category_id=cast.lifts), now
    ),
    "inbox by unit": lambda cast, now, *_: inbox(
        cast.secretary, CaseFilter(unit_id=cast.property_one), now
    ),
    "inbox by channel": lambda cast, now, *_: inbox(
        cast.secretary, CaseFilter(channel=Channel.QR), now
    ),
    "inbox by time": lambda cast, now, *_: inbox(
        cast.secretary, CaseFilter(opened_from=now, opened_to=now), now
    ),
    "inbox overdue": lambda cast, now, *_: inbox(cast.secretary, CaseFilter(overdue=True), now),
    "inbox by words": lambda cast, now, *_: inbox(
        cast.secretary, CaseFilter(Which.ALL, query="电梯，坏了"), now
    ),
    "count": lambda cast, now, *_: count(cast.secretary, CaseFilter(query="电梯"), now),
    "today": lambda cast, now, *_: today(cast.secretary, now),
    "today of the committee": lambda cast, now, *_: today(cast.committee, now),
    "today of a unit": lambda cast, now, *_: today(cast.property_contact, now),
    "case file": lambda cast, now, code, _: case_file(cast.secretary, code, now),
    "my tasks": lambda cast, now, *_: my_tasks(cast.property_contact, now),
    "my done tasks": lambda cast, now, *_: my_tasks(cast.property_contact, now, done=True),
    "unit task": lambda cast, now, _, task: unit_task(cast.property_contact, task, now),
    "calls": lambda cast, now, *_: (calls(cast.secretary, now), count_calls(cast.secretary, now)),
    "held": lambda cast, now, *_: (
        held_reports(cast.secretary, now),
        count_held(cast.secretary, now),
    ),
    "while typing": lambda cast, now, *_: likely_duplicates(
        cast.secretary,
        Draft(text="电梯坏了没人修", building_id=cast.building_one, phone="13800000001"),
        now,
    ),
    "duplicates": lambda cast, now, code, _: duplicates_of(cast.secretary, code, now),
    "room": lambda cast, now, *_: find_household(cast.secretary, "1-1-101", now),
    "phone": lambda cast, now, *_: find_household(cast.secretary, "13800000101", now),
    "last four": lambda cast, now, *_: find_household(cast.secretary, "0101", now),
    "initials": lambda cast, now, *_: find_household(cast.secretary, "zh", now),
    "name": lambda cast, now, *_: find_household(cast.secretary, "住户子", now),
    "log": lambda cast, now, *_: audit(cast.secretary, now),
    "log by kind": lambda cast, now, *_: audit(cast.secretary, now, kind="moved"),
    "log by person": lambda cast, now, *_: audit(cast.secretary, now, account_id=1),
    "log of a file": lambda cast, now, code, _: audit(cast.secretary, now, case_code=code),
    "polls": lambda cast, now, *_: polls(cast.committee, now, limit=20),
    "polls of a file": lambda cast, now, code, _: polls_of_case(cast.secretary, now, code),
    "reveal": lambda cast, now, *_: reveal_phone(cast.secretary, FIRST_REPORT, "回电", now),
}
FIRST_REPORT = 1
# In the order of their keys and no further than LIMIT: nothing is read that is not shown.
WALKED_FROM_THE_END = {"events", "reminders"}
# Partial indexes over what is still to be done: reading one from end to end is no whole table.
SHORT = {"ix_tellings_calls", "ix_reports_held", "ix_clocks_running"}


@contextmanager
def listened(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """All queries that run meanwhile."""
    heard: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            heard.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(database.engine, "before_cursor_execute", hear)


def scans(database: Database, statement: str, parameters: Any) -> set[str]:
    """The tables that the query would go through from end to end."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = [row[-1] for row in plan]
            names = _aliases(statement)
            return {
                names.get(table, table)
                for step in steps
                if step.startswith("SCAN ")
                and " VIRTUAL TABLE " not in step
                and step.split()[-1] not in SHORT
                and (table := step.split()[1])
            }
        plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
        return set(_whole(plan.scalar_one()[0]["Plan"], limited=False))


def _aliases(statement: str) -> dict[str, str]:
    words = statement.replace(",", " ").replace("(", " ").replace(")", " ").split()
    return {
        alias: table
        for table, word, alias in zip(words, words[1:], words[2:], strict=False)
        if word == "AS"
    }


def _whole(node: dict[str, Any], limited: bool) -> Iterator[str]:
    kind = node["Node Type"]
    short = node.get("Index Name") in SHORT
    unbounded = "Index" in kind and "Index Cond" not in node and not limited and not short
    if "Relation Name" in node and (kind == "Seq Scan" or unbounded):
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        # A limit holds for what streams through it, and not for what is sorted first.
        passes = limited or kind == "Limit"
        yield from _whole(child, passes and kind not in ("Sort", "Hash", "Aggregate"))


@pytest.fixture
def filled(database: Database, cast: Cast, clock: TestClock) -> tuple[str, str]:
    """Files, tasks and calls; the code of a file and of a task."""
    taken = report(cast, clock.now, household_id=cast.household_101)
    task = to_doing(cast, clock.now, taken.case_code or "")
    to_rating(cast, clock.now, report(cast, clock.now).case_code or "")
    report(cast, clock.now, "被拦下", held_for="place")
    with database.write() as session:
        files(session, cast, random.Random(1), 60, Span(clock.now, 60))
    if not database.is_sqlite:
        _crowd(database)
    return taken.case_code or "", task


def _crowd(database: Database) -> None:
    """So many closed files and what belongs to them that PostgreSQL's planner cares."""
    copies = {
        "cases": "id, code, number, title, state, round, opened_at, root_id",
        "reporters": "id, phone",
        "reports": "id, case_id, reporter_id, text, channel, received_at",
        "clocks": 'id, case_id, promise, round, basis, "limit", started_at, due_at, met_at, result,'
        " paused_seconds",
        "notes": "id, case_id, kind, round, text, public, at",
        "decisions": "id, case_id, round, lead_unit_id, due_at, note_id, decided_at",
        "contacts": "id, case_id, telling_id, purpose, round, reached, at",
        "tellings": "id, case_id, report_id, kind, by_phone, created_at, settled_at",
        "photos": "id, code, case_id, report_id, note_id, width, height, public, at",
        "reminders": "id, clock_id, case_id, rung, raised_at",
        "ratings": "id, case_id, report_id, round, level, solved, channel, at",
        "tasks": "id, code, case_id, unit_id, round, lead, given_at, due_at, done_at",
        "events": "id, chain, seq, at, happened_at, kind, case_id, payload, prev, hash",
        "households": "id, building_id, room",
        "residents": "id, household_id, name, initials, phone",
        "case_texts": "position, case_id, text, keys",
        "polls": "id, code, case_id, round, question, estate_id, asked, newest_household_id,"
        " opened_at, closes_at, lobby_code, decision_id",
        "poll_options": "id, poll_id, position, text",
        "poll_answers": "id, poll_id, household_id, option_id, channel, answered_at",
    }
    own = {
        **dict.fromkeys(("id", "case_id", "root_id", "reporter_id", "report_id", "seq"), "n"),
        **dict.fromkeys(("clock_id", "household_id", "telling_id", "position", "note_id"), "n"),
        **dict.fromkeys(("poll_id", "option_id", "decision_id", "newest_household_id"), "n"),
        **dict.fromkeys(("code", "number", "phone", "room", "name", "initials"), "'x' || n"),
        **dict.fromkeys(("lobby_code", "question"), "'x' || n"),
        **dict.fromkeys(("estate_id", "asked"), "1"),
        **dict.fromkeys(
            ("round", "level", "width", "height", "limit", "unit_id", "lead_unit_id"), "1"
        ),
        **dict.fromkeys(("lead", "public", "reached", "by_phone"), "TRUE"),
        "building_id": "n / 50",
        "paused_seconds": "0",
        "state": "'closed'",
        "promise": "'done'",
        "basis": "'natural'",
        "result": "'met'",
        "rung": "'due'",
        "channel": "'qr'",
        "keys": "ARRAY[n]",
        "payload": "'{}'",
    }
    with database.write() as session:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        for table, columns in copies.items():
            names = [name.strip().strip('"') for name in columns.split(",")]
            values = [
                own.get(name, "now() - n * interval '1 minute'" if _is_time(name) else "'word'")
                for name in names
            ]
            session.execute(
                text(
                    f"INSERT INTO {table} ({columns}) "
                    f"SELECT {', '.join(values)} FROM generate_series(100001, 120000) AS n"
                )
            )
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")


def _is_time(name: str) -> bool:
    return name == "at" or name.endswith("_at")


def test_no_read_goes_through_a_whole_table(
    cast: Cast, clock: TestClock, database: Database, filled: tuple[str, str]
) -> None:
    assert engine.database() is database
    guilty = {}
    for name, ask in ASKED.items():
        with listened(database) as heard:
            ask(cast, clock.now, *filled)
        assert heard, name
        for statement, parameters in heard:
            through = scans(database, statement, parameters) & GROWING
            if "LIMIT" in statement:
                through -= WALKED_FROM_THE_END
            if through:
                guilty[name] = (sorted(through), statement)
    assert not guilty, "\n\n".join(f"{name}: {what}" for name, what in guilty.items())


def test_the_watch_notices_a_read_that_does(database: Database, filled: tuple[str, str]) -> None:
    assert scans(database, "SELECT id FROM cases WHERE title = 'x'", ()) == {"cases"}
    assert scans(database, "SELECT x.id FROM reports AS x WHERE x.text = 'y'", ()) == {"reports"}

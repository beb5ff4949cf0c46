"""One history of migrations: the same tables as the models on both databases, guarded."""

import subprocess
import sys
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from db.engine import Database
from db.events import record
from db.guards import APPEND_ONLY
from db.schema import is_current, upgrade
from db.tables import Base
from db.votes import box
from domain.people import SYSTEM
from tests.support.ballot_rows import open_vote_rows
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.databases import KINDS, Databases
from tests.support.need import ROOT

UPGRADE = """
import sys
from db.engine import Database
from db.schema import upgrade
sys.stdin.readline()
upgrade(Database(sys.argv[1]))
"""


# Indexes of a kind that the models cannot say for one database alone.
MIGRATED_ALONE = {"ix_case_texts_keys"}


def shape(database: Database, table: str) -> dict[str, Any]:
    """Everything about a table that a query could notice."""
    seen = inspect(database.engine)
    return {
        "columns": {
            column["name"]: (str(column["type"]), column["nullable"])
            for column in seen.get_columns(table)
        },
        "key": seen.get_pk_constraint(table)["constrained_columns"],
        "references": sorted(
            (one["constrained_columns"], one["referred_table"], one["options"])
            for one in seen.get_foreign_keys(table)
        ),
        "unique": sorted(one["column_names"] for one in seen.get_unique_constraints(table)),
        "indexes": sorted(
            (one["name"] or "", one["column_names"], one["unique"], predicate(one))
            for one in seen.get_indexes(table)
            if "duplicates_constraint" not in one  # PostgreSQL lists unique constraints twice
        ),
    }


def predicate(index: Any) -> str:
    options = index.get("dialect_options", {})
    return str(options.get("sqlite_where", options.get("postgresql_where", "")))


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, databases: Databases) -> Any:
    """A database without any table."""
    url = databases.empty(request.param)
    made = Database(url)
    yield made
    made.dispose()
    databases.forget(url)


# SQLAlchemy reads no index over an expression on SQLite; the query plans' test sees it used.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_migrations_make_the_tables_of_the_models(empty: Database, databases: Databases) -> None:
    Base.metadata.create_all(empty.engine)
    migrated = Database(databases.fresh("sqlite" if empty.is_sqlite else "postgresql"))
    for table in Base.metadata.tables:
        found = shape(migrated, table)
        found["indexes"] = [one for one in found["indexes"] if one[0] not in MIGRATED_ALONE]
        assert found == shape(empty, table), table
    migrated.dispose()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_table_of_sqlite_is_strict(database: Database) -> None:
    with database.read() as session:
        lax = session.execute(
            text(
                "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict "
                "AND schema = 'main' AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
            )
        ).scalars()
        assert list(lax) == []


def test_a_missing_parent_is_refused(cast: Cast, database: Database) -> None:
    with pytest.raises(DBAPIError), database.write() as session:
        session.execute(
            text("INSERT INTO buildings (estate_id, name, position) VALUES (987654, 'x', 1)")
        )


COLUMN = {"events": "kind", "ballots": "choices"}
CHANGES = {
    "sqlite": (
        "UPDATE {table} SET {column} = 'other'",
        "DELETE FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table}",
        "UPDATE OR IGNORE {table} SET {column} = 'other'",
    ),
    "postgresql": (
        "UPDATE {table} SET {column} = 'other'",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
        "UPDATE {table} SET {column} = 'other' WHERE false",
    ),
}


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_happened_cannot_be_changed(
    cast: Cast, database: Database, clock: TestClock, table: str, number: int
) -> None:
    with database.write() as session:
        record(session, SYSTEM, clock.now, "tested")
        vote = open_vote_rows(session, cast.estate_one, (cast.building_one,), clock.now, heads=1)
    box.cast(vote.ballot(0, clock.now, "key"))
    before = rows(database, table)
    changes = CHANGES[database.engine.dialect.name]
    statement = changes[number].format(table=table, column=COLUMN[table])
    with pytest.raises(DBAPIError, match="append-only"), database.write() as session:
        session.execute(text(statement))
    assert rows(database, table) == before != []


def rows(database: Database, table: str) -> list[Any]:
    with database.read() as session:
        return list(session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all())


def test_upgrading_twice_changes_nothing(empty: Database) -> None:
    assert not is_current(empty)
    assert upgrade(empty)
    assert is_current(empty)
    tables = inspect(empty.engine).get_table_names()
    assert not upgrade(empty)
    assert inspect(empty.engine).get_table_names() == tables


@pytest.mark.slow
def test_servers_that_start_at_once_upgrade_once(empty: Database) -> None:
    url = empty.url.render_as_string(hide_password=False)
    servers = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for server in servers:  # all have imported everything by now and wait for this line
        assert server.stdin is not None
        server.stdin.write("\n")
        server.stdin.flush()
    for server in servers:
        _, told = server.communicate(timeout=60)
        assert server.returncode == 0, told
    assert is_current(empty)

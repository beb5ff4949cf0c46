"""The real server, as `streamlit run app.py` starts it, one for each kind of database."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from db.engine import Database
from tests.support.cast import Cast, settle
from tests.support.clock import TestClock
from tests.support.databases import KINDS, Databases
from tests.support.server import Server


@dataclass(frozen=True)
class Place:
    """A running server, its clock, its database and the cast in it."""

    server: Server
    clock: TestClock
    database: Database
    cast: Cast


@pytest.fixture(scope="module", params=KINDS)
def place(
    request: pytest.FixtureRequest,
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Place]:
    """A server that the tests of one module share."""
    url = databases.fresh(request.param)
    database = Database(url)
    clock = TestClock(tmp_path_factory.mktemp("clock") / "clock")
    with database.write() as session:
        cast = settle(session, clock.now)
    server = Server(url, clock.path)
    try:
        yield Place(server.start(), clock, database, cast)
    finally:
        server.remove()
        database.dispose()
        databases.forget(url)

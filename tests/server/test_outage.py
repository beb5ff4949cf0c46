"""PostgreSQL is stopped and started under the running server."""

import time
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from db.engine import Database
from db.schema import upgrade
from tests.support.cast import PEOPLE, settle
from tests.support.clock import MONDAY_NINE
from tests.support.postgres import Cluster
from tests.support.server import Server
from tests.support.ws import Tab

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 2.0
RECOVERY_SECONDS = 30


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of this test's own, which it may stop."""
    made = Cluster()
    yield made
    made.remove()


def refused_quickly(client: httpx.Client, path: str) -> None:
    began = time.monotonic()
    answer = client.get(path)
    assert time.monotonic() - began < PATIENCE_SECONDS
    assert answer.status_code == 503, path
    assert "数据库暂时没有响应" in answer.text


def test_an_outage_is_a_page_within_two_seconds_and_mends_itself(cluster: Cluster) -> None:
    url = cluster.create("desk")
    database = Database(url)
    upgrade(database)
    with database.write() as session:
        settle(session, MONDAY_NINE)
    database.dispose()
    server = Server(url).start()
    try:
        with closing(server.signed_in("secretary")) as client:
            cookies = dict(client.cookies.items())
            with Tab(server.address, cookies) as tab:
                tab.run()
                cluster.stop()
                for path in ("/", "/signin", "/board", "/media/x"):
                    refused_quickly(client, path)
                assert client.get("/healthz").status_code == 200
                assert client.get("/readyz").status_code == 503
                # A frame that cannot be vouched for is not let through, but nobody is signed out.
                tab.send(BackMsg(rerun_script={}))
                assert tab.wait_for_close() == 1013
                assert tab.redirected_to is None
            cluster.start()
            until = time.monotonic() + RECOVERY_SECONDS
            while client.get("/readyz").status_code != 200:
                assert time.monotonic() < until
                time.sleep(0.2)
            assert client.get("/").status_code == 200
            with Tab(server.address, cookies) as tab:
                assert PEOPLE["secretary"][0] in tab.run().text()
    finally:
        server.remove()

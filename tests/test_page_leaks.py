"""Page × person × {address, websocket, fragment after sign-out, media, upload}: 0 leaks."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

import routes
from db import engine
from db.polls.reads import polls
from db.tables import Account, AccountRole
from domain.people import SYSTEM, Actor, Role
from pages.parts.menu import standing
from routes.gate import is_public
from tests.support.cast import PASSWORD_HASH, settle
from tests.support.clock import MONDAY_NINE
from tests.support.databases import Databases
from tests.support.leak_polls import opened
from tests.support.server import Server
from tests.support.who_may import hidden_from
from tests.support.world import World, build_world
from tests.support.ws import Tab

pytestmark = pytest.mark.slow

PAGES = tuple(entry.name for entry in standing())
FIRST = "today"  # it stands at the root and not under its name
PERSONS = (
    *("administrator", "secretary", "social_worker", "committee", "property_contact"),
    *("partner_contact", "branch_contact", "squad_leader", "volunteer", "viewer"),
    *("desk_two", "nobody"),
)
REVOKED = 4401

# Everything that answers without a sign-in. A new address stays closed until it stands here.
OPEN_ADDRESSES = {
    "/a/{token}",
    "/activity",
    "/activity/calendar.ics",
    "/activity/feed/{token}",
    "/activity/series/{code}",
    "/activity/series/{code}/here",
    "/activity/{code}",
    "/activity/{code}/cancel",
    "/activity/{code}/here",
    "/activity/{code}/own",
    "/activity/{code}/rate",
    "/answer",
    "/ballot",
    "/ballot/done",
    "/ballot/forget",
    "/ballot/other",
    "/ballot/photo/{position:int}",
    "/ballot/photo/{position:int}/small",
    "/board",
    "/board/photo/{code}",
    "/board/photo/{code}/small",
    "/board/votes",
    "/board/{code}",
    "/card/{code}",
    "/f/{code}",
    "/follow",
    "/follow/answer",
    "/follow/forget",
    "/follow/more",
    "/follow/photo/{code}",
    "/follow/photo/{code}/small",
    "/follow/rate",
    "/follow/withdraw",
    "/guide",
    "/guide/photo/{code}",
    "/guide/photo/{code}/small",
    "/guide/{code}",
    "/healthz",
    "/help",
    "/help/mine",
    "/help/{code}",
    "/list",
    "/language",
    "/q/{lobby}",
    "/r/{place}",
    "/readyz",
    "/receipt",
    "/report",
    "/reset",
    "/reset/{code}",
    "/signin",
    "/signin/as",
    "/signout",
    "/slip/{token}",
    "/thanks",
    "/v/{token}",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A server with the world in it, and a signed-in client of every person."""

    world: World
    server: Server
    clients: dict[str, httpx.Client]

    def tab(self, login: str, **more: str) -> Tab:
        return Tab(self.server.address, dict(self.clients[login].cookies), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=["sqlite"])
def place(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    url = databases.fresh(request.param)
    database = engine.use(url)
    assert database is not None
    with database.write() as session:
        cast = settle(session, MONDAY_NINE)
        for login, roles, estate in (
            ("desk_two", {Role.SOCIAL_WORKER}, cast.estate_two),
            ("nobody", set(), None),
        ):
            account = Account(
                code=f"a-{login}",
                login=login,
                name=login,
                initials=login,
                password_hash=PASSWORD_HASH,
                estate_id=estate,
                created_at=MONDAY_NINE,
            )
            session.add(account)
            session.flush()
            session.add_all(AccountRole(account_id=account.id, role=role) for role in roles)
    world = build_world(cast, MONDAY_NINE)
    for side in (world.one, world.two):
        opened(world, side)
    clock = tmp_path_factory.mktemp("clock") / "clock"
    # Past the first deadlines, so that reminders and overdue files stand on the pages too.
    clock.write_text((MONDAY_NINE + timedelta(days=2)).isoformat(), encoding="utf-8")
    server = Server(url, clock).start()
    yield Place(world, server, {login: server.signed_in(login) for login in PERSONS})
    server.remove()
    engine.use(None)
    databases.forget(url)


def address(page: str) -> str:
    return "" if page == FIRST else page


def queries(world: World, page: str) -> list[str]:
    """What a curious person would write behind the page's address."""
    sides = (world.one, world.two)
    asked = {
        "case": [
            f"c={code}"
            for side in sides
            for code in (*(file.code for file in side.files.values()), side.merged.code)
        ],
        "poll": [f"poll={line.code}" for line in polls(SYSTEM, world.now)],
        "tasks": [f"t={side.files['doing'].task}" for side in sides] + ["done=1"],
        "inbox": [f"q=Words{side.name}" for side in sides] + ["step=closed"],
        "intake": [
            *(f"door=meeting&meeting={side.meeting}" for side in sides),
            "door=ledger",
            *(f"into={side.files['new'].code}" for side in sides),
        ],
        "audit": [f"case={side.files['new'].code}" for side in sides],
    }
    return ["", *asked.get(page, [])]


@pytest.mark.parametrize("login", PERSONS)
def test_no_page_shows_what_is_not_this_persons(place: Place, login: str) -> None:
    hidden = hidden_from(login)
    with place.tab(login) as tab:
        for page in PAGES:
            for query in queries(place.world, page):
                seen = tab.open(address(page), query).text()
                assert {text for text in hidden if text in seen} == set(), f"{page}?{query}"
                assert tab.exceptions() == [], f"{page}?{query}"
    assert place.server.errors() == []


@pytest.mark.parametrize("login", PERSONS)
def test_a_page_that_is_not_in_the_menu_does_not_run(place: Place, login: str) -> None:
    people: dict[str, Actor] = place.world.people
    with place.tab(login) as tab:
        for entry in standing():
            tab.not_found = False
            tab.open(address(entry.name))
            assert tab.not_found is not entry.for_whom(people[login]), entry.name


def test_the_words_that_must_not_be_seen_are_there_for_others(place: Place) -> None:
    """The control: without it, empty pages would pass."""
    seen = ""
    with place.tab("secretary") as tab:
        for page in PAGES:
            for query in queries(place.world, page):
                seen += tab.open(address(page), query).text()
    for side in (place.world.one, place.world.two):
        assert f"Words{side.name}new" in seen
        assert f"Person{side.name}" in seen


@pytest.mark.parametrize("page", PAGES)
def test_an_address_shows_nothing_without_a_sign_in(place: Place, page: str) -> None:
    with place.server.client() as stranger:
        for query in queries(place.world, page):
            answer = stranger.get(f"/{page}?{query}")
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/signin?next=")
            assert "Words" not in answer.text


def test_only_listed_addresses_answer_without_a_sign_in(place: Place) -> None:
    known = set()
    with place.server.client() as stranger:
        for module in pkgutil.iter_modules(routes.__path__):
            for route in getattr(importlib.import_module(f"routes.{module.name}"), "ROUTES", ()):
                if is_public(route.path):
                    known.add(route.path)
                else:
                    answer = stranger.get(re.sub(r"\{.*?\}", "x", route.path))
                    assert answer.status_code in {303, 401}, route.path
    assert known == OPEN_ADDRESSES


def test_photos_are_for_who_reads_the_file(place: Place) -> None:
    for side in (place.world.one, place.world.two):
        photo = f"/photo/{side.files['doing'].photo}"
        readers = {"secretary", "social_worker"} | (
            {"committee", "property_contact", "partner_contact"}
            if side.name == "One"
            else {"desk_two"}
        )
        for login, client in place.clients.items():
            assert (client.get(photo).status_code == 200) is (login in readers), login
        with place.server.client() as stranger:
            assert stranger.get(photo).status_code == 401
            assert stranger.get(f"/board{photo}").status_code == 404
            assert stranger.get(f"/follow{photo}").status_code == 404


def test_a_websocket_opens_for_nobody_without_a_sign_in(place: Place) -> None:
    for cookies in ({}, {"desk_session": "x" * 43}, {"desk_session": ""}):
        with Tab(place.server.address, cookies, headers={"X-Desk-Session": "1"}) as tab:
            assert tab.wait_for_close() == REVOKED
            assert tab.redirected_to == "/signin"
            assert tab.texts() == []


def test_a_foreign_site_opens_no_websocket(place: Place) -> None:
    with pytest.raises(InvalidStatus) as refused:
        place.tab("secretary", origin="http://elsewhere.example")
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("how", ["page", "fragment"])
def test_a_frame_after_sign_out_runs_nothing(place: Place, how: str) -> None:
    client = place.server.signed_in("secretary")
    with Tab(place.server.address, dict(client.cookies)) as tab:
        fragments = next(
            (found for page in PAGES if (found := tab.open(address(page)).fragments())), set()
        )
        assert client.post("/signout").status_code == 303
        before = tab.text()
        with pytest.raises(ConnectionClosed) as closed:
            tab.run(fragment=min(fragments) if how == "fragment" and fragments else "")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == REVOKED
        assert tab.redirected_to == "/signin"
        assert tab.text() == before


def test_a_session_is_not_resumed_by_somebody_else(place: Place) -> None:
    secretary = place.tab("secretary")
    secretary.open("inbox")
    session = secretary.session_id
    secretary.close()
    with place.tab("viewer", resume=session) as thief:
        thief.open("inbox")
        assert thief.session_id not in {"", session}
        assert {text for text in hidden_from("viewer") if text in thief.text()} == set()


def test_media_and_uploads_need_a_sign_in(place: Place) -> None:
    client = place.server.signed_in("secretary")
    with Tab(place.server.address, dict(client.cookies)) as tab:
        media = None
        for page in PAGES:
            for query in queries(place.world, page):
                tab.open(address(page), query)
                media = media or re.search(r"/media/\w+\.\w+", tab.text())
        upload_of = f"/_stcore/upload_file/{tab.session_id}/some-file"
        assert media is not None, "no page has a file to download any more"
        addresses = [("PUT", upload_of), ("DELETE", upload_of), ("GET", media.group())]
        with place.server.client() as stranger:
            for method, where in addresses:
                assert send(stranger, method, where) == 401, where
        # The control: with a sign-in the same requests get through to Streamlit.
        for method, where in addresses:
            assert send(client, method, where) != 401, where
        client.post("/signout")
        for method, where in addresses:
            assert send(client, method, where) == 401, where


def send(client: httpx.Client, method: str, where: str) -> int:
    files = {"file": ("x.txt", b"x")} if method == "PUT" else None
    return client.request(method, where, files=files).status_code


def test_a_disabled_account_is_out_at_once(place: Place, deactivate: Callable[[str], None]) -> None:
    client = place.server.signed_in("volunteer")
    with Tab(place.server.address, dict(client.cookies)) as tab:
        tab.run()
        deactivate("volunteer")
        with pytest.raises(ConnectionClosed):
            tab.run()
    assert client.get("/").status_code == 303


@pytest.fixture
def deactivate(place: Place) -> Iterator[Callable[[str], None]]:
    """Switches accounts off, and on again afterwards."""
    off: list[str] = []

    def switch(login: str, active: bool) -> None:
        with engine.write() as session:
            session.query(Account).filter_by(login=login).update({"active": active})

    def turn_off(login: str) -> None:
        off.append(login)
        switch(login, active=False)

    yield turn_off
    for login in off:
        switch(login, active=True)

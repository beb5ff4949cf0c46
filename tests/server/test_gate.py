"""The gate, before the real server: what is open, what is closed, and what a revoked tab meets."""

from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from sqlalchemy import select, update
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from db.numbers import hashed
from db.tables import Account, SignIn
from tests.server.conftest import Place
from tests.support.cast import PASSWORD, PEOPLE
from tests.support.ws import Tab

pytestmark = pytest.mark.slow

OPEN = [
    "/signin",
    "/signout",
    "/healthz",
    "/readyz",
    "/favicon.png",
    "/favicon.ico",
    "/_stcore/health",
    "/_stcore/host-config",
]
CLOSED_PAGES = [
    "/",
    "/today",
    "/settings",
    "/case?c=abc",
    "/index.html",
    "/manifest.json",
    "/no_such_page",
    "/signinx",
    "/boardx",
    "/r",
    "/SIGNIN",
    "/app/static/secret.txt",
    "/oauth2callback",
    "//settings",
]
NOWHERE = [
    "/signin/nothing",
    "/board/nothing/here",
    "/r/a/b/c",
    "/signin%2f..%2fsettings",
    "/static/../settings%00",
]
CLOSED_TO_MACHINES = [
    ("GET", "/media/abc.png"),
    ("HEAD", "/media/abc.png"),
    ("OPTIONS", "/media/abc.png"),
    ("GET", "/component/some.thing/index.html"),
    ("GET", "/_stcore/bidi-components/some/thing.js"),
    ("GET", "/_stcore/metrics"),
    ("GET", "/_stcore/script-health-check"),
    ("PUT", "/_stcore/upload_file/a/b"),
    ("DELETE", "/_stcore/upload_file/a/b"),
    ("GET", "/_stcore/stream"),
    ("GET", "/_stcore/agent/openapi.json"),
    ("POST", "/_stcore/agent/interact"),
    ("POST", "/_stcore/agent/mcp"),
    ("GET", "/auth/login"),
    ("GET", "/auth/logout"),
    ("POST", "/settings"),
]


@pytest.fixture
def stranger(place: Place) -> Iterator[httpx.Client]:
    """Somebody without an account."""
    with place.server.client() as client:
        yield client


def cookies_of(client: httpx.Client) -> dict[str, str]:
    return dict(client.cookies.items())


def raw(
    place: Place,
    cookies: dict[str, str],
    *,
    origin: str | None = None,
    resume: str = "",
    path: str = "/_stcore/stream",
) -> ClientConnection:
    """A websocket as a program opens it."""
    protocols = ["streamlit", "token", resume] if resume else ["streamlit"]
    return connect(
        place.server.address.replace("http", "ws") + path,
        origin=Origin(origin) if origin else None,
        subprotocols=[Subprotocol(name) for name in protocols],
        additional_headers={
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())
        },
        max_size=None,
    )


def session_id(connection: ClientConnection) -> str:
    """Run the page once and read which session it got."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    connection.send(message.SerializeToString())
    found = ""
    while True:
        got = ForwardMsg()
        data = connection.recv(30)
        assert isinstance(data, bytes)
        got.ParseFromString(data)
        if got.WhichOneof("type") == "new_session":
            found = got.new_session.initialize.session_id
        if got.WhichOneof("type") == "script_finished":
            return found


@pytest.mark.parametrize("path", OPEN)
def test_open_addresses_ask_nobody(stranger: httpx.Client, path: str) -> None:
    assert stranger.get(path).status_code == 200


@pytest.mark.parametrize("path", CLOSED_PAGES)
def test_every_other_page_leads_to_sign_in_and_back(stranger: httpx.Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/signin")
    assert answer.text == ""


@pytest.mark.parametrize("path", NOWHERE)
def test_beside_an_open_address_there_is_nothing(stranger: httpx.Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code in {303, 400, 404}
    assert 'id="root"' not in answer.text


@pytest.mark.parametrize(("method", "path"), CLOSED_TO_MACHINES)
def test_what_is_no_page_is_refused(stranger: httpx.Client, method: str, path: str) -> None:
    answer = stranger.request(method, path)
    assert answer.status_code == 401
    assert answer.text in {"", "Sign in first."}


@pytest.mark.parametrize("cookie", ["x", "", "x" * 5000, '"\\"', "%00", "' OR 1=1 --", hashed("x")])
def test_a_cookie_that_is_nobodys_opens_nothing(stranger: httpx.Client, cookie: str) -> None:
    answer = stranger.get("/settings", headers={"Cookie": f"desk_session={cookie}"})
    assert answer.status_code == 303


def test_with_a_sign_in_the_same_addresses_are_reached(place: Place) -> None:
    with closing(place.server.signed_in("secretary")) as client:
        assert client.get("/").status_code == 200
        assert '<html lang="zh-CN">' in client.get("/inbox").text
        assert client.get("/media/abc.png").status_code == 404
        assert client.put("/_stcore/upload_file/a/b").status_code == 403  # its own token
        assert client.get("/_stcore/metrics").status_code == 200


def test_a_forged_identity_header_is_thrown_away(place: Place, stranger: httpx.Client) -> None:
    with closing(place.server.signed_in("secretary")) as secretary:
        key = hashed(cookies_of(secretary)["desk_session"])
        for name in ("X-Desk-Session", "x_desk_session", "X-DESK-SESSION"):
            assert stranger.get("/settings", headers={name: key}).status_code == 303
            with closing(place.server.signed_in("viewer")) as viewer:
                tab = Tab(place.server.address, cookies_of(viewer), headers={name: key})
                with tab:
                    text = tab.run().text()
            assert PEOPLE["viewer"][0] in text
            assert PEOPLE["secretary"][0] not in text


@pytest.mark.parametrize("cookie", [None, "nobodys"])
def test_a_browser_without_a_sign_in_is_sent_to_sign_in(place: Place, cookie: str | None) -> None:
    with Tab(place.server.address, {"desk_session": cookie} if cookie else {}) as tab:
        assert tab.wait_for_close() == 4401
    assert tab.redirected_to == "/signin"
    assert tab.messages == []


def test_a_program_without_a_sign_in_is_refused_at_the_handshake(place: Place) -> None:
    with pytest.raises(InvalidStatus) as refused:
        raw(place, {})
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        "http://127.0.0.1.evil.example",
    ],
)
def test_another_sites_page_cannot_use_somebodys_cookie(place: Place, origin: str) -> None:
    with closing(place.server.signed_in("secretary")) as client:
        with pytest.raises(InvalidStatus) as refused:
            raw(place, cookies_of(client), origin=origin)
        assert refused.value.response.status_code == 403
        for method, path in (("POST", "/signout"), ("PUT", "/_stcore/upload_file/a/b")):
            answer = client.request(method, path, headers={"Origin": origin})
            assert answer.status_code == 403
        assert client.get("/").status_code == 200  # still signed in
        raw(place, cookies_of(client), origin=place.server.address).close()


def test_without_an_origin_the_browsers_own_word_counts(place: Place) -> None:
    with httpx.Client(base_url=place.server.address) as client:
        for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 401)):
            answer = client.post("/signin", headers={"Sec-Fetch-Site": site})
            assert answer.status_code == status
            place.clock.forward(minutes=2)


def test_only_streamlits_own_websocket_exists(place: Place) -> None:
    with closing(place.server.signed_in("secretary")) as client, pytest.raises(InvalidStatus):
        raw(place, cookies_of(client), path="/signin")


@pytest.mark.parametrize("fragment", ["", "any-fragment"])
def test_the_next_frame_after_signing_out_elsewhere_is_refused(place: Place, fragment: str) -> None:
    with (
        closing(place.server.signed_in("secretary")) as client,
        Tab(place.server.address, cookies_of(client)) as tab,
    ):
        tab.run()
        assert PEOPLE["secretary"][0] in tab.text()
        assert client.post("/signout").status_code == 303
        message = BackMsg()
        message.rerun_script.fragment_id = fragment
        tab.send(message)
        assert tab.wait_for_close() == 4401
    assert tab.redirected_to == "/signin"


@pytest.mark.parametrize("how", ["disabled", "ended", "idle", "too old"])
def test_whatever_ends_a_sign_in_ends_its_open_tab(place: Place, how: str) -> None:
    with (
        closing(place.server.signed_in("committee")) as client,
        Tab(place.server.address, cookies_of(client)) as tab,
    ):
        tab.run()
        key = hashed(cookies_of(client)["desk_session"])
        mine = SignIn.token_hash == key
        with place.database.write() as session:
            if how == "disabled":
                session.execute(
                    update(Account).where(Account.login == "committee").values(active=False)
                )
            elif how == "ended":
                session.execute(update(SignIn).where(mine).values(ended_at=place.clock.now))
        if how == "idle":
            place.clock.forward(hours=12, minutes=1)
        if how == "too old":
            for _ in range(16):
                place.clock.forward(hours=11)
                with place.database.write() as session:
                    session.execute(update(SignIn).where(mine).values(seen_at=place.clock.now))
        tab.send(BackMsg(rerun_script={}))
        assert tab.wait_for_close() == 4401
        assert tab.redirected_to == "/signin"
        assert client.get("/").status_code == 303
    with place.database.write() as session:
        session.execute(update(Account).values(active=True))


def test_a_tab_in_use_does_not_idle_out(place: Place) -> None:
    with (
        closing(place.server.signed_in("secretary")) as client,
        Tab(place.server.address, cookies_of(client)) as tab,
    ):
        for _ in range(4):
            place.clock.forward(hours=5)
            tab.run()
            assert PEOPLE["secretary"][0] in tab.text()


def test_a_session_is_resumed_by_the_same_sign_in_alone(place: Place) -> None:
    with (
        closing(place.server.signed_in("secretary")) as first,
        closing(place.server.signed_in("secretary")) as again,
        closing(place.server.signed_in("viewer")) as other,
    ):
        connection = raw(place, cookies_of(first))
        mine = session_id(connection)
        # While it is open, somebody else's word of it neither takes nor disturbs it.
        with raw(place, cookies_of(other), resume=mine) as stolen:
            assert session_id(stolen) != mine
        assert session_id(connection) == mine
        connection.close()
        for client in (other, again):
            with raw(place, cookies_of(client), resume=mine) as stolen:
                assert session_id(stolen) != mine
        with raw(place, cookies_of(first), resume=mine) as resumed:
            assert session_id(resumed) == mine


def test_a_forwarded_address_is_not_believed_without_a_proxy(place: Place) -> None:
    place.clock.forward(minutes=5)
    with place.server.client() as client:
        statuses = [
            client.post(
                "/signin",
                data={"login": f"nobody{number}", "password": "x"},
                headers={"X-Forwarded-For": f"203.0.113.{number}"},
            ).status_code
            for number in range(11)
        ]
    assert statuses == [401] * 10 + [429]
    place.clock.forward(minutes=5)


def test_every_answer_carries_the_security_headers(place: Place) -> None:
    with closing(place.server.signed_in("secretary")) as client:
        for path in ("/", "/signin", "/media/none", "/_stcore/health", "/healthz", "/nothing/here"):
            headers = client.get(path).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"
            assert headers["cache-control"] in {"no-store", "no-cache"}
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert "unsafe-eval" not in headers["content-security-policy"].replace(
                "wasm-unsafe-eval", ""
            )
        policy = client.get("/").headers["content-security-policy"]
        host = place.server.address.removeprefix("http://")
        assert f"connect-src 'self' ws://{host};" in policy
        plain = client.get("/signin").headers["content-security-policy"]
        assert "default-src 'none'" in plain
        assert "script" not in plain
        hostile = client.get("/", headers={"Host": "a;script-src *"})
        assert "script-src *" not in hostile.headers["content-security-policy"]


def test_the_log_has_neither_secrets_nor_people(place: Place) -> None:
    with closing(place.server.signed_in("secretary")) as client:
        token = cookies_of(client)["desk_session"]
        client.get("/f/SECRETCODE1?x=SECRETCODE2")
        client.get("/reset/SECRETCODE3")
        client.get("/vote/SECRETCODE4")
        client.get("/settings?q=SECRETCODE5")
        client.post("/signin", data={"login": "SECRETCODE6", "password": "SECRETCODE7"})
        with Tab(place.server.address, cookies_of(client), query="q=SECRETCODE8") as tab:
            tab.run()
    log = place.server.log
    assert '"path": "/reset/…"' in log
    for word in ("SECRETCODE", token, hashed(token), PASSWORD, PEOPLE["secretary"][0]):
        assert word not in log
    with place.database.read() as session:
        keys = session.scalars(select(SignIn.token_hash)).all()
    assert not [key for key in keys if key in log]
    assert place.server.errors() == []

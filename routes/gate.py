"""The gate: nothing of the signed-in side is reached without a live sign-in.

It sees every HTTP request, every websocket connect and every frame that a browser sends;
frames matter because a fragment's rerun never passes the page's frame.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote, urlsplit

import anyio
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db import sign_ins
from db.engine import DatabaseDown
from db.now import now
from db.sign_ins import SignInView
from domain.errors import N_, NotAllowed
from domain.outline import outline
from routes.errors import answer

log = logging.getLogger(__name__)
T = TypeVar("T")

COOKIE = "desk_session"
HEADER = b"x-desk-session"  # named in .streamlit/config.toml, server.trustedUserHeaders
STREAM = "/_stcore/stream"

# Everything that is open to anybody. All else is closed, addresses to come included.
PUBLIC = frozenset(
    {
        "/signin",
        "/signout",
        "/language",
        "/welcome",
        "/reset",
        "/report",
        "/thanks",
        "/follow",
        "/board",
        "/list",
        "/ballot",
        "/receipt",
        "/answer",
        "/guide",
        "/help",
        "/activity",
        "/healthz",
        "/readyz",
        "/favicon.png",
        "/favicon.ico",
        # Streamlit's browser part asks these before its websocket, which then says "sign in".
        "/_stcore/health",
        "/_stcore/host-config",
    }
)
PUBLIC_UNDER = (
    "/signin/",
    "/welcome/",
    "/reset/",
    "/report/",
    "/r/",
    "/f/",
    "/follow/",
    "/board/",
    "/v/",
    "/ballot/",
    "/a/",
    "/q/",
    "/answer/",
    "/guide/",
    "/help/",
    "/activity/",
    "/card/",
    "/slip/",
    "/static/",
)
MACHINES = ("/_stcore/", "/media/", "/photo/", "/component/", "/auth/")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
REVOKED = 4401  # close code for the browser's part: like HTTP 401
TRY_LATER = 1013
# Below the two seconds in which an outage must show as a page.
PATIENCE_SECONDS = 1.8
ASKING_AT_ONCE = 16


def is_public(path: str) -> bool:
    """Whether an address is open to anybody."""
    return path in PUBLIC or path.startswith(PUBLIC_UNDER)


def is_foreign(headers: Headers) -> bool:
    """Whether another site's page sent this.

    A missing Origin is not foreign: programs send none, and the cookie is SameSite=Lax, so
    that a browser old enough to send none sends no cookie either.
    """
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc != headers.get("host")
    return headers.get("sec-fetch-site") in {"cross-site", "same-site"}


class Gate:
    """Middleware that asks for a live sign-in.

    Args:
        go_and_sign_in: the message that makes a signed-in page go to `/signin`; its bytes come
            from outside, as this room knows no Streamlit.
    """

    def __init__(self, app: ASGIApp, go_and_sign_in: bytes) -> None:
        self.app = app
        self.go_and_sign_in = go_and_sign_in
        self._asking: anyio.CapacityLimiter | None = None
        self._touching: dict[str, asyncio.Task[None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        scope["headers"] = [
            (name, value)
            for name, value in scope["headers"]
            if name.lower().replace(b"_", b"-") != HEADER
        ]
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        request = Request(scope, receive)
        if scope["method"] not in SAFE and is_foreign(headers):
            response: Response = answer(
                request, NotAllowed(N_("Send this form from its own page, then it works."))
            )
            await response(scope, receive, send)
            return
        if not is_public(scope["path"]):
            view = await self._session(headers)
            if view is None:
                await _sign_in_first(scope)(scope, receive, send)
                return
            _let_in(scope, view)
        await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if scope["path"] != STREAM or is_foreign(headers):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            view = await self._session(headers)
        except DatabaseDown:
            await receive()
            await send({"type": "websocket.close", "code": TRY_LATER})
            return
        if view is None:
            await self._turn_away(headers, receive, send)
            return
        _let_in(scope, view)
        await _Watched(self, headers, receive, send).run(scope)

    async def _turn_away(self, headers: Headers, receive: Receive, send: Send) -> None:
        """Refuse a connect; a browser's page is told where to go, or it would wait for ever."""
        await receive()
        if "origin" in headers:
            subprotocol = headers.get("sec-websocket-protocol", "").split(",")[0].strip()
            await send({"type": "websocket.accept", "subprotocol": subprotocol or None})
            await send({"type": "websocket.send", "bytes": self.go_and_sign_in})
        await send({"type": "websocket.close", "code": REVOKED})

    async def _session(self, headers: Headers) -> SignInView | None:
        """The live sign-in of these headers' cookie, asked from the database every time."""
        token = cookie_parser(headers.get("cookie", "")).get(COOKIE)
        if not token:
            return None
        moment = now()
        view = await self._ask(lambda: sign_ins.session_of(token, moment))
        if view and view.wants_touch(moment) and view.key not in self._touching:
            # Beside the request: noting its use must not make anybody wait for a writer.
            task = asyncio.create_task(self._touch(view.key))
            self._touching[view.key] = task
        return view

    async def _ask(self, question: Callable[[], T]) -> T:
        if self._asking is None:
            self._asking = anyio.CapacityLimiter(ASKING_AT_ONCE)
        try:
            with anyio.move_on_after(PATIENCE_SECONDS):
                return await to_thread.run_sync(
                    question, abandon_on_cancel=True, limiter=self._asking
                )
        except DatabaseDown:
            raise
        except Exception as error:
            # Whatever it is: who cannot be recognised is not let in, and is told to come back.
            log.error("sign-in not asked", extra={"where": outline(error)})
        raise DatabaseDown(
            N_("The database does not answer just now: nothing was saved. Try again in a minute.")
        )

    async def _touch(self, key: str) -> None:
        try:
            await to_thread.run_sync(sign_ins.touch, key, now())
        except Exception as error:
            # A full disk must not sign anybody out.
            log.warning("sign-in not touched", extra={"kind": type(error).__name__})
        finally:
            self._touching.pop(key, None)


class _Watched:
    """One websocket: every frame is let through only while the sign-in lives."""

    def __init__(self, gate: Gate, headers: Headers, receive: Receive, send: Send) -> None:
        self.gate = gate
        self.headers = headers
        self._receive = receive
        self._send = send
        self._over = False

    async def run(self, scope: Scope) -> None:
        await self.gate.app(scope, self.receive, self.send)

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        try:
            if await self.gate._session(self.headers) is not None:
                return message
            code = REVOKED
            await self.send({"type": "websocket.send", "bytes": self.gate.go_and_sign_in})
        except DatabaseDown:
            code = TRY_LATER  # the page reconnects by itself
        self._over = True
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    async def send(self, message: Message) -> None:
        if not self._over:
            await self._send(message)


def _let_in(scope: Scope, view: SignInView) -> None:
    scope.setdefault("state", {})["sign_in"] = view
    # Streamlit resumes a session only for the same value, so for the same sign-in.
    scope["headers"] = [*scope["headers"], (HEADER, view.key.encode())]


def _sign_in_first(scope: Scope) -> Response:
    path: str = scope["path"]
    if scope["method"] not in {"GET", "HEAD"} or path.startswith(MACHINES):
        return PlainTextResponse("Sign in first.", 401, headers={"Cache-Control": "no-store"})
    query = scope["query_string"].decode("latin-1")
    back = quote(path + (f"?{query}" if query else ""), safe="")
    target = "/signin" if path == "/" and not query else f"/signin?next={back}"
    return RedirectResponse(target, 303, headers={"Cache-Control": "no-store"})

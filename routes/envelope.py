"""Around every HTTP answer: who asked, security headers, one line in the log, one error page."""

import logging
import os
import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from domain.outline import outline
from routes.errors import answer
from routes.logs import masked

log = logging.getLogger(__name__)

# Addresses or networks of reverse proxies whose X-Forwarded-For and -Proto are believed.
PROXY = "DESK_TRUSTED_PROXY"
UVICORN_PROXY = "FORWARDED_ALLOW_IPS"
UNLOGGED = ("/static/", "/healthz", "/readyz", "/_stcore/health")
_HOST = re.compile(r"[A-Za-z0-9.\-\[\]:]+")

FIXED = {
    "x-content-type-options": "nosniff",
    # Not "no-referrer": browsers then send `Origin: null` with our own forms. This one tells
    # other sites nothing either.
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def app_policy(host: str, secure: bool) -> str:
    """The content-security-policy of the signed-in pages: this server and nothing else."""
    # Older browsers do not count their own websocket as 'self'.
    socket = f" {'wss' if secure else 'ws'}://{host}" if _HOST.fullmatch(host) else ""
    return (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self'{socket}; frame-ancestors 'none'; form-action 'self'; "
        "base-uri 'self'; object-src 'none'"
    )


class Envelope:
    """The outermost middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        trusted = [part.strip() for part in os.environ.get(PROXY, "").split(",") if part.strip()]
        self._entry: ASGIApp = self._answer
        if trusted:
            self._entry = ProxyHeadersMiddleware(self._answer, trusted)  # type: ignore[arg-type,assignment]
        # Uvicorn believes whatever comes from this machine unless it is told otherwise.
        self._doubt_loopback = not os.environ.get(UVICORN_PROXY) and not (
            {"127.0.0.1", "::1", "*"} & set(trusted)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if self._doubt_loopback:
            _undo_forwarding(scope)
        await self._entry(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = secrets.token_hex(6)
        scope.setdefault("state", {})["request_id"] = request_id
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def sealed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _seal(scope, MutableHeaders(scope=message), request_id)
            await send(message)

        try:
            await self.app(scope, receive, sealed)
        except Exception as error:
            if status:
                log.error("answer broke off", extra={"id": request_id, "where": outline(error)})
                raise
            response = answer(Request(scope, receive), error)
            await response(scope, receive, sealed)
        finally:
            if not scope["path"].startswith(UNLOGGED):
                log.info(
                    "request",
                    extra={
                        "id": request_id,
                        "method": scope["method"],
                        "path": masked(scope["path"]),
                        "status": status,
                        "ms": round((time.perf_counter() - began) * 1000),
                    },
                )


def _seal(scope: Scope, headers: MutableHeaders, request_id: str) -> None:
    for name, value in FIXED.items():
        headers.setdefault(name, value)
    headers["x-request-id"] = request_id
    secure = scope["scheme"] == "https"
    if secure:
        headers.setdefault("strict-transport-security", "max-age=31536000")
    if "content-security-policy" not in headers:
        headers["content-security-policy"] = app_policy(
            Headers(scope=scope).get("host", ""), secure
        )
    headers.setdefault("cache-control", "no-store")


def _undo_forwarding(scope: Scope) -> None:
    """Forget a client address that came from a header although no proxy was configured."""
    client = scope.get("client")
    forwarded = ",".join(Headers(scope=scope).getlist("x-forwarded-for"))
    if client and client[0] and client[0] in forwarded:
        scope["client"] = ("127.0.0.1", 0)
